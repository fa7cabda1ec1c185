"""The flow as a table: the same rows, the same sums. What the screen shows is also what is exported."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from samkraft.money.queries.decided_items import Item, State
from samkraft.money.queries.flow.flow import Flow, FlowPath
from samkraft.money.rules.flow.flow_paths import Amount
from samkraft.money.rules.points import SUPPORT_LABELS
from samkraft.values.wording import phrase
from samkraft.web import figures
from samkraft.web.exports import Head
from samkraft.web.money.flow import flow_tree
from samkraft.web.money.space import Space

HEADS = (
    Head(phrase("Ärende")),
    Head(phrase("Punkt")),
    Head(phrase("Vad")),
    Head(phrase("Mottagare")),
    Head(phrase("Ändamål")),
    Head(phrase("Satsning")),
    Head(phrase("Slags stöd")),
    Head(phrase("Belopp, kr"), "ore"),
    Head(phrase("Räknas i summan")),
    Head(phrase("Läge")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `is_inside` is money out of money above: shown, not added. `of_words` tells the whole when narrowed."""

    kind: str
    case_number: str
    matter_url: str
    point: str
    point_url: str
    verb: str
    receiver: str
    receiver_url: str
    amount: Amount
    state: str
    fund: str = ""
    support: str = ""
    of_words: str = ""
    note: str = ""

    @property
    def amount_words(self) -> str:
        """The amount as it is read."""
        return flow_tree.in_words(self.amount)

    @property
    def is_inside(self) -> bool:
        """Whether it is paid out of a row above, and so counted there."""
        return self.kind == "inside"


@dataclass(frozen=True, slots=True)
class Table:
    """All lines with the sums that close it."""

    rows: tuple[Row, ...]
    shown: Amount
    is_narrowed: bool
    remainder: Amount | None
    remainder_note: str
    budget: Amount | None
    has_funds: bool
    links: tuple[tuple[str, str], ...] = field(default=())


def of(flow: Flow, space: Space, this_year: int, *, may_register: bool) -> Table:
    """The table of what is shown. Whoever may register a decision is shown the way to do it."""
    rows: list[Row] = []
    for item in flow.items:
        paths = flow.paths_of(item)
        rows.append(_row(flow, space, item, paths))
        rows += _inside(space, paths)
    is_whole = not flow.narrow.is_used and bool(flow.budgets)
    remainder = None
    if is_whole and flow.unexplained_ore != 0:
        remainder = Amount(unknown=1) if flow.unexplained_ore is None else Amount(flow.unexplained_ore)
    return Table(
        rows=tuple(rows),
        shown=flow.total_shown,
        is_narrowed=flow.narrow.is_used,
        remainder=remainder,
        remainder_note=remainder_note(flow, this_year) if remainder else "",
        budget=flow.budget if is_whole else None,
        has_funds=len({item.fund_code for item in flow.items}) > 1,
        links=_ways_out(space, may_register=may_register) if remainder and remainder.known_ore else (),
    )


def remainder_words(flow: Flow, this_year: int) -> str:
    """What the branch that no decision explains is called in the picture."""
    if flow.unexplained_ore is None:
        return _("hur mycket som är kvar går inte att räkna ut")
    if flow.year >= this_year:
        return _("kvar att fördela")
    return _("kvar att förklara: inget beslut hittat")


def remainder_note(flow: Flow, this_year: int) -> str:
    """The same in the table."""
    if flow.unexplained_ore is None:
        return _("Budgeten eller ett belopp är okänt, så resten går inte att räkna ut.")
    return _("Inte fördelat än.") if flow.year >= this_year else _("Inget beslut hittat.")


def _ways_out(space: Space, *, may_register: bool) -> tuple[tuple[str, str], ...]:
    links = (
        (_("Läs in ett beslut"), space.inside("read_in") if may_register else ""),
        (_("Se uppgifter som skiljer sig"), space.inside("contradictions")),
    )
    return tuple((text, url) for text, url in links if url)


def _row(flow: Flow, space: Space, item: Item, paths: Sequence[FlowPath]) -> Row:
    shown = flow_tree.sum_of(paths)
    whole = item.amount_ore
    is_part = shown.ore is not None and whole is not None and shown.ore != whole
    direct = paths[0].is_direct
    return Row(
        kind="unknown" if item.state is State.UNKNOWN else "item",
        case_number=item.case_number,
        matter_url=space.inside("matter", item.matter_id) or flow_tree.address(flow, space, arende=item.case_number),
        point=item.number,
        point_url=space.url("point", item.point_id),
        verb=_(item.verb.value),
        receiver=item.receiver_name,
        receiver_url=space.url("body", item.receiver.code, ar=flow.year) if item.receiver else "",
        amount=shown,
        state=flow_tree.state_words(paths[0]),
        fund=item.fund_name,
        support=_(SUPPORT_LABELS[item.support]) if direct and item.support else "",
        of_words=_("av %(amount)s") % {"amount": figures.kronor(whole)} if is_part else "",
        note=item.purpose if not direct or item.purpose else "",
    )


def _inside(space: Space, paths: Sequence[FlowPath]) -> list[Row]:
    return [
        Row(
            kind="inside",
            case_number=path.outflow.case_number,
            matter_url=space.inside("matter", path.outflow.matter_id),
            point=path.outflow.number,
            point_url=space.url("point", path.outflow.point_id),
            verb=_(path.outflow.verb.value),
            receiver=path.receiver_name,
            receiver_url=space.url("body", path.receiver.code, ar=path.item.year) if path.receiver else "",
            amount=Amount().plus(path.amount_ore),
            state=flow_tree.state_words(path),
            fund=path.outflow.fund_name,
            support=_(SUPPORT_LABELS[path.outflow.support]) if path.outflow.support else "",
            note=path.outflow.purpose,
        )
        for path in paths
        if path.outflow and not path.is_direct
    ]


def cells(flow: Flow, table: Table) -> Iterator[list[object]]:
    """The table's lines as cells, with the remainder and the sum last."""
    for row in table.rows:
        counts = _("nej, betalas av raden ovanför") if row.is_inside else _("ja")
        yield [
            row.case_number, row.point, row.verb, row.receiver, row.note, row.fund, row.support, row.amount.ore, counts,
            row.state,
        ]  # fmt: skip
    if table.remainder:
        words = _("Kvar att förklara eller fördela")
        yield [words, "", "", "", table.remainder_note, "", "", table.remainder.ore, _("ja"), ""]
    whole = table.budget or table.shown
    words = _("Budget %(year)d") % {"year": flow.year} if table.budget else _("Summa")
    yield [words, "", "", "", "", "", "", whole.ore, "", flow_tree.in_words(whole) if whole.unknown else ""]
