"""A kept forecast in the sentences of a document: the range, the goal and how likely it is, and the day it is of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor
from typing import Any

from samkraft.knowledge.rules.documents.parts import Heading, Notes, Paragraph, Part, Points, words
from samkraft.values.wording import full_day, number, percent, phrase, spoken


@dataclass(frozen=True, slots=True)
class Landing:
    """A forecast as it was kept: of which snapshot's day, its number, its digest and what it says."""

    known: date
    number: int
    digest: str
    result: Mapping[str, Any]


def in_pack(landing: Landing, notes: Notes) -> list[Part]:
    """The part of a board pack that says where it will land; none when no goal can be forecast."""
    goals = [(goal, at) for goal in landing.result["goals"] for at in goal["at"]]
    if not goals:
        return []
    source = notes.number(
        spoken(
            phrase("Prognos {number} av läget {day}, {replications} repetitioner, kontrollsumma {digest}, Samkraft"),
            number=landing.number, day=full_day(landing.known), replications=number(landing.result["replications"]),
            digest=landing.digest[:16],
        )
    )  # fmt: skip
    return [
        Heading(2, spoken(phrase("Var vi troligen hamnar")), "var-vi-hamnar"),
        Points(tuple(words(sentence(goal, at)) for goal, at in goals)),
        Paragraph(words(spoken(phrase("Spannet är lika troligt innanför som utanför.")), source), is_quiet=True),
    ]


def by_item(landing: Landing) -> dict[str, str]:
    """Item of the theory → where it lands at the end, for a column."""
    return {
        goal["code"]: spoken(phrase("{range}, {chance} når målet"), range=between(at["range"]), chance=chance(at))
        for goal in landing.result["goals"]
        for at in goal["at"][:1]
    }


def sentence(goal: Mapping[str, Any], at: Mapping[str, Any]) -> str:
    """One goal on one day."""
    day = date.fromisoformat(at["before"]) - timedelta(days=1)
    return spoken(
        phrase("{goal}: {range} till och med {day}. Målet {target} nås med {chance} sannolikhet."),
        goal=goal["text"], range=between(at["range"]), day=full_day(day), target=number(goal["at_least"]), chance=chance(at),
    )  # fmt: skip


def between(quantiles: list[int]) -> str:
    """The half that is as likely inside as outside, in steps of ten; nought stands for fewer than five."""
    low, high = quantiles[1], quantiles[3]
    if low == high:
        return spoken(phrase("omkring {number}"), number=number(low))
    return spoken(phrase("{low}–{high}"), low=number(low), high=number(high))


def chance(told: Mapping[str, Any]) -> str:
    """How likely; what never or always happened is only rarer or surer than the replications can tell."""
    if told["probability"] == 0:
        return spoken(phrase("under {share}"), share=percent(ceil(1000 * told["high"]) / 1000, 1))
    if told["probability"] == 1:
        return spoken(phrase("över {share}"), share=percent(floor(1000 * told["low"]) / 1000, 1))
    value = told["probability"]
    return percent(value, 1 if value < 0.1 or value > 0.9 else 0)
