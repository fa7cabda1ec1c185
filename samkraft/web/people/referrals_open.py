"""Those who have been referred and have not begun: who waits, since when, and what is next with each."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.audit.actions.reads import Read
from samkraft.partners.queries import areas
from samkraft.partners.queries.areas import AreaLabel
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.actions import referrals as actions
from samkraft.people.queries import open_referrals
from samkraft.people.queries.open_referrals import Listed
from samkraft.people.rules import referrals
from samkraft.people.rules.contents.choices import ReferralEnding, name_of
from samkraft.people.rules.referrals import Next
from samkraft.people.rules.start_check import Asked
from samkraft.web import days, shell
from samkraft.web.acting import page

_VIEWS = ("vantar", "lamnade", "avslutade")


@page(needs=Permission.REFER)
def show(request: Any) -> HttpResponse:
    """Oldest first. `visa`: those that wait for us, those handed over to another authority, and those that were ended."""
    today = timezone.localdate()
    found = open_referrals.listed(request.by)
    asked = actions.questions_of_area(request.by.area_id, today)
    enrols = may(request.by.role, Permission.ENROL)
    shown: dict[str, list[tuple[Listed, Next]]] = {key: [] for key in _VIEWS}
    for one in found:
        what = _next(one, asked, enrols=enrols)
        key = "avslutade" if one.end else "lamnade" if what is Next.HANDED_OVER else "vantar"
        shown[key].append((one, what))
    chosen = request.GET.get("visa", "")
    chosen = chosen if chosen in _VIEWS else "vantar"
    if hasattr(request, "reads"):
        about = sorted({str(one.person_id) for one, _what in shown[chosen]})
        request.reads.append(Read("referral.list_read", "people.referrals", "", content={"shown": about}))
    labels = {
        "vantar": _("Väntar på oss"), "lamnade": _("Hos en annan myndighet"), "avslutade": _("Avslutade"),
    }  # fmt: skip
    bodies = areas.labels()
    waits = {one.person_id for one in found if one.end is None}
    context = {
        "shell": _frame(request),
        "chosen": chosen,
        "rows": [_row(one, what, asked, bodies, today, waits) for one, what in shown[chosen]],
        "total": len(shown["vantar"]),
        "late": sum(_is_late(one, today) for one, _what in shown["vantar"]),
        "days_to_begin": referrals.DAYS_TO_BEGIN,
        "tabs": [
            {"label": labels[key], "url": f"?visa={key}", "current": key == chosen, "count": len(shown[key])}
            for key in _VIEWS
        ],
    }
    return render(request, "people/referrals_open.html", context)


def _next(one: Listed, asked: Sequence[Sequence[Asked]], *, enrols: bool) -> Next:
    return referrals.next_thing(
        one.content, questions=asked, is_own=one.is_own, is_handed_over=bool(one.handed_to), may_enrol=enrols
    )


def _frame(request: Any) -> Any:
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Deltagare"), "url": reverse("people:everyone")}, {"label": _("Väntar på att börja")}]
    return frame


def _is_late(one: Listed, today: date) -> bool:
    return one.end is None and referrals.due_date(one.content.received_on) < today


def _row(
    one: Listed,
    what: Next,
    asked: Sequence[Sequence[Asked]],
    bodies: dict[UUID, AreaLabel],
    today: date,
    waits: set[UUID],
) -> dict[str, Any]:
    body = bodies.get(one.author_area_id)
    journey = reverse("people:journey", args=[one.person_id])
    label, place = _said(what)
    return {
        "one": one,
        "name": one.name or _("Namn saknas"),
        "url": reverse("people:person", args=[one.person_id]),
        "how": _(name_of(one.content.how)).capitalize(),
        "from": f"{one.author_name}, {body.name}" if body else one.author_name,
        "waited": (today - one.content.received_on).days,
        "is_late": _is_late(one, today),
        "next": label,
        "next_url": f"{journey}#{place.format(lineage=one.lineage)}",
        "next_note": _note(one, what, asked, bodies),
        "ending": _ending(one, bodies),
        "again_url": f"{journey}#refer-again",
        "since": _("Deltar nu")
        if one.takes_part
        else _("Väntar på en ny remittering")
        if one.person_id in waits
        else "",
    }


def _said(what: Next) -> tuple[str, str]:
    """The next thing in words, and where on the person's page it is done."""
    return {
        Next.CHECK: (_("Svara på startkontrollen"), "check-{lineage}"),
        Next.STOPPED: (_("Avsluta, eller rätta startkontrollen"), "end-{lineage}"),
        Next.ENROL: (_("Skriv in"), "enrol"),
        Next.HAND_OVER: (_("Lämna vidare"), "referral-{lineage}"),
        Next.HANDED_OVER: (_("Vänta på besked"), "referral-{lineage}"),
    }[what]


def _note(one: Listed, what: Next, asked: Sequence[Sequence[Asked]], bodies: dict[UUID, AreaLabel]) -> str:
    if what is Next.HANDED_OVER:
        told = [f"{bodies[area].name} {days.dated(day)}" for area, day in one.handed_to if area in bodies]
        return _("Lämnad till {whom}").format(whom=", ".join(told))
    if what is Next.HAND_OVER:
        return _("Någon i teamets kärna skriver in")
    if what is Next.STOPPED:
        return _("Ett svar gör att personen inte kan skrivas in")
    if what in (Next.CHECK, Next.ENROL):
        left = referrals.unknown(one.content, referrals.asked_of(one.content, asked))
        said = ngettext("{number} fråga är inte besvarad", "{number} frågor är inte besvarade", left)
        return said.format(number=left) if left else ""
    return ""


def _ending(one: Listed, bodies: dict[UUID, AreaLabel]) -> dict[str, Any] | None:
    if one.end is None:
        return None
    body = bodies.get(one.ended_area_id) if one.ended_area_id else None
    said = "" if one.end.reason is ReferralEnding.OTHER else _(name_of(one.end.reason))
    return {
        "reason": ". ".join(part.rstrip(".") for part in (said, one.end.note) if part),
        "day": one.end.ended_on,
        "who": f"{one.ended_by}, {body.name}" if body else one.ended_by,
    }
