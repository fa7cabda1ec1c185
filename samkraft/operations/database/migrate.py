"""Bring the database up to date, as owner, and give the serving role what it may have."""

import contextlib
import os
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection, transaction

from samkraft.operations.database import grants, rendering


def migrate(*, progress: Callable[[str], None]) -> int:
    """Apply what is missing and return how many migrations that was. The same again changes nothing."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        progress(f"Uppdaterar databasen: {len(plan)} steg …")
        with contextlib.nullcontext() if rendering.WHOLE in os.environ else rendering.only_what_changes():
            call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    with transaction.atomic():
        grants.apply()
    return len(plan)
