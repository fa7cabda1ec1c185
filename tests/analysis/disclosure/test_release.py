"""What is published gives nobody away, whatever is laid beside it."""

import json

import numpy as np
import pytest

from samkraft.analysis.disclosure import attack, release, suppression, tables
from samkraft.analysis.disclosure.release import Release
from samkraft.analysis.disclosure.tables import Cell, People, Table
from samkraft.values.refusal import Refused
from tests.analysis.disclosure import cities


@pytest.fixture(scope="module")
def people() -> People:
    return cities.programme()


@pytest.fixture(scope="module")
def published(people: People) -> Release:
    return release.publish(people, cities.TABLES)


def _small(counts: dict[tuple[str, str], int], *, sensitive: tuple[str, ...] = ()) -> People:
    rows = [pair for pair, many in counts.items() for _ in range(many)]
    return tables.people({"lag": [a for a, _ in rows], "svar": [b for _, b in rows]}, sensitive=sensitive)


def test_an_attacker_with_24_months_of_three_tables_pins_no_small_count(people: People, published: Release) -> None:
    found = release.audit(people, published, enough=5)
    assert found
    assert min(high - low for low, high in found.values()) >= 5 - 1e-6


def test_the_same_attacker_breaks_a_release_where_only_the_small_counts_are_left_out(people: People) -> None:
    careless = release.primary_only(people, cities.TABLES)
    found = release.audit(people, careless)
    pinned = [cell for cell, (low, high) in found.items() if high - low < 1e-6]
    assert len(pinned) > 20


def test_every_count_that_is_shown_is_true_and_none_is_from_one_to_four(people: People, published: Release) -> None:
    shown = {cell: count for cell, count in published.counts.items() if count is not None}
    atoms = tables.Atoms({name: people.categories[name] for name in ("manad", "lag", "kon", "alder", "utgang")})
    held = atoms.counts(people)
    assert all(held[atoms.members(cell)].sum() == count for cell, count in shown.items())
    assert not [count for count in shown.values() if 0 < count < 5]
    assert len(shown) > len(published.counts) / 2


def test_one_hidden_cell_in_a_table_takes_others_with_it() -> None:
    there = _small({("A", "ja"): 3, ("A", "nej"): 20, ("B", "ja"): 30, ("B", "nej"): 40})
    found = release.publish(there, [Table("t", ("lag", "svar"))])
    assert found.why[Cell.of({"lag": "A", "svar": "ja"})] == "small"
    assert sum(why == "protects" for why in found.why.values()) >= 3
    assert found.at(Cell(())) == 93


def test_nobody_and_everybody_are_hidden_where_they_reveal_a_group() -> None:
    counts = {("A", "ja"): 12, ("B", "ja"): 30, ("B", "nej"): 40, ("C", "ja"): 20, ("C", "nej"): 25}
    open_column = release.publish(_small(counts), [Table("t", ("lag", "svar"))])
    assert open_column.count(lag="A", svar="ja") == 12
    assert open_column.count(lag="A", svar="nej") == 0
    secret = release.publish(_small(counts, sensitive=("svar",)), [Table("t", ("lag", "svar"))])
    assert secret.count(lag="A", svar="ja") is None
    assert secret.count(lag="A", svar="nej") is None
    found = release.audit(_small(counts, sensitive=("svar",)), secret)
    assert found[Cell.of({"lag": "A", "svar": "nej"})][1] >= 5


def test_two_tables_that_are_safe_alone_go_through_the_door_together() -> None:
    """Team A by answer, and all but team A by answer, give team A away by subtraction when the total is known."""
    there = _small({("A", "ja"): 4, ("A", "nej"): 9, ("B", "ja"): 30, ("B", "nej"): 40})
    first = release.publish(there, [Table("alla", ("svar",))])
    second = Table("B", ("svar",), {"lag": ("B",)})
    together = release.publish(there, [second], earlier=[first])
    assert first.count(svar="ja") == 34
    found = release.audit(there, together, earlier=[first])
    assert all(high - low >= 5 for low, high in found.values())


def test_a_number_that_an_earlier_release_gives_away_cannot_be_mended_and_is_refused() -> None:
    there = _small({("A", "ja"): 3, ("A", "nej"): 20, ("B", "ja"): 30, ("B", "nej"): 40})
    careless = release.primary_only(there, [Table("t", ("lag", "svar"))])
    with pytest.raises(Refused) as refused:
        release.publish(there, [Table("t", ("lag", "svar"))], earlier=[careless])
    assert refused.value.reason is attack.CANNOT_PROTECT


def test_what_was_hidden_stays_hidden_when_it_comes_again() -> None:
    there = _small({("A", "ja"): 3, ("A", "nej"): 20, ("B", "ja"): 30, ("B", "nej"): 40})
    first = release.publish(there, [Table("t", ("lag", "svar"))])
    again = release.publish(there, [Table("t", ("lag", "svar")), Table("lag", ("lag",))], earlier=[first])
    assert set(first.why) <= set(again.why)


