"""A forecast in words: ranges, chances with what is left to chance, changes, assumptions."""

from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil, floor
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.knowledge.queries.forecasts import ForecastRow
from samkraft.knowledge.rules.forecasting import changes as rules
from samkraft.knowledge.rules.forecasting import estimating, landing, needing
from samkraft.knowledge.rules.forecasting.arranging import Arranged, Source
from samkraft.knowledge.rules.forecasting.changes import Changes
from samkraft.knowledge.rules.forecasting.estimating import Estimate, Interval
from samkraft.knowledge.rules.forecasting.needing import Told
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import days, figures

LIKELY, UNSURE = 0.8, 0.3
MEASURES = {
    "started": phrase("Har börjat"),
    "work": phrase("Har gått till arbete eller studier"),
    "other": phrase("Har gått ut på annat sätt"),
    "stock": phrase("Inskrivna"),
    "queue": phrase("Väntar på plats i team"),
    "waits": phrase("Dagar i väntan på plats, de som börjar den veckan"),
    "activity_queue": phrase("Väntar på plats i fas 2:s aktiviteter"),
    "waited": phrase("Månader i väntan på plats, sammanlagt"),
}


def share(value: float) -> str:
    """A probability as per cent: whole numbers, for the replications tell no more; a decimal at the very ends."""
    return figures.percent(value, 1 if value < 0.02 or value > 0.98 else 0)


def chance(told: Mapping[str, Any]) -> str:
    """How likely a goal is. What never or always happened in the replications is only rarer or surer than they can tell."""
    if told["probability"] == 0:
        return _("under %(share)s") % {"share": share(ceil(1000 * told["high"]) / 1000)}
    if told["probability"] == 1:
        return _("över %(share)s") % {"share": share(floor(1000 * told["low"]) / 1000)}
    return share(told["probability"])


def chance_within(told: Mapping[str, Any]) -> str:
    """What chance leaves of the probability, for small print; empty where it is said already."""
    if told["probability"] in (0, 1):
        return ""
    low, high = share(told["low"]), share(told["high"])
    return _("mellan %(low)s och %(high)s om det räknas om") % {
        "low": low.removesuffix(f"{figures.HARD_SPACE}%"),
        "high": high,
    }


def people(value: float) -> str:
    """A number of people in steps of ten; what rounds to none is fewer than five."""
    return figures.number(round(value)) if value else _("färre än 5")


def between(quantiles: list[int]) -> str:
    """The half that is as likely inside as outside."""
    low, high = quantiles[1], quantiles[3]
    if low == high:
        return _("omkring %(number)s") % {"number": people(low)}
    return _unbroken(_("%(low)s–%(high)s") % {"low": figures.number(low), "high": figures.number(high)})


def wide(quantiles: list[int]) -> str:
    """Nine times of ten."""
    said = {"low": figures.number(quantiles[0]), "high": figures.number(quantiles[4])}
    return _unbroken(_("%(low)s–%(high)s") % said)


def _unbroken(span: str) -> str:
    """A span that does not break after its dash."""
    return span.replace("–", "\N{WORD JOINER}–\N{WORD JOINER}")


def day_of(before: str) -> date:
    """The last day that is counted."""
    return date.fromisoformat(before) - timedelta(days=1)


def sentences(code: str, row: ForecastRow, earlier: ForecastRow | None = None) -> list[dict[str, Any]]:
    """Each goal in a sentence: the range first, then the goal and how likely it is, then what was said before."""
    found = []
    for goal in row.result["goals"]:
        for place, told in enumerate(goal["at"]):
            said = {
                "goal": goal["text"], "range": between(told["range"]), "day": days.full(day_of(told["before"])),
                "target": figures.number(goal["at_least"]), "chance": chance(told),
            }  # fmt: skip
            text = _("{goal}: {range} till och med {day}. Målet {target} nås med {chance} sannolikhet.")
            before = _before(earlier, goal["code"], place)
            found.append({
                "text": text.format(**said), "shape": _shape(told["probability"]), "headline": not found,
                "before": before, "within": chance_within(told), "wide": wide(told["range"]),
                "url": reverse("results:forecast", args=[code, row.id]), "item": goal["code"], "is_after": place > 0,
            })  # fmt: skip
    return found


def column(row: ForecastRow | None) -> dict[str, str]:
    """Item of the theory → what the forecast says of it at the end, for a narrow column."""
    if row is None:
        return {}
    return {
        goal["code"]: _("%(range)s, %(chance)s når målet")
        % {"range": between(goal["at"][0]["range"]), "chance": chance(goal["at"][0])}
        for goal in row.result["goals"]
        if goal["at"]
    }


def changed(changes: Changes, arranged: Arranged | None) -> list[str]:
    """Each change in words; none while the initiative is not arranged."""
    if arranged is None:
        return []
    return [_(text).format(**_fields(fields)) for text, fields in rules.parts(changes, arranged)]


def estimates(row: ForecastRow) -> list[dict[str, Any]]:
    """The assumptions side by side, each with what it rests on and which is counted on."""
    phases = row.result["phases"]
    return [_estimate(estimating.of_json(one), phases) for one in row.result["estimates"]]


def activities(row: ForecastRow) -> list[dict[str, Any]]:
    """Each activity's line: what it is estimated from, and how long the waiting is likely to be, longest first."""
    found = [_activity(one) for one in row.result.get("activities", ())]
    return sorted(found, key=lambda one: -one["order"])


