"""A draw by lot that anybody can make again and get the same list.

First the list's digest and the rule are published; the seed is a later number that nobody could choose (the rule says
where it will come from: a lottery's numbers, a rate of a coming day). Then everybody's ticket is the digest of seed and
pseudonym, and in each stratum those with the smallest tickets are drawn. Nothing depends on the list's order.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

TWICE = Reason(
    "drawn_twice", phrase("{many} pseudonymer står flera gånger i listan."), phrase("Var och en får stå en gång.")
)
NO_PLACES = Reason("no_places", phrase("Antalet platser ska vara minst 1."), "")
UNKNOWN_STRATUM = Reason("unknown_stratum", phrase("Platserna gäller {wanted}, men listan har {there}."))
TOO_MANY_PLACES = Reason("too_many_places", phrase("{name} har {places} platser men bara {people} personer."))
LIST_CHANGED = Reason(
    "list_changed",
    phrase("Listan är inte den som publicerades före dragningen."),
    phrase("Publicera en ny regel, med ett nytt frö som ingen känner."),
)
SEED_TOO_EARLY = Reason("seed_too_early", phrase("Fröet ska komma efter att regeln publicerades ({published})."))
EMPTY_SEED = Reason("empty_seed", phrase("Fröet är tomt."))


@dataclass(frozen=True, slots=True)
class Rule:
    """What is published before the draw: the list's digest, places by stratum, and where the seed will come from."""

    list_digest: str
    places: dict[str, int]
    seed_source: str
    published_at: str

    def as_json(self) -> dict[str, Any]:
        """The rule as it is published."""
        return asdict(self)

    @property
    def digest(self) -> str:
        """What stands for the whole rule; it is part of every ticket, so a rule changed afterwards draws others."""
        return _digest(json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False))


@dataclass(frozen=True, slots=True)
class Draw:
    """The outcome. drawn and order: pseudonyms; order holds everybody by stratum, the waiting list after the places.

    chance: pseudonym → the probability that it had of being drawn, which a later study needs.
    """

    drawn: tuple[str, ...]
    order: dict[str, tuple[str, ...]]
    chance: dict[str, float]


def list_digest(people: Mapping[str, str]) -> str:
    """The digest of a list: pseudonym → stratum, in order of pseudonym. Raises Refused for an empty list."""
    if not people:
        raise Refused(NO_PLACES)
    return _digest("\n".join(f"{person}\t{people[person]}" for person in sorted(people)))


def listed(pseudonyms: Sequence[str], strata: Sequence[str] | None = None) -> dict[str, str]:
    """A list as it is drawn from. Without strata everybody is in one. Raises Refused when somebody is in it twice."""
    made = dict(zip(pseudonyms, strata or [""] * len(pseudonyms), strict=True))
    if len(made) != len(pseudonyms):
        raise Refused(TWICE, many=len(pseudonyms) - len(made))
    return made


def rule(people: Mapping[str, str], places: Mapping[str, int], *, seed_source: str, at: datetime) -> Rule:
    """The rule to publish. `at` is when; the seed must come later. Raises Refused for places that cannot be drawn."""
    sizes: dict[str, int] = {}
    for stratum in people.values():
        sizes[stratum] = sizes.get(stratum, 0) + 1
    if set(places) != set(sizes):
        raise Refused(UNKNOWN_STRATUM, wanted=", ".join(sorted(places)), there=", ".join(sorted(sizes)))
    for name, many in places.items():
        if many < 1:
            raise Refused(NO_PLACES)
        if many > sizes[name]:
            raise Refused(TOO_MANY_PLACES, name=name or "listan", places=many, people=sizes[name])
    return Rule(list_digest(people), dict(sorted(places.items())), seed_source, at.isoformat())


def made(people: Mapping[str, str], published: Rule, *, seed: str, seed_at: datetime) -> Draw:
    """Draw. The list must be the published one, and the seed must have come into the world after the rule."""
    if list_digest(people) != published.list_digest:
        raise Refused(LIST_CHANGED)
    if seed_at <= datetime.fromisoformat(published.published_at):
        raise Refused(SEED_TOO_EARLY, published=published.published_at)
    if not seed.strip():
        raise Refused(EMPTY_SEED)
    order: dict[str, tuple[str, ...]] = {}
    drawn: list[str] = []
    chance: dict[str, float] = {}
    digest = published.digest  # once: the list may be a city's
    for stratum, many in published.places.items():
        mine = [person for person, group in people.items() if group == stratum]
        arranged = tuple(sorted(mine, key=lambda person: (_ticket(digest, seed, person), person)))
        order[stratum] = arranged
        drawn += arranged[:many]
        chance |= dict.fromkeys(mine, many / len(mine))
    return Draw(tuple(drawn), order, chance)


def ticket(published: Rule, seed: str, person: str) -> str:
    """A person's lot: the digest of rule, seed and pseudonym. The smallest are drawn."""
    return _ticket(published.digest, seed, person)


def _ticket(digest: str, seed: str, person: str) -> str:
    return _digest(f"{digest}\n{seed.strip()}\n{person}")


def is_same(
    claimed: Sequence[str], people: Mapping[str, str], published: Rule, *, seed: str, seed_at: datetime
) -> bool:
    """Whether a list that somebody shows is the one that the draw gives."""
    return tuple(claimed) == made(people, published, seed=seed, seed_at=seed_at).drawn


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
