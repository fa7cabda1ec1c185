"""What reveals more than the thing it is said about is kept beside it, in the category that it reveals.

That somebody is paused is known to all who know of the enrolment; that it is for illness is about health. Where a person
goes on is known; that it is to sickness compensation is about a benefit. So the thing itself says only what all may
know, and a detail of its own, which goes one at a time or never, says the rest. Who holds both reads them as one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from samkraft.people.rules.categories import Category
from samkraft.people.rules.contents.choices import Outcome, PauseReason
from samkraft.people.rules.held import Held

KIND = "detail"

# Why somebody pauses → where that is said. Nothing is said with the pause itself: if only some reasons were left out there,
# leaving out would tell. What reveals nothing in particular stays in the own file.
OF_A_PAUSE: dict[PauseReason, Category | None] = {
    PauseReason.ILLNESS: Category.HEALTH,
    PauseReason.PARENTAL_LEAVE: Category.SOCIAL_SITUATION,
    PauseReason.TRAVEL: Category.OWN_NOTES,
    PauseReason.OTHER: Category.OWN_NOTES,
    PauseReason.NOT_TOLD: None,
}
# Where somebody goes on → where that is said, when it reveals a benefit. With the thing itself stands "other".
OF_AN_OUTCOME: dict[Outcome, Category | None] = {
    Outcome.WORK: None,
    Outcome.STUDIES: None,
    Outcome.COOPERATION: Category.BENEFIT_CASE,  # the two authorities' cooperation is for those on sickness benefit
    Outcome.SICKNESS_COMPENSATION: Category.BENEFIT_CASE,
    Outcome.MOVED: None,
    Outcome.OTHER: None,
}


@dataclass(frozen=True, slots=True)
class Hidden:
    """One field of a kind that may reveal more: what stands there instead (None: nothing), and what each choice reveals."""

    field: str
    instead: str | None
    reveals: Mapping[Any, Category | None]
    along: str = ""  # a text that goes the same way when the choice does


FIELDS: dict[str, Hidden] = {
    "pause": Hidden("reason_kind", PauseReason.NOT_TOLD.value, OF_A_PAUSE),
    "exit": Hidden("outcome", Outcome.OTHER.value, OF_AN_OUTCOME, along="note"),
    "follow_up": Hidden("situation", Outcome.OTHER.value, OF_AN_OUTCOME),
    "goal": Hidden("aim", None, OF_AN_OUTCOME),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """What all may know who are given the thing; and what is said beside it, if anything, and of which category."""

    said: dict[str, Any]
    beside: dict[str, Any] | None = None
    category: Category | None = None


def split(kind: str, content: Mapping[str, Any]) -> Parts:
    """The content of a thing without what reveals more, and that. Most things reveal nothing and come back as they are."""
    said = dict(content)
    hidden = FIELDS.get(kind)
    if hidden is None or said.get(hidden.field) is None:
        return Parts(said)
    category = next(found for choice, found in hidden.reveals.items() if choice == said[hidden.field])
    if category is None:
        return Parts(said)
    beside = {hidden.field: said.pop(hidden.field)}
    if hidden.instead is not None:
        said[hidden.field] = hidden.instead
    if hidden.along and said.get(hidden.along):
        beside[hidden.along] = said.pop(hidden.along)
    return Parts(said, beside, category)


def told(contributions: Iterable[Held]) -> list[Held]:
    """The same, each thing with what was said beside it at that time, where the reader's area holds that and reads it."""
    found = list(contributions)
    beside: dict[tuple[UUID, str], list[Held]] = defaultdict(list)
    for one in found:
        if one.kind == KIND:
            beside[one.area_id, str(one.content["about"])].append(one)
    if not beside:
        return found
    return [
        _with(one, beside[key]) if one.kind in FIELDS and (key := (one.area_id, str(one.lineage))) in beside else one
        for one in found
    ]


def _with(one: Held, beside: list[Held]) -> Held:
    """A thing's version with the detail that was the newest when it was written; a taken back detail says nothing."""
    then: dict[UUID, Held] = {}
    for detail in sorted(beside, key=lambda each: each.version):
        if detail.written_at <= one.written_at:
            then[detail.lineage] = detail
    said = {
        name: value
        for detail in sorted(then.values(), key=lambda each: each.written_at)
        for name, value in detail.content.items()
        if name != "about"
    }
    return replace(one, content={**one.content, **said}) if said else one


def of(contributions: Iterable[Held], lineage: UUID) -> list[Held]:
    """The newest version of each detail that is said beside a thing."""
    newest: dict[UUID, Held] = {}
    for one in sorted(contributions, key=lambda each: each.version):
        if one.kind == KIND and str(one.content["about"]) == str(lineage):
            newest[one.lineage] = one
    return list(newest.values())