def test_other_people_than_before_are_refused() -> None:
    before = release.publish(_small({("A", "ja"): 13, ("B", "nej"): 20}), [Table("t", ("lag",))])
    with pytest.raises(Refused) as refused:
        release.publish(_small({("A", "ja"): 15, ("B", "nej"): 20}), [Table("t", ("lag",))], earlier=[before])
    assert refused.value.reason is release.OTHER_PEOPLE


def test_month_by_month_with_running_totals_nothing_can_be_worked_out() -> None:
    there = cities.programme(500, seed=9)
    earlier: list[Release] = []
    for last in range(6, 25, 6):
        until = {"manad": cities.MONTHS[:last]}
        wanted = [Table(f"till {last}", ("kon", "utgang"), until), Table(f"åldrar till {last}", ("alder",), until)]
        earlier.append(release.publish(there, wanted, earlier))
    found = release.audit(there, earlier[-1], earlier[:-1], enough=5)
    assert all(high - low >= 5 - 1e-6 for low, high in found.values())
    shown = [count for one in earlier for count in one.counts.values() if count is not None]
    assert len(shown) > 30


def test_a_share_is_shown_only_when_both_its_numbers_are(published: Release) -> None:
    month = next(values[0] for cell in published.why for name, values in cell.where if name == "manad")
    shares = [published.share("utgang", manad=month, kon="kvinna", utgang=one) for one in cities.EXITS]
    hidden = [published.count(manad=month, kon="kvinna", utgang=one) is None for one in cities.EXITS]
    assert [share is None for share in shares] == hidden
    assert any(hidden)


def test_the_file_holds_no_hidden_number_and_reads_back_the_same(people: People, published: Release) -> None:
    stored = json.loads(json.dumps(published.as_json()))
    assert release.from_json(stored) == published
    assert all(one["count"] is None for one in stored["cells"] if one["why"])
    rows = published.csv("lag").splitlines()
    assert rows[0] == "manad,lag,antal"
    assert len(rows) == 1 + 24 * 10 + 24 + 10 + 1
    assert any(row.endswith(",–") for row in rows) == any(
        published.at(cell) is None for cell in tables.cells(cities.TABLES[1], people)
    )


def test_a_solver_that_lies_is_found_out() -> None:
    there = _small({("A", "ja"): 3, ("A", "nej"): 20, ("B", "ja"): 30, ("B", "nej"): 40})
    system, _ = release._system(there, [Table("t", ("lag", "svar"))], ())
    wrong = attack.Move(np.full(system.atoms, 9.0), np.zeros(len(system.cells)))
    with pytest.raises(AssertionError, match="contradicts"):
        suppression._certify(system, {}, wrong)


def test_too_many_combinations_are_refused_with_the_limit() -> None:
    values = [str(number) for number in range(460)]
    there = tables.people({"a": values, "b": values}, sensitive=[])
    with pytest.raises(Refused) as refused:
        release.publish(there, [Table("t", ("a", "b"))])
    assert refused.value.reason is tables.TOO_LARGE


def test_unknown_columns_and_cells_are_refused(published: Release) -> None:
    with pytest.raises(Refused):
        tables.people({"a": ["x"]}, sensitive=["hälsa"])
    with pytest.raises(Refused):
        published.count(lag="lag 99")


class Stiff:
    """A programme in which a cell can move two up and three down, because earlier releases hold it."""

    def move(self, place: int, steps: float) -> attack.Move | None:
        return attack.Move(np.zeros(1), np.array([steps])) if -3 <= steps <= 2 else None


def test_a_cell_that_earlier_releases_hold_may_spread_partly_downwards() -> None:
    moves = suppression._moves(Stiff(), 0, 5.0, upwards=False)  # type: ignore[arg-type]  # a stand-in for the programme
    assert [move.moved[0] for move in moves] == pytest.approx([2.0, -3.0])
    assert suppression._moves(Stiff(), 0, 5.0, upwards=True) == []  # type: ignore[arg-type]  # a stand-in for the programme
    assert suppression._moves(Stiff(), 0, 6.0, upwards=False) == []  # type: ignore[arg-type]  # a stand-in for the programme


def test_two_small_counts_that_hide_each_other_are_not_enough_when_they_are_four_together() -> None:
    """The row's other numbers say that the two are four together: each could be placed within four."""
    counts = {
        ("A", "ja"): 2,
        ("A", "nej"): 2,
        ("A", "vet ej"): 50,
        ("B", "ja"): 40,
        ("B", "nej"): 40,
        ("B", "vet ej"): 40,
    }
    people = _small(counts)
    published = release.publish(people, [Table("svar", ("lag", "svar"))])
    found = release.audit(people, published, enough=5)
    assert min(high - low for low, high in found.values()) >= 5 - 1e-6
    assert len(found) > 4
