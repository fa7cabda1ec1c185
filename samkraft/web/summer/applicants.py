"""Those who have applied: the list with filters in the address, and one of them with guardians, place, days and history."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.audit.actions.reads import Read
from samkraft.offer.rules.summer_rounds import SCHOOL_YEAR_NAMES, SchoolYear
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions.summer import summer_applications, summer_guardians, summer_placing, summer_shifts
from samkraft.people.queries.summer import summer_course, summer_days, summer_people
from samkraft.people.queries.summer.summer_people import ApplicantRow
from samkraft.people.rules.summer.summer_applications import GROUND_NAMES, Ground
from samkraft.people.rules.summer.summer_places import DECLINED_NAMES, ENDED_NAMES, STATE_NAMES, Ended, State
from samkraft.values.period import STOCKHOLM, day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, date_fields, exports, refusals
from samkraft.web.acting import page
from samkraft.web.exports import Head
from samkraft.web.summer import crumbs, days, open_rounds
from samkraft.web.summer.workplaces import held_or_404

ON_A_PAGE = 50
SHAPES = {
    State.OFFERED: "needs", State.ACCEPTED: "needs", State.CONFIRMED: "ok", State.DECLINED: "closed",
    State.LAPSED: "closed", State.ENDED: "closed",
}  # fmt: skip
HEADS = (
    Head(phrase("Kod")), Head(phrase("Namn")), Head(phrase("Ålder"), "number"), Head(phrase("Årskurs")),
    Head(phrase("Läge")), Head(phrase("Arbetsplats")), Head(phrase("Vårdnadshavare som sagt ja")),
)  # fmt: skip
EVENTS = {
    "applied": phrase("Sökte"),
    "changed": phrase("Ändrade ansökan"),
    "withdrawn": phrase("Tog tillbaka ansökan"),
    "prioritised": phrase("Förtur prövad"),
    "drawn": phrase("Fick plats i lotten"),
    "reserve": phrase("Blev reserv i lotten"),
    "offered": phrase("Fick ett erbjudande"),
    "accepted": phrase("Tackade ja"),
    "declined": phrase("Tackade nej"),
    "lapsed": phrase("Svarade inte i tid"),
    "guardian_yes": phrase("En vårdnadshavare sa ja"),
    "guardian_no": phrase("En vårdnadshavare sa nej"),
    "confirmed": phrase("Klar att börja"),
    "ended": phrase("Slutade"),
    "told": phrase("Fick brev"),
}


@page(needs=Permission.RUN_SUMMER)
def listed(request: Any, code: str) -> HttpResponse:
    """The list; the same rows as a file."""
    held = held_or_404(request, code)
    today = held.first_day
    everybody = summer_people.listed(held.id)
    chosen = request.GET.get("lage", "")
    search = request.GET.get("q", "").strip()
    rows = [
        row for row in everybody if _is_in(row, chosen) and search.casefold() in f"{row.name} {row.code}".casefold()
    ]
    request.reads = [Read("summer.read_list", "people.summer_round", str(held.id))] if hasattr(request, "reads") else []
    file = exports.wanted(request)
    if file:
        return exports.answer(file, held.name, HEADS, [_cells(row, today) for row in rows])
    shown = Paginator([_shown(row, today) for row in rows], ON_A_PAGE).get_page(request.GET.get("page"))
    chips = [
        {
            "label": _(label),
            "count": sum(_is_in(row, key) for row in everybody),
            "on": chosen == key,
            "url": _url(request, key),
        }
        for key, label, _test in FILTERS
    ]
    context = {
        "round": held, "rows": shown, "many": len(rows), "chips": chips, "search": search, "chosen": chosen,
        "crumbs_made": crumbs.held(request, held.code, held.name, _("Sökande")),
    }  # fmt: skip
    return render(request, "summer/applicants.html", context)


@page(needs=Permission.RUN_SUMMER)
def show(request: Any, code: str, applicant_id: UUID) -> HttpResponse:
    """One of them. That it was looked at is written down."""
    held = held_or_404(request, code)
    one = summer_people.one(applicant_id)
    if one is None or one.round_id != held.id:
        raise Http404
    request.reads = [Read("summer.read", "people.summer_applicant", str(one.id))]
    today = day_in_stockholm(timezone.now())
    now = one.placement
    mine = (
        summer_days.of_placements([now.id], first=now.weeks.start_date, last=now.weeks.last_day or today)[now.id]
        if now
        else []
    )
    context = {
        "round": held,
        "one": one,
        "row": _shown(one, held.first_day),
        "now": now,
        "wishes": _wishes(held.id, one),
        "days": days.shown(mine, today),
        "planned": [days.one_day(day, today) for day in mine if day.day > today][:5],
        "events": [
            {
                "text": _(EVENTS.get(event.kind, event.kind)),
                "word": _word(event.word),
                "at": event.at,
                "by": _(event.by or "–"),
            }
            for event in summer_people.events(one.id)
        ],
        "grounds": [(ground.value, _(GROUND_NAMES[ground])) for ground in Ground],
        "endings": [(ending.value, _(ENDED_NAMES[ending])) for ending in Ended],
        "named": _named(one),
        "list_is_open": one.turn is None and now is None,
        "crumbs_made": crumbs.held(request, held.code, held.name, one.name),
    }
    return render(request, "summer/applicant.html", context)


@page(needs=Permission.RUN_SUMMER)
def do(request: Any, code: str, applicant_id: UUID, deed: str) -> HttpResponse:
    """One deed about one applicant."""
    if request.method != "POST" or deed not in DEEDS:
        raise Http404
    with transactions.read(request.by):
        held = held_or_404(request, code)
        one = summer_people.one(applicant_id)
    if one is None or one.round_id != held.id:
        raise Http404
    try:
        DEEDS[deed](request, one)
    except Refused as refused:
        refusals.tell(request, refused)
    return afterwards.to("summer:applicant", code, applicant_id)


def _shown(row: ApplicantRow, day: Any) -> dict[str, Any]:
    now = row.placement
    return {
        "one": row,
        "age": row.age_on(day),
        "school_year": _(SCHOOL_YEAR_NAMES[SchoolYear(row.school_year)]),
        "shape": SHAPES[now.state] if now else "closed",
        "state": _(STATE_NAMES[now.state]).lower() if now else _standing(row),
        "needs_guardians": row.needs_guardians(day),
        "ground": _(GROUND_NAMES[Ground(row.ground)]) if row.ground else "",
    }


def _standing(row: ApplicantRow) -> str:
    if row.has_withdrawn:
        return _("har tagit tillbaka")
    if row.is_double:
        return _("sökt två gånger, är med en gång")
    if row.ground:
        return _("går före lotten")
    if row.turn is None:
        return _("har sökt")
    return _("drogs i lotten") if row.is_drawn else _("reserv {turn}").format(turn=row.turn)


def _cells(row: ApplicantRow, day: Any) -> tuple[object, ...]:
    shown = _shown(row, day)
    place = row.placement.workplace.name if row.placement else ""
    yes = f"{row.yes_count}/{row.guardians_needed}" if shown["needs_guardians"] else ""
    return (row.code, row.name, shown["age"], shown["school_year"], shown["state"], place, yes)


FILTERS: tuple[tuple[str, str, Callable[[ApplicantRow], bool]], ...] = (
    ("erbjudna", phrase("Väntar på svar"), lambda row: row.placement is not None and row.placement.state is State.OFFERED),
    ("ja", phrase("Väntar på vårdnadshavare"), lambda row: row.placement is not None
        and row.placement.state is State.ACCEPTED and not row.has_all_yes),
    ("klara", phrase("Klara att börja"), lambda row: row.placement is not None and row.placement.state is State.CONFIRMED),
    ("reserver", phrase("Reserver"), lambda row: row.turn is not None and not row.is_drawn and row.placement is None),
    ("fore", phrase("Går före lotten"), lambda row: bool(row.ground)),
    ("nej", phrase("Nej eller inget svar"), lambda row: row.placement is not None
        and row.placement.state in (State.DECLINED, State.LAPSED, State.ENDED)),
)  # fmt: skip


def _is_in(row: ApplicantRow, key: str) -> bool:
    return next((test(row) for name, _label, test in FILTERS if name == key), True)


def _url(request: Any, key: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    if query.get("lage") == key:
        query.pop("lage")
    else:
        query["lage"] = key
    return f"?{query.urlencode()}"


def _named(one: ApplicantRow) -> dict[str, Any] | None:
    """For a protected young person: supervisors who are on the list, and those of the workplace who can be put there."""
    on_list = summer_course.named_list(one.id)
    if not on_list:
        return None
    there = one.placement.workplace.supervisors if one.placement else ()
    return {
        "many": len(on_list),
        "yes": [who.name for who in there if who.membership_id in on_list],
        "no": [who for who in there if who.membership_id not in on_list],
    }


def _wishes(round_id: UUID, one: ApplicantRow) -> list[str]:
    from samkraft.offer.queries import summer_rounds

    names = {row.id: row.name for row in summer_rounds.workplaces(round_id)}
    return [names[wish] for wish in one.wishes if wish in names]


def _word(word: str) -> str:
    for names in (DECLINED_NAMES, ENDED_NAMES, GROUND_NAMES):
        for value, name in names.items():
            if value.value == word:
                return _(name)
    return {"paper": _("på papper"), "reserve": _("som reserv"), "email": _("med e-post")}.get(word, "")


def _first(request: Any, one: ApplicantRow) -> None:
    said = request.POST.get("grund", "")
    ground = Ground(said) if said in set(Ground) else None
    summer_applications.prioritise(by=request.by, applicant_id=one.id, ground=ground)
    messages.success(request, _("Förturen är sparad.") if ground else _("Ansökan är med i lotten som alla andra."))


def _confirm(request: Any, one: ApplicantRow) -> None:
    assert one.placement is not None
    summer_placing.confirm(by=request.by, placement_id=one.placement.id)
    messages.success(request, _("Klar att börja. Arbetsplatsen har fått namn, ålder och tider."))


def _end(request: Any, one: ApplicantRow) -> None:
    assert one.placement is not None
    said = request.POST.get("skal", "")
    if said not in set(Ended):
        messages.error(request, _("Välj varför placeringen slutar."))
        return
    summer_placing.end(by=request.by, placement_id=one.placement.id, reason=Ended(said))
    messages.success(request, _("Placeringen är avslutad. Platsen går till nästa reserv, om det finns någon."))


def _guardian(request: Any, one: ApplicantRow) -> None:
    named = {str(each.id): each for each in one.guardians}
    each = named.get(request.POST.get("vem", ""))
    if each is None:
        raise Http404
    token = summer_guardians.ask(by=request.by, applicant_id=one.id, guardian_id=each.id)
    messages.success(request, _("Länken är skickad till {name}.").format(name=each.name))
    if token and settings.DEMO:
        messages.info(request, _("Demo: {link}").format(link=open_rounds.own_address(token)))


def _paper(request: Any, one: ApplicantRow) -> None:
    named = {str(each.id): each for each in one.guardians}
    each = named.get(request.POST.get("vem", ""))
    if each is None:
        raise Http404
    summer_guardians.register_paper(by=request.by, guardian_id=each.id, says_yes=request.POST.get("svar") == "ja")
    messages.success(request, _("Svaret på papper är sparat."))


def _link(request: Any, one: ApplicantRow) -> None:
    token = summer_applications.send_link_again(by=request.by, applicant_id=one.id)
    messages.success(request, _("En ny länk är gjord."))
    messages.info(request, _("Lämna den till den unga: {link}").format(link=open_rounds.own_address(token)))


def _day(request: Any, one: ApplicantRow) -> None:
    assert one.placement is not None
    try:
        day = date_fields.read(request.POST.get("dag", ""))
        starts, ends = (
            time.fromisoformat(request.POST.get(name, "").replace(".", ":")) for name in ("borjar", "slutar")
        )
        pause = int(request.POST.get("rast") or 0)
    except ValueError:
        messages.error(request, _("Skriv dagen som 2026-06-29 och tiderna som 8.30."))
        return
    summer_shifts.plan_day(
        by=request.by, placement_id=one.placement.id, starts=datetime.combine(day, starts, STOCKHOLM),
        ends=datetime.combine(day, ends, STOCKHOLM), break_minutes=pause,
    )  # fmt: skip
    messages.success(request, _("Dagens tider är ändrade."))


def _day_off(request: Any, one: ApplicantRow) -> None:
    assert one.placement is not None
    try:
        day = date_fields.read(request.POST.get("dag", ""))
    except ValueError as unreadable:
        raise Http404 from unreadable
    summer_shifts.take_day_away(by=request.by, placement_id=one.placement.id, day=day)
    messages.success(request, _("Dagen är borttagen. Säg till den unga och arbetsplatsen."))


def _list(request: Any, one: ApplicantRow) -> None:
    there = one.placement.workplace.supervisors if one.placement else ()
    who = next((each for each in there if str(each.membership_id) == request.POST.get("vem", "")), None)
    if who is None:
        raise Http404
    summer_applications.name_on_list(by=request.by, applicant_id=one.id, membership_id=who.membership_id)
    messages.success(request, _("{name} kan nu se den unga på sin arbetsplats.").format(name=who.name))


DEEDS: dict[str, Callable[[Any, ApplicantRow], None]] = {
    "fortur": _first, "klar": _confirm, "avsluta": _end, "fraga": _guardian, "papper": _paper, "lank": _link,
    "lista": _list, "dag": _day, "ledig": _day_off,
}  # fmt: skip
