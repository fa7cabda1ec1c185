"""Take one stone out of the walls at a time, in a database of its own, and see that at least one quick check falls.

`python -m tests.people.mutating --json` is what `samkraft prove secrecy` runs. It takes long: with `--notes FILE` what is
found is written down as it comes, and a run that was broken off goes on where it was (`--part 2/3` takes every third).
"""

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    """One mutant, and the check that fell; empty when all of them stood."""

    mutant: str
    caught_by: str
    sql: str = ""  # a digest of what was changed


class Ground:
    """Two databases, one empty and one with the stage set up, in which one stone after the other is taken out and put back.

    What stood before is compared with what stands afterwards: a copy that is not as it was is thrown away.
    """

    def __init__(self, empty: str, staged: str, stage: Any) -> None:
        self.stage = stage
        self._sources = {"empty": empty, "staged": staged}
        self._ready: dict[str, str] = {}  # which copies are as they should be
        self._before: dict[str, list[str]] = {}  # what caught the mutants of the same kin

    def first_that_falls(self, mutant: Any) -> str:
        """The check that falls; empty when all stand. What caught the mutant's kin before is asked first."""
        from tests.people import checks

        first = self._before.setdefault(_kin(mutant.name), [])
        falls = ""
        for only_first in (True, False):
            if not falls and (first or not only_first):
                with self._changed("empty", mutant):
                    falls = _falls(checks.plain(), first, only_first=only_first)
            if not falls and (first or not only_first):
                with self._changed("staged", mutant) as owner:
                    falls = _falls(checks.on_stage(self.stage, owner), first, only_first=only_first)
                    if falls == checks.HANDING_OVER or not only_first:
                        self._throw_away("staged")  # what was handed over stays handed over
        if not falls:
            with self._changed("empty", mutant) as owner:
                falls = _falls(checks.from_the_beginning(owner), [])
                self._throw_away("empty")
        if falls:
            first[:] = [falls, *(one for one in first if one != falls)][:4]
        return falls

    @contextmanager
    def _changed(self, which: str, mutant: Any) -> Iterator[Any]:
        name = f"{self._sources[which]}_now"
        if which not in self._ready:
            _copy(self._sources[which], name)
            with _connected_to(name) as owner:
                self._ready[which] = _as_it_stands(owner)
        with _connected_to(name) as owner:
            owner.execute(mutant.sql)
            try:
                yield owner
            finally:
                if mutant.undo:
                    owner.execute(mutant.undo)
                if which in self._ready and _as_it_stands(owner) != self._ready[which]:
                    self._throw_away(which)

    def _throw_away(self, which: str) -> None:
        self._ready.pop(which, None)


def run(mutants: Sequence[Any], say: Any = None) -> list[Told]:
    """Each mutant for itself."""
    found = []
    with ground() as ready:
        for mutant in mutants:
            found.append(Told(mutant.name, ready.first_that_falls(mutant), _digest(mutant.sql)))
            if say:
                say(found[-1])
    return found


def unharmed() -> str:
    """The check that falls though nothing is changed; empty, or nothing that follows means anything."""
    from tests.people import mutants

    with ground() as ready:
        return ready.first_that_falls(mutants.Mutant("nothing is changed", "SELECT 1"))


def _falls(named: dict[str, Any], tried_first: list[str], *, only_first: bool = False) -> str:
    from django.db import connection

    order = [one for one in tried_first if one in named]
    order += [] if only_first else [one for one in named if one not in order]
    for name in order:
        try:
            named[name]()
        except BaseException as fell:  # an assertion, a refusal by the database, or pytest's own "did not raise"
            if isinstance(fell, KeyboardInterrupt):
                raise
            return name
        finally:
            if connection.needs_rollback and not connection.in_atomic_block:
                connection.close()
    return ""


def _kin(name: str) -> str:
    """Mutants of the same policy, function or table are caught by the same checks, mostly."""
    return " ".join(name.split(" ", 2)[:2]) if name.startswith(("policy", "the serving")) else name.split(":")[0]


def _digest(sql: str) -> str:
    return hashlib.sha256(sql.encode()).hexdigest()[:16]


@contextmanager
def ground() -> Iterator[Ground]:
    """Set the stage up in a database that copies are made of, and take all of it away afterwards."""
    from tests import database
    from tests.people import stage

    empty, staged = (f"{database.TEST_PREFIX}_{os.getpid()}_{word}" for word in ("empty", "stage"))
    database.clone(empty)
    database.clone(staged)
    try:
        with _connected_to(staged) as owner:
            made = stage.set_up(owner)
        yield Ground(empty, staged, made)
    finally:
        for name in (empty, staged):
            database.drop(f"{name}_now")
            database.drop(name)


