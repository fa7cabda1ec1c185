"""The plan, the assessment and everything around them, as the reader's area may know them: one read, then pure folds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samkraft.initiatives.queries import teams as arrangements
from samkraft.initiatives.queries.teams import PhaseRow
from samkraft.initiatives.rules.rule_sets import RuleSet
from samkraft.people.queries import contributions
from samkraft.people.rules import (
    agendas,
    assessments,
    contents,
    exits,
    handovers,
    merging,
    own_system_notes,
    phases,
    plan_writing,
    plans,
    secrecy,
    threads,
)
from samkraft.people.rules.held import Held, latest, newest, of_present, versions
from samkraft.people.rules.merging import Merge
from samkraft.people.rules.phases import PhaseRule
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused


@dataclass(frozen=True, slots=True)
class Joint:
    """The joint work with one person today, as the reader may know it. Every part is a fold over the same `held`."""

    person_id: UUID
    enrolment_id: UUID | None
    held: tuple[Held, ...]
    plan: plans.Plan
    assessment: assessments.Assessment
    standing: phases.Standing | None
    phases: tuple[PhaseRow, ...]
    prolongations: tuple[phases.Asked, ...]
    agenda: tuple[agendas.Point, ...]
    thread: threads.Thread
    handovers: tuple[handovers.Asked, ...]
    left: exits.Left | None
    follow_ups: tuple[exits.Planned, ...]
    to_enter: tuple[Held, ...]
    work_question: Reason | None


def joint(by: Context, person_id: UUID, *, today: date, known: Sequence[Held] | None = None) -> Joint:
    """Everything that the pages about one person show of the joint work. Raises Refused as for what does not exist.

    `known`: what the area holds, of whoever has asked for it together with something else.
    """
    everything = contributions.held(by, person_id) if known is None else list(known)
    if not everything:
        raise Refused(secrecy.NOT_FOUND)
    enrolment_id, initiative_id = _present(everything)
    held = of_present(everything, enrolment_id) if enrolment_id else everything
    left = exits.left(held)
    course, rules = arrangements.phases_and_rules(initiative_id, on=today) if initiative_id else ((), None)
    plan = plans.fold(held)
    return Joint(
        person_id=person_id,
        enrolment_id=enrolment_id,
        held=tuple(held),
        plan=plan,
        assessment=assessments.fold(held),
        standing=_standing(held, course, rules, left, today),
        phases=course,
        prolongations=tuple(phases.prolongations(held)),
        agenda=agendas.agenda(held, today),
        thread=threads.fold(held),
        handovers=tuple(handovers.fold(held)),
        left=left,
        follow_ups=tuple(exits.follow_ups(held)),
        to_enter=tuple(own_system_notes.to_enter(held)),
        work_question=plan_writing.why_not_work_oriented(plan) if plan.goals else None,
    )


def merge(by: Context, person_id: UUID, lineage: UUID, *, based_on: int, mine: Mapping[str, Any]) -> Merge:
    """What the second of two who edited at once wrote, beside what stands now and what both began from."""
    found = versions(contributions.held(by, person_id), lineage)
    if not found:
        raise Refused(secrecy.NOT_FOUND)
    theirs = found[-1]
    base = next((held for held in found if held.version == based_on), found[0])
    return merging.merge(theirs.kind, base.content, theirs.content, mine)


def reusable(by: Context, person_id: UUID) -> list[Held]:
    """Items of earlier assessments that may be used again in the present enrolment; none without one."""
    everything = contributions.held(by, person_id)
    enrolment_id, _initiative = _present(everything)
    return assessments.reusable(everything, enrolment_id) if enrolment_id else []


def _present(everything: list[Held]) -> tuple[UUID | None, UUID | None]:
    """The enrolment that began last, and its initiative."""
    begun = [(contents.read("enrolled", held.content), held) for held in latest(everything, "enrolled")]
    content, held = max(begun, key=lambda pair: (pair[0].started_on, pair[1].written_at), default=(None, None))
    return (held.enrolment_id if held else None), (content.initiative_id if content else None)


def _standing(
    held: list[Held], course: Sequence[PhaseRow], rules: RuleSet | None, left: exits.Left | None, today: date
) -> phases.Standing | None:
    if newest(held, "phase") is None or newest(held, "enrolled") is None:
        return None
    return phases.standing(
        held,
        [PhaseRule(one.number, one.name, one.guide_days, one.counts_to_limit) for one in course],
        limit_days=rules.limit_days if rules else None,
        today=today,
        exited_on=left.content.left_on if left else None,
    )
