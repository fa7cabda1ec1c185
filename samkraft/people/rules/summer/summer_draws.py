"""The lot of Ung i sommar: how many places each group draws for, and what is published so that anybody can draw again."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from samkraft.analysis.draws import fair
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

ALREADY_PUBLISHED = Reason(
    "summer_list_published_already",
    phrase("Listan är redan publicerad. Den görs inte om."),
    phrase("Den som vill kontrollera den läser på omgångens sida."),
)
ALREADY_DRAWN = Reason(
    "summer_drawn_already",
    phrase("Lotten är dragen och publicerad. Den öppnas inte igen."),
    phrase("Så vet alla att ingen har dragit tills det passade. Återlämnade platser går till nästa reserv."),
)
NOT_CLOSED = Reason(
    "summer_not_closed", phrase("Ansökan är öppen till {date}."), phrase("Publicera listan när den har stängt.")
)
NOBODY = Reason("summer_nobody_applied", phrase("Ingen har sökt."), phrase("Då behövs ingen lott."))
NO_PLACES_LEFT = Reason(
    "summer_no_places_left",
    phrase("De {first} som går före tar alla {places} platser."),
    phrase("Lägg till platser, eller pröva de förturerna igen."),
)
OTHER_SEED = Reason(
    "summer_other_seed",
    phrase("Fröet är inte det vars kontrollvärde publicerades."),
    phrase("Kontrollera att varje tecken är rätt."),
)
SEED_IN_THE_FUTURE = Reason(
    "summer_seed_in_the_future", phrase("Fröet kan inte ha blivit känt efter nu."), phrase("Ändra dagen.")
)
ALGORITHM = phrase(
    "Varje kod får en lott: SHA-256 av regelns kontrollvärde, fröet och koden, på var sin rad. I varje grupp får de med "
    "minst lott platserna. Ordningen på dem som är kvar är reservlistan."
)


def shares(sizes: Mapping[str, int], places: int) -> dict[str, int]:
    """Places for each group in proportion to its size, by largest remainder; at least one each, never more than there are.

    Raises Refused when there is nobody, or not a place for each group.
    """
    everybody = sum(sizes.values())
    if not everybody:
        raise Refused(NOBODY)
    if places >= everybody:
        return dict(sizes)
    if places < len(sizes):
        raise Refused(NO_PLACES_LEFT, first=0, places=places)
    exact = {name: places * many / everybody for name, many in sizes.items()}
    given = {name: max(1, int(value)) for name, value in exact.items()}
    while sum(given.values()) > places:
        given[max((name for name in given if given[name] > 1), key=lambda name: (given[name] - exact[name], name))] -= 1
    while sum(given.values()) < places:
        room = [name for name in given if given[name] < sizes[name]]
        given[max(room, key=lambda name: (exact[name] - given[name], name))] += 1
    return given


def rule(people: Mapping[str, str], places: int, *, seed_source: str, at: datetime) -> fair.Rule:
    """The rule to publish for a list: code → group."""
    sizes: dict[str, int] = {}
    for group in people.values():
        sizes[group] = sizes.get(group, 0) + 1
    return fair.rule(people, shares(sizes, places), seed_source=seed_source, at=at)


def as_list(people: Mapping[str, str], published: fair.Rule, *, seed: Mapping[str, str], name: str) -> dict[str, Any]:
    """The file that is published when applications have closed, before the seed is known."""
    return {
        "round": name,
        "list": dict(sorted(people.items())),
        "rule": published.as_json(),
        "rule_digest": published.digest,
        "seed_said_beforehand": dict(seed),
    }


def as_lot(drawn: fair.Draw, *, seed: str, seed_at: datetime) -> dict[str, Any]:
    """What is added when the lot is drawn."""
    return {
        "seed": seed.strip(),
        "seed_at": seed_at.isoformat(),
        "drawn": sorted(drawn.drawn),
        "order": {name: list(codes) for name, codes in drawn.order.items()},
        "chance": {name: drawn.chance[codes[0]] for name, codes in drawn.order.items()},
    }


def fingerprint(published: Mapping[str, Any]) -> str:
    """What stands for a published file: SHA-256 of its JSON with sorted keys."""
    text = json.dumps(published, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def why_not_seed(seed: str, said_fingerprint: str) -> Reason | None:
    """None when the seed is the one whose fingerprint was published; without a fingerprint any is, from its source."""
    if not said_fingerprint or hashlib.sha256(seed.strip().encode()).hexdigest() == said_fingerprint:
        return None
    return OTHER_SEED
