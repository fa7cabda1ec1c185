"""Figures, groups and standings in words."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from samkraft.initiatives.rules.theory import Item, TargetKind
from samkraft.knowledge.rules import groups
from samkraft.knowledge.rules.figures import Figure
from samkraft.knowledge.rules.groups import Dimension
from samkraft.knowledge.rules.measures import Indicator, Kind
from samkraft.knowledge.rules.scorecards import Standing
from samkraft.partners.queries import areas, organisations
from samkraft.web import days, figures

SHAPES = {
    Standing.REACHED: "ok",
    Standing.ON_THE_WAY: "ok",
    Standing.BEHIND: "overdue",
    Standing.UNKNOWN: "closed",
}


def of_kind(kind: Kind, unit: str = "") -> Callable[[float], str]:
    """How a value of this kind is written."""
    if unit == "mnkr":
        # Translators: short for million kronor, after a number.
        return lambda value: f"{figures.decimal(value, 1)}{figures.HARD_SPACE}{_('mnkr')}"
    if unit:
        kind = {"people": Kind.COUNT, "share": Kind.SHARE, "days": Kind.MEDIAN}[unit]
    if kind in (Kind.SHARE, Kind.TIME):
        return lambda value: figures.percent(value, 0)
    if kind is Kind.MEDIAN:
        return lambda value: figures.days(round(value))
    return lambda value: figures.number(round(value))


def value(one: Indicator, figure: Figure | None) -> str:
    """The figure, or why there is none."""
    if figure is None:
        return _("ingen uppgift")
    number = figure.value(one.kind)
    if number is not None:
        return of_kind(one.kind)(number)
    if one.kind is Kind.TIME:
        return _("ingen tid noterad")
    if one.kind is Kind.THINGS:
        return _("ingen än")
    if figure.of == 0 or (one.kind is not Kind.SHARE and figure.n == 0):
        return _("ingen än")
    if one.kind is Kind.MEDIAN and figure.n is not None:
        return _("färre än tio")
    return _("visas inte")


def why(one: Indicator, figure: Figure | None) -> str:
    """Why there is no figure, and what has to come; empty when there is one."""
    if figure is None:
        return _("Räknas den första natten i varje månad.")
    if figure.value(one.kind) is not None:
        return ""
    if one.kind is Kind.TIME:
        return _("Teamen noterar sin tid under Arbetsgivare, vecka för vecka.")
    if one.kind is Kind.THINGS:
        return _(one.missing) if one.missing else _("Ingen än.")
    if figure.of == 0 or (one.kind is not Kind.SHARE and figure.n == 0):
        return _("Ingen har kommit så långt än.")
    if one.kind is Kind.MEDIAN and figure.n is not None:
        return _("Visas när minst tio har kommit så långt.")
    return _("Färre än fem på någon sida, eller för nära något som har visats.")


def beside(one: Indicator, figure: Figure | None) -> str:
    """What the figure rests on, in small print."""
    if figure is None or figure.value(one.kind) is None:
        return ""
    if one.kind is Kind.SHARE:
        return _("%(n)s av %(of)s, troligen %(low)s–%(high)s") % {
            "n": figures.number(figure.n),
            "of": figures.number(figure.of),
            "low": figures.decimal(100 * (figure.low or 0), 0),
            "high": figures.percent(figure.high, 0),
        }
    if one.kind is Kind.TIME:
        return _("%(n)s av %(of)s noterade timmar") % {
            "n": figures.number(round((figure.n or 0) / 60)),
            "of": figures.number(round((figure.of or 0) / 60)),
        }
    if one.kind is Kind.THINGS and figure.of is not None:
        return _("av %(of)s") % {"of": figures.number(figure.of)}
    if one.kind is Kind.MEDIAN:
        return _("median, %(n)s personer") % {"n": figures.number(figure.n)}
    return ""


def target(item: Item) -> str:
    """An item's target."""
    if item.target_kind is TargetKind.COUNT and item.target is not None:
        return figures.number(round(item.target))
    if item.target_kind is TargetKind.SHARE and item.target is not None:
        is_whole = round(100 * item.target, 1).is_integer()
        return figures.percent(item.target, 0 if is_whole else 1)
    return {
        TargetKind.MORE: _("ska öka"),
        TargetKind.LESS: _("ska minska"),
        TargetKind.DONE: _("ska finnas"),
    }.get(item.target_kind, "")


def change(one: Indicator, moved: float | None) -> str:
    """How far a figure has moved."""
    if moved is None:
        return ""
    if one.kind in (Kind.SHARE, Kind.TIME):
        points = round(100 * moved)
        return _("%(points)s procentenheter") % {"points": figures.signed(points)} if points else _("oförändrat")
    if not moved:
        return _("oförändrat")
    return f"{figures.signed(round(moved))}{figures.HARD_SPACE + 'd' if one.kind is Kind.MEDIAN else ''}"


def bodies() -> dict[str, str]:
    """Body id → name."""
    return {str(key): label.name for key, label in areas.labels().items()}


def names(one: Indicator) -> dict[str, str]:
    """Body id → name for an indicator's groups; also organisations where things are handed in or received."""
    return bodies() if one.kind is not Kind.THINGS else organisations.names() | bodies()


def months(listed: Iterable[str]) -> str:
    """`2026-02` and more as people read them: `februari 2026, mars 2026`."""
    return ", ".join(days.month(date.fromisoformat(f"{one}-01")) for one in listed)


def dimension(one: Indicator, by: Dimension) -> str:
    """What an indicator is split by. The body of staff's time is theirs; of participants it is the one that sent them."""
    if one.kind is Kind.TIME and by is Dimension.BODY:
        return _("Myndighet")
    if one.kind is Kind.THINGS and by is Dimension.BODY:
        return _("Myndighet eller organisation")
    return _(groups.NAMES[by])


def group(dimension: Dimension, category: str, names: Mapping[str, str]) -> str:
    """A group as it is shown."""
    if dimension is Dimension.MONTH and category != groups.UNKNOWN:
        return days.month(date.fromisoformat(f"{category}-01"))
    if dimension is Dimension.TEAM and category != groups.UNKNOWN:
        return _("Team %(number)s") % {"number": category}
    if dimension is Dimension.WAVE and category != groups.UNKNOWN:
        return _("Intag %(number)s") % {"number": category}
    return _(groups.in_words(dimension, category, names))
