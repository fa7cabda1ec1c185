"""The real worker, run once over what a test has put in the queue."""

from unittest.mock import patch

from django.db import connection
from procrastinate.contrib.django import app


def work() -> None:
    """Run what waits, as `samkraft jobs --once` does, but for what the clock itself calls for.

    A worker also starts what was due in the last ten minutes, so that a test of one job would else run another at
    half past four in the morning. Its threads outlive a test; their connections must not, or the test's database
    cannot be dropped.
    """
    with (
        patch.dict(connection.settings_dict, CONN_MAX_AGE=0),
        patch.dict(app.periodic_registry.periodic_tasks, clear=True),
        app.replace_connector(app.connector.get_worker_connector()) as worker,
    ):
        worker.run_worker(wait=False, delete_jobs="successful", install_signal_handlers=False)
