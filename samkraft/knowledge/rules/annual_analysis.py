"""Compose the annual analysis: question → the whole city → committee by committee, and what sources do not agree on.

Written in Swedish, as the document that the city already publishes. Nothing is worked out that the reports do not say:
sums leave out what is unknown and say how much that is. The same material always gives the same document.
"""

from collections.abc import Sequence
from decimal import Decimal

from samkraft.knowledge.rules import annual_bodies, annual_grants
from samkraft.knowledge.rules.annual_material import BodyTold, Difference, FundTold, Material
from samkraft.knowledge.rules.documents.parts import (
    Bar,
    Bars,
    Column,
    Document,
    Heading,
    Line,
    Notes,
    Paragraph,
    Part,
    Points,
    Run,
    Table,
    words,
)
from samkraft.values import kronor

UNKNOWN = "okänt"
DIFFERENCES = "Uppgifter som skiljer sig"


def compose(material: Material) -> Document:
    """The whole document for a year."""
    notes = Notes()
    parts: list[Part] = [*_summary(material)]
    for fund in material.funds:
        parts += _fund(fund, material, notes)
    parts += annual_grants.section(material.grants, material.year, notes)
    parts += _differences(material.differences)
    day = [material.as_of.isoformat()] if material.as_of else []
    return Document(
        title=f"Årsanalys {material.year}: så har särskilt avsatta pengar använts",
        author=material.city,
        head=(material.city, f"Årsanalys {material.year}", *day),
        parts=tuple(parts),
        notes=notes.all(),
        dated=material.as_of,
        keywords=("årsanalys", str(material.year), *(fund.name for fund in material.funds)),
    )


def _summary(material: Material) -> list[Part]:
    bodies = [body for fund in material.funds for body in fund.bodies]
    missing = [body for body in bodies if not body.is_handed_in]
    opened = [each for each in material.differences if not each.settled]
    unknown = sum(
        figure.value is None and figure.year == material.year
        for body in bodies
        for answer in body.answers
        for figure in answer.figures
    )
    part = " Dokumentet visar bara en del av nämnderna." if material.is_part else ""
    lines = [
        f"{_count(len(material.funds), 'satsning', 'satsningar')} har fördelats till nämnder och styrelse.{part} "
        f"{len(bodies) - len(missing)} av {_count(len(bodies), 'redovisning', 'redovisningar')} är inlämnade.",
    ]
    if missing:
        lines.append(
            f"Dessa saknas: {_listed([f'{body.name} (senast {body.due_date.isoformat()})' for body in missing])}."
        )
    if unknown:
        told = _count(unknown, "uppgift är okänd", "uppgifter är okända")
        lines.append(f"{told}. Okänt är inte noll: det betyder att källan inte säger något.")
    if opened:
        told = _count(len(opened), "fråga", "frågor")
        lines.append(
            f"I {told} säger källorna olika utan att någon har rett ut vad som gäller. De står sist i dokumentet."
        )
    return [
        Heading(1, "Sammanfattning", "sammanfattning"),
        *(Paragraph(words(line)) for line in lines),
        Paragraph(
            words("Siffror inom hakparentes leder till källan. Texten om varje nämnd är nämndens egen redovisning."),
            is_quiet=True,
        ),
    ]


def _fund(fund: FundTold, material: Material, notes: Notes) -> list[Part]:
    parts: list[Part] = []
    for question in fund.questions:
        if question.parent:
            continue
        key = f"{fund.code}-{question.position}"
        parts.append(Heading(1, question.text, key))
        parts += _whole_city(fund, material, notes, key)
        below = [each for each in fund.questions if each.parent == question.position]
        for body in fund.bodies:
            parts += annual_bodies.section(body, [question, *below], material.year, notes, key)
    return parts


