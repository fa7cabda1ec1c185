"""Renew our copy of vacancies: ask the service outside any transaction, then keep what came in one."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings

from samkraft.offer.actions import vacancies
from samkraft.offer.actions.vacancies import Kept
from samkraft.operations.vacancies import job_search
from samkraft.operations.vacancies.job_search import Source
from samkraft.values.context import Context


def configured() -> Source | None:
    """The service that is configured; None where nothing is to be asked."""
    said: dict[str, Any] | None = settings.VACANCIES
    return Source(**said) if said else None


def renew(*, by: Context, source: Source, wait: Callable[[float], None] = time.sleep) -> Kept:
    """Fetch and keep. Raises Refused when the service does not answer: the copy that we have then stays as it is."""
    fetched = job_search.fetch(source, wait=wait)
    return vacancies.keep_by_clock(
        by=by, source=source.address, version=source.taxonomy_version, found=list(fetched.found.values()),
        unread=fetched.unread, is_whole=fetched.is_whole,
    )  # fmt: skip
