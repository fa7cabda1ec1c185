"""Whom a figure rests on, for those who work with them: the participants of one's own that an indicator counts."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions.reads import Read
from samkraft.knowledge.queries import scorecards
from samkraft.knowledge.queries.scorecards import Scorecard
from samkraft.knowledge.rules import behind as rules
from samkraft.knowledge.rules.behind import Found
from samkraft.knowledge.rules.groups import Dimension
from samkraft.knowledge.rules.indicators import BY_CODE
from samkraft.knowledge.rules.measures import Indicator, Kind
from samkraft.knowledge.rules.things import TEAMS
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.queries import behind as asked
from samkraft.people.queries.behind import Seen
from samkraft.values.period import day_in_stockholm
from samkraft.values.wording import phrase
from samkraft.web import exports, figures
from samkraft.web.acting import opens, page
from samkraft.web.exports import Head
from samkraft.web.knowledge import frames, words

HEADS = (
    Head(phrase("Deltagare")),
    Head(phrase("Räknas")),
    Head(phrase("Dag"), "date"),
    Head(phrase("Dagar"), "number"),
)
COUNTED, AMONG = "raknas", "underlag"
DAYS = {
    "started": phrase("Började"), "left": phrase("Slutade"), "planned": phrase("Fick en plan"),
    "workplace": phrase("Började på en arbetsplats"), "first_meeting": phrase("Första mötet"),
    "active": phrase("Började en aktivitet"), "study_plan": phrase("Fick en studieplan"),
    "went_round": phrase("Kom tillbaka"), "motivating": phrase("Började"), "studying": phrase("Började"),
    "matching": phrase("Började"), "programme": phrase("Började"),
}  # fmt: skip
"""What the day is that decides the month, for each field that an indicator's month may be."""


def address(request: Any, code: str, one: Indicator, **chosen: str) -> str:
    """Where a figure's rows are for this reader; empty for those who may not see them, or where there are none."""
    if one.kind is Kind.THINGS:
        return reverse("results:things", args=[code, one.code]) + (f"?{urlencode(chosen)}" if chosen else "")
    if not one.population:
        found = reverse("employers:time") if one.kind is Kind.TIME else reverse("results:series", args=[code])
        return found if opens(request.by.role, found) else ""
    if not may(request.by.role, Permission.SEE_CASELOAD):
        return ""
    query = f"?{urlencode(chosen)}" if chosen else ""
    return reverse("results:behind", args=[code, one.code]) + query


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str, indicator_code: str) -> HttpResponse:
    """Query: `visa` those counted or those held against, `delat` and `grupp` one group only, `fil` the same as a file."""
    access.require(request.by, Permission.SEE_CASELOAD)
    row = frames.initiative(code)
    one = BY_CODE.get(indicator_code)
    if one is None or not one.population:
        raise Http404
    card = scorecards.scorecard(row.id)
    until = card.snapshot.day if card.snapshot else day_in_stockholm(timezone.now()) - timedelta(days=1)
    seen = asked.seen(request.by, row.id, until=until)
    dimension, group = _group(request)
    bodies = [str(each.body_id or "") for each in seen.people]
    found = rules.find(one, seen.rows, until, dimension=dimension, group=group, bodies=bodies)
    counted, among = [each for each in found if each.counted], [each for each in found if not each.counted]
    chosen = AMONG if among and request.GET.get("visa") == AMONG else COUNTED
    shown = among if chosen == AMONG else counted
    people = sorted({str(seen.people[each.place].id) for each in shown})
    file = exports.wanted(request)
    action = "figure.rows_exported" if file else "figure.rows_read"
    request.reads.append(Read(action, "people.caseload", one.code, content={"shown": people}))
    if file:
        return exports.answer(file, one.name, HEADS, [_cells(seen, each) for each in found])
    context = {
        "card": card, "one": one, "name": _(one.name), "meaning": _(one.meaning), "until": until,
        "rows": [_row(seen, each) for each in shown], "counted": len(counted), "about": len(found), "mine": len(seen.people),
        "day_name": _(DAYS.get(one.month, phrase("Dag"))) if one.month else "", "is_median": one.kind is Kind.MEDIAN,
        "whole": _whole(card, one, dimension, group),
        "group": words.group(dimension, group, words.bodies()) if dimension else "",
        "tabs": _tabs(request, len(counted), len(among), chosen), "has_rest": bool(one.hits),
    }  # fmt: skip
    return frames.draw(request, "knowledge/behind.html", row, "scorecard", context,
                       (_("Styrkort"), reverse("results:scorecard", args=[code])),
                       (_(one.name), reverse("results:indicator", args=[code, one.code])), (_("Deltagarna"), ""))  # fmt: skip


def _group(request: Any) -> tuple[Dimension | None, str]:
    asked_for, group = request.GET.get("delat", ""), request.GET.get("grupp", "")
    known = {each.value: each for each in Dimension}
    return (known[asked_for], group) if asked_for in known and group else (None, "")


def _whole(card: Scorecard, one: Indicator, dimension: Dimension | None, group: str) -> str:
    """The figure as it is told of everybody, which these rows are a part of."""
    told = card.told.get(one.code, {})
    figure = told.get(dimension.value, {}).get(group) if dimension else None
    if dimension is None:
        figure = next(iter(told.get("all", {}).values()), None)
    return words.value(one, figure)


def _tabs(request: Any, counted: int, among: int, chosen: str) -> list[dict[str, Any]]:
    kept = {key: request.GET[key] for key in ("delat", "grupp") if key in request.GET}

    def tab(key: str, label: str, count: int) -> dict[str, Any]:
        return {
            "label": label,
            "url": f"?{urlencode({**kept, 'visa': key})}",
            "current": key == chosen,
            "count": count,
        }

    return [tab(COUNTED, _("Räknas"), counted), tab(AMONG, _("Med i underlaget, räknas inte"), among)]


def _row(seen: Seen, one: Found) -> dict[str, Any]:
    person = seen.people[one.place]
    return {
        "name": person.name or _("Namn saknas"), "url": reverse("people:person", args=[person.id]), "day": one.day,
        "days": "" if one.days is None else figures.days(one.days), "left": person.exited_on,
    }  # fmt: skip


def _cells(seen: Seen, one: Found) -> tuple[str, str, date | None, int | None]:
    return seen.people[one.place].name or _("Namn saknas"), _("ja") if one.counted else _("nej"), one.day, one.days


def link(request: Any, code: str, one: Indicator, dimension: Dimension, rows: list[dict[str, Any]]) -> None:
    """Give each group of an indicator the address of its own rows, where the reader may see them."""
    for each in rows:
        chosen = {"delat": dimension.value, "grupp": each["group"]}
        has_own = bool(one.population) or (one.kind is Kind.THINGS and one.code != TEAMS)  # a team holds several bodies
        each["rows"] = address(request, code, one, **chosen) if has_own else ""
