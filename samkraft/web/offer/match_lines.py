"""A match in words: each occasion with what speaks for it and what speaks against it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.offer.rules import activities as rules
from samkraft.offer.rules import matching
from samkraft.offer.rules.matching import Verdict, Wish
from samkraft.web import days
from samkraft.web.offer import words


def line(wish: Wish, one: Verdict, names: Any, occasions: Any) -> dict[str, Any]:
    """What the page shows of one occasion."""
    activity, occasion = names[one.candidate.activity_id], occasions[one.candidate.occasion_id]
    return {
        "activity": activity, "occasion": occasion, "url": reverse("offer:occasion", args=[occasion.id]),
        "activity_url": reverse("offer:activity", args=[activity.code]), "suits": one.suits,
        "start": "" if one.candidate.is_running else days.dated(occasion.starts_on), "free": one.candidate.free,
        "waiting": one.candidate.waiting, "languages": words.listed(rules.LANGUAGES, occasion.languages), "km": one.km,
        "yes": [point(wish, one, which, True) for which in one.for_it],
        "no": [point(wish, one, which, False) for which in one.against],
        "wait": _wait(one),
    }  # fmt: skip


def _wait(one: Verdict) -> str:
    """How long those who came before have waited, where it has been measured."""
    days_waited = one.candidate.median_wait
    if days_waited is None:
        return ""
    if days_waited == 0:
        return _("Hälften har fått ett erbjudande samma dag")
    return ngettext(
        "Hälften har väntat högst {n} dag på ett erbjudande", "Hälften har väntat högst {n} dagar på ett erbjudande",
        days_waited,
    ).format(n=days_waited)  # fmt: skip


def point(wish: Wish, one: Verdict, which: matching.Point, suits: bool) -> str:
    """The reason in words."""
    found = one.candidate
    languages = words.listed(rules.LANGUAGES, found.languages)
    kinds = words.of(rules.KIND_NAMES, found.kind).lower()
    said = {
        matching.Point.KIND: kinds,
        matching.Point.HOURS: ngettext("{n} timme i veckan", "{n} timmar i veckan", found.hours).format(n=found.hours),
        matching.Point.LANGUAGE: _("{languages}, med tolk på plats").format(languages=languages.lower())
        if matching.is_by_interpreter(wish, found) else languages.lower(),
        matching.Point.START: _("löpande intag") if found.is_running
        else _("start {day}").format(day=days.dated(found.starts_on)),
        matching.Point.TIMES: _times(wish, one, suits),
        matching.Point.ACCESS: words.listed(rules.ACCESS, sorted(wish.needs)).lower() if suits
        else _("saknar {what}").format(what=words.listed(rules.ACCESS, matching.missing(wish, found)).lower()),
        matching.Point.PREREQUISITES: _prerequisites(wish, one, suits),
        matching.Point.DISTANCE: _("{km} km bort").format(km=f"{one.km:.1f}".replace(".", ",")) if one.km
        else _("i samma stadsdel"),
        matching.Point.PLACES: ngettext("{n} ledig plats", "{n} lediga platser", found.free).format(n=found.free) if suits
        else _("ingen ledig plats, {n} väntar").format(n=found.waiting),
    }  # fmt: skip
    return said[which]


def _times(wish: Wish, one: Verdict, suits: bool) -> str:
    found = one.candidate
    if suits:
        return _("träffas {days}").format(days=words.weekdays(found.weekdays))
    if found.clashes:
        return ngettext(
            "{n} träff krockar med något som personen redan har",
            "{n} träffar krockar med något som personen redan har", found.clashes,
        ).format(n=found.clashes)  # fmt: skip
    late = [day for day in found.weekdays if day not in wish.weekdays]
    return _("träffas också {days}").format(days=words.weekdays(late))


def _prerequisites(wish: Wish, one: Verdict, suits: bool) -> str:
    if suits:
        return words.listed(rules.PREREQUISITES, one.candidate.prerequisites).lower()
    lacking = [code for code in matching.missing(wish, one.candidate) if code in rules.PREREQUISITES]
    return _("kräver också {what}").format(what=words.listed(rules.PREREQUISITES, lacking).lower())
