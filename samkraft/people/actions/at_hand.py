"""The case that an action works on: opened inside the action's transaction, with what the writer's area holds of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail
from samkraft.initiatives.queries import teams as arrangements
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import contributions
from samkraft.people.actions.contributions import Withheld, Written
from samkraft.people.queries import contributions as asked
from samkraft.people.rules import contents, exits, secrecy, states
from samkraft.people.rules.categories import CATEGORIES, WRITES, Category
from samkraft.people.rules.held import Held, is_left, latest, of_present
from samkraft.people.rules.states import Kind
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

PERSON = "people.person"

NOT_TAKING_PART = Reason(
    "person_not_taking_part",
    phrase("Personen är inte inskriven hos er, eller är utskriven."),
    phrase("Skriv in personen först, eller ta personen tillbaka på sin plats."),
)
ANOTHERS_WORDS = Reason(
    "contribution_of_another_area",
    phrase("Det där har en annan myndighet skrivit. Bara den kan ändra det."),
    phrase("Skriv din egen uppgift bredvid."),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A person's case in the writer's area at a moment. `held` is of the present enrolment, or of the person at all."""

    by: Context
    person_id: UUID
    at: datetime
    everything: tuple[Held, ...]
    held: tuple[Held, ...]
    enrolment_id: UUID | None
    initiative_id: UUID | None
    started_on: date | None

    @property
    def today(self) -> date:
        """The day in Sweden."""
        return day_in_stockholm(self.at)

    @property
    def exited_on(self) -> date | None:
        """The last day of who has left; None while the person takes part."""
        left = exits.left(self.held)
        return left.content.left_on if left else None

    @property
    def rules(self) -> arrangements.RulesRow | None:
        """The initiative's rules today; None without an enrolment or without rules."""
        return arrangements.rules_on(self.initiative_id, on=self.today) if self.initiative_id else None


def open_within(*, by: Context, person_id: UUID, at: datetime | None) -> Case:
    """Open and hold the case inside the transaction of an action. Raises Refused as for what does not exist."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"case {person_id}"])
    everything = asked.held(by, person_id)
    if not everything:
        raise Refused(secrecy.NOT_FOUND)
    begun = [(contents.read("enrolled", one.content), one) for one in latest(everything, "enrolled")]
    # Of two that go on side by side, what is written belongs to the own area's.
    content, enrolled = max(
        begun,
        key=lambda pair: (
            pair[1].author_area_id == by.area_id and not is_left(everything, pair[1].enrolment_id),
            pair[0].started_on,
            pair[1].written_at,
        ),
        default=(None, None),
    )
    enrolment_id = enrolled.enrolment_id if enrolled else None
    return Case(
        by=by,
        person_id=person_id,
        at=at or timezone.now(),
        everything=tuple(everything),
        held=tuple(of_present(everything, enrolment_id) if enrolment_id else everything),
        enrolment_id=enrolment_id,
        initiative_id=content.initiative_id if content else None,
        started_on=content.started_on if content else None,
    )


def of_enrolment(case: Case, enrolment_id: UUID, started_on: date) -> Case:
    """The same case in another of the person's enrolments: one that was left, when the person has come back."""
    held = tuple(one for one in case.everything if one.enrolment_id in (None, enrolment_id))
    return replace(case, enrolment_id=enrolment_id, started_on=started_on, held=held)


def require_taking_part(case: Case) -> date:
    """The day on which the person began. Raises Refused when the person does not take part now."""
    if case.started_on is None or case.exited_on is not None:
        raise Refused(NOT_TAKING_PART)
    return case.started_on


def newest_of(case: Case, lineage: UUID, *kinds: str) -> Held:
    """The newest held version of a thing. Raises Refused as for what does not exist."""
    found = [held for held in latest(case.everything, *kinds) if held.lineage == lineage]
    if not found:
        raise Refused(secrecy.NOT_FOUND)
    return found[0]


