"""A plan that is fixed, filed and agreed to: the same in one form only, so that a digest tells whether it changed."""

import hashlib
import json
from collections.abc import Collection
from typing import Any

from samkraft.people.rules import contents, overviews
from samkraft.people.rules.held import Held
from samkraft.people.rules.plans import Plan
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

NOTHING_TO_AGREE = Reason(
    "plan_nothing_to_agree",
    phrase("Planen har inget mål och inga steg än."),
    phrase("Skriv minst ett mål och ett steg först."),
)
CHANGED_SINCE = Reason(
    "plan_changed_since_version",
    phrase("Planen har ändrats sedan version {number}."),
    phrase("Läs ändringarna tillsammans och lägg fast en ny version."),
)
NO_SUCH_VERSION = Reason(
    "plan_no_such_version",
    phrase("Det finns ingen version {number} att säga ja till."),
    phrase("Lägg fast planen först."),
)
ALREADY_AGREED = Reason(
    "plan_already_agreed",
    phrase("Det är redan antecknat att {who} sa ja till version {number}."),
    phrase("Du behöver inte göra något."),
)

NOT_YOUR_YES = Reason(
    "plan_not_your_yes",
    phrase("Du kan anteckna deltagarens ja och din egen myndighets, inte en annan parts."),
    phrase("Be den parten att anteckna sitt eget."),
)
THE_PARTICIPANT = phrase("deltagaren")


def frozen(plan: Plan, categories: Collection[str]) -> dict[str, Any]:
    """The plan as JSON that is never changed: what it held of these categories, in one form only."""
    parts = {
        "needs": [item.held for item in plan.needs],
        "goals": [item.held for item in plan.goals],
        "steps": [item.held for item in plan.steps],
    }
    return {name: [_frozen_item(one) for one in held if one.category in categories] for name, held in parts.items()}


def digest(fixed: dict[str, Any]) -> str:
    """SHA-256 over the frozen form, in hexadecimal: two copies are the same exactly when this is."""
    text = json.dumps(fixed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def parts_to_file(plan: Plan) -> dict[str, dict[str, Any]]:
    """What is filed when a version is fixed: the category that each part is kept in → the part.

    What everybody on the case in the area reads goes together; each sensitive category is a part of its own, so that it is
    read by those who read that category and by nobody else.
    """
    held = {need.held.category for need in plan.needs} | {goal.held.category for goal in plan.goals}
    held |= {step.held.category for step in plan.steps}
    parts = {"own_notes": frozen(plan, overviews.FOR_EVERY_ROLE)}
    for category in sorted(held - overviews.FOR_EVERY_ROLE):
        parts[category] = frozen(plan, {category})
    return parts


def is_changed(plan: Plan) -> bool:
    """Whether the plan is another than when it was last fixed."""
    now = digest(frozen(plan, overviews.FOR_EVERY_ROLE))
    return plan.current is not None and now != plan.current.content.digest


def why_not_fix(plan: Plan) -> Reason | None:
    """None when there is something to agree on."""
    return None if plan.goals and plan.steps else NOTHING_TO_AGREE


def why_not_agree(plan: Plan, number: int, party: str) -> Reason | None:
    """None when somebody may say yes to the version: the newest one, with nothing changed since, once."""
    version = plan.current
    if version is None or version.content.number != number:
        return NO_SUCH_VERSION
    if is_changed(plan):
        return CHANGED_SINCE
    return ALREADY_AGREED if version.agreed_by(party) else None


def _frozen_item(held: Held) -> dict[str, Any]:
    return {
        "lineage": str(held.lineage),
        "version": held.version,
        "author_area_id": str(held.author_area_id),
        "author_name": held.author_name,
        "content": contents.write(contents.read(held.kind, held.content)),
    }
