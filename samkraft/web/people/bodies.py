"""What the parties are called, kept for a minute: a board names the same few bodies on every page.

Names of authorities are public and seldom change. An area that is not known yet is asked for at once.
"""

import time
from collections.abc import Collection
from uuid import UUID

from samkraft.partners.queries import areas
from samkraft.partners.queries.areas import AreaLabel

KEPT_SECONDS = 60
_kept: dict[UUID, AreaLabel] = {}
_read_at = 0.0


def labels(wanted: Collection[UUID]) -> dict[UUID, AreaLabel]:
    """Every area that is known, these among them."""
    global _read_at
    if time.monotonic() - _read_at > KEPT_SECONDS or not _kept.keys() >= set(wanted):
        found = areas.labels()
        _kept.clear()
        _kept.update(found)
        _read_at = time.monotonic()
    return dict(_kept)


def names(wanted: Collection[UUID]) -> dict[UUID, str]:
    """The everyday name of each area."""
    return {key: label.name for key, label in labels(wanted).items()}