def _whole_city(fund: FundTold, material: Material, notes: Notes, key: str) -> list[Part]:
    """The city's own part: the decisions, the purpose once, and who got how much."""
    known = [body.decided_ore for body in fund.bodies if body.decided_ore is not None]
    unknown = len(fund.bodies) - len(known)
    if material.is_part:
        names = _listed([body.name for body in fund.bodies])
        sentence = f"Dokumentet visar bara {names}: {kronor.in_words(sum(known))} ur {fund.name} {material.year}."
    else:
        sentence = f"{fund.name} har {material.year} gett {kronor.in_words(sum(known))} till {len(known)} mottagare."
    if unknown:
        sentence += f" För {unknown} mottagare säger källorna inte hur mycket."
    parts: list[Part] = [
        Heading(2, material.city, f"{key}-staden"),
        Paragraph((*_decisions(fund, notes), Run(sentence))),
        Paragraph(words(f"Syftet: {_lower(fund.purpose)}")),
    ]
    if fund.goals:
        parts += [Paragraph(words("Pengarna ska bidra till:")), Points(tuple(words(goal) for goal in fund.goals))]
    parts += _amounts(fund, notes, key, sum(known))
    return parts


def _decisions(fund: FundTold, notes: Notes) -> Line:
    """A sentence for each decision, with a note where its day is not certain."""
    return tuple(run for sentence, about in fund.decisions for run in (Run(sentence, notes.number(about)), Run(" ")))


def _amounts(fund: FundTold, notes: Notes, key: str, total: int) -> list[Part]:
    bars = tuple(
        Bar(
            body.short_name,
            Decimal(body.decided_ore) / 100 if body.decided_ore is not None else None,
            _amount(body.decided_ore),
        )
        for body in fund.bodies
    )
    told = "; ".join(f"{body.name} {_amount(body.decided_ore)}" for body in fund.bodies)
    rows = tuple(
        (
            words(body.name),
            words(_amount(body.decided_ore)),
            words(_state(body)),
            (Run("", notes.number(body.decided_note, body.decided_address)),),
        )
        for body in fund.bodies
    )
    return [
        Bars(
            f"{key}-bild", f"Beslutade pengar ur {fund.name}, kronor", f"Staplar över beslutade pengar: {told}.", bars
        ),
        Table(
            f"{key}-belopp",
            f"Beslutade pengar ur {fund.name}",
            (
                Column("Nämnd", weight=3),
                Column("Beslutat", is_number=True),
                Column("Redovisning", weight=2),
                Column("Källa", is_number=True),
            ),
            rows,
            (words("Summa av det som är känt"), words(kronor.in_words(total)), (), ()),
        ),
    ]


def _state(body: BodyTold) -> str:
    if not body.is_handed_in:
        return f"inte inlämnad (senast {body.due_date.isoformat()})"
    if body.handed_in_date and body.handed_in_date > body.due_date:
        return f"inlämnad sent, {body.handed_in_date.isoformat()}"
    return f"inlämnad {body.handed_in_date.isoformat()}" if body.handed_in_date else "inlämnad"


def _differences(found: Sequence[Difference]) -> list[Part]:
    if not found:
        return []
    opened = [each for each in found if not each.settled]
    settled = [each for each in found if each.settled]
    parts: list[Part] = [Heading(1, DIFFERENCES, "skillnader")]
    if opened:
        parts.append(Paragraph(words("Här säger källorna olika, och ingen har rett ut vad som gäller.")))
    for place, each in enumerate(opened, start=1):
        parts += _difference(each, f"skillnad-{place}")
    if settled:
        parts.append(Heading(2, "Utredda", "skillnader-utredda"))
        parts.append(Points(tuple(words(f"{each.subject}: {each.question} {each.settled}") for each in settled)))
    return parts


def _difference(each: Difference, key: str) -> list[Part]:
    rows: tuple[tuple[Line, ...], ...] = tuple(
        (words(side.title), words(side.value or UNKNOWN), words(side.place)) for side in each.sides
    )
    return [
        Heading(2, _upper(each.subject), key),
        Paragraph(words(each.question)),
        Table(
            f"{key}-sidor",
            f"Vad källorna säger: {each.subject}",
            (Column("Källa", weight=2), Column("Säger", weight=2), Column("Var", weight=3)),
            rows,
        ),
    ]


def _amount(ore: int | None) -> str:
    return UNKNOWN if ore is None else kronor.in_words(ore)


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _listed(found: Sequence[str]) -> str:
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} och {found[-1]}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
