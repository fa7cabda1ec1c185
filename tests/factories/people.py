"""A joint team and its participants for tests, built through the actions: three professions, two who are called in.

`joint()` gives the initiative, the team and its members; `participant(setting, …)` a person on the first officer's case.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import arrangements, teams, undertakings
from samkraft.initiatives.rules.undertakings import Stage
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, Role
from samkraft.people.actions import cases, consents, contributions
from samkraft.people.models import Enrolment
from samkraft.people.rules.consents import ConsentDraft
from samkraft.values import identity_number
from samkraft.values.context import Context
from samkraft.values.identity_number import IdentityNumber
from tests.factories import partners
from tests.factories.partners import Member

TODAY = date(2026, 11, 2)


@dataclass(frozen=True, slots=True)
class Setting:
    """One initiative with one team: an employment officer, a social secretary and a labour market secretary in the core;
    an insurance officer and a care coordinator who are on the cases that they are appointed to."""

    initiative_id: UUID
    team_id: UUID
    leader: Member
    officer: Member
    social: Member
    labour: Member
    insurance: Member
    care: Member
    outsider: Member = field(repr=False)

    @property
    def core(self) -> tuple[Member, Member, Member]:
        """Those whose team opens its cases to them."""
        return self.officer, self.social, self.labour


def joint() -> Setting:
    """Build it. `outsider` is an employment officer of the same area who is in no team."""
    leader = partners.member(Role.MAIN_PROJECT_LEADER)
    officer = partners.member(Role.EMPLOYMENT_OFFICER, name="Åsa Ek")
    social = partners.member(Role.SOCIAL_SECRETARY, name="Per Nyberg")
    labour = partners.member(Role.LABOUR_MARKET_SECRETARY, "ama", name="Maja Rosén")
    insurance = partners.member(Role.INSURANCE_OFFICER, name="Lena Ståhl")
    care = partners.member(Role.CARE_COORDINATOR, name="Siv Holm")
    outsider = partners.member(Role.EMPLOYMENT_OFFICER, name="Ulf Utanför")
    initiative_id = undertakings.add(
        by=leader.context,
        code=f"kraft-{uuid4().hex[:8]}",
        name=f"Malmökraften {uuid4().hex[:6]}",
        aim="En plan i stället för flera.",
        owner_id=officer.organisation_id,
        stage=Stage.RUNNING,
        start_date=date(2022, 1, 3),
    )
    for member in (officer, social, labour, insurance, care):
        arrangements.add_party(
            by=leader.context,
            initiative_id=initiative_id,
            area_id=member.area_id,
            joins_team=True,
            writes_plan=True,
            start_date=date(2022, 1, 3),
        )
    team_id = teams.add_team(
        by=leader.context,
        initiative_id=initiative_id,
        number=4,
        name="Team 4",
        places=150,
        start_date=date(2022, 1, 3),
    )
    for member in (officer, social, labour):
        teams.add_member(
            by=leader.context, team_id=team_id, membership_id=member.membership_id, start_date=date(2022, 1, 3)
        )
    return Setting(initiative_id, team_id, leader, officer, social, labour, insurance, care, outsider)


def number(text: str = "199006022397") -> IdentityNumber:
    """One of the tax agency's published test numbers."""
    return identity_number.read(text, TODAY)


def participant(by: Context, *, text: str | None = None, given: str = "Amira", family: str = "Haddad-Lund") -> UUID:
    """A person on this officer's case, with a card."""
    at = timezone.now()
    with transactions.write(by):
        begun = cases.begin_within(by=by, number=number(text) if text else None, at=at)
        write(by, begun.person_id, "card", {"given_name": given, "family_name": family, "language": "sv"}, inside=True)
    return begun.person_id


def recuse(*, by: Context, person_id: UUID, user_id: UUID, ground: str) -> None:
    """State jäv, whoever has the case afterwards."""
    access.require(by, Permission.WORK_WITH_PEOPLE)
    with transactions.write(by):
        cases.recuse_within(by=by, person_id=person_id, user_id=user_id, ground=ground)


def write(
    by: Context,
    person_id: UUID,
    kind: str,
    content: dict[str, object],
    *,
    inside: bool = False,
    **more: object,
) -> contributions.Written:
    """Write a contribution in a transaction of its own (or in the one that is open)."""
    if inside:
        return contributions.write_within(by=by, person_id=person_id, kind=kind, content=content, **more)  # type: ignore[arg-type]  # tests pass what the action names
    with transactions.write(by):
        return contributions.write_within(by=by, person_id=person_id, kind=kind, content=content, **more)  # type: ignore[arg-type]  # as above


def enrolled(setting: Setting, by: Context, person_id: UUID, *, started_on: date | None = None) -> UUID:
    """Enrol the person in the setting's team, known to the area of `by` alone."""
    day = started_on or timezone.now().date()
    enrolment_id = uuid4()
    with transactions.write(by):
        Enrolment.objects.bulk_create(
            [
                Enrolment(
                    id=enrolment_id,
                    person_id=person_id,
                    initiative_id=setting.initiative_id,
                    area_id=by.area_id,
                    period=(timezone.now(), None),
                )
            ]
        )
        for kind, content in (
            ("enrolled", {"initiative_id": str(setting.initiative_id), "started_on": day.isoformat()}),
            ("team", {"team_id": str(setting.team_id), "team_name": "Team 4", "since": day.isoformat()}),
            ("phase", {"number": 1, "since": day.isoformat()}),
        ):
            write(by, person_id, kind, content, inside=True, enrolment_id=enrolment_id)
        cases.assign_team_within(by=by, person_id=person_id, team_id=setting.team_id, area_id=by.area_id)
    return enrolment_id


def consent(
    by: Context, person_id: UUID, to_area_id: UUID, *categories: str, until: date | None = None, giver: str = "Amira"
) -> UUID:
    """A consent from the area of `by` to another, for half a year unless said."""
    last = until or (datetime.now(tz=timezone.get_current_timezone()).date() + timedelta(days=180))
    return consents.give(
        by=by,
        person_id=person_id,
        draft=ConsentDraft(
            to_area_id=to_area_id,
            categories=categories,
            purpose="Planera tillsammans",
            last_date=last,
            giver=giver,
        ),
    )


def join_team(setting: Setting, by: Context, person_id: UUID, *members: Member) -> None:
    """The person agrees to take part jointly: enrolment and contact to each member's area, and the team on the case."""
    for member in members:
        if member.area_id == by.area_id:
            continue
        consent(by, person_id, member.area_id, "enrolment", "contact", "plan")
        with transactions.write(by):
            cases.assign_team_within(by=by, person_id=person_id, team_id=setting.team_id, area_id=member.area_id)
