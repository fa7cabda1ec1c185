"""The lists that one calls on, and one of them: whom to call, in the lot's order, and what the calls have come to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.audit.actions.reads import Read
from samkraft.knowledge.queries import studies
from samkraft.partners.queries import colleagues
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.actions import call_lists as actions
from samkraft.people.queries import call_lists
from samkraft.people.queries.call_lists import CallRow, ListRow
from samkraft.people.rules.call_lists import NOTED_NAMES, Noted
from samkraft.values import identity_number
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.web import refusals, shell
from samkraft.web.acting import page

SHAPES = {None: "needs", Noted.NO_ANSWER: "needs", Noted.TALKED: "needs", Noted.CAME: "ok", Noted.DECLINED: "closed"}
TO_CALL = (None, Noted.NO_ANSWER, Noted.TALKED)
ON_A_PAGE = 40


@page(needs=Permission.KEEP_CALL_LISTS)
def listed(request: Any) -> HttpResponse:
    """One's own lists, and studies that wait for one."""
    held = call_lists.mine()
    known = studies.of_registrations([one.registration for one in held])
    waiting = [
        one for one in studies.waiting_for_list() if one.registration_id not in {each.registration for each in held}
    ]
    context = {
        "lists": [
            {"row": one, "study": known.get(one.registration), "standing": call_lists.standing(one.registration)} for one in held
        ],
        "waiting": waiting,
    }  # fmt: skip
    return draw(request, "calling/lists.html", context)


@page(needs=Permission.KEEP_CALL_LISTS)
def show(request: Any, list_id: UUID) -> HttpResponse:
    """Whom to call; a form for each call, for colleagues, and for who does not want to be on the list."""
    tried = None
    if request.method == "POST":
        try:
            return _done(request, list_id)
        except Refused as refused:
            tried = refusals.explain(refused)
        with transactions.read(request.by):
            return _shown(request, list_id, tried, status=422)
    request.reads.append(Read("call_list.read", "people.call_list", str(list_id)))
    return _shown(request, list_id)


def _done(request: Any, list_id: UUID) -> HttpResponse:
    """What the form asked for. Raises Refused."""
    said = request.POST
    match said.get("do"):
        case "note":
            if said.get("kind") not in set(Noted):
                raise Http404
            actions.note(by=request.by, entry_id=_key(said.get("entry")), kind=Noted(said["kind"]))
            messages.success(request, _("Samtalet är noterat."))
        case "begin":
            person_id = actions.begin(by=request.by, entry_id=_key(said.get("entry")))
            messages.success(request, _("Personen är upplagd som alla andra. Skriv in när ni har träffats."))
            return redirect("people:person", person_id)
        case "caller":
            actions.name_caller(by=request.by, list_id=list_id, membership_id=_key(said.get("membership")))
            messages.success(request, _("Kollegan kan ringa nu."))
        case "take_off":
            number = identity_number.read(said.get("number", ""), today=day_in_stockholm(timezone.now()))
            was_there = actions.take_off(by=request.by, list_id=list_id, number=number)
            messages.success(
                request, _("Personen är inte längre på listan.") if was_there else _("Numret står inte på listan.")
            )
        case _:
            raise Http404
    return redirect(f"{reverse('calling:list', args=[list_id])}?visa={said.get('visa', '')}")


def _shown(
    request: Any, list_id: UUID, tried: refusals.Explanation | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    held = one_of_mine(list_id)
    rows, wanted = call_lists.to_call(list_id), request.GET.get("visa", "")
    counts = {"": 0, "kom": 0, "nej": 0}
    for one in rows:
        counts[_part(one)] += 1
    shown = Paginator([one for one in rows if _part(one) == wanted], ON_A_PAGE).get_page(request.GET.get("page"))
    study = studies.of_registrations([held.registration]).get(held.registration)
    today = day_in_stockholm(timezone.now())
    near = colleagues.meeting_people([request.by.area_id], on=today)
    names = {one.membership_id: one.name for one in near}
    context = {
        "list": held, "study": study, "standing": call_lists.standing(held.registration), "page": shown, "refusal": tried,
        "calls": [_call(one) for one in shown], "wanted": wanted,
        "kinds": [(one.value, _(text)) for one, text in NOTED_NAMES.items()],
        "chips": [
            {"label": label, "url": f"?visa={part}", "count": counts[part], "on": part == wanted}
            for part, label in (("", _("Att ringa")), ("kom", _("Har kommit")), ("nej", _("Tackade nej")))
        ],
        "callers": [names.get(one, _("en kollega")) for one in held.callers],
        "colleagues": [
            one for one in near if one.membership_id not in held.callers and may(one.role, Permission.KEEP_CALL_LISTS)
        ],
    }  # fmt: skip
    title = study.registration.title if study else _("Ringlista")
    return draw(request, "calling/list.html", context, (title, ""), status=status)


def _part(one: CallRow) -> str:
    return "" if one.state in TO_CALL else "kom" if one.state is Noted.CAME else "nej"


def _call(one: CallRow) -> dict[str, Any]:
    return {
        "row": one, "shape": SHAPES[one.state], "state": _(NOTED_NAMES[one.state]) if one.state else _("Ingen har ringt"),
        "latest": one.notes[0] if one.notes else None, "may_begin": one.state in (Noted.TALKED, Noted.CAME),
    }  # fmt: skip


def one_of_mine(list_id: UUID) -> ListRow:
    """A list that the reader calls on. Raises Http404."""
    found = next((one for one in call_lists.mine() if one.id == list_id), None)
    if found is None:
        raise Http404
    return found


def _key(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        raise Http404 from None


def draw(
    request: Any, template: str, context: dict[str, Any], *crumbs: tuple[str, str], status: int = 200
) -> HttpResponse:  # fmt: skip
    """A page about call lists."""
    frame = shell.of(request)
    first = {"label": _("Ringlistor"), "url": reverse("calling:lists") if crumbs else ""}
    frame.crumbs = [first, *({"label": label, "url": url} for label, url in crumbs)]
    return render(request, template, context | {"shell": frame}, status=status)
