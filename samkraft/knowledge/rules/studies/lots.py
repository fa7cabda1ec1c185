"""The lot of a study: what is published before anybody can know the seed, and how anybody makes it again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from samkraft.analysis.draws import fair
from samkraft.knowledge.rules.studies import registrations, stages
from samkraft.knowledge.rules.studies.registrations import Registration
from samkraft.values.identity_number import Sex
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase

ALGORITHM = phrase(
    "Varje kod får en lott: SHA-256 av regelns kontrollvärde, fröet och koden, på var sin rad. I varje grupp dras de med "
    "minst lott. De ringer vi i den ordningen. Den som inte får ringas går vi förbi, och ringer nästa i ordningen. De andra får "
    "det som alla får, och följs upp på samma sätt."
)


def as_list(codes: Mapping[str, str], registration: Registration, *, at: datetime) -> dict[str, Any]:
    """The list and the rule as they are published: codes and groups. Women and men get as many places.

    Raises Refused when the list is too short for the places that were registered. `power` is that of the list as it is.
    """
    women = sum(group == Sex.WOMAN for group in codes.values())
    men, each = len(codes) - women, registration.places // 2
    if min(women, men) < each + registrations.FEWEST // 4:
        raise Refused(stages.LIST_OTHER_SIZE, women=women, men=men, places=registration.places)
    rule = fair.rule(
        codes, {Sex.WOMAN.value: each, Sex.MAN.value: each}, seed_source=registration.seed_source, at=at
    )  # fmt: skip
    baseline, effect = registration.baseline_percent / 100, registration.effect_points / 100
    return {
        "list": dict(sorted(codes.items())),
        "rule": rule.as_json(),
        "rule_digest": rule.digest,
        "power": round(registrations.chance_to_see(len(codes), registration.places, baseline, effect), 4),
    }


def drawn(published: Mapping[str, Any], codes: Mapping[str, str], *, seed: str, seed_at: datetime) -> fair.Draw:
    """Draw among the codes of today. Raises Refused when they are not those that were published, or the seed is too early."""
    try:
        return fair.made(codes, fair.Rule(**published["rule"]), seed=seed, seed_at=seed_at)
    except Refused as refused:
        if refused.reason.code == fair.LIST_CHANGED.code:
            raise Refused(stages.LIST_CHANGED) from refused
        raise


def as_lot(draw: fair.Draw, *, seed: str, seed_at: datetime) -> dict[str, Any]:
    """What is added when the lot is drawn."""
    return {
        "seed": seed.strip(), "seed_at": seed_at.isoformat(), "drawn": sorted(draw.drawn),
        "order": {group: list(codes) for group, codes in draw.order.items()},
    }  # fmt: skip


def holds(published: Mapping[str, Any], lot: Mapping[str, Any]) -> bool:
    """Whether the lot made again, from what is published alone, gives the same people."""
    rule = fair.Rule(**published["rule"])
    again = fair.made(published["list"], rule, seed=lot["seed"], seed_at=datetime.fromisoformat(lot["seed_at"]))
    return bool(sorted(again.drawn) == lot["drawn"] and rule.digest == published["rule_digest"])
