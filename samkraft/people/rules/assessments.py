"""The joint assessment, folded from what one area holds: items by area of life, one conclusion, dissent and corrections."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samkraft.partners.rules.roles import Role
from samkraft.people.rules import contents
from samkraft.people.rules.categories import WRITES
from samkraft.people.rules.contents.assessments import AssessmentItem, Conclusion, Correction, Dissent
from samkraft.people.rules.contents.choices import LIFE_AREA_CATEGORY, LifeArea
from samkraft.people.rules.held import Held, in_order, latest
from samkraft.people.rules.plan_history import known_at
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

TOO_FEW_BODIES = Reason(
    "assessment_too_few_bodies",
    phrase("En gemensam slutsats behöver minst två parter bakom sig."),
    phrase("Välj de parter som var med, eller skriv uppgiften som er egen."),
)
ALREADY_REUSED = Reason(
    "assessment_already_there",
    phrase("Uppgiften finns redan med i kartläggningen."),
    phrase("Du behöver inte göra något."),
)
NOT_A_PARTY = Reason(
    "assessment_body_not_a_party",
    phrase("En av dem som valts är inte part i insatsen."),
    phrase("Välj bland insatsens parter."),
)
OTHER_CATEGORY = Reason(
    "assessment_other_category",
    phrase("Uppgiften kan inte byta till ett livsområde som lämnas ut på ett annat sätt."),
    phrase("Skriv den som en ny uppgift i stället."),
)
NOT_PART_OF_IT = Reason(
    "assessment_body_not_part",
    phrase("Din myndighet är inte bland de parter som står bakom slutsatsen."),
    phrase("Lägg till den, eller låt en av parterna skriva slutsatsen."),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A dissent or a correction that stands beside what it is about."""

    held: Held
    content: Dissent | Correction


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is known, with what is said against it."""

    held: Held
    content: AssessmentItem
    corrections: tuple[Said, ...]
    dissents: tuple[Said, ...]

    @property
    def is_called_wrong(self) -> bool:
        """Whether the person has said that it is wrong."""
        return bool(self.corrections)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A conclusion, the items it rests on that the area holds, and who sees it another way."""

    held: Held
    content: Conclusion
    rests_on: tuple[Item, ...]
    dissents: tuple[Said, ...]
    corrections: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class LifeAreaItems:
    """What is known in one area of life."""

    life_area: LifeArea
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What an area knows of the assessment. Areas of life of which it knows nothing are not there."""

    areas: tuple[LifeAreaItems, ...]
    conclusions: tuple[Drawn, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, by area of life."""
        return tuple(item for area in self.areas for item in area.items)

    @property
    def conclusion(self) -> Drawn | None:
        """The newest conclusion: the one that holds."""
        return self.conclusions[-1] if self.conclusions else None


def fold(contributions: Sequence[Held]) -> Assessment:
    """The assessment as the area that holds these contributions may know it."""
    against = _said_against(contributions)
    items = {
        held.lineage: Item(held, contents.read("assessment_item", held.content), *_both(against, held.lineage))
        for held in latest(contributions, "assessment_item")
    }
    areas = (
        LifeAreaItems(area, tuple(item for item in items.values() if item.content.life_area is area))
        for area in LifeArea
    )
    conclusions = tuple(_drawn(held, items, against) for held in latest(contributions, "conclusion"))
    return Assessment(tuple(area for area in areas if area.items), conclusions)


def known_then(contributions: Iterable[Held], moment: datetime) -> list[Held]:
    """What the area held at a moment: what came later is not there, and a change since then is not either."""
    return [held for held in contributions if known_at(held) <= moment]


def evidence(contributions: Sequence[Held], agreed_at: datetime) -> Assessment:
    """The assessment as it stood for this area when the plan was agreed."""
    return fold(known_then(contributions, agreed_at))


def reusable(contributions: Sequence[Held], enrolment_id: UUID) -> list[Held]:
    """Items from before this enrolment that are not in it yet, oldest first: earlier assessments are used again."""
    items = latest(contributions, "assessment_item")
    used = {_likeness(held) for held in items if held.enrolment_id == enrolment_id}
    return [held for held in items if held.enrolment_id != enrolment_id and _likeness(held) not in used]


def why_not_conclude(content: Conclusion, own_area_id: UUID, parties: Collection[UUID]) -> Reason | None:
    """None when the conclusion is several parties' own, the writer's among them."""
    if len(set(content.bodies)) < 2:
        return TOO_FEW_BODIES
    if not set(content.bodies) <= set(parties):
        return NOT_A_PARTY
    return None if own_area_id in content.bodies else NOT_PART_OF_IT


def life_areas_of(role: str) -> tuple[LifeArea, ...]:
    """The areas of life in which the role writes items, in the order in which they are shown."""
    writes = WRITES.get(Role(role), frozenset())
    return tuple(area for area in LifeArea if LIFE_AREA_CATEGORY[area] in writes)


def _likeness(held: Held) -> tuple[str, str]:
    return (str(held.content.get("life_area")), str(held.content.get("text", "")).strip())


def _said_against(contributions: Iterable[Held]) -> dict[UUID, list[Said]]:
    found: dict[UUID, list[Said]] = {}
    for held in in_order(latest(contributions, "dissent", "correction")):
        content = contents.read(held.kind, held.content)
        found.setdefault(content.about, []).append(Said(held, content))
    return found


def _both(against: dict[UUID, list[Said]], lineage: UUID) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    said = against.get(lineage, [])
    corrections = tuple(one for one in said if isinstance(one.content, Correction))
    return corrections, tuple(one for one in said if isinstance(one.content, Dissent))


def _drawn(held: Held, items: dict[UUID, Item], against: dict[UUID, list[Said]]) -> Drawn:
    content = contents.read("conclusion", held.content)
    corrections, dissents = _both(against, held.lineage)
    rests_on = tuple(items[one] for one in content.rests_on if one in items)
    return Drawn(held, content, rests_on, dissents, corrections)
