"""Where an initiative lands: the newest forecast with what colleagues try, and one forecast with all that it rests on."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.initiatives.queries.undertakings import InitiativeRow
from samkraft.knowledge.actions import forecasts as actions
from samkraft.knowledge.queries import forecasts as queries
from samkraft.knowledge.queries import scenarios, scorecards
from samkraft.knowledge.queries.forecasts import ForecastRow
from samkraft.knowledge.queries.scenarios import ScenarioRow
from samkraft.knowledge.rules.forecasting.arranging import Arranged
from samkraft.partners.rules.roles import ROLES, Permission, Role, may
from samkraft.values.refusal import Refused
from samkraft.web import days, refusals
from samkraft.web.acting import page
from samkraft.web.charts.trend import Picture
from samkraft.web.errands import errand
from samkraft.web.knowledge import frames
from samkraft.web.knowledge.forecasts import charts, gaps, ranked, words

MOST_SHOWN = 5  # activities on the first page, those with the longest waiting


@page(needs=Permission.SEE_RESULTS)
def listed(request: Any, code: str) -> HttpResponse:
    """The newest, what is tried beside it, and the older. The form asks for a new one."""
    row = frames.initiative(code)
    if request.method == "POST":
        version = request.POST.get("version", "")
        return errand.sent_to(
            actions.ask(by=request.by, initiative_id=row.id, version_id=_id(version) if version else None)
        )
    latest, arranged, why_not = queries.latest(row.id), None, None
    try:
        arranged = queries.prepared(row.id).arranged
    except Refused as refused:
        why_not = refusals.explain(Refused(refused.reason, **refused.details))
    made, tried = queries.listed(row.id), scenarios.listed(row.id)
    snapshots = scorecards.snapshots(row.id)
    context = {
        "latest": latest,
        "sentences": words.sentences(code, latest, queries.before(latest, row.id)) if latest else [],
        "picture": picture(row, latest) if latest else None,
        "matters": words.matters(latest) if latest else None,
        "tried": [_tried(code, row.id, one, arranged) for one in ranked.by_effect(latest, tried)],
        "withdrawn": scenarios.listed(row.id, withdrawn=True),
        "older": [_older(code, one) for one in made if latest is None or one.id != latest.id],
        "may_make": may(request.by.role, Permission.MAKE_FORECASTS),
        "why_not": why_not,
        "newer": snapshots[0].day if latest and snapshots and snapshots[0].run > latest.run else None,
        "makers": makers(),
        "next": queries.next_snapshot(row.id, today=timezone.localdate()),
        "assumptions": queries.assumptions(row.id),
        "choices": _choices(latest, tried),
        "activities": words.activities(latest)[:MOST_SHOWN] if latest else [],
    }
    return frames.draw(request, "knowledge/forecasts/listed.html", row, "forecasts", context, (_("Prognos"), ""))


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str, forecast_id: UUID) -> HttpResponse:
    """One forecast with everything."""
    row = frames.initiative(code)
    one = queries.one(row.id, forecast_id)
    if one is None:
        raise Http404
    base = queries.same_ground(row.id, one) if one.scenario_id else None
    context = {
        "one": one,
        "sentences": words.sentences(code, one),
        "picture": picture(row, one),
        "table": _months(one),
        "bands": charts.bands(one),
        "estimates": words.estimates(one),
        "activities": words.activities(one),
        "matters": words.matters(one),
        "sets": _sets(one),
        "changed": words.changed(one.changes, _arranged(row.id)),
        "state": date.fromisoformat(one.result["state"]),
        "against": reverse("results:forecast_against", args=[code, base.id, one.id]) if base else "",
    }
    crumbs = ((_("Prognos"), reverse("results:forecasts", args=[code])), (_name(one), ""))
    return frames.draw(request, "knowledge/forecasts/forecast.html", row, "forecasts", context, *crumbs)


def picture(row: InitiativeRow, one: ForecastRow) -> Picture | None:
    """The headline goal, from the initiative's first month to six months after its last."""
    goal = next((goal for goal in one.result["goals"] if goal["is_work"]), None)
    if goal is None or row.start_date is None:
        return None
    ends, day, last = [], row.start_date.replace(day=1), date.fromisoformat(one.result["after"])
    while (day := (day + timedelta(days=32)).replace(day=1)) <= last:
        ends.append(day - timedelta(days=1))
    known = charts.history(row.id, "work")
    known.setdefault(ends[0], 0)
    return charts.headline(one, ends, {day: n for day, n in known.items() if day <= one.known}, goal["at_least"])


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _arranged(initiative_id: UUID) -> Arranged | None:
    try:
        return queries.prepared(initiative_id).arranged
    except Refused:
        return None


