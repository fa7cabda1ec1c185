"""The method handbook: versions of sections, drafted, proposed, decided at a meeting, in force from a day."""

import difflib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase


class VersionState(StrEnum):
    """How far a version has come; derived from what has happened and the day."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    DECIDED = "decided"
    IN_FORCE = "in_force"
    PAST = "past"


STATE_NAMES = {
    VersionState.DRAFT: phrase("utkast"),
    VersionState.PROPOSED: phrase("föreslagen"),
    VersionState.DECIDED: phrase("beslutad, gäller senare"),
    VersionState.IN_FORCE: phrase("gäller"),
    VersionState.PAST: phrase("har gällt"),
}


class HandbookEventKind(StrEnum):
    """What happens to a version."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    DECIDED = "decided"


NO_NUMBER = Reason("handbook_without_number", phrase("Versionen saknar nummer."), phrase("Skriv till exempel 2.1."))
NUMBER_TAKEN = Reason(
    "handbook_number_taken", phrase("Det finns redan en version {number}."), phrase("Välj ett annat nummer.")
)
NO_SECTIONS = Reason("handbook_empty", phrase("Versionen har ingen text."), phrase("Skriv minst ett avsnitt."))
SECTION_WITHOUT_HEADING = Reason(
    "handbook_section_without_heading", phrase("Ett avsnitt saknar rubrik."), phrase("Skriv en rubrik.")
)
HEADING_TWICE = Reason(
    "handbook_heading_twice", phrase("Två avsnitt heter ”{heading}”."), phrase("Ge dem olika rubriker.")
)
STANDS = Reason(
    "handbook_version_stands",
    phrase("Version {number} är beslutad och ändras inte mer."),
    phrase("Börja på en ny version."),
)
IS_PROPOSED = Reason(
    "handbook_version_proposed",
    phrase("Version {number} är föreslagen och ska beslutas."),
    phrase("Vänta på mötet. Säger det nej eller lämnar tillbaka den kan den ändras igen."),
)
CHANGED_MEANWHILE = Reason(
    "handbook_changed_meanwhile",
    phrase("{who} sparade version {number} efter att du öppnade den."),
    phrase("Läs vad som står nu. Din text finns kvar här nedanför."),
)
HOLDS_TOO_EARLY = Reason(
    "handbook_holds_too_early",
    phrase("Version {number} kan inte gälla från {day}: {other} gäller från {since}."),
    phrase("En ny version gäller tidigast dagen efter den förra började gälla, och inte före beslutet."),
)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the handbook."""

    heading: str
    text: str


class Mark(StrEnum):
    """What has become of a line between two versions."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Compared:
    """One section in two versions, paragraph by paragraph."""

    heading: str
    lines: tuple[tuple[Mark, str], ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything in it differs."""
        return any(mark is not Mark.SAME for mark, _line in self.lines)


def why_not(sections: Sequence[Section]) -> Refused | None:
    """None when these can be a version's text."""
    if not sections or not any(one.text.strip() for one in sections):
        return Refused(NO_SECTIONS)
    seen: set[str] = set()
    for one in sections:
        if not one.heading.strip():
            return Refused(SECTION_WITHOUT_HEADING)
        if one.heading.casefold() in seen:
            return Refused(HEADING_TWICE, heading=one.heading)
        seen.add(one.heading.casefold())
    return None


def as_json(sections: Iterable[Section]) -> list[dict[str, str]]:
    """As it is kept."""
    return [asdict(Section(one.heading.strip(), one.text.strip())) for one in sections]


def from_json(kept: Iterable[Mapping[str, Any]]) -> tuple[Section, ...]:
    """As it was."""
    return tuple(Section(one["heading"], one["text"]) for one in kept)


def state(
    *, kinds: Collection[HandbookEventKind], holds_from: date | None, next_from: date | None, today: date
) -> VersionState:
    """Where a version stands. `next_from` is when the next decided version takes over; None while none does."""
    if holds_from is not None:
        if holds_from > today:
            return VersionState.DECIDED
        return VersionState.PAST if next_from is not None and next_from <= today else VersionState.IN_FORCE
    return VersionState.PROPOSED if is_proposed(kinds) else VersionState.DRAFT


def is_proposed(kinds: Collection[HandbookEventKind]) -> bool:
    """Whether a version lies before a meeting, from all that has happened to it."""
    happened = Counter(kinds)
    return happened[HandbookEventKind.PROPOSED] > happened[HandbookEventKind.RETURNED]


def why_not_hold(holds_from: date, *, decided: date, latest: date | None) -> bool:
    """Whether it would hold before it was decided, or not after the version that began to hold last."""
    return holds_from < decided or (latest is not None and holds_from <= latest)


def compare(old: Sequence[Section], new: Sequence[Section]) -> tuple[Compared, ...]:
    """Section by section: those of the new in its order, then those that are gone."""
    before = {one.heading: one.text for one in old}
    after = {one.heading: one.text for one in new}
    order = [*after, *(heading for heading in before if heading not in after)]
    return tuple(Compared(heading, _lines(before.get(heading, ""), after.get(heading, ""))) for heading in order)


def _lines(old: str, new: str) -> tuple[tuple[Mark, str], ...]:
    marks = {" ": Mark.SAME, "-": Mark.GONE, "+": Mark.NEW}
    compared = difflib.ndiff([line for line in old.splitlines() if line], [line for line in new.splitlines() if line])
    return tuple((marks[line[0]], line[2:]) for line in compared if line[0] in marks)
