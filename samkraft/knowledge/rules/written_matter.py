"""A written matter (tjänsteskrivelse) drafted from a proposal: the sections in the order that the city writes them."""

from collections.abc import Sequence

from samkraft.knowledge.rules.documents.parts import (
    Column,
    Document,
    Heading,
    Line,
    Paragraph,
    Part,
    Points,
    Table,
    words,
)
from samkraft.money.rules import point_sentences
from samkraft.money.rules.letters import FundTold, Letter
from samkraft.money.rules.points import GIVES_MONEY
from samkraft.values import kronor

SUMMARY, PROPOSAL, BASIS = "Sammanfattning", "Förslag till beslut", "Beslutsunderlag"
PLANNING, SENT_TO, MATTER = "Beslutsplanering", "Beslutet skickas till", "Ärendet"
ASSESSMENT, RESPONSIBLE = "Stadskontorets bedömning", "Ansvariga"
TO_WRITE = "[Skriv bedömningen här.]"
TITLES = ("Näringslivsdirektör", "Sektionschef", "Stadsdirektör")


def compose(letter: Letter, *, city: str) -> Document:
    """The document: real headings, numbered points that read back to the same data."""
    parts: list[Part] = [
        Paragraph(words(letter.case_number)),
        Heading(1, SUMMARY, "sammanfattning"),
        *(Paragraph(words(line)) for line in _summary(letter)),
        Heading(1, PROPOSAL, "forslag"),
        Paragraph(words(f"{letter.proposer or 'Stadskontoret'} föreslår {_body(letter.decider)} besluta")),
        Points(tuple(words(point_sentences.sentence(point, letter.decider)) for point in letter.points), True),
        Heading(1, BASIS, "underlag"),
        *_list([f"{title}{f', {day.isoformat()}' if day else ''}" for title, day in letter.documents]),
        Heading(1, PLANNING, "planering"),
        *_list([f"{body} {day.isoformat()}" for body, day in letter.meetings]),
        Heading(1, SENT_TO, "skickas"),
        *_list(letter.addressees),
        Heading(1, MATTER, "arendet"),
    ]
    for fund in letter.funds:
        parts += _fund(fund)
    parts += [
        Heading(1, ASSESSMENT, "bedomning"),
        Paragraph(words(TO_WRITE)),
        Heading(1, RESPONSIBLE, "ansvariga"),
        *_list([f"{title}: [namn]" for title in TITLES]),
    ]
    return Document(
        title=letter.title,
        author=city,
        head=(city, "Stadskontoret", letter.registered_date.isoformat(), letter.case_number),
        parts=tuple(parts),
        dated=letter.registered_date,
        has_contents=False,
        keywords=("tjänsteskrivelse", letter.case_number),
    )


def _summary(letter: Letter) -> list[str]:
    """What the proposal does, in a few sentences. Sums are told in mnkr, so that no reader takes them for points."""
    names = [fund.name for fund in letter.funds]
    giving = [point for point in letter.points if point.verb in GIVES_MONEY]
    lines = []
    if names:
        lines.append(f"Ärendet gäller {_listed(names)}. Det har {len(letter.points)} punkter.")
    receivers = list(dict.fromkeys(each.receiver for point in giving for each in point.sums if each.receiver))
    if receivers:
        lines.append(f"Pengar föreslås till {_listed([_body(name) for name in receivers])}.")
    return lines or ["Ärendet fördelar inga pengar."]


def _fund(fund: FundTold) -> list[Part]:
    key = "".join(sign if sign.isalnum() else "-" for sign in fund.name.casefold())
    parts: list[Part] = [Heading(2, fund.name, f"satsning-{key}"), Paragraph(words(f"Syftet: {_lower(fund.purpose)}"))]
    if fund.goals:
        parts += [Paragraph(words("Pengarna ska bidra till:")), *_list(fund.goals)]
    if fund.budgets:
        rows = tuple((words(str(year)), words(_amount(ore))) for year, ore in fund.budgets)
        columns = (Column("År", weight=3), Column("Budget", is_number=True))
        parts.append(Table(f"budget-{key}", f"Budget för {fund.name}", columns, rows))
    if fund.asked:
        asked: tuple[tuple[Line, ...], ...] = tuple(
            (words(body), words(purpose), words(_amount(asked)), words(_amount(proposed)))
            for body, purpose, asked, proposed in fund.asked
        )
        heads = (
            Column("Nämnd", weight=2), Column("Ändamål", weight=3),
            Column("Äskat", is_number=True), Column("Föreslaget", is_number=True),
        )  # fmt: skip
        parts.append(Table(f"askat-{key}", f"Äskanden ur {fund.name}", heads, asked))
    return parts


def _list(lines: Sequence[str]) -> list[Part]:
    return [Points(tuple(words(line) for line in lines))] if lines else [Paragraph(words("–"))]


def _amount(ore: int | None) -> str:
    return "okänt" if ore is None else kronor.in_words(ore)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _body(name: str) -> str:
    """Committees and boards in small letters inside a sentence; proper names as they are."""
    return _lower(name) if name.casefold().endswith(("nämnden", "styrelsen")) else name


def _listed(found: Sequence[str]) -> str:
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} och {found[-1]}"
