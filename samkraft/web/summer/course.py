"""The coordinator's round as one calm sequence: open, close, draw, place, summer, attest, pay. One next thing to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.audit.actions import transactions
from samkraft.offer.actions import summer_rounds as planning
from samkraft.offer.queries import summer_rounds
from samkraft.offer.queries.summer_rounds import RoundRow
from samkraft.offer.rules.summer_rounds import FORM_NAMES, Form
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions.summer import summer_draws, summer_placing
from samkraft.people.queries.summer import summer_course, summer_letters
from samkraft.people.queries.summer.summer_course import Course
from samkraft.people.rules.summer.summer_places import STATE_NAMES, State
from samkraft.values.period import STOCKHOLM, day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, date_fields, refusals
from samkraft.web.acting import page
from samkraft.web.summer import crumbs, year_table


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the sequence. `shape` is one of the look's four; `deed` is what can be done now."""

    name: str
    heading: str
    text: str
    shape: str
    word: str
    is_now: bool


@page(needs=Permission.RUN_SUMMER)
def listed(request: Any) -> HttpResponse:
    """The rounds of the own area, the latest first, and the table from year to year."""
    held = summer_course.held_rounds()
    rows = [
        {
            "round": row,
            "form": _(FORM_NAMES[row.form]),
            "is_held": row.id in held,
            "now": _now(row) if row.id in held else "",
        }
        for row in summer_rounds.listed(area_id=request.by.area_id)
    ]
    return render(request, "summer/rounds.html", {"rows": rows, "years": year_table.rows()})


@page(needs=Permission.RUN_SUMMER)
def show(request: Any, code: str) -> HttpResponse:
    """Where the round is, what comes next, and the numbers behind it."""
    return _show(request, code)


@page(needs=Permission.RUN_SUMMER)
def do(request: Any, code: str, step: str) -> HttpResponse:
    """Do one step of the sequence."""
    if request.method != "POST" or step not in DEEDS:
        raise Http404
    with transactions.read(request.by):
        held = _held(request, code)
    try:
        DEEDS[step](request, held)
    except Refused as refused:
        refusals.tell(request, refused)
    return afterwards.to("summer:round", code)


def _show(request: Any, code: str) -> HttpResponse:
    held = _held(request, code)
    now = timezone.now()
    course = summer_course.of_round(held.id)
    steps = _steps(held, course, now)
    context = {
        "round": held,
        "form_name": _(FORM_NAMES[held.form]),
        "is_job": held.form is Form.JOB,
        "course": course,
        "steps": steps,
        "now": next((one for one in steps if one.is_now), None),
        "in_lot": course.applied - course.withdrawn - course.doubles - course.first,
        "states": [
            {"name": _(STATE_NAMES[one]), "count": course.placements[one], "value": one.value}
            for one in State
            if course.placements.get(one)
        ],
        "left": max(0, held.places - course.live),
        "waiting_answer": course.placements.get(State.OFFERED, 0) + course.placements.get(State.ACCEPTED, 0),
        "hours": course.attested_minutes // 60,
        "untold": len(summer_letters.untold(held.id)) if course.offered else 0,
        "crumbs_made": crumbs.held(request, held.code, held.name),
    }
    return render(request, "summer/round.html", context)


def _held(request: Any, code: str) -> RoundRow:
    held = summer_rounds.by_code(code)
    if held is None or held.area_id != request.by.area_id or not summer_course.holds(held.id):
        raise Http404
    return held


def _now(held: RoundRow) -> str:
    """What the round waits for, in the words of its step; empty when it is done."""
    steps = _steps(held, summer_course.of_round(held.id), timezone.now())
    return next((one.heading for one in steps if one.is_now), "")


