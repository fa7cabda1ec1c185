"""From a decision text as read, and a person's answers, to points ready to be registered. Nothing is guessed.

Start with `interpret`; `registration_outcome` turns what it gives into points and sums, `registration_questions` says
what is still open, and `posting` what the points would move.
A row is one receiver of one point; it becomes one item for each of its years. Amounts in öre, per year where a row holds
for several years.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from samkraft.money.rules import decision_text
from samkraft.money.rules.decision_text import Item, Point, Reading
from samkraft.money.rules.points import GIVES_MONEY, Support, Verb

VERB_OF_KIND = {
    "grant": Verb.GRANTS,
    "transfer": Verb.TRANSFERS,
    "reserve": Verb.SETS_ASIDE,
    "refuse": Verb.REJECTS,
    "duty": Verb.INSTRUCTS,
    "urge": Verb.URGES,
    "must": Verb.DECIDES,
    "mandate": Verb.DELEGATES,
    "adopt": Verb.APPROVES,
    "note": Verb.NOTES,
}
SPLIT_EACH, SPLIT_EQUALLY = "each", "equal"
OWN_FRAME = "own-frame"
_OWN_FRAME = re.compile(r"\b(?:egen|eget|egna|kommunstyrelsens|nämndens|ks)?\s*(?:budget)?ram(?:en)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownFund:
    """A fund that money can belong to, and from which year up to which (exclusive; None goes on)."""

    id: UUID
    name: str
    first_year: int
    end_year: int | None

    def holds(self, years: Sequence[int]) -> bool:
        """Whether it exists in all the years."""
        return all(self.first_year <= year and (self.end_year is None or year < self.end_year) for year in years)


@dataclass(frozen=True, slots=True)
class Known:
    """What the words of a text can mean here: organisations by the words that name them, funds, appropriations."""

    receivers: Mapping[str, UUID]
    suggestions: Mapping[str, tuple[UUID, ...]]
    names: Mapping[UUID, str]
    funds: tuple[KnownFund, ...]
    appropriations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One receiver of one point. `amount_ore` is per year. `is_open` marks money that lacks something."""

    key: str
    point: str
    words: str = ""
    receiver_id: UUID | None = None
    amount_ore: int | None = None
    years: tuple[int, ...] = ()
    fund_id: UUID | None = None
    appropriation: str | None = None
    appropriation_words: str = ""
    paid_by: str = ""
    purpose: str = ""
    contract: str = ""
    support: Support | None = None
    split: str = SPLIT_EACH
    is_edited: bool = False
    is_added: bool = False


