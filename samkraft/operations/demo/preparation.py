"""Makes the demo's database ready: migrated, filled, and the browser's files gathered; each only when it must be."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from samkraft.operations import child_processes, python_programs, static_files
from samkraft.operations.demo import setting
from samkraft.operations.demo.setting import PROJECT, STEP_FAILED, Setting
from samkraft.values.refusal import Refused


def prepare(demo: Setting) -> None:
    """Do what is not done. What is done is noted beside the database, so the note goes when the database goes."""
    note = demo.cluster.folder / "prepared.json"
    done = _read(note)
    for step, wanted, command in (
        ("Uppdaterar databasen", _tables(), python_programs.samkraft("migrate")),
        ("Fyller databasen med den påhittade staden", _world(), python_programs.samkraft("world", "load")),
    ):
        if done.get(step) != wanted:
            _run(demo, step, command)
            done[step] = wanted
            note.write_text(json.dumps(done))
    demo.stopping.check()
    if not static_files.collect(demo.environment(), stopping=demo.stopping.is_asked):
        demo.stopping.check()
        words = setting.last_words(static_files.LOG)
        raise Refused(STEP_FAILED, step="Gör i ordning sidornas filer", words=words, log=static_files.LOG)


def _run(demo: Setting, step: str, command: list[str]) -> None:
    demo.stopping.check()
    code = child_processes.run(
        step,
        command,
        log=demo.log,
        environment=demo.environment(owner=True),
        folder=PROJECT,
        stopping=demo.stopping.is_asked,
    )
    demo.stopping.check()
    if code != 0:
        raise Refused(STEP_FAILED, step=step, words=setting.last_words(demo.log), log=demo.log)


def _read(note: Path) -> dict[str, str]:
    try:
        done = json.loads(note.read_text())
    except (OSError, ValueError):
        return {}
    return done if isinstance(done, dict) else {}


def _tables() -> str:
    """A fingerprint of all that tables and grants come from: our models and migrations, and the pinned packages'."""
    return _fingerprint(_files_behind_tables())


def _world() -> str:
    """A fingerprint of the invented city: when it has grown, what is new in it is loaded too."""
    return _fingerprint((PROJECT / "samkraft" / "operations" / "world").rglob("*.*"))


def _fingerprint(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _files_behind_tables() -> Iterator[Path]:
    yield PROJECT / "requirements.txt"
    product = PROJECT / "samkraft"
    yield product / "values" / "writes.py"
    for pattern in ("*/models.py", "*/models/**/*.py", "*/migrations/**/*.py", "operations/database/**/*.py"):
        yield from product.glob(pattern)
