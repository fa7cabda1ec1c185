"""What decisions have given each body, and what the fund's key says about an amount."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from samkraft.money.rules.allocation import WHOLE
from samkraft.money.rules.findings.facts import Item, Point, Ruling, Sources
from samkraft.money.rules.findings.words import Said, say
from samkraft.money.rules.points import GIVES_MONEY
from samkraft.values import kronor
from samkraft.values.wording import phrase

Given = list[tuple[Ruling, Point, Item]]
Place = tuple[UUID, UUID, int]


def to_bodies(sources: Sources) -> dict[Place, Given]:
    """(Body, fund, year) → the decided items; a transfer that only pays for grants is not what a body was given."""
    found: dict[Place, Given] = defaultdict(list)
    for ruling in sources.decided():
        paying = ruling.paying_points()
        for point, item in ruling.items():
            if point.verb in GIVES_MONEY and point.number not in paying and item.receiver and item.fund and item.year:
                found[(item.receiver.id, item.fund.id, item.year)].append((ruling, point, item))
    return found


def key_of(sources: Sources, place: Place, decided: Mapping[Place, Given]) -> tuple[int | None, int]:
    """The body's share by the fund's key, and all that was decided for the bodies of the key; (None, 0) without one."""
    body_id, fund_id, year = place
    shares = sources.keys.get((fund_id, year), {})
    if body_id not in shares:
        return None, 0
    total = 0
    for other in shares:
        for _ruling, _point, item in decided.get((other, fund_id, year), []):
            if item.amount_ore is None:
                return None, 0
            total += item.amount_ore
    return shares[body_id], total


def support(amount: int, share: int | None, whole: int) -> tuple[Said | None, bool | None]:
    """What the key says about an amount: that it is exactly the share, or which share it would be."""
    if share is None or not whole:
        return None, None
    if amount * WHOLE == share * whole:
        words = say(phrase("{share} % av {whole}, exakt"), share=_percent(share), whole=kronor.in_words(whole))
        return words, True
    real = (amount * WHOLE * 2 + whole) // (whole * 2)
    words = say(phrase("{real} %. Nyckeln säger {share} %"), real=_percent(real), share=_percent(share))
    return words, False


def _percent(hundredths: int) -> str:
    whole, part = divmod(hundredths, 100)
    return f"{whole},{part:02}".removesuffix(",00").rstrip("0").rstrip(",") if part else str(whole)
