"""Enrolment: begin in an initiative with a team, choose a process lead, let the rest of the team in, pause, phases."""

from datetime import date, datetime, time
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import teams as arrangements
from samkraft.initiatives.queries.teams import MemberRow, TeamRow
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand, cases, guard, referrals
from samkraft.people.actions.at_hand import Case
from samkraft.people.models import Enrolment
from samkraft.people.rules import contents, enrolments, start_check
from samkraft.people.rules import referrals as referral_rules
from samkraft.people.rules.enrolments import NOT_IN_INITIATIVE
from samkraft.people.rules.held import newest
from samkraft.people.rules.states import Kind
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM
from samkraft.values.refusal import Refused


def enrol(
    *,
    by: Context,
    person_id: UUID,
    initiative_id: UUID,
    team_id: UUID,
    started_on: date,
    lead_membership_id: UUID | None = None,
    wave: int | None = None,
    at: datetime | None = None,
) -> UUID:
    """Let the person begin, known to the own area alone, and return the enrolment's id.

    The own area's members of the team come on the case. Others come when the person has agreed to take part jointly:
    `let_in`. Consent is no condition. Raises Refused without a referral, when the start check stops it, when the person is
    enrolled by the own area already, and for a team or lead that does not fit.
    """
    access.require(by, Permission.ENROL)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        at_hand.require_move(case, Kind.ENROLMENT, "referred", "enrolled")
        is_enrolled = case.initiative_id == initiative_id and case.exited_on is None and case.enrolment_id is not None
        _require_may_begin(case, initiative_id, started_on, is_enrolled)
        team = _team_of(initiative_id, team_id, started_on)
        enrolment_id = _begin_within(case, initiative_id, started_on)
        case = _enrolled(case, enrolment_id, initiative_id, started_on)
        day = started_on.isoformat()
        at_hand.write_within(
            case,
            "enrolment.begun",
            "enrolled",
            {"initiative_id": str(initiative_id), "started_on": day, "wave": wave or _wave(initiative_id, started_on)},
        )
        _write_team_within(case, team, started_on)
        first = next(iter(arrangements.phases(initiative_id)), None)
        if first is not None:
            at_hand.write_within(case, "phase.begun", "phase", {"number": first.number, "since": day})
        if lead_membership_id is not None:
            _write_lead_within(case, team, lead_membership_id, started_on)
        cases.assign_team_within(by=by, person_id=person_id, team_id=team_id, area_id=by.area_id, at=case.at)
        return enrolment_id


def let_in(*, by: Context, person_id: UUID, area_id: UUID, at: datetime | None = None) -> None:
    """Put another area's members of the team on the case, now that the person has agreed that the area may know.

    Raises Refused when there is no consent for that area to know of the enrolment, or no team.
    """
    access.require(by, Permission.ENROL)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        at_hand.require_taking_part(case)
        team = newest(case.held, "team")
        if team is None:
            raise Refused(NOT_IN_INITIATIVE)
        team_id = UUID(str(team.content["team_id"]))
        cases.assign_team_within(by=by, person_id=person_id, team_id=team_id, area_id=area_id, at=case.at)


def choose_lead(
    *,
    by: Context,
    person_id: UUID,
    membership_id: UUID,
    since: date,
    instead_of: UUID | None,
    at: datetime | None = None,
) -> UUID:
    """Name the process lead from a day on, and return the lineage.

    `instead_of` is the membership that led when the writer looked (None: nobody). When another has been named since, the
    second of the two is refused: a person has one process lead at a time.
    """
    access.require(by, Permission.ENROL)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        started_on = at_hand.require_taking_part(case)
        now = newest(case.held, "lead")
        leading = contents.read("lead", now.content) if now else None
        if leading is not None and leading.membership_id == membership_id:
            raise Refused(enrolments.SAME_LEAD, name=leading.name)
        if (leading.membership_id if leading else None) != instead_of:
            raise Refused(enrolments.LEAD_CHANGED, name=leading.name if leading else "–")
        if since < started_on:
            raise Refused(enrolments.LEAD_BEFORE_START, date=since.isoformat(), start=started_on.isoformat())
        held = newest(case.held, "team")
        team = arrangements.team(UUID(str(held.content["team_id"])), on=case.today) if held else None
        if team is None:
            raise Refused(NOT_IN_INITIATIVE)
        return _write_lead_within(case, team, membership_id, since)