@dataclass(frozen=True, slots=True)
class PointRows:
    """One point with its rows. `posts` says whether its verb moves money."""

    number: str
    verb: Verb
    said_verb: str
    text: str
    rows: tuple[Row, ...] = ()
    due: str = ""
    binding: bool | None = None
    posts: bool = False
    read: Point | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A matter as it would be registered now. `elsewhere` are points that another body decides."""

    reading: Reading = field(repr=False)
    case_number: str
    title: str
    decider_id: UUID | None
    points: tuple[PointRows, ...]
    elsewhere: tuple[Point, ...] = ()
    bodies: tuple[str, ...] = ()

    @property
    def rows(self) -> list[Row]:
        """All rows, in order."""
        return [row for point in self.points for row in point.rows]

    @property
    def money_rows(self) -> list[Row]:
        """The rows whose amounts would be posted."""
        return [row for point in self.points if point.posts for row in point.rows if row.amount_ore is not None]


def interpret(reading: Reading, answers: Mapping[str, Any], known: Known) -> Interpretation:
    """Put the reading, the answers and what is known together. The same three always give the same."""
    given = {letter: said["value"] for letter, said in answers.get("questions", {}).items()}
    answered = decision_text.answer(reading, given)
    own = said_about(answers)
    bodies = tuple(dict.fromkeys(point.body for point in answered.points if point.body))
    decider_words = _decider_words(reading, bodies, own)
    decider = _uuid(own.get("body")) or known.receivers.get(decider_words or "")
    mine = [point for point in answered.points if decider_words is None or point.body in (None, decider_words)]
    points = tuple(_point(point, answered, answers, known, decider) for point in mine)
    points = _pay(points, answered, answers, known)
    return Interpretation(
        reading=answered,
        case_number=own.get("case") or reading.case_number or "",
        title=reading.facts.title or "",
        decider_id=decider,
        points=points,
        elsewhere=tuple(point for point in answered.points if point not in mine),
        bodies=bodies,
    )


def said_about(answers: Mapping[str, Any]) -> dict[str, str]:
    """The answers to questions about what is known here: key → value."""
    return {key: said["value"] for key, said in answers.get("own", {}).items()}


def verb_of(point: Point, *, is_money: bool | None = None) -> Verb:
    """The verb that is registered. A verb that does not give money does so only when a person has said that it does."""
    if is_money:
        return Verb.GRANTS
    try:
        return Verb(point.verb)
    except ValueError:
        return VERB_OF_KIND.get(point.kind, Verb.OTHER)


def _decider_words(reading: Reading, bodies: tuple[str, ...], own: Mapping[str, str]) -> str | None:
    if len(bodies) > 1:
        return own.get("body_words") or reading.body
    return bodies[0] if bodies else reading.body


def _point(point: Point, reading: Reading, answers: Mapping[str, Any], known: Known, decider: UUID | None) -> PointRows:
    said = answers.get("points", {}).get(point.number, {})
    is_money = said_about(answers).get(f"verb:{point.number}") == "yes"
    verb = verb_of(point, is_money=is_money)
    rows = [_row(point, place, item, reading, answers, known) for place, item in enumerate(point.items, start=1)]
    overrides = answers.get("rows", {})
    for key in sorted(overrides):
        if key.startswith(f"{point.number}.n"):
            rows.append(_edited(Row(key=key, point=point.number, is_added=True), overrides[key]))
    removed = set(answers.get("removed", ()))
    return PointRows(
        number=point.number,
        verb=verb,
        said_verb=point.verb,
        text=" ".join(point.text.split()),
        rows=tuple(row for row in rows if row.key not in removed),
        due=said.get("due", point.due or ""),
        binding=said.get("binding", point.binding),
        posts=verb in GIVES_MONEY,
        read=point,
    )


def _row(point: Point, place: int, item: Item, reading: Reading, answers: Mapping[str, Any], known: Known) -> Row:
    key = f"{point.number}.{place}"
    own = said_about(answers)
    words = item.receiver or ""
    row = Row(
        key=key,
        point=point.number,
        words=words,
        receiver_id=_uuid(own.get(f"receiver:{key}")) or known.receivers.get(words),
        amount_ore=item.amount_ore,
        years=item.years,
        appropriation=_appropriation(item.appropriation, known),
        appropriation_words=item.appropriation or "",
        purpose=item.purpose or "",
        contract=item.contract or "",
        split=_split(item, own.get(f"split:{key}")),
    )
    overrides = answers.get("rows", {})
    if key in overrides:
        return _edited(row, overrides[key])
    return replace(row, fund_id=_fund(point, item, reading, own, known))


def _split(item: Item, said: str | None) -> str:
    """How an amount is spread over several years; empty while nobody has said."""
    if len(item.years) < 2 or item.yearly:
        return SPLIT_EACH
    return said or ""


def _edited(row: Row, said: Mapping[str, Any]) -> Row:
    """What a person wrote about the row holds, whatever the text says."""
    return replace(
        row,
        receiver_id=_uuid(said.get("receiver")),
        amount_ore=said.get("amount_ore"),
        years=tuple(said.get("years", ())),
        fund_id=_uuid(said.get("fund")),
        appropriation=said.get("appropriation") or "",
        paid_by=said.get("paid_by", ""),
        purpose=said.get("purpose", ""),
        contract=said.get("contract", ""),
        support=Support(said["support"]) if said.get("support") else None,
        split=SPLIT_EACH,
        is_edited=True,
    )


def _fund(point: Point, item: Item, reading: Reading, own: Mapping[str, str], known: Known) -> UUID | None:
    """The one fund that the point names, else the one that the heading names; else what a person has said."""
    if item.amount_ore is None:
        return None
    said = _uuid(own.get("fund"))
    for place in (f"{point.text} {item.purpose or ''}", reading.facts.title or ""):
        named = [fund for fund in known.funds if fund.holds(item.years) and _names(place, fund.name)]
        if len(named) == 1:
            return named[0].id
        if named:
            return said if said in {fund.id for fund in named} else None
    return said if said and any(fund.id == said and fund.holds(item.years) for fund in known.funds) else None


def _names(text: str, name: str) -> bool:
    return (
        re.search(rf"(?<!\w){re.escape(name.casefold())}(?:s|en|et|ens|ets)?(?!\w)", " ".join(text.casefold().split()))
        is not None
    )


def _appropriation(words: str | None, known: Known) -> str | None:
    """The known appropriation that the words are; empty for the own frame; None when the words say neither."""
    if not words:
        return None
    folded = " ".join(words.casefold().split())
    for name in known.appropriations:
        if name.casefold() in folded:
            return name
    return "" if _OWN_FRAME.search(folded) and "anslag" not in folded else None


def _pay(
    points: tuple[PointRows, ...], reading: Reading, answers: Mapping[str, Any], known: Known
) -> tuple[PointRows, ...]:
    """Say which transfer pays for which grants, and give the rest what a person said about where money comes from."""
    payers = {user: point for point in reading.points for user in point.funds}
    by_number = {point.number: point for point in points}
    said = said_about(answers).get("appropriation")
    source = "" if said == OWN_FRAME else said
    return tuple(
        replace(
            point,
            rows=tuple(
                row if row.is_edited else _paid(row, payers.get(point.number), by_number, source, known)
                for row in point.rows
            ),
        )
        for point in points
    )


def _paid(row: Row, payer: Point | None, points: Mapping[str, PointRows], said: str | None, known: Known) -> Row:
    if row.amount_ore is None:
        return row
    paying = points.get(payer.number) if payer else None
    if payer and paying and paying.posts:
        fund = row.fund_id or next((each.fund_id for each in paying.rows if each.fund_id), None)
        return replace(row, paid_by=payer.number, appropriation="", fund_id=fund)
    if payer and row.appropriation is None:
        stated = next((item.appropriation for item in payer.items if item.appropriation), None)
        row = replace(
            row,
            appropriation=_appropriation(stated, known),
            appropriation_words=row.appropriation_words or stated or "",
        )
    if row.appropriation is None and said is not None:
        return replace(row, appropriation=said)
    return row


def _uuid(text: object) -> UUID | None:
    return UUID(str(text)) if text else None
