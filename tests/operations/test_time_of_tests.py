"""What the tests cost is told after each whole run: in words when they have grown, red when they have nearly doubled."""

import subprocess
import sys

import pytest

from samkraft.operations import checks, pace, time_of_tests
from samkraft.operations.time_of_tests import PROMISED_CORE_S, RED


def _verdict(share: float, *, slowness: float = 1.0) -> time_of_tests.Verdict:
    return time_of_tests.verdict(core_s=share * PROMISED_CORE_S, wall_s=700, slowness=slowness)


def test_tests_that_have_grown_are_said_to_be_too_slow_and_red_when_it_is_much() -> None:
    assert "TOO SLOW" not in _verdict(0.99).words
    assert "TOO SLOW" in _verdict(1.01).words
    assert not _verdict(RED - 0.01).is_red
    assert _verdict(RED + 0.01).is_red


def test_a_slower_machine_is_not_blamed_on_the_tests_nor_do_they_hide_behind_a_quicker() -> None:
    assert "TOO SLOW" not in _verdict(1.9, slowness=2.0).words
    assert _verdict(RED + 0.01, slowness=0.99).is_red
    assert "TOO SLOW" in _verdict(0.6, slowness=0.5).words


def test_what_a_program_of_a_program_has_used_is_counted() -> None:
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    before = time_of_tests.used_s()
    subprocess.run(
        [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"], check=True
    )
    assert time_of_tests.used_s() - before > 0.25


@pytest.mark.parametrize(("core_s", "code"), [(PROMISED_CORE_S, 0), (2 * PROMISED_CORE_S, 1)])
def test_a_whole_run_that_takes_twice_what_is_promised_is_red_though_every_test_holds(
    core_s: float, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = iter([0.0, core_s])
    monkeypatch.setattr(checks, "check", lambda: 0)
    monkeypatch.setattr(checks, "_run", lambda command: 0)
    monkeypatch.setattr(time_of_tests, "used_s", lambda: next(told))
    monkeypatch.setattr(pace, "slowness", lambda: 1.0)
    assert checks.main(["test", "--"]) == code
    assert f"{core_s:.0f} s of processor" in capsys.readouterr().out
