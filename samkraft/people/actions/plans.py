"""The joint plan: each authority writes its own part; a version is fixed, filed with each party and agreed to."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import teams as arrangements
from samkraft.partners.queries import areas
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand
from samkraft.people.actions.at_hand import Case
from samkraft.people.rules import contents, plan_versions, plan_writing, plans, states
from samkraft.people.rules.contents.plans import PARTICIPANT, Step
from samkraft.people.rules.states import Kind
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused

_REASON_FIELD = "result"


def add(
    *,
    by: Context,
    person_id: UUID,
    kind: str,
    content: Mapping[str, Any],
    category: str | None = None,
    voice: str = "staff",
    at: datetime | None = None,
) -> UUID:
    """Write a need, a goal or a step, and return its lineage. A goal is written in the person's own words.

    `category` is asked of steps: plan, or the sensitive one that the step reveals. Raises Refused for another party's
    step, a body without a part in the initiative, and links that would tell of what is not given.
    """
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        at_hand.require_taking_part(case)
        return add_within(case, kind, content, category=category, voice=voice)


def add_within(
    case: Case, kind: str, content: Mapping[str, Any], *, category: str | None = None, voice: str = "staff"
) -> UUID:
    """The same, inside the transaction of another action, such as minutes that become plan changes."""
    _require_part_of_plan(kind)
    read = contents.read(kind, content, case.today)
    chosen = category or "plan"
    _require_right_links(case, kind, read, chosen)
    if isinstance(read, Step):
        _require_own_step(case, read)
        at_hand.require_move(case, Kind.STEP, states.NEW, read.state, reason=read.result)
    return at_hand.write_within(
        case, f"plan.{kind}_added", kind, _with_waiting_day(case, content), category=chosen, voice=voice
    ).lineage


def change(
    *,
    by: Context,
    person_id: UUID,
    lineage: UUID,
    content: Mapping[str, Any],
    based_on: int,
    voice: str = "staff",
    at: datetime | None = None,
) -> int:
    """Write a new version of an own need, goal or step, and return its number.

    A step that changes state does so by the table of states, with how it went in `result` where a reason is due. When
    another version has come since `based_on`, Refused says so; `queries.plans.merge` puts the two side by side.
    """
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        at_hand.require_taking_part(case)
        return change_within(case, lineage, content, based_on, voice=voice)


def change_within(case: Case, lineage: UUID, content: Mapping[str, Any], based_on: int, *, voice: str = "staff") -> int:
    """The same, inside the transaction of another action."""
    held = at_hand.own(case, lineage, "need", "goal", "step")
    read = contents.read(held.kind, content, case.today)
    _require_right_links(case, held.kind, read, held.category, lineage)
    if isinstance(read, Step):
        _require_own_step(case, read)
        before = states.state_of(Kind.STEP, held.content)
        at_hand.require_move(case, Kind.STEP, before, read.state, reason=read.result, may_stay=True)
    written = at_hand.write_within(
        case,
        f"plan.{held.kind}_changed",
        held.kind,
        _with_waiting_day(case, content),
        category=held.category,
        lineage=lineage,
        based_on=based_on,
        voice=voice,
    )
    return written.version


def move_step(
    *,
    by: Context,
    person_id: UUID,
    lineage: UUID,
    to: str,
    based_on: int,
    reason: str = "",
    waits_on: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> int:
    """Let a step become something else: begin, wait on somebody, be done, drop out, be taken up again."""
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        at_hand.require_taking_part(case)
        held = at_hand.newest_of(case, lineage, "step")
        is_own = held.author_area_id == by.area_id
        before = states.state_of(Kind.STEP, held.content)
        at_hand.require_move(case, Kind.STEP, before, to, reason=reason, is_own_part=is_own)
        content = {**held.content, "state": to, "waits_on": waits_on, "waiting_since": None}
        if reason.strip():
            content[_REASON_FIELD] = reason
        return change_within(case, lineage, content, based_on)


def fix_version(*, by: Context, person_id: UUID, why_no_work: str = "", at: datetime | None = None) -> int:
    """Fix the plan as the own area holds it, and return the version's number: what the person and the parties agree to.

    Filed in the own area and never handed over by itself, since it holds what others have given. A plan without a step
    towards work is fixed only with a word about why. Raises Refused when there is nothing to agree on.
    """
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        at_hand.require_taking_part(case)
        plan = plans.fold(case.held)
        if refused := plan_versions.why_not_fix(plan):
            raise Refused(refused)
        if (refused := plan_writing.why_not_work_oriented(plan)) and not why_no_work.strip():
            raise Refused(refused)
        number = 1 + (plan.current.content.number if plan.current else 0)
        for category, part in plan_versions.parts_to_file(plan).items():
            frozen = {**part, "why_no_work": why_no_work.strip()} if why_no_work.strip() else part
            content = {"number": number, "frozen": frozen, "digest": plan_versions.digest(part)}
            at_hand.write_within(case, "plan.fixed", "plan_version", content, category=category)
        return number


def agree(
    *,
    by: Context,
    person_id: UUID,
    number: int,
    party: str,
    how: str,
    agreed_on: date,
    at: datetime | None = None,
) -> UUID:
    """Note that the participant, or the own area, said yes to a version: in person, on paper or digitally.

    Raises Refused for another party's yes, for a version that is not the newest, and when the plan has changed since.
    """
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        at_hand.require_taking_part(case)
        if party not in (PARTICIPANT, str(by.area_id)):
            raise Refused(plan_versions.NOT_YOUR_YES)
        plan = plans.fold(case.held)
        if refused := plan_versions.why_not_agree(plan, number, party):
            who = _name_of(by.area_id) if party != PARTICIPANT else plan_versions.THE_PARTICIPANT
            raise Refused(refused, number=number, who=who)
        assert plan.current is not None
        content = {
            "version_number": number,
            "digest": plan.current.content.digest,
            "party": party,
            "how": how,
            "agreed_on": agreed_on.isoformat(),
        }
        voice = "participant" if party == PARTICIPANT else "staff"
        return at_hand.write_within(case, "plan.agreed", "agreement", content, voice=voice).lineage


def _name_of(area_id: UUID) -> str:
    label = areas.labels().get(area_id)
    return label.name if label else "–"


def _require_part_of_plan(kind: str) -> None:
    if kind not in ("need", "goal", "step"):
        raise Refused(plan_writing.NOT_PART_OF_PLAN)


def _require_own_step(case: Case, step: Step) -> None:
    assert case.initiative_id is not None
    parties = arrangements.parties_on(case.initiative_id, on=case.today)
    writing = {party.area_id for party in parties if party.writes_plan}
    if refused := plan_writing.why_not_step(step, own_area_id=case.by.area_id, writing_areas=writing):
        raise Refused(refused, body=_name_of(step.body_area_id))
    if refused := plan_writing.why_not_programme(step, case.by.role):
        raise Refused(refused)


def _require_right_links(case: Case, kind: str, read: Any, category: str, lineage: UUID | None = None) -> None:
    """Raise Refused when it points at nothing, or would tell of what is not given, or waits on itself."""
    for name, kinds in (("need", ("need",)), ("goal", ("goal",)), ("depends_on", ("step",))):
        found = getattr(read, name, None)
        links = found if isinstance(found, tuple) else (found,) if found else ()
        if refused := plan_writing.why_not_link(case.held, links, category, kinds=kinds):
            _refuse_link(refused, kind, name)
    if isinstance(read, Step) and lineage is not None:
        plan = plans.fold(case.held)
        if ring := plan_writing.ring(plan, lineage, read.depends_on):
            raise Refused(plan_writing.CIRCULAR, titles=" → ".join(ring))


def _refuse_link(refused: Reason, kind: str, name: str) -> None:
    raise Refused(refused, field=contents.label_of(kind, name))


def _with_waiting_day(case: Case, content: Mapping[str, Any]) -> dict[str, Any]:
    """Since when a step waits, where it waits and nobody said since when; and nothing of it where it does not."""
    said = dict(content)
    if "state" not in said and "waits_on" not in said:
        return said
    if said.get("state") == "waiting":
        said["waiting_since"] = said.get("waiting_since") or case.today.isoformat()
    else:
        said.pop("waits_on", None)
        said.pop("waiting_since", None)
    return said
