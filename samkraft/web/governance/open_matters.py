"""Everything that waits for those who steer and could stand on the next agenda, with how long it has waited.

Points that were put off, minutes that are not adjusted, decisions that are not carried out, bodies that lack somebody;
versions of the handbook, the plan, forecasts, risks, staff, teams that are too full or too empty, proposals of places that
lie, and what is due.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import meetings, resolutions, teams
from samkraft.initiatives.queries.undertakings import InitiativeRow
from samkraft.initiatives.rules.duties import DutyState
from samkraft.initiatives.rules.handbooks import VersionState
from samkraft.initiatives.rules.meetings import About, MeetingState
from samkraft.initiatives.rules.risks import RiskState, Weight
from samkraft.knowledge.queries import allotments, scorecards
from samkraft.knowledge.rules.groups import Dimension
from samkraft.offer.queries import catalogue
from samkraft.values.period import day_in_stockholm
from samkraft.web import days, figures
from samkraft.web.governance import board_words, forecast_matters
from samkraft.web.governance.known import Known
from samkraft.web.governance.matter import Matter

NEAR_DAYS = 45
CARRY_OUT_DAYS = 30  # how long a decision may wait to be carried out before the group is told
LYING_DAYS = 14  # how long a proposal of places may lie before the group is told
FEWEST = 0.8  # of a team's places
STOCK = "in_stock"


def found(row: InitiativeRow, *, now: datetime, today: date, known: Known | None = None) -> list[Matter]:
    """Everything that is open and does not stand on the agenda of a coming meeting already: the longest waiting first."""
    known = known or Known(row, now=now, today=today)
    taken = meetings.taken_up_at(one.id for one in known.meetings if one.state is MeetingState.CALLED)
    every = (
        *_put_off(row), *_minutes(known), *_not_carried_out(known), *_handbook(known), *_plan(known),
        *forecast_matters.found(row), *_risks(known), *_staff(known), *_full_teams(row, today), *_bodies(known),
        *_deliveries(known), *_left_lying(row, now),
    )  # fmt: skip
    met: dict[str, Matter] = {}
    for each in every:
        if (each.about, each.about_id) not in taken:
            met.setdefault(each.key, replace(each, days=(today - each.since).days if each.since else None))
    return sorted(met.values(), key=lambda each: each.since or date.max)


def one(row: InitiativeRow, key: str, *, now: datetime, today: date) -> Matter | None:
    """The matter that a form names; None when it is not open any more."""
    return next((each for each in found(row, now=now, today=today) if each.key == key), None)


def _put_off(row: InitiativeRow) -> Iterator[Matter]:
    """Points that an earlier meeting moved or wanted more of, and that no meeting has taken up since."""
    for point, resolution in resolutions.put_off(row.id):
        said = {"board": resolution.board.name, "number": resolution.number, "text": resolution.text}
        yield Matter(
            point.about, point.about_id or str(point.id), point.title,
            _("%(board)s sköt upp punkten i %(number)s: %(text)s") % said, point.proposal,
            reverse("governance:decision", args=[row.code, resolution.id]), since=resolution.decided_date,
            asked=point.asked,
        )  # fmt: skip


def _minutes(known: Known) -> Iterator[Matter]:
    """Meetings that nobody has written minutes from, and minutes that nobody has adjusted."""
    for meeting in known.meetings:
        said = {"board": meeting.board.name, "when": days.moment(meeting.starts_at)}
        if meeting.state is MeetingState.HELD:
            title, text = _("Protokoll saknas: %(board)s") % said, _("Mötet var %(when)s.") % said
            proposal = _("Att protokollet skrivs och justeras.")
        elif meeting.state is MeetingState.MINUTED:
            title = _("Ojusterat protokoll: %(board)s") % said
            text = _("Mötet var %(when)s. Besluten gäller först när protokollet är justerat.") % said
            proposal = _("Att protokollet justeras.")
        else:
            continue
        yield Matter(
            About.OTHER, str(meeting.id), title, text, proposal,
            reverse("governance:meeting", args=[known.row.code, meeting.id]), since=day_in_stockholm(meeting.starts_at),
        )  # fmt: skip


def _not_carried_out(known: Known) -> Iterator[Matter]:
    """Decisions on teams and places that have waited long to be carried out."""
    for one in known.resolutions:
        if one.waits_for_change and known.today - one.decided_date > timedelta(days=CARRY_OUT_DAYS):
            yield Matter(
                About.OTHER, str(one.id), _("Inte genomfört: %(title)s") % {"title": one.title},
                _("%(number)s är justerat, men ändringen är inte gjord.") % {"number": one.number},
                _("Att ändringen görs, eller att beslutet upphävs."),
                reverse("governance:decision", args=[known.row.code, one.id]), since=one.decided_date,
            )  # fmt: skip


def _full_teams(row: InitiativeRow, today: date) -> Iterator[Matter]:
    """Teams with more participants than places, or far fewer, as the last snapshot tells it: one matter for all."""
    card = scorecards.scorecard(row.id)
    told = card.told.get(STOCK, {}).get(Dimension.TEAM.value, {})
    said = []
    for team in teams.teams(row.id, on=today):
        figure = told.get(str(team.number))
        if figure is None or figure.n is None or not team.places:
            continue
        if figure.n > team.places or figure.n < FEWEST * team.places:
            how = {"team": team.name, "many": figures.number(figure.n), "places": figures.number(team.places)}
            said.append(_("%(team)s: %(many)s på %(places)s platser") % how)
    if said and card.snapshot is not None:
        yield Matter(
            About.CAPACITY, "teams", _("Team som är fulla eller har gott om plats"), "; ".join(said) + ".",
            _("Att besluta om platser eller intag ska ändras."), reverse("results:waiting", args=[row.code]),
            since=card.snapshot.day,
        )  # fmt: skip


def _left_lying(row: InitiativeRow, now: datetime) -> Iterator[Matter]:
    """Proposals of places that nobody has adopted in two weeks, for activities that the initiative's participants may have."""
    lying = allotments.left_lying(now - timedelta(days=LYING_DAYS))
    mine = (
        {one.id: one.name for one in catalogue.activities() if one.only_initiative in ("", row.name)} if lying else {}
    )
    for proposal in lying:
        names = [mine[key] for key in proposal.activity_ids if key in mine]
        if names:
            said = {"name": proposal.made_by, "names": ", ".join(sorted(names))}
            yield Matter(
                About.PROPOSAL, str(proposal.id), _("Förslag om platser som ingen har antagit"),
                _("%(name)s gjorde det, och platssamordnaren har inte antagit något av det: %(names)s.") % said,
                _("Att platssamordnaren antar förslaget, helt eller till en del, eller säger varför inte."),
                reverse("results:waiting", args=[row.code]), since=day_in_stockholm(proposal.made_at),
            )  # fmt: skip


