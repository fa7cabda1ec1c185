"""What is open in an initiative and could stand on the next agenda: from its risks, handbook, plan, staff and deliveries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import activity_plans, duties, handbooks, meetings, risks, staffing
from samkraft.initiatives.queries.undertakings import InitiativeRow
from samkraft.initiatives.rules.duties import DutyState
from samkraft.initiatives.rules.handbooks import VersionState
from samkraft.initiatives.rules.meetings import About
from samkraft.initiatives.rules.risks import RiskState, Weight
from samkraft.knowledge.queries import forecasts
from samkraft.web import days, figures

NEAR_DAYS = 45


@dataclass(frozen=True, slots=True)
class Matter:
    """Something open. title, text and proposal are what the agenda would say."""

    about: About
    about_id: str
    title: str
    text: str
    proposal: str
    link: str

    @property
    def key(self) -> str:
        """Names it in a form."""
        return f"{self.about.value}:{self.about_id}"


def found(row: InitiativeRow, *, now: datetime, today: date) -> list[Matter]:
    """Everything that is open and does not stand on the agenda of a coming meeting already."""
    taken = meetings.taken_up(row.id, now=now)
    every = (
        *_handbook(row, today), *_plan(row), *_forecast(row), *_risks(row, today), *_staff(row, today),
        *_deliveries(row, today),
    )  # fmt: skip
    return [one for one in every if (one.about, one.about_id) not in taken]


def one(row: InitiativeRow, key: str, *, now: datetime, today: date) -> Matter | None:
    """The matter that a form names; None when it is not open any more."""
    return next((each for each in found(row, now=now, today=today) if each.key == key), None)


def _risks(row: InitiativeRow, today: date) -> Iterator[Matter]:
    for risk in risks.listed(row.id, today=today):
        is_high = risk.now.weight is Weight.HIGH
        if risk.now.state is not RiskState.OPEN or not (risk.is_overdue or is_high):
            continue
        why = _("Genomgången är försenad.") if risk.is_overdue else _("Risken är hög.")
        yield Matter(
            About.RISK, str(risk.id), _("Risk %(number)d: %(text)s") % {"number": risk.number, "text": risk.text},
            _("%(why)s Åtgärd i dag: %(measure)s") % {"why": why, "measure": risk.now.measure},
            _("Att gå igenom risken och besluta om åtgärden räcker."),
            reverse("governance:risk", args=[row.code, risk.number]),
        )  # fmt: skip


def _handbook(row: InitiativeRow, today: date) -> Iterator[Matter]:
    for version in handbooks.versions(row.id, today=today):
        if version.state is VersionState.DRAFT:
            yield Matter(
                About.HANDBOOK, str(version.id), _("Metodstöd version %(number)s") % {"number": version.number},
                version.about, _("Att besluta version %(number)s av metodstödet.") % {"number": version.number},
                reverse("governance:handbook_version", args=[row.code, version.number]),
            )  # fmt: skip


def _plan(row: InitiativeRow) -> Iterator[Matter]:
    plan = activity_plans.page(row.id)
    if plan is not None and not plan.standing.unready and not plan.standing.decided:
        yield Matter(
            About.ACTIVITY_PLAN, plan.digest[:12], _("Verksamhets- och aktivitetsplan"),
            _("Alla %(count)d punkter är klara.") % {"count": len(plan.points)},
            _("Att besluta planen och skicka den till ESF-rådet."), reverse("governance:plan", args=[row.code]),
        )  # fmt: skip


def _forecast(row: InitiativeRow) -> Iterator[Matter]:
    """The newest forecast: what the group should know before it decides anything else."""
    latest = forecasts.latest(row.id)
    if latest is not None:
        said = {"number": latest.number, "day": days.full(latest.known)}
        yield Matter(
            About.FORECAST, str(latest.number), _("Prognos %(number)s") % said,
            _("Gjord på uppgifter till och med %(day)s.") % said,
            _("Att ta del av prognosen och säga om den ändrar något."),
            reverse("results:forecast", args=[row.code, latest.id]),
        )  # fmt: skip


def _staff(row: InitiativeRow, today: date) -> Iterator[Matter]:
    staff = staffing.of_initiative(row.id, today=today)
    if staff is None:
        return
    for post, vacant in staff.vacancies:
        said = {"title": post.title, "employer": post.employer_name}
        how = {"vacant": figures.decimal(float(vacant), 1), "month": days.month(today), "heads": post.heads}
        yield Matter(
            About.STAFFING, str(post.id), _("Vakans: %(title)s, %(employer)s") % said,
            _("%(vacant)s av %(heads)s utlovade tjänster är vakanta i %(month)s.") % how,
            _("Att arbetsgivaren tillsätter det som är lovat, med en dag när det är gjort."),
            reverse("governance:post", args=[row.code, post.id]),
        )  # fmt: skip


def _deliveries(row: InitiativeRow, today: date) -> Iterator[Matter]:
    for duty in duties.of_initiative(initiative_id=row.id, today=today):
        is_open = duty.state not in (DutyState.DONE, DutyState.WITHDRAWN)
        if is_open and duty.days <= NEAR_DAYS and duty.body_id != row.owner_id:
            yield Matter(
                About.DELIVERY, str(duty.id), duty.title,
                _("%(body)s, senast %(day)s.") % {"body": duty.body_name, "day": days.full(duty.due_date)}, "",
                reverse("duties:duty", args=[duty.id]),
            )  # fmt: skip
