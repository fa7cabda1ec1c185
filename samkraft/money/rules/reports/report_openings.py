"""The paragraph that opens a committee's report: who decided, when, how much and what for. Written once, from the decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samkraft.values import kronor

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """What one decision gave a body. No amount: the decision or its source does not say."""

    decider: str
    decided_date: date
    day_is_known: bool
    case_number: str
    amount_ore: int | None
    is_assumption: bool = False


def paragraph(*, body: str, fund: str, year: int, purpose: str, goals: Sequence[str], given: Sequence[Given]) -> str:
    """The paragraph in plain Swedish. Without a decision it says that none is registered."""
    sentences = [_given(one, body, fund, year, first=place == 0) for place, one in enumerate(given)]
    if not given:
        sentences = [f"Inget beslut är registrerat om pengar till {_lower(body)} ur {fund} för {year}."]
    if any(one.is_assumption for one in given):
        sentences.append("Protokollet saknas; beslutet är antaget utifrån förslaget.")
    if purpose.strip():
        sentences.append(f"Syftet: {_sentence(purpose)}")
    if goals:
        lead = "Pengarna ska bidra till kommunfullmäktiges mål" if len(goals) == 1 else "Pengarna ska bidra till målen"
        sentences.append(f"{lead} {_listed([f'”{goal}”' for goal in goals])}.")
    return " ".join(sentences)


def _given(one: Given, body: str, fund: str, year: int, *, first: bool) -> str:
    amount = f"{kronor.in_words(one.amount_ore).removesuffix('kr')}kronor" if one.amount_ore is not None else "pengar"
    receiver = "sig själv" if body == one.decider else _lower(body)
    told = "" if one.amount_ore is not None else " Hur mycket framgår inte av källorna."
    also = "" if first else " också"
    day = when(one.decided_date, is_known=one.day_is_known)
    return f"{one.decider} beslutade {day} ({one.case_number}){also} att ge {receiver} {amount} ur {fund} för {year}.{told}"


def when(day: date, *, is_known: bool) -> str:
    """`den 6 mars 2024`, or `i mars 2024` where the source does not say the day."""
    month = f"{MONTHS[day.month - 1]} {day.year}"
    return f"den {day.day} {month}" if is_known else f"i {month}"


def _lower(name: str) -> str:
    """A committee's name inside a sentence; names of one word in capitals, such as KF, stay."""
    return name if name.isupper() else name[:1].lower() + name[1:]


def _sentence(words: str) -> str:
    kept = " ".join(words.split())
    kept = kept[:1].lower() + kept[1:]
    return kept if kept.endswith((".", "!", "?")) else f"{kept}."


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} och {words[-1]}"