def makers() -> str:
    """The roles that may make a forecast, in words."""
    return ", ".join(_(ROLES[role].name) for role in Role if may(role, Permission.MAKE_FORECASTS))


def _name(one: ForecastRow) -> str:
    return one.name or _("Läget %(day)s") % {"day": days.dated(one.known)}


def _choices(latest: ForecastRow | None, tried: list[ScenarioRow]) -> list[tuple[str, str]]:
    """What can be held against each other: forecasts of the newest snapshot with the same luck, today's first."""
    if latest is None:
        return []
    made = [one.forecast for one in tried if one.forecast]
    alike = [one for one in made if one.run == latest.run and one.replications == latest.replications]
    return [(str(latest.id), _("Som det är arrangerat")), *((str(one.id), one.name) for one in alike)]


def _older(code: str, one: ForecastRow) -> dict[str, Any]:
    first = next((goal["at"][0] for goal in one.result["goals"] if goal["at"]), None)
    return {
        "url": reverse("results:forecast", args=[code, one.id]),
        "row": one,
        "name": one.name or _("som det är arrangerat"),
        "range": words.between(first["range"]) if first else "",
        "chance": words.chance(first) if first else "",
    }


def _tried(code: str, initiative_id: UUID, one: ScenarioRow, arranged: Arranged | None) -> dict[str, Any]:
    found = {
        "row": one, "url": reverse("results:scenario", args=[code, one.id]), "changed": words.changed(one.now.changes, arranged),
        "range": "", "chance": "", "apart": "", "against": "", "forecast": "",
    }  # fmt: skip
    made = one.forecast
    goals = made.result["goals"] if made else []
    if made is None or not goals or not goals[0]["at"]:
        return found
    found["forecast"] = reverse("results:forecast", args=[code, made.id])
    found["range"], found["chance"] = words.between(goals[0]["at"][0]["range"]), words.chance(goals[0]["at"][0])
    base = queries.same_ground(initiative_id, made)
    if base is not None:
        gap = next((one for one in gaps.lines(base, made) if one.is_goal), None)
        found["apart"] = gap.between if gap and gap.is_told else _("ingen som syns")
        found["against"] = reverse("results:forecast_against", args=[code, base.id, made.id])
    return found


def _sets(one: ForecastRow) -> list[dict[str, Any]]:
    """What the goals would be if the rest went as the plan or the history says, beside what is counted on."""
    names = {"plan": _("resten går som i planen"), "historia": _("resten går som historien")}
    found = []
    for goal in one.result["goals"]:
        for at in goal["at"]:
            title = {"goal": goal["text"], "day": days.dated(words.day_of(at["before"]))}
            lines = [(_("som det går nu"), words.between(at["range"]), words.wide(at["range"]), words.chance(at))]
            lines += [
                (names[source], words.between(told["range"]), words.wide(told["range"]), words.chance(told))
                for source, told in at["beside"].items()
            ]
            found.append({"title": _("%(goal)s, till och med %(day)s") % title, "lines": lines})
    return found


def _months(one: ForecastRow) -> list[dict[str, str]]:
    return [
        {
            "day": days.dated(date.fromisoformat(each["day"])), "work": words.between(each["work"]),
            "work_wide": words.wide(each["work"]), "started": words.between(each["started"]),
            "started_wide": words.wide(each["started"]),
        }
        for each in one.result["months"]
    ]  # fmt: skip
