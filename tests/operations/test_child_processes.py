"""Programs that we start end when we say so, and tell that they are working."""

import ast
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samkraft.operations import child_processes

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def test_output_goes_to_the_log_and_the_exit_code_comes_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log"
    code = child_processes.run("Räknar", [sys.executable, "-c", "print('words'); raise SystemExit(3)"], log=log)
    assert code == 3
    assert log.read_text() == "words\n"
    assert "Räknar … gick inte" in capsys.readouterr().out


def test_a_long_step_is_ended_when_somebody_asks(tmp_path: Path) -> None:
    asked = iter([False, False, True])
    began = time.monotonic()
    code = child_processes.run(
        "Sover",
        [sys.executable, "-c", "import time; time.sleep(60)"],
        log=tmp_path / "log",
        stopping=lambda: next(asked),
    )
    assert code == -signal.SIGTERM
    assert time.monotonic() - began < 5


def test_who_does_not_listen_is_killed_and_so_is_what_they_left_behind() -> None:
    leaves = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {STUBBORN!r}]).wait()"
    child = subprocess.Popen([sys.executable, "-c", leaves], stdout=subprocess.PIPE, start_new_session=True)
    assert child.stdout is not None
    assert child.stdout.readline() == b"up\n"
    child_processes.finish([child], (signal.SIGTERM, 1.0))
    assert child.stdout.read() == b""  # the last holder of the other end is gone
    child.stdout.close()


def test_a_child_dies_with_the_process_that_started_it() -> None:
    starter = (
        "import signal, subprocess, sys\n"
        "from samkraft.operations import child_processes\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; print(1, flush=True); time.sleep(60)'],\n"
        "    preexec_fn=child_processes.dying_with_us(signal.SIGKILL)).wait()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", starter], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"1\n"
    parent.kill()
    parent.wait(10)
    assert parent.stdout.read() == b""  # returns only when the child has let go of it
    parent.stdout.close()


def test_an_older_python_can_read_the_bootstrap_far_enough_to_say_that_it_is_too_old() -> None:
    from samkraft.operations import bootstrap

    source = Path(bootstrap.__file__).read_text()
    ast.parse(source, feature_version=(3, 6))
    before_the_check = source[: source.index("sys.version_info < (3, 11)")]
    assert "samkraft" not in before_the_check.split('"""')[2]
