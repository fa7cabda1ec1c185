"""The ground that mutants are tried on: two databases in which a stone is taken out of the walls, and put back."""

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tests.people import reaching

AT_ONCE_S = 0.3
MOST_OF_A_KIN = 4
TIMES = 2
AT_MOST_S = 30
REFUSED = re.compile(r"'(\w+)'")


class Ground:
    """Two databases, one empty and one with the stage set up, in which one stone after the other is taken out and put back.

    What stood before is compared with what stands afterwards: a copy that is not as it was is thrown away. A mutant is tried
    by the checks that reach what was changed (`reaching`), the quick ones first; by all of them when that is not known.
    """

    def __init__(self, empty: str, staged: str, stage: Any) -> None:
        self.stage = stage
        self.reach: dict[str, reaching.Reach] = {}
        self.fallen: list[str] = []
        self._sources = {"empty": empty, "staged": staged}
        self._ready: dict[str, str] = {}  # which copies are as they should be
        self._caught = Counter[str]()
        self._before: dict[str, list[str]] = {}  # by kin, what caught those before

    def first_that_falls(self, mutant: Any) -> str:
        """The check that falls, and stands again when the stone is back; empty when all stand. What caught its kin is first."""
        while True:
            falls, which, stands = self._falls_on(mutant)
            if not falls:
                return ""
            if stands or self._stands(falls, which):
                self.learn(mutant, falls)
                return falls
            self.fallen.append(falls)  # for another reason than the stone: it says nothing, now or later

    def learn(self, mutant: Any, caught_by: str) -> None:
        """Remember which check caught a mutant, for those that are like it."""
        from tests.people import mutants

        self._caught[caught_by] += 1
        for kin in mutants.kin(mutant):
            before = self._before.setdefault(kin, [])
            before[:] = [caught_by, *(one for one in before if one != caught_by)][:MOST_OF_A_KIN]

    def expect(self, caught: Mapping[str, list[str]]) -> None:
        """What caught those of each kind another time: tried first. Names that are no longer a check are passed over."""
        for kin, names in caught.items():
            self._before.setdefault(kin, names[:MOST_OF_A_KIN])

    def _falls_on(self, mutant: Any) -> tuple[str, str, bool]:
        """The first check that falls, which database it was tried in, and whether it stood when the stone was put back."""
        from tests.people import checks, mutants

        first = list(dict.fromkeys(one for kin in mutants.kin(mutant) for one in self._before.get(kin, [])))
        for only_first in (True, False):
            for which in ("empty", "staged") if first or not only_first else ():
                with self._changed(which, mutant) as changed:
                    named = checks.plain() if which == "empty" else checks.on_stage(self.stage, changed.owner)
                    near = self._near(named, mutant)
                    falls = _falls(near, first, only_first=only_first)
                    if checks.HANDING_OVER in near and (falls == checks.HANDING_OVER or not only_first):
                        self._throw_away("staged")  # what was handed over stays handed over
                    if falls:
                        once_more = falls != checks.HANDING_OVER and changed.put_back()
                        return falls, which, once_more and _fell(near[falls]) is None
        falls = ""
        if self._near(checks.from_the_beginning(None), mutant):
            with self._changed("empty", mutant) as changed:
                falls = _falls(self._near(checks.from_the_beginning(changed.owner), mutant), [])
                self._throw_away("empty")
        return falls, "from the beginning", False

    def _stands(self, name: str, which: str) -> bool:
        """Whether the check stands when nothing is changed, now as when the proof began."""
        from tests.people import checks, mutants

        with self._changed("staged" if which == "staged" else "empty", mutants.NOTHING) as changed:
            if which == "from the beginning":
                named = checks.from_the_beginning(changed.owner)
                self._throw_away("empty")
                return not _falls(named, [])
            named = checks.plain() if which == "empty" else checks.on_stage(self.stage, changed.owner)
            if name == checks.HANDING_OVER:
                self._throw_away("staged")
            return not _falls({name: named[name]}, [])

    def those_that_fall_unharmed(self, known: Mapping[str, reaching.Reach]) -> list[str]:
        """The checks that fall though nothing is changed; they are not used. Notes what each of the others reaches.

        known: those that stood, and what they reach, when they and all that they are made of were what they are now.
        """
        from tests.people import checks, mutants

        found = dict[str, reaching.Reach]()
        with reaching.counting() as can:
            for which, named in (
                ("empty", lambda owner: checks.plain()),
                ("staged", lambda owner: checks.on_stage(self.stage, owner)),
                ("empty", checks.from_the_beginning),
            ):
                with self._changed(which, mutants.NOTHING) as changed:
                    left = {name: check for name, check in named(changed.owner).items() if name not in known}
                    watched = _watched(left, changed.owner, found)
                    self.fallen += [name for name, check in watched.items() if _falls({name: check}, [])]
                    self._throw_away(which)
        self.reach = {**known, **found} if can else {}
        return self.fallen

    def _near(self, named: dict[str, Any], mutant: Any) -> dict[str, Any]:
        """Those of the checks that could fall: of walls, then those that speak of the stone; the quickest first."""
        named = {name: check for name, check in named.items() if name not in self.fallen}
        if not self.reach:
            return named
        could = [name for name in named if name not in self.reach or self.reach[name].comes_near(mutant.of)]
        return {name: named[name] for name in sorted(could, key=lambda name: self._when(name, mutant))}

    def _when(self, name: str, mutant: Any) -> tuple[int, float]:
        """Of walls first, then whose words name what is refused, then the stone; the quick before the slow that seldom catch."""
        from tests.people import checks

        seconds = self.reach[name].seconds if name in self.reach else 0.0
        if checks.is_about_walls(name) and seconds < AT_ONCE_S:
            return 0, seconds
        refused, stone = REFUSED.findall(mutant.name), mutant.of.removeprefix("people_")
        own, file = checks.text_of(name), checks.file_of(name)
        if any(f'"{code}"' in own for code in refused):
            tier = 1
        elif stone in own or any(f'"{code}"' in file for code in refused):
            tier = 2
        else:
            tier = 3 if stone in file else 4
        return tier, seconds / (1 + self._caught[name])

    @contextmanager
    def _changed(self, which: str, mutant: Any) -> Iterator["Changed"]:
        name = f"{self._sources[which]}_now"
        if which not in self._ready:
            _copy(self._sources[which], name)
            with _connected_to(name) as owner:
                self._ready[which] = _as_it_stands(owner)
        with _connected_to(name) as owner:
            owner.execute(mutant.sql)
            changed = Changed(owner, mutant.undo)
            try:
                yield changed
            finally:
                changed.put_back()
                if which in self._ready and _as_it_stands(owner) != self._ready[which]:
                    self._throw_away(which)

    def _throw_away(self, which: str) -> None:
        self._ready.pop(which, None)