def own(case: Case, lineage: UUID, *kinds: str) -> Held:
    """The same, of what the writer's own area wrote. Raises Refused for another area's words."""
    held = newest_of(case, lineage, *kinds)
    if held.author_area_id != case.by.area_id:
        raise Refused(ANOTHERS_WORDS)
    return held


def require_move(
    case: Case,
    kind: Kind,
    before: str,
    after: str,
    *,
    reason: str = "",
    is_own_part: bool = True,
    is_another: bool = True,
    is_receiver: bool = True,
    may_stay: bool = False,
) -> None:
    """Raise Refused when the table of states does not let this become that by this role, in words.

    `may_stay`: something else about it changes, so that it need not become anything else.
    """
    if before == after and not may_stay:
        raise Refused(states.NO_SUCH_MOVE, **states.told(kind, before, after))
    refused = states.why_not(
        kind,
        before,
        after,
        role=case.by.role,
        reason=reason,
        is_own_part=is_own_part,
        is_another=is_another,
        is_receiver=is_receiver,
    )
    if refused is states.NO_SUCH_MOVE:
        raise Refused(refused, **states.told(kind, before, after))
    if refused:
        raise Refused(refused)


def write_within(
    case: Case,
    action: str,
    kind: str,
    content: Mapping[str, Any],
    *,
    category: str | None = None,
    lineage: UUID | None = None,
    based_on: int | None = None,
    voice: str = "staff",
    occurred_at: datetime | None = None,
    withheld: Withheld | None = None,
    of_person: bool = False,
) -> Written:
    """Write one thing inside the transaction of an action, and leave its trace: ids and kinds, never what was said.

    `of_person`: it holds whatever the person takes part in, and belongs to no enrolment. A new version of what is withheld
    from the participant stays withheld, until `withheld` says otherwise (with an empty ground: it is shown).
    """
    _require_own_work(case, kind, content, category)
    if withheld is None and lineage is not None:
        before = newest_of(case, lineage)
        withheld = Withheld(before.withheld_ground, before.withheld_by)
    if withheld is not None and not withheld.ground:
        withheld = None
    written = contributions.write_within(
        by=case.by,
        person_id=case.person_id,
        kind=kind,
        content=content,
        enrolment_id=None if of_person else case.enrolment_id,
        category=category,
        lineage=lineage,
        based_on=based_on,
        voice=voice,
        occurred_at=occurred_at,
        withheld=withheld,
        at=case.at,
    )
    trail.record(
        by=case.by,
        at=case.at,
        action=action,
        subject_kind=PERSON,
        subject_id=case.person_id,
        kind=kind,
        lineage=written.lineage,
        version=written.version,
        handed_over=written.handed_over,
    )
    return written


def write_first_within(case: Case, action: str, kind: str, content: Mapping[str, Any], *, lineage: UUID) -> Written:
    """The same for the first version of a thing whose lineage is known beforehand, so that it can be written once only."""
    _require_own_work(case, kind, content, None)
    written = contributions.write_within(
        by=case.by, person_id=case.person_id, kind=kind, content=content, enrolment_id=case.enrolment_id, lineage=lineage,
        based_on=0, at=case.at,
    )  # fmt: skip
    trail.record(
        by=case.by, at=case.at, action=action, subject_kind=PERSON, subject_id=case.person_id, kind=kind,
        lineage=written.lineage, version=written.version, handed_over=written.handed_over,
    )  # fmt: skip
    return written


def _require_own_work(case: Case, kind: str, content: Mapping[str, Any], category: str | None) -> None:
    """Raise Refused when the role does not write that category: said in words before the database says it without."""
    follows = contents.category_of(kind, contents.read(kind, content, case.today)) or category
    if follows in set(Category) and follows not in WRITES.get(Role(case.by.role), frozenset()):
        raise Refused(contributions.NOT_OF_YOUR_WORK, category=CATEGORIES[Category(follows)].name)
