"""The annual analysis' chapter on grants to organisations: who got how much, and each target beside its outcome."""

from collections.abc import Sequence

from samkraft.knowledge.rules.annual_material import GrantTold, TargetTold
from samkraft.knowledge.rules.documents.parts import Column, Heading, Line, Notes, Paragraph, Part, Table, words
from samkraft.values import kronor

HEADING = "Bidrag till organisationer"
NOTHING = "–"
DIFFERS = "källorna skiljer sig"
MOST_YEARS = 2  # earlier years in one table: beside them stand the target, the outcome and their share


def section(grants: Sequence[GrantTold], year: int, notes: Notes) -> list[Part]:
    """The chapter; nothing when the year has no grants."""
    if not grants:
        return []
    parts: list[Part] = [
        Heading(1, HEADING, "bidrag"),
        Paragraph(words(_summary(grants, year))),
        _given(grants, notes),
    ]
    for grant in grants:
        if grant.targets:
            parts += _targets(grant, year, notes)
    return parts


def _summary(grants: Sequence[GrantTold], year: int) -> str:
    total = kronor.in_words(sum(grant.amount_ore for grant in grants))
    many = f"{len(grants)} bidrag" if len(grants) > 1 else "Ett bidrag"
    sentence = f"{many} på tillsammans {total} gäller {year}. De betalas ur beslutade pengar och läggs inte till beloppen ovan."
    targets = [target for grant in grants for target in grant.targets if target.aimed]
    told = [target for target in targets if target.outcome]
    if not targets:
        return f"{sentence} Inget av dem har mål som går att räkna."
    return f"{sentence} De har tillsammans {_many(targets)} som går att räkna, och {_told(told, targets)}."


def _many(targets: Sequence[TargetTold]) -> str:
    return "ett mål" if len(targets) == 1 else f"{len(targets)} mål"


def _told(told: Sequence[TargetTold], targets: Sequence[TargetTold]) -> str:
    if len(told) == len(targets):
        return "för alla finns ett utfall"
    return "inget av dem har ett utfall än" if not told else f"{len(told)} av dem har ett utfall"


def _given(grants: Sequence[GrantTold], notes: Notes) -> Table:
    rows = tuple(
        (
            words(grant.organisation),
            words(f"{grant.title} (genom {grant.performer})" if grant.performer else grant.title),
            words(kronor.in_words(grant.amount_ore)),
            words(grant.report),
            words("", notes.number(grant.source, grant.address)),
        )
        for grant in grants
    )
    columns = (
        Column("Organisation", weight=3),
        Column("Vad", weight=3),
        Column("Beviljat", is_number=True),
        Column("Rapport", weight=2),
        Column("Källa", is_number=True),
    )
    total = words(kronor.in_words(sum(grant.amount_ore for grant in grants)))
    return Table("bidrag-beviljade", HEADING, columns, rows, (words("Summa"), (), total, (), ()))


def _targets(grant: GrantTold, year: int, notes: Notes) -> list[Part]:
    found = {one for target in grant.targets for one, _told_then in target.earlier}
    years = sorted(found)[-MOST_YEARS:]
    columns = (
        Column("Mått", weight=3),
        *(Column(f"Utfall {one}", is_number=True) for one in years),
        Column(f"Mål {year}", is_number=True),
        Column(f"Utfall {year}", is_number=True),
        Column("Andel av målet", is_number=True),
        Column("Källa", is_number=True),
    )
    rows = tuple(_row(target, years, notes) for target in grant.targets)
    return [
        Heading(2, grant.organisation, f"bidrag-{grant.key}"),
        Paragraph(
            words(f"{grant.title}: {kronor.in_words(grant.amount_ore)}, {grant.support}. {_upper(grant.report)}.")
        ),
        Table(f"bidrag-{grant.key}-mal", f"Mål och utfall, {grant.title}", columns, rows),
    ]


def _row(target: TargetTold, years: Sequence[int], notes: Notes) -> tuple[Line, ...]:
    before = dict(target.earlier)
    return (
        words(target.label),
        *(words(before.get(one, NOTHING)) for one in years),
        words(target.aimed or NOTHING),
        words(DIFFERS if target.differs else target.outcome or NOTHING),
        words(target.share or NOTHING),
        words("", notes.number(target.source, target.address)),
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