class Changed:
    """A database in which a stone is out: the connection that may change it, and the way back."""

    def __init__(self, owner: Any, undo: str) -> None:
        self.owner = owner
        self._undo = undo

    def put_back(self) -> bool:
        """Put the stone back, once; False when nobody knows how."""
        undo, self._undo = self._undo, ""
        if undo:
            self.owner.execute(undo)
        return bool(undo)


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
        # Without its stone a function may go round for ever: then that is what is noticed.
        owner.execute(
            sql.SQL("ALTER DATABASE {} SET statement_timeout = {}").format(sql.Identifier(name), AT_MOST_S * 1_000)
        )


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


def _watched(named: dict[str, Any], owner: Any, into: dict[str, reaching.Reach]) -> dict[str, Any]:
    def watching(name: str) -> Any:
        def check() -> None:
            with reaching.watched(owner, into, name):
                named[name]()

        return check

    return {name: watching(name) for name in named}


def _falls(named: dict[str, Any], tried_first: list[str], *, only_first: bool = False) -> str:
    tests = [one.split("[")[0] for one in tried_first]  # with other parameters it may fall where it stood with these
    order = [one for one in tried_first if one in named]
    order += [one for one in named if one.split("[")[0] in tests and one not in order]
    order += [] if only_first else [one for one in named if one not in order]
    return next((name for name in order if _fell(named[name])), "")


def _fell(check: Any) -> BaseException | None:
    """What made the check fall: an assertion, a refusal by the database, or pytest's own "did not raise".

    That the server did not answer in time says nothing of the walls, so then the check is tried again.
    """
    from django.db import OperationalError, connection

    fell: BaseException | None = None
    for _time in range(TIMES):
        try:
            check()
            return None
        except KeyboardInterrupt:
            raise
        except BaseException as one:
            fell = one
            if not isinstance(one, OperationalError):
                break
            connection.close()
        finally:
            if connection.needs_rollback and not connection.in_atomic_block:
                connection.close()
    return fell
