"""Every krona is on exactly one path, and what no source tells stays unknown."""

from hypothesis import given
from hypothesis import strategies as st

from samkraft.money.rules.flow.flow_paths import Amount, Inflow, Outflow, Path, Told, follow, total


def _sum(paths: list[Path], inflow: str) -> int | None:
    return total(path.amount_ore for path in paths if path.inflow == inflow).ore


def test_transfer_and_grant_are_one_flow_counted_once() -> None:
    paths = follow(
        [Inflow("5", "m", "ks", "f", 7_417)],
        [Outflow("6a", "m", "ks", "f", "ReDI", 500), Outflow("7", "m", "ks", "f", "Level", 6_417)],
        [],
    )
    assert [(path.receiver, path.amount_ore) for path in paths] == [("ReDI", 500), ("Level", 6_417), ("", 500)]
    assert total(path.amount_ore for path in paths) == Amount(7_417)


def test_money_paid_on_is_taken_from_the_same_matter_first() -> None:
    inflows = [Inflow("a", "old", "ks", "f", 100), Inflow("b", "new", "ks", "f", 100)]
    paths = follow(inflows, [Outflow("g", "new", "ks", "f", "ReDI", 120)], [])
    given_from = {path.inflow: path.amount_ore for path in paths if path.receiver == "ReDI"}
    assert given_from == {"b": 100, "a": 20}


def test_another_body_or_fund_never_pays() -> None:
    inflows = [Inflow("a", "m", "asn", "f", 100), Inflow("b", "m", "ks", "other", 100)]
    paths = follow(inflows, [Outflow("g", "m", "ks", "f", "ReDI", 50)], [])
    assert not [path for path in paths if path.receiver]


def test_money_straight_to_a_receiver_goes_through_no_frame() -> None:
    [path] = follow([Inflow("a", "m", "ks", "f", 500, receiver="ReDI")], [], [Told("u", "ks", "f", 500)])
    assert (path.outflow, path.receiver, path.uses) == ("a", "ReDI", ())


def test_uses_without_amounts_share_what_stays() -> None:
    [path] = follow([Inflow("a", "m", "asn", "f", 100)], [], [Told("u", "asn", "f"), Told("v", "asn", "f")])
    assert (path.uses, path.amount_ore) == (("u", "v"), 100)


def test_uses_with_amounts_that_fit_are_told_apart_and_the_rest_is_kept() -> None:
    told = [Told("u", "gvn", "f", 300), Told("v", "gvn", "f", 20), Told("w", "gvn", "f")]
    paths = follow([Inflow("a", "m", "gvn", "f", 350)], [], told)
    assert [(path.uses, path.amount_ore) for path in paths] == [(("u",), 300), (("v",), 20), (("w",), 30)]


def test_uses_that_claim_more_than_there_is_are_not_split() -> None:
    [path] = follow([Inflow("a", "m", "gvn", "f", 100)], [], [Told("u", "gvn", "f", 90), Told("v", "gvn", "f", 90)])
    assert (path.uses, path.amount_ore) == (("u", "v"), 100)


def test_a_use_with_an_amount_is_counted_once_even_when_two_inflows_would_fit() -> None:
    inflows = [Inflow("a", "m", "ks", "f", 100), Inflow("b", "m", "ks", "f", 100)]
    paths = follow(inflows, [], [Told("u", "ks", "f", 100)])
    assert [path.inflow for path in paths if path.uses == ("u",)] == ["a"]


def test_unknown_is_never_nothing() -> None:
    [path] = follow([Inflow("a", "m", "asn", "f", None)], [], [])
    assert path.amount_ore is None
    assert total([1, None, 2]) == Amount(3, 1)
    assert total([1, None]).ore is None
    assert total([]).ore == 0


@st.composite
def _worlds(draw: st.DrawFn) -> tuple[list[Inflow], list[Outflow], list[Told]]:
    some = st.sampled_from
    money = st.integers(1, 1_000_000)
    inflows = [
        Inflow(f"i{n}", draw(some("mn")), draw(some("ab")), draw(some("fg")), draw(money), draw(some(["", "", "r"])))
        for n in range(draw(st.integers(0, 6)))
    ]
    outflows = [
        Outflow(f"o{n}", draw(some("mn")), draw(some("ab")), draw(some("fg")), draw(some("rst")), draw(money))
        for n in range(draw(st.integers(0, 6)))
    ]
    told = [
        Told(f"u{n}", draw(some("ab")), draw(some("fg")), draw(st.none() | money))
        for n in range(draw(st.integers(0, 6)))
    ]
    return inflows, outflows, told


@given(_worlds())
def test_the_paths_of_an_inflow_always_sum_to_it(world: tuple[list[Inflow], list[Outflow], list[Told]]) -> None:
    inflows, outflows, told = world
    paths = follow(inflows, outflows, told)
    for inflow in inflows:
        assert _sum(paths, inflow.key) == inflow.amount_ore
    for outflow in outflows:
        paid = sum(path.amount_ore or 0 for path in paths if path.outflow == outflow.key)
        assert paid <= (outflow.amount_ore or 0)
