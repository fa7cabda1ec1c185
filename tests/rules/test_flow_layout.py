"""Nothing written in the flow covers anything else written, whatever the year looks like."""

import itertools
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from samkraft.money.rules.flow import flow_layout
from samkraft.money.rules.flow.flow_layout import COLUMNS, LEAST, WIDTH, Layout, Node, Placed

_amounts = st.integers(0, 50_000_000_00)


@st.composite
def _trees(draw: st.DrawFn) -> list[Node]:
    """A council with matters, bodies and uses of any size, some of them unknown. Sums are sums of their parts."""
    nodes: list[Node] = []

    def grow(key: str, column: int, parent: str) -> int:
        place = len(nodes)
        nodes.append(Node(key, column, parent))
        lines = draw(st.integers(1, 5))
        if column == 3:
            known, is_unknown = draw(_amounts), draw(st.booleans())
            known = 0 if is_unknown else known
        else:
            parts = range(draw(st.integers(1, 4)))
            known, is_unknown = sum(grow(f"{key}.{part}", column + 1, key) for part in parts), False
        nodes[place] = Node(key, column, parent, known, is_unknown, lines)
        return known

    grow("k", 0, "")
    return nodes


def _place(nodes: list[Node], remainder: int | None = None) -> Layout:
    return flow_layout.place(nodes, remainder_ore=remainder)


@settings(max_examples=150, deadline=None)
@given(_trees(), st.none() | _amounts)
def test_no_label_covers_another_label_or_a_bar_or_leaves_the_drawing(nodes: list[Node], remainder: int | None) -> None:
    layout = _place(nodes, remainder)
    written = [placed.label for placed in layout.placed] + ([layout.remainder] if layout.remainder else [])
    for one, other in itertools.combinations(written, 2):
        assert not one.covers(other)
    for placed in layout.placed:
        assert not [label for label in written if label.covers(placed.bar)]
    for box in written:
        assert box.x >= 0
        assert box.x + box.width <= WIDTH
        assert box.y >= 0
        assert box.bottom <= layout.height


@settings(max_examples=150, deadline=None)
@given(_trees())
def test_every_bar_can_be_seen_and_holds_what_leaves_it(nodes: list[Node]) -> None:
    layout = _place(nodes)
    bars = {placed.key: placed.bar for placed in layout.placed}
    assert len(bars) == len(nodes)
    for node in nodes:
        assert bars[node.key].height >= LEAST
        leaving = sum(bars[part.key].height for part in nodes if part.parent == node.key)
        assert leaving <= bars[node.key].height + 1e-6


@settings(max_examples=100, deadline=None)
@given(_trees())
def test_what_is_drawn_thicker_than_its_share_is_said(nodes: list[Node]) -> None:
    layout = _place(nodes)
    largest = max(node.known_ore for node in nodes)
    said = {placed.key for placed in layout.placed if placed.is_thickened}
    for node in nodes:
        share = node.known_ore * (flow_layout.BODY / largest if largest else 0)
        assert (node.key in said) == (not node.is_unknown and share < LEAST)


def _four(*uses: int) -> list[Node]:
    whole = sum(uses)
    body = [Node(f"u{place}", 3, "b", ore) for place, ore in enumerate(uses)]
    return [Node("k", 0, "", whole), Node("m", 1, "k", whole), Node("b", 2, "m", whole), *body]


def _of(layout: Layout, key: str) -> Placed:
    return next(placed for placed in layout.placed if placed.key == key)


def test_thickness_follows_the_kronor() -> None:
    layout = _place(_four(30_000_000_00, 10_000_000_00))
    assert round(_of(layout, "u0").bar.height / _of(layout, "u1").bar.height, 6) == 3


def test_each_node_stands_in_its_column_and_its_band_ends_at_its_bar() -> None:
    layout = _place(_four(10, 20))
    for placed, column in zip(layout.placed, (0, 1, 2, 3, 3), strict=True):
        assert placed.bar.x == COLUMNS[column]
        if column:
            end = [float(number) for number in re.findall(r"-?\d+\.\d", placed.band_middle)][-2:]
            assert end == [placed.bar.x, round(placed.bar.y + placed.bar.height / 2, 1)]


def test_the_unexplained_branch_is_drawn_below_everything() -> None:
    layout = _place(_four(41_837_000_00), 163_000_00)
    assert layout.remainder is not None
    assert layout.remainder_is_thickened, "0.4 % is thinner than can be seen"
    assert layout.remainder.y > max(placed.label.bottom for placed in layout.placed)
    assert layout.remainder_line.startswith("M12.0")


def test_nothing_left_draws_no_branch_and_an_unknown_rest_does() -> None:
    assert _place(_four(10), 0).remainder is None
    assert _place(_four(10), None).remainder is None
    assert flow_layout.place(_four(10), remainder_unknown=True).remainder is not None


def test_a_year_where_nothing_is_known_can_be_drawn() -> None:
    nodes = [
        Node("k", 0, is_unknown=True), Node("m", 1, "k", is_unknown=True), Node("b", 2, "m", is_unknown=True),
        Node("u", 3, "b", is_unknown=True),
    ]  # fmt: skip
    assert {placed.bar.height for placed in _place(nodes).placed} == {LEAST}
