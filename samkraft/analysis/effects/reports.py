"""What a study answers, as plain data: one shape for every design."""

import dataclasses
import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from samkraft.analysis.effects.balance import Overlap, Row
from samkraft.analysis.effects.results import Estimate


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that must be read beside the number. The code is stable; the text is in the language spoken."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """One study.

    groups: people compared (comparison, treated). missing: unknown values by column. left_out: rows without all that is
    needed (comparison, treated). primary: the preset outcome by the design's own method. estimates: all methods, the
    primary first. parts: what the design and the questions asked add. said: what may be said, by language.
    """

    design: str
    outcome: str
    treatment: str
    n: int
    groups: tuple[int, int]
    missing: dict[str, int]
    left_out: tuple[int, int]
    balance: tuple[Row, ...]
    overlap: Overlap | None
    primary: Estimate
    estimates: tuple[Estimate, ...]
    warnings: tuple[Warned, ...]
    said: dict[str, str]
    parts: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Everything as numbers, texts and lists; what is infinite or unknown is null."""
        found = _plain({one.name: getattr(self, one.name) for one in dataclasses.fields(self)})
        assert isinstance(found, dict)
        return found


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [_plain(one) for one in value]
    if isinstance(value, np.bool_ | bool):
        return bool(value)
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, np.floating | float):
        return float(value) if math.isfinite(value) else None
    return value
