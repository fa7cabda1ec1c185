"""What somebody looks for, folded from the plan and what the own area holds of work, education and language."""

from collections.abc import Sequence

from samkraft.offer.rules.job_matching import JobWish
from samkraft.people.rules.held import Held, latest
from samkraft.people.rules.plans import Plan

# Life areas that tell what somebody can; others are not asked about a job.
_TELLS = frozenset({"work", "education", "language"})


def of(held: Sequence[Held], plan: Plan) -> JobWish:
    """The goal's words, and what the assessment says that the person has done and can. Nothing of health is read."""
    goal = " ".join(one.content.words for one in plan.goals)
    said = [
        str(one.content.get("text", ""))
        for one in latest(held, "assessment_item")
        if one.content.get("life_area") in _TELLS
    ]
    can = " ".join(said)
    card = latest(held, "card")
    language = str(card[-1].content.get("language", "")) if card else ""
    return JobWish(
        goal=goal,
        can=can,
        languages=frozenset({language.casefold()} - {""}),
        has_experience="arbetat" in can.casefold() or "jobbat" in can.casefold(),
        has_licence=True if "körkort" in can.casefold() else None,
    )