def move_team_within(case: Case, team_id: UUID, since: date) -> TeamRow:
    """Let another team of the same initiative go on, inside the transaction of a hand-over."""
    assert case.initiative_id is not None
    team = _team_of(case.initiative_id, team_id, since)
    _write_team_within(case, team, since)
    cases.assign_team_within(by=case.by, person_id=case.person_id, team_id=team_id, area_id=case.by.area_id, at=case.at)
    return team


def name_lead_within(case: Case, membership_id: UUID, since: date) -> UUID:
    """Name the process lead, inside the transaction of a hand-over."""
    held = newest(case.held, "team")
    team = arrangements.team(UUID(str(held.content["team_id"])), on=case.today) if held else None
    if team is None:
        raise Refused(NOT_IN_INITIATIVE)
    return _write_lead_within(case, team, membership_id, since)


def _require_may_begin(case: Case, initiative_id: UUID, started_on: date, is_enrolled: bool) -> None:
    if ended := referral_rules.last_ended(case.everything):
        raise Refused(enrolments.REFERRAL_ENDED, ended=ended.ended_on.isoformat())
    referral = referral_rules.ground(case.everything)
    content = referral.content if referral else None
    parties = {party.area_id for party in arrangements.parties_on(initiative_id, on=case.today)}
    referred_on = content.received_on if content else None
    refused = enrolments.why_not_begin(
        start=started_on,
        today=case.today,
        referred_on=referred_on,
        is_enrolled=is_enrolled,
        own_area_id=case.by.area_id,
        parties=parties,
    )
    if refused:
        raise Refused(refused, start=started_on.isoformat(), referred=referred_on.isoformat() if referred_on else "–")
    assert content is not None
    checked = start_check.check(referrals.questions(initiative_id, case.today), content.start_check)
    if stopped := start_check.why_not_begin(checked):
        raise Refused(stopped[0], **stopped[1])


def _begin_within(case: Case, initiative_id: UUID, started_on: date) -> UUID:
    """Inside a transaction: the enrolment itself. An own one that has been left is closed first."""
    begin = datetime.combine(started_on, time(), STOCKHOLM)
    for row in Enrolment.objects.filter(
        person_id=case.person_id, initiative_id=initiative_id, area_id=case.by.area_id, period__endswith=None
    ):
        if case.exited_on is not None and row.period.lower < begin:
            Enrolment.objects.filter(id=row.id).update(period=DateTimeTZRange(row.period.lower, begin))
    enrolment_id = uuid4()
    made = Enrolment(
        id=enrolment_id,
        person_id=case.person_id,
        initiative_id=initiative_id,
        area_id=case.by.area_id,
        period=DateTimeTZRange(begin, None),
    )
    with guard.refusing():
        try:
            made.save(force_insert=True)
        except IntegrityError as error:
            if "people_enrolment_no_overlap" in str(error):
                raise Refused(enrolments.ENROLLED_ALREADY) from error
            raise
    return enrolment_id


def _enrolled(case: Case, enrolment_id: UUID, initiative_id: UUID, started_on: date) -> Case:
    return Case(case.by, case.person_id, case.at, case.everything, case.held, enrolment_id, initiative_id, started_on)


def _team_of(initiative_id: UUID, team_id: UUID, on: date) -> TeamRow:
    team = arrangements.team(team_id, on=on)
    if team is None or team.initiative_id != initiative_id or on not in team.period:
        raise Refused(NOT_IN_INITIATIVE)
    return team


def _wave(initiative_id: UUID, on: date) -> int | None:
    wave = arrangements.wave_on(initiative_id, on=on)
    return wave.number if wave else None


def _write_team_within(case: Case, team: TeamRow, since: date) -> None:
    at_hand.write_within(
        case,
        "team.chosen",
        "team",
        {"team_id": str(team.id), "team_name": team.name, "since": since.isoformat()},
    )


def _write_lead_within(case: Case, team: TeamRow, membership_id: UUID, since: date) -> UUID:
    member: MemberRow | None = next((one for one in team.members if one.membership_id == membership_id), None)
    if member is None or not member.can_lead:
        raise Refused(enrolments.LEAD_NOT_IN_TEAM)
    return at_hand.write_within(
        case,
        "lead.chosen",
        "lead",
        {
            "membership_id": str(member.membership_id),
            "name": member.name,
            "role": member.role.value,
            "area_id": str(member.area_id),
            "since": since.isoformat(),
        },
    ).lineage