def _steps(held: RoundRow, course: Course, now: datetime) -> list[Step]:
    """Each is done, now, or later."""
    today = day_in_stockholm(now)
    last_day = max(one.period.end_date or one.period.start_date for one in held.periods)
    is_job = held.form is Form.JOB
    done = {
        "seed": held.seed is not None,
        "open": now >= held.closes,
        "list": course.list is not None,
        "lot": course.lot is not None,
        "place": course.offered > 0,
        # Late answers never hold up a summer that has begun: they are dealt with beside it.
        "start": course.offered > 0
        and (
            (today >= held.first_day and course.placements.get(State.CONFIRMED, 0) > 0)
            or not (course.placements.get(State.OFFERED) or course.placements.get(State.ACCEPTED))
        ),
        "summer": today >= last_day,
        "pay": bool(course.paid) and today >= last_day,
    }
    words = {
        "seed": (
            _("Bestäm fröet"),
            _("Innan någon söker: säg varifrån lottens frö ska komma, så att ingen kan välja det."),
        ),
        "open": (
            _("Ansökan"),
            ngettext("{many} har sökt", "{many} har sökt", course.applied).format(many=course.applied),
        ),
        "list": (_("Publicera listan"), _("Koder och grupper, ingenting annat. Listan låses.")),
        "lot": (_("Dra lotten"), _("Med fröet som nu är känt. En gång.")),
        "place": (_("Fördela platserna"), _("Efter önskemål, och lottens ordning när två vill samma.")),
        "start": (
            _("Svar och klartecken"),
            _("Ja från den unga, ja från varje vårdnadshavare, handledare som visat utdrag."),
        ),
        "summer": (_("Sommaren"), _("Incheckning varje dag. Handledarna attesterar.")),
        "pay": (_("Löneunderlag"), _("Attesterade timmar gånger timlönen.")),
    }
    names = [one for one in words if one != "pay" or is_job]
    current = next((one for one in names if not done[one]), None)
    made = []
    for one in names:
        shape, word = (
            ("ok", _("klart")) if done[one] else ("needs", _("nu")) if one == current else ("closed", _("sedan"))
        )
        made.append(Step(one, *words[one], shape, word, one == current))
    return made


def _seed(request: Any, held: RoundRow) -> None:
    planning.publish_seed(
        by=request.by, round_id=held.id, source=request.POST.get("kalla", ""), fingerprint=request.POST.get("varde", "")
    )
    messages.success(request, _("Fröets källa är publicerad på omgångens öppna sida."))


def _list(request: Any, held: RoundRow) -> None:
    summer_draws.publish_list(by=request.by, round_id=held.id)
    messages.success(request, _("Listan är publicerad och låst."))


def _lot(request: Any, held: RoundRow) -> None:
    seed_at = None
    if request.POST.get("kand"):
        try:
            day = date_fields.read(request.POST["kand"])
        except ValueError:
            messages.error(request, _("Dagen går inte att läsa. Skriv till exempel 2026-04-22."))
            return
        seed_at = min(datetime.combine(day, datetime.min.time(), STOCKHOLM) + timedelta(hours=23), timezone.now())
    summer_draws.draw(by=request.by, round_id=held.id, seed=request.POST.get("fro", ""), seed_at=seed_at)
    messages.success(request, _("Lotten är dragen och publicerad."))


def _place(request: Any, held: RoundRow) -> None:
    given = summer_placing.place_all(by=request.by, round_id=held.id)
    messages.success(
        request,
        _(
            "{offered} har fått ett erbjudande. {first} fick sitt förstaval. {without} passar inte på någon plats."
        ).format(offered=given.offered + given.to_reserves, first=given.first_wishes, without=given.without),
    )


def _start(request: Any, held: RoundRow) -> None:
    results = summer_placing.confirm_all(by=request.by, round_id=held.id)
    done = [one for one in results if one.reason is None]
    messages.success(
        request,
        _("{done} är klara att börja. {left} väntar på något.").format(done=len(done), left=len(results) - len(done)),
    )


def _lapse(request: Any, held: RoundRow) -> None:
    many = summer_placing.lapse(by=request.by, round_id=held.id)
    messages.success(
        request,
        ngettext("{many} erbjudande gick vidare.", "{many} erbjudanden gick vidare.", many).format(many=many)
        if many
        else _("Alla erbjudanden har tid kvar."),
    )


DEEDS: dict[str, Callable[[Any, RoundRow], None]] = {
    "fro": _seed, "lista": _list, "lott": _lot, "fordela": _place, "klartecken": _start, "vidare": _lapse,
}  # fmt: skip
