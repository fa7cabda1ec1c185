"""Take one stone out of the walls at a time, in a database of its own, and see that at least one quick check falls.

`python -m tests.people.mutating --json` is what `samkraft prove secrecy` runs. It takes long: with `--notes FILE` what is
found is written down as it comes, and a run that was broken off, or told to end after so many `--seconds`, goes on where it
was. The sum is then of all that stands in the notes. `--part 2/3` takes every third. Begin a new proof with a new file.
Checks that caught such a mutant before (`caught_before.json`, written by `--remember`) are tried first.
"""

import argparse
import hashlib
import json
import math
import os
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.people import reaching
from tests.people.ground import Ground, copied, ground

REMEMBERED = Path(__file__).with_name(
    "caught_before.json"
)  # what mutants are like → the checks that caught those, best first
BEST = 2


@dataclass(frozen=True, slots=True)
class Told:
    """One mutant, and the check that fell; empty when all of them stood."""

    mutant: str
    caught_by: str
    sql: str = ""  # a digest of what was changed


def run(mutants: Sequence[Any], say: Any = None, ready: Ground | None = None, until: float = math.inf) -> list[Told]:
    """Each mutant for itself. until: when to begin on no more, by the clock that only goes forward."""
    if ready is None:
        with ground() as made:
            return run(mutants, say, made, until)
    found = []
    for mutant in mutants:
        if time.monotonic() > until:
            break
        found.append(Told(mutant.name, ready.first_that_falls(mutant), _digest(mutant.sql)))
        if say:
            say(found[-1])
    return found


def unharmed(ready: Ground, notes: Path | None) -> list[str]:
    """The checks that fall though nothing is changed. With any the proof does not hold; the others are tried all the same.

    What the checks reach is kept beside the notes: a part that comes later asks again only those that were changed, or that
    are made of something that was.
    """
    file = notes.with_name(f"{notes.name}.reach") if notes else None
    digests = checks_by_digest() if file else {}
    falls = ready.those_that_fall_unharmed(reaching.kept(file, digests) if file else {})
    if file and ready.reach:
        stood = {name: one for name, one in ready.reach.items() if name not in falls}
        reaching.keep(file, digests, stood)
    return falls


def remember(told: Mapping[tuple[str, str], Told], every: Sequence[Any]) -> None:
    """Write down what caught which kind of mutants, so that those checks are tried first another time. Only the order is kept:
    what a mutant is caught by is always seen anew."""
    from tests.people import mutants

    found: dict[str, Counter[str]] = {}
    for one in every:
        if (known := told.get((one.name, _digest(one.sql)))) and known.caught_by:
            found.setdefault(mutants.kin(one)[0], Counter())[known.caught_by] += 1
    lines = {kin: [name for name, _many in caught.most_common(BEST)] for kin, caught in sorted(found.items())}
    REMEMBERED.write_text(json.dumps(lines, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def checks_by_digest() -> dict[str, str]:
    """Name of a check → what it is made of."""
    from tests.people import checks

    modules = checks.modules()
    digests = {module: reaching.digest_of(module) for module in set(modules.values())}
    return {name: digests[module] for name, module in modules.items()}


def _digest(sql: str) -> str:
    return hashlib.sha256(sql.encode()).hexdigest()[:16]


def _noted(notes: Path | None) -> dict[tuple[str, str], Told]:
    """What an earlier run wrote down, by name and by what was changed: the latest of each."""
    if notes is None or not notes.exists():
        return {}
    found = [Told(**json.loads(line)) for line in notes.read_text("utf-8").splitlines()]
    return {(one.mutant, one.sql): one for one in found}


def _sayer(notes: Path | None) -> Any:
    def say(one: Told) -> None:
        sys.stderr.write(f"{time.strftime('%H.%M.%S')} {one.caught_by or 'LEVDE':<60.60} {one.mutant}\n")
        sys.stderr.flush()
        if notes is not None:
            with notes.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")

    return say


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take every nth mutant")
    parser.add_argument("--part", default="1/1", help="which part of how many")
    parser.add_argument("--seconds", type=float, default=math.inf, help="begin on no more after so long")
    parser.add_argument("--only", default="", help="only mutants with these words")
    parser.add_argument(
        "--notes", type=Path, help="write down here what is found, and try nothing again that was settled"
    )
    parser.add_argument("--without", nargs="*", default=[], help="no mutants with any of these words")
    parser.add_argument("--explained", action="store_true", help="try those with a reason too: they take the longest")
    parser.add_argument(
        "--remember", action="store_true", help="write down what caught what, to be tried first another time"
    )
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def main() -> int:
    """0 when the unharmed walls stand and every mutant is caught or explained."""
    asked, began = _asked(), time.monotonic()
    from tests import early  # noqa: F401 - starts the server

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samkraft.project.settings")
    import django

    django.setup()
    from django.conf import settings

    from tests.people import mutants, survivors

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # the answer is all that is written out

    with copied() as owner:
        every = [one for one in mutants.every(owner) if asked.only in one.name][:: asked.every]
    every = [one for one in every if not any(words in one.name for words in asked.without)]
    number, of = (int(part) for part in asked.part.split("/"))
    known = _noted(asked.notes)
    settled = {key for key, one in known.items() if one.caught_by}
    if not asked.explained:
        named = {(one.name, _digest(one.sql)) for one in every if survivors.reason(one.name)}
        known |= {key: Told(key[0], "", key[1]) for key in named - settled}
        settled |= named
    left = [one for one in every[number - 1 :: of] if (one.name, _digest(one.sql)) not in settled]
    # The quick first, and last what lived before.
    left.sort(key=lambda one: ((one.name, _digest(one.sql)) in known, not mutants.is_seen_at_once(one)))
    with ground() as ready:
        if REMEMBERED.exists():
            ready.expect(json.loads(REMEMBERED.read_text("utf-8")))
        for one in every:
            if (before := known.get((one.name, _digest(one.sql)))) and before.caught_by:
                ready.learn(one, before.caught_by)
        unharmed(ready, asked.notes)
        told = run(left, _sayer(asked.notes), ready, began + asked.seconds)
        fell = ready.fallen
    known |= {(one.mutant, one.sql): one for one in told}
    if asked.remember:
        remember(known, every)
    whole = every if asked.notes else every[number - 1 :: of]
    found = [known[key] for one in whole if (key := (one.name, _digest(one.sql))) in known]
    answer = {
        **survivors.summed_up(found), "untried": len(whole) - len(found), "unharmed": ", ".join(fell),
        "seconds": round(time.monotonic() - began),
    }  # fmt: skip
    shown = answer if asked.json else {**answer, "told": len(found)}
    sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
    return 0 if not fell and not answer["lived"] and not answer["untried"] else 1


if __name__ == "__main__":
    sys.exit(main())