@contextmanager
def copied() -> Iterator[Any]:
    """A fresh copy of the template that Django is connected to; gives the connection that may change it."""
    from tests import database

    name = f"{database.TEST_PREFIX}_{os.getpid()}_copy"
    database.clone(name)
    try:
        with _connected_to(name) as owner:
            yield owner
    finally:
        database.drop(name)


def _copy(source: str, name: str) -> None:
    from psycopg import sql

    from tests import database

    database.drop(name)
    with database.as_owner("postgres") as owner:
        owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)))


def _as_it_stands(owner: Any) -> str:
    """A digest of every policy, function, trigger and grant."""
    found = owner.execute(
        "SELECT md5(string_agg(said, E'\\n' ORDER BY said)) FROM ("
        "SELECT p::text AS said FROM pg_policies p WHERE schemaname = 'public' UNION ALL "
        "SELECT pg_get_functiondef(p.oid) || "
        "coalesce(array_to_string(ARRAY(SELECT unnest(p.proacl)::text ORDER BY 1), ' '), '') || "
        "p.proowner::text FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f' UNION ALL "
        "SELECT pg_get_triggerdef(t.oid) || t.tgenabled::text FROM pg_trigger t WHERE NOT t.tgisinternal UNION ALL "
        "SELECT pg_get_constraintdef(c.oid) || c.conname::text || c.conrelid::regclass::text FROM pg_constraint c UNION ALL "
        "SELECT c.relname::text || c.relrowsecurity::text || c.relforcerowsecurity::text || "
        "coalesce(array_to_string(ARRAY(SELECT unnest(c.relacl)::text ORDER BY 1), ' '), '') FROM pg_class c "
        "WHERE c.relnamespace = 'public'::regnamespace) everything"
    ).fetchone()
    return str(found[0])


@contextmanager
def _connected_to(name: str) -> Iterator[Any]:
    from django.db import connection

    from tests import database

    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        with database.as_owner(name) as owner:
            yield owner
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _noted(notes: Path | None) -> dict[tuple[str, str], Told]:
    """What an earlier run wrote down, by name and by what was changed. Nothing that lived is believed."""
    if notes is None or not notes.exists():
        return {}
    found = [Told(**json.loads(line)) for line in notes.read_text("utf-8").splitlines()]
    return {(one.mutant, one.sql): one for one in found if one.caught_by}


def _sayer(notes: Path | None) -> Any:
    def say(one: Told) -> None:
        sys.stderr.write(f"{time.strftime('%H.%M.%S')} {one.caught_by or 'LEVDE':<60.60} {one.mutant}\n")
        sys.stderr.flush()
        if notes is not None:
            with notes.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")

    return say


def main() -> int:
    """0 when the unharmed walls stand and every mutant is caught or explained."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take every nth mutant")
    parser.add_argument("--part", default="1/1", help="which part of how many")
    parser.add_argument("--only", default="", help="only mutants with these words")
    parser.add_argument(
        "--notes", type=Path, help="write down here what is found, and do not try again what was caught"
    )
    parser.add_argument("--without", nargs="*", default=[], help="no mutants with any of these words")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    from tests import early  # noqa: F401 - starts the server

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samkraft.project.settings")
    import django

    django.setup()
    from tests.people import mutants, survivors

    started = time.monotonic()
    fell = unharmed()
    with copied() as owner:
        chosen = [one for one in mutants.every(owner) if asked.only in one.name][:: asked.every]
    chosen = [one for one in chosen if not any(words in one.name for words in asked.without)]
    number, of = (int(part) for part in asked.part.split("/"))
    chosen = chosen[number - 1 :: of]
    known = _noted(asked.notes)
    left = [one for one in chosen if (one.name, _digest(one.sql)) not in known]
    found = [known[key] for one in chosen if (key := (one.name, _digest(one.sql))) in known]
    found += run(left, _sayer(asked.notes)) if not fell else []
    answer = {**survivors.summed_up(found), "unharmed": fell, "seconds": round(time.monotonic() - started)}
    shown = answer if asked.json else {**answer, "told": len(found)}
    sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
    return 0 if not fell and not answer["lived"] else 1


if __name__ == "__main__":
    sys.exit(main())
