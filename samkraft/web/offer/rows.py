"""The queue's rows for the tables: code, group, place, and where the offer stands."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.offer.rules import priorities
from samkraft.people.queries.places.place_lists import InQueue, Resting
from samkraft.people.rules.places import place_states as states
from samkraft.values.wording import phrase
from samkraft.web import days
from samkraft.web.offer import words


def waiting(row: InQueue, rests: Resting | None = None) -> dict[str, Any]:
    """One who waits. `rests`: why this one is not asked now, though a place may be free."""
    return {
        "rests": _rests(rests) if rests else "",
        "row": row,
        "group": "–" if row.priority_class == priorities.LAST_CLASS else str(row.priority_class),
        "days": (timezone.now() - row.joined_at).days,
        "told": told(row.told),
        "not_before": days.dated(row.not_before) if row.not_before else "",
    }


def held(row: InQueue, decider: str) -> dict[str, Any]:
    """One who has a place or an offer."""
    shape, state = "ok", _("har platsen")
    if row.started_on:
        state = _("började {day}").format(day=days.dated(row.started_on))
    elif row.accepted_at is None and row.answer_until:
        shape, state = "needs", _("svar senast {when}").format(when=words.until(row.answer_until))
    elif row.decided_date is None:
        shape, state = "needs", _("villkorad: {who}").format(who=words.decider(decider).lower())
    return {"row": row, "shape": shape, "state": state, "told": told(row.told), "decides": decider == "owner"}


_RESTS = {
    "declined": (phrase("sa nej till det här tillfället"), phrase("sa nej, frågas igen {day}")),
    "lapsed": (phrase("svarade inte om det här tillfället"), phrase("svarade inte, frågas igen {day}")),
    "withdrawn": (phrase("erbjudandet togs tillbaka"), phrase("erbjudandet togs tillbaka, frågas igen {day}")),
}


def _rests(one: Resting) -> str:
    for_this, for_a_while = _RESTS[one.because]
    return _(for_this) if one.until is None else _(for_a_while).format(day=days.dated(one.until))


def told(said: Any) -> str:
    """What was disclosed, in a line; empty when it is a code alone."""
    parts = []
    for name, value in dict(said).items():
        if name == "interpreter":
            parts.append(_("behöver tolk") if value else _("behöver inte tolk"))
        elif name == "not_before":
            parts.append(_("kan börja {day}").format(day=value))
        elif value:
            label = words.of(states.FIELDS, name).lower()
            parts.append(str(value) if name == "name" else f"{label}: {value}")
    return ", ".join(sorted(parts, key=lambda part: ":" in part))
