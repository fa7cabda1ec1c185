"""Take one stone out of the walls at a time, in a database of its own, and see that at least one quick check falls.

`python -m tests.people.mutating --every 1 --json` is what `samkraft prove secrecy` runs.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    """One mutant, and the first check that fell; empty when all of them stood."""

    mutant: str
    caught_by: str


def run(mutants: Sequence[Any], say: Any = None) -> list[Told]:
    """Each mutant in a fresh copy of the template."""
    found = []
    for mutant in mutants:
        with copied() as owner:
            owner.execute(mutant.sql)
            found.append(Told(mutant.name, first_that_falls(owner)))
        if say:
            say(found[-1])
    return found


def first_that_falls(owner: Any) -> str:
    """The name of the first check that does not hold in the database at hand."""
    from django.db import connection

    from tests.people import checks

    for name, check in checks.every(owner):
        try:
            check()
        except BaseException as fell:  # an assertion, a refusal by the database, or pytest's own "did not raise"
            if isinstance(fell, KeyboardInterrupt):
                raise
            return name
        finally:
            if connection.needs_rollback and not connection.in_atomic_block:
                connection.close()
    return ""


class copied:  # noqa: N801 - reads as a word
    """A fresh copy of the template that Django is connected to for a while; gives the connection that may change it."""

    def __enter__(self) -> Any:
        from django.db import connection

        from tests import database

        self.name, self.before = f"{database.TEST_PREFIX}_{os.getpid()}_mutant", connection.settings_dict["NAME"]
        connection.close()
        database.clone(self.name)
        connection.settings_dict["NAME"] = self.name
        self.opened = database.as_owner(self.name)
        return self.opened.__enter__()

    def __exit__(self, *error: object) -> None:
        from django.db import connection

        from tests import database

        self.opened.__exit__(None, None, None)
        connection.close()
        connection.settings_dict["NAME"] = self.before
        database.drop(self.name)


def _say(one: Told) -> None:
    sys.stdout.write(f"{one.caught_by or 'SURVIVED':<60.60} {one.mutant}\n")
    sys.stdout.flush()


def main() -> int:
    """0 when the unharmed walls stand and every mutant is caught."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take every nth mutant")
    parser.add_argument("--only", default="", help="only mutants with these words")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    from tests import early  # noqa: F401 - starts the server

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samkraft.project.settings")
    import django

    django.setup()
    from tests.people import mutants, survivors

    started = time.monotonic()
    with copied() as owner:
        unharmed = first_that_falls(owner)
        chosen = [one for one in mutants.every(owner) if asked.only in one.name][:: asked.every]
    say = None if asked.json else _say
    found = run(chosen, say) if not unharmed else []
    lived = [one.mutant for one in found if not one.caught_by and not survivors.reason(one.mutant)]
    answer = {
        "unharmed": unharmed, "mutants": len(found), "lived": lived, "seconds": round(time.monotonic() - started),
        "harmless": {one.mutant: survivors.reason(one.mutant) for one in found if not one.caught_by and one.mutant not in lived},
        "told": [asdict(one) for one in found],
    }  # fmt: skip
    shown = answer if asked.json else {**answer, "told": len(found)}
    sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
    return 0 if not unharmed and not lived else 1


if __name__ == "__main__":
    sys.exit(main())
