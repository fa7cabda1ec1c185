"""The sides that rules have in common: a decided point, a figure, and when something was said."""

from datetime import date

from samkraft.money.rules.figures import Unit
from samkraft.money.rules.findings.facts import Figure, Item, Point, Ruling
from samkraft.money.rules.findings.outcome import Side
from samkraft.money.rules.findings.words import Said, say
from samkraft.values.wording import phrase


def receiver(item: Item) -> str:
    """The receiver's short name, or a dash."""
    return item.receiver.label if item.receiver else "–"


def day_or_year(day: date | None, year: int | None) -> Said | str:
    """An ISO day, or that only the year is known."""
    if day is not None:
        return day.isoformat()
    return say(phrase("{year}, dag okänd"), year=year) if year is not None else ""


def of_point(
    ruling: Ruling,
    point: Point,
    *,
    amount_ore: int | None = None,
    value: Said | str = "",
    title: Said | None = None,
    item: Item | None = None,
    support: Said | None = None,
    is_supported: bool | None = None,
) -> Side:
    """What a decided or proposed point says."""
    if support is None and ruling.is_assumption:
        support = say(phrase("Antaget: inget protokoll finns."))
    return Side(
        title=title or say(phrase("Beslutet") if ruling.posts else phrase("Förslaget")),
        place=say(phrase("{case}, punkt {number}"), case=ruling.case_number, number=point.number),
        weight=str(amount_ore if amount_ore is not None else value),
        value=value,
        amount_ore=amount_ore,
        quote=" ".join(point.text.split()),
        said_by=ruling.body.name,
        said_words=day_or_year(ruling.day, None),
        support=support,
        is_supported=is_supported,
        document_id=ruling.document.id if ruling.document else None,
        item_id=item.id if item else None,
    )


def of_figure(figure: Figure, *, support: Said | None = None, is_supported: bool | None = None) -> Side:
    """What a source says in a figure. Kronor become öre, so that they can be held against decisions."""
    assert figure.value is not None
    plain = f"{figure.value.normalize():f}"
    if figure.upper_value is not None:
        plain = f"{plain}–{figure.upper_value.normalize():f}"
    is_money = figure.unit is Unit.KRONOR and figure.upper_value is None
    return Side(
        title=say(phrase("{words}"), words=figure.document.title),
        place=figure.place,
        weight=plain,
        value="" if is_money else plain,
        amount_ore=int(figure.value * 100) if is_money else None,
        quote=figure.quote,
        said_by=figure.said_by or (figure.body.name if figure.body else ""),
        said_words=day_or_year(figure.said_date, figure.year),
        support=support,
        is_supported=is_supported,
        document_id=figure.document.id,
        figure_id=figure.id,
    )
