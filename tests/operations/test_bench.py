"""The bench: agreement before time, turns in order, absent is not beaten; and the real benches on little data."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from samkraft.operations import command
from samkraft.operations.bench import frame, report
from samkraft.operations.bench.frame import Agreement, Bench, Contestant, Course, Goal, Kind

PROJECT = Path(__file__).resolve().parents[2]


def _bench(course: Course) -> Bench:
    @contextmanager
    def lay_out(size: str) -> Iterator[Course]:
        yield course

    return Bench("toy", "en leksak", {"S": "lite"}, Goal(2, "peer"), lay_out)


class Track:
    """A clock that each contestant moves by its own time, and a note of who ran when."""

    def __init__(self) -> None:
        self.now = 0.0
        self.order: list[str] = []

    def takes(self, name: str, seconds: float) -> Callable[[], None]:
        def run() -> None:
            self.order.append(name)
            self.now += seconds

        return run

    def __call__(self) -> float:
        return self.now


AGREE = Agreement(True, ("lika",))


@pytest.mark.parametrize(
    ("slowness", "kept"), [(1.0, False), (1.9, False), (2.1, True)], ids=["usual", "slow", "twice as slow"]
)
def test_a_limit_is_held_at_the_usual_pace_and_what_was_measured_is_told_beside_it(slowness: float, kept: bool) -> None:
    track = Track()
    course = Course((Contestant("product", Kind.PRODUCT, track.takes("product", 0.2), limit_ms=100),), lambda: AGREE)
    result = frame.run(replace(_bench(course), goal=None), "S", 2, clock=track, slowness=lambda: slowness)
    assert result.reached is kept
    assert result.rows[0].median_ms == pytest.approx(200)
    told = report.in_words(result)
    assert "200,0 ms" in told
    assert f"{200 / slowness:.1f} ms i vanlig takt".replace(".", ",") in told


def test_contestants_take_turns_and_the_first_turn_is_not_counted() -> None:
    track = Track()
    course = Course(
        (
            Contestant("product", Kind.PRODUCT, track.takes("product", 1)),
            Contestant("peer", Kind.PEER, track.takes("peer", 3)),
        ),
        lambda: AGREE,
    )
    result = frame.run(_bench(course), "S", 2, clock=track, slowness=lambda: 1.0)
    assert track.order == ["product", "peer"] * 3
    assert [(row.median_ms, row.ratio) for row in result.rows] == [(1000, 1), (3000, 3)]
    assert result.reached is True


def test_a_goal_that_is_missed_is_said_to_be_missed() -> None:
    track = Track()
    course = Course(
        (
            Contestant("product", Kind.PRODUCT, track.takes("product", 2)),
            Contestant("peer", Kind.PEER, track.takes("peer", 3)),
        ),
        lambda: AGREE,
    )
    result = frame.run(_bench(course), "S", 1, clock=track, slowness=lambda: 1.0)
    assert result.reached is False
    assert "Inte nått" in report.in_words(result)


def test_a_goal_against_several_is_reached_when_the_best_of_them_is_beaten() -> None:
    for other_takes, reached in ((5, True), (3, False), (None, None)):
        track = Track()
        other = None if other_takes is None else track.takes("other", other_takes)
        peers = (Contestant("peer", Kind.PEER, track.takes("peer", 9)), Contestant("other", Kind.PEER, other))
        course = Course((Contestant("product", Kind.PRODUCT, track.takes("product", 2)), *peers), lambda: AGREE)
        bench = replace(_bench(course), goal=Goal(2, "peer", also=("other",)))
        assert frame.run(bench, "S", 1, clock=track, slowness=lambda: 1.0).reached is reached


def test_nothing_is_timed_when_the_answers_differ() -> None:
    track = Track()
    course = Course(
        (Contestant("product", Kind.PRODUCT, track.takes("product", 1)),), lambda: Agreement(False, ("1 mot 2",))
    )
    result = frame.run(_bench(course), "S", 3, clock=track, slowness=lambda: 1.0)
    assert track.order == []
    assert result.rows == ()
    words = report.in_words(result)
    assert "ms" not in words
    assert "1 mot 2" in words


def test_an_absent_peer_is_absent_and_never_beaten() -> None:
    track = Track()
    course = Course(
        (Contestant("product", Kind.PRODUCT, track.takes("product", 1)), Contestant("peer", Kind.PEER, None)),
        lambda: AGREE,
    )
    result = frame.run(_bench(course), "S", 1, clock=track, slowness=lambda: 1.0)
    assert result.reached is None
    assert "absent" in report.in_words(result)
    assert report.as_json(result)["rows"][1]["median_ms"] is None


@pytest.mark.parametrize("name", ["ledger-balances", "queues"])
def test_the_benches_run_and_all_ways_agree(name: str) -> None:
    words = [sys.executable, "-m", "samkraft", "bench", name, "--size", "S", "--runs", "1", "--json"]
    done = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["agreement"]["holds"] is True
    assert result["rows"][0]["kind"] == "product"
    assert result["rows"][0]["median_ms"] > 0


def test_an_unknown_bench_is_bad_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["bench", "everything"]) == command.BAD_USE
    assert "ledger-balances" in capsys.readouterr().out


_LITTLE = """
import sys
from samkraft.operations.bench import board
from samkraft.operations.command import main
board.SIZES["S"], board.COUNTED, board.WARM_UP = 450, 1, 1
sys.exit(main(["bench", "board", "--size", "S", "--runs", "1", "--json"]))
"""


def test_the_board_and_those_it_is_measured_beside_say_the_same_of_three_teams() -> None:
    """A word that was changed on the page and not with the others had kept the bench from telling any time."""
    done = subprocess.run([sys.executable, "-c", _LITTLE], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["agreement"]["notes"][0] == "5 sätt, 150 rader med åtta celler: lika"
    assert len(told["rows"]) == 7