def matters(row: ForecastRow) -> dict[str, Any] | None:
    """The assumption that matters most for the first goal; None when all are the plan's."""
    goals = row.result["goals"]
    if not goals or not goals[0]["at"]:
        return None
    target = f"{goals[0]['code']}:end"
    found = [one for one in row.result["matters"] if one["target"] == target and one["change"]]
    if not found:
        return None
    most = found[0]
    said = {
        "what": _(landing.MATTER_NAMES[most["code"]]), "people": figures.number(abs(most["change"])),
        "goal": goals[0]["text"],
    }  # fmt: skip
    more = _("Mest betyder {what}. Vore det som i planen skulle {people} fler räknas under ”{goal}”.")
    fewer = _("Mest betyder {what}. Vore det som i planen skulle {people} färre räknas under ”{goal}”.")
    return {
        "text": (more if most["change"] > 0 else fewer).format(**said),
        "rows": [
            (_(landing.MATTER_NAMES[one["code"]]), figures.signed(one["change"]), chance(one)) for one in found
        ],
        "goal": goals[0]["text"],
    }  # fmt: skip


def _activity(one: Mapping[str, Any]) -> dict[str, Any]:
    span = {"low": figures.number(round(one["wait"][1])), "high": figures.days(round(one["wait"][3]))}
    wait = _unbroken(_("%(low)s–%(high)s") % span) if span["low"] != span["high"] else span["high"]
    before = figures.days(round(one["wait_before"][2]))
    interval = Interval(**one["days"])
    return {
        "name": one["name"], "code": one["code"], "order": one["wait"][2], "places": figures.number(one["places"]),
        "more": one["more"], "places_from": _(needing.TOLD_WORDS[Told(one["places_from"])]),
        "days": _interval(interval, "days"), "days_from": _(needing.TOLD_WORDS[Told(one["days_from"])]),
        "n": _("minst %(n)s personer") % {"n": figures.number(one["n"])},
        "joins": figures.decimal(one["joins"]["middle"], 1),
        "waiting": figures.number(one["waiting"]) if one["waiting"] else _("färre än 10"),
        "wait": wait, "middle": figures.days(round(one["wait"][2])), "before": before if one["more"] else "",
        "starts": between(one["starts"]), "starts_before": between(one["starts_before"]) if one["more"] else "",
        "left": between(one["left"]),
    }  # fmt: skip


def refusal(refused: Refused, name: str) -> str:
    """Which field a refusal of a change belongs to; empty when to none."""
    return {
        "change_of_what_is_over": "intakes", "change_without_day": "more_from", "change_opens_outside": "more_from",
        "change_closes_first": "closing", "change_closes_nothing": "closing",
        "change_without_activities": "activity_places",
        "change_places_outside": "activities_from", "scenario_nameless": "name", "scenario_text_too_long": name,
    }.get(refused.reason.code, "")  # fmt: skip


def _shape(probability: float) -> str:
    if probability >= LIKELY:
        return "ok"
    return "needs" if probability >= UNSURE else "overdue"


def _before(earlier: ForecastRow | None, code: str, place: int) -> str:
    if earlier is None:
        return ""
    for goal in earlier.result["goals"]:
        if goal["code"] == code and len(goal["at"]) > place:
            said = {"chance": chance(goal["at"][place]), "day": days.short(earlier.known)}
            return _("%(chance)s enligt läget %(day)s") % said
    return ""


def _fields(fields: Mapping[str, Any]) -> dict[str, str]:
    def said(value: Any) -> str:
        if isinstance(value, date):
            return days.dated(value)
        return figures.number(value) if isinstance(value, int) else str(value)

    return {name: said(value) for name, value in fields.items()}


def _estimate(one: Estimate, phases: Mapping[str, str]) -> dict[str, Any]:
    name = phases.get(str(one.phase)) or _("fas %(number)s") % {"number": one.phase}
    rests_on = _("minst %(n)s personer") % {"n": figures.number(one.n)} if one.n else _("för få än")
    own = _interval(one.own, one.unit) if one.own else _("visas inte, för få") if one.hidden else _("ingen uppgift")
    return {
        "name": _(estimating.words(one)).format(phase=name), "plan": _interval(one.plan, one.unit),
        "history": _interval(one.history, one.unit), "own": own, "rests_on": rests_on, "is_main": one.is_main,
        "used": _(estimating.SOURCE_NAMES[one.used]) if one.used else _("räknat ur de andra"),
        "is_own": one.used is Source.OWN,
    }  # fmt: skip


def _interval(one: Interval | None, unit: str) -> str:
    if one is None:
        return ""
    if one.is_sure:
        return _value(one.middle, unit)
    said = {"middle": _value(one.middle, unit), "low": _bare(one.low, unit), "high": _value(one.high, unit)}
    return _("%(middle)s (%(low)s–%(high)s)") % said


def _value(value: float, unit: str) -> str:
    if unit == "days":
        return figures.days(round(value))
    return figures.percent(value, 2 if unit == "per_week" else 0)


def _bare(value: float, unit: str) -> str:
    return str(round(value)) if unit == "days" else figures.decimal(100 * value, 2 if unit == "per_week" else 0)