def _bodies(known: Known) -> Iterator[Matter]:
    """Bodies without somebody who chairs, with too few to decide, or with somebody who leaves."""
    for page in known.boards:
        one = page.row
        if page.seats and (said := board_words.lacks(page, known.today)):
            yield Matter(
                About.OTHER, str(one.id), _("Platser i gruppen: %(board)s") % {"board": one.name}, " ".join(said),
                _("Att parterna utser dem som fattas."), reverse("governance:board", args=[known.row.code, one.id]),
            )  # fmt: skip


def _risks(known: Known) -> Iterator[Matter]:
    for risk in known.risks:
        is_high = risk.now.weight is Weight.HIGH
        if risk.now.state is not RiskState.OPEN or not (risk.is_overdue or is_high):
            continue
        why = _("Genomgången är försenad.") if risk.is_overdue else _("Risken är hög.")
        yield Matter(
            About.RISK, str(risk.id), _("Risk %(number)d: %(text)s") % {"number": risk.number, "text": risk.text},
            _("%(why)s Åtgärd i dag: %(measure)s") % {"why": why, "measure": risk.now.measure},
            _("Att gå igenom risken och besluta om åtgärden räcker."),
            reverse("governance:risk", args=[known.row.code, risk.number]),
            since=risk.now.review_date if risk.is_overdue else day_in_stockholm(risk.now.at),
        )  # fmt: skip


def _handbook(known: Known) -> Iterator[Matter]:
    for version in known.versions:
        if version.state is VersionState.DRAFT:
            yield Matter(
                About.HANDBOOK, str(version.id), _("Metodstöd version %(number)s") % {"number": version.number},
                version.about, _("Att besluta version %(number)s av metodstödet.") % {"number": version.number},
                reverse("governance:handbook_version", args=[known.row.code, version.number]),
                since=day_in_stockholm(version.saved_at),
            )  # fmt: skip


def _plan(known: Known) -> Iterator[Matter]:
    plan = known.plan
    if plan is not None and not plan.standing.unready and not plan.standing.decided:
        yield Matter(
            About.ACTIVITY_PLAN, plan.digest[:12], _("Verksamhets- och aktivitetsplan"),
            _("Alla %(count)d punkter är klara.") % {"count": len(plan.points)},
            _("Att besluta planen och skicka den till ESF-rådet."), reverse("governance:plan", args=[known.row.code]),
            since=max((day_in_stockholm(one.now.at) for one in plan.points if one.now), default=None),
        )  # fmt: skip


def _staff(known: Known) -> Iterator[Matter]:
    staff, today = known.staff, known.today
    if staff is None:
        return
    for post, vacant in staff.vacancies:
        said = {"title": post.title, "employer": post.employer_name}
        how = {"vacant": figures.decimal(float(vacant), 1), "month": days.month(today), "heads": post.heads}
        yield Matter(
            About.STAFFING, str(post.id), _("Vakans: %(title)s, %(employer)s") % said,
            _("%(vacant)s av %(heads)s utlovade tjänster är vakanta i %(month)s.") % how,
            _("Att arbetsgivaren tillsätter det som är lovat, med en dag när det är gjort."),
            reverse("governance:post", args=[known.row.code, post.id]), since=post.vacant_since,
        )  # fmt: skip


def _deliveries(known: Known) -> Iterator[Matter]:
    """What others hand in soon, such as evaluators, and whatever is late."""
    for duty in known.duties:
        if duty.state in (DutyState.DONE, DutyState.WITHDRAWN):
            continue
        is_late = duty.state is DutyState.LATE
        if is_late or (duty.days <= NEAR_DAYS and duty.body_id != known.row.owner_id):
            said = {"body": duty.body_name, "day": days.full(duty.due_date)}
            text = _("%(body)s skulle ha gjort det %(day)s.") if is_late else _("%(body)s, senast %(day)s.")
            yield Matter(
                About.DELIVERY, str(duty.id), duty.title, text % said,
                _("Att den ansvariga säger när det är klart.") if is_late else "",
                reverse("duties:duty", args=[duty.id]), since=duty.due_date if is_late else None,
            )  # fmt: skip
