"""What each kind of contribution says: one frozen content per kind, read from JSON and written to it.

`read` refuses what is wrong and names the field in Swedish. `write` gives the one form in which it is stored. Contents
know nothing of who may say them; that is for `states` and the roles.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from samkraft.people.rules.categories import Category, Release, release_of
from samkraft.people.rules.contents import (
    assessments,
    choices,
    endings,
    following,
    meetings,
    persons,
    plans,
    reading,
    reasons,
    studying,
)
from samkraft.values.refusal import Refused

KINDS: dict[str, type] = {
    "card": persons.Card,
    "referral": persons.Referral,
    "referral_end": persons.ReferralEnd,
    "enrolled": persons.Enrolled,
    "team": persons.Team,
    "lead": persons.Lead,
    "phase": persons.Phase,
    "pause": persons.Pause,
    "prolongation": persons.Prolongation,
    "meeting": meetings.Meeting,
    "minutes": meetings.Minutes,
    "contact_made": meetings.ContactMade,
    "message": meetings.Message,
    "time_report": meetings.TimeReport,
    "time_attest": following.TimeAttest,
    "progression": following.Progression,
    "progression_health": following.ProgressionHealth,
    "sus_sheet": following.SusSheet,
    "assessment_item": assessments.AssessmentItem,
    "conclusion": assessments.Conclusion,
    "dissent": assessments.Dissent,
    "correction": assessments.Correction,
    "detail": assessments.Detail,
    "education_level": studying.Educated,
    "study_plan": studying.StudyPlan,
    "need": plans.Need,
    "goal": plans.Goal,
    "step": plans.Step,
    "plan_version": plans.PlanVersion,
    "agreement": plans.Agreement,
    "handover": endings.Handover,
    "exit": endings.Exit,
    "follow_up": endings.FollowUp,
    "own_system_note": endings.OwnSystemNote,
}

C = Category
_ANY = frozenset(Category) - {C.OWN_NOTES}
# Which categories a kind may carry; the first of a single one is the only one.
CATEGORIES_OF: dict[str, frozenset[Category]] = {
    "card": frozenset({C.CONTACT}),
    "referral": frozenset({C.REFERRAL}),
    "referral_end": frozenset({C.REFERRAL}),
    "minutes": frozenset({C.PLAN}),
    "progression": frozenset({C.PLAN}),
    "progression_health": frozenset({C.HEALTH}),
    "sus_sheet": frozenset({C.INCOME_SOURCE}),
    "message": frozenset({C.PLAN}),
    "assessment_item": frozenset(choices.LIFE_AREA_CATEGORY.values()),
    "education_level": frozenset({C.EDUCATION}),
    "study_plan": frozenset({C.EDUCATION}),
    "conclusion": frozenset({C.PLAN}),
    "dissent": _ANY,
    "correction": _ANY,
    # What is said beside a thing, in the category that it reveals: never one that goes by itself (`rules.details`).
    "detail": frozenset({C.HEALTH, C.SOCIAL_SITUATION, C.BENEFIT_CASE, C.OWN_NOTES}),
    # A need that tells of health, a benefit or the family may be kept in that category: then it does not go by itself.
    "need": frozenset(
        {C.PLAN, *(one for one in choices.LIFE_AREA_CATEGORY.values() if release_of(one) is Release.PER_ITEM)}
    ),
    "goal": frozenset({C.PLAN}),
    "step": _ANY - {C.ENROLMENT, C.CONTACT, C.REFERRAL},
    # What an area files of a plan holds what others gave it, so it never leaves by itself.
    "plan_version": frozenset({C.OWN_NOTES, *(one for one in C if release_of(one) is Release.PER_ITEM)}),
    "agreement": frozenset({C.PLAN}),
    "own_system_note": frozenset({C.OWN_NOTES}),
}
# What must be filled in of each kind, by its name in JSON.
REQUIRED: dict[str, tuple[str, ...]] = {kind: reading.required_of(shape) for kind, shape in KINDS.items()}
# Where a kind is kept when whoever writes says nothing, though there is a choice.
USUAL: dict[str, Category] = {"need": C.PLAN}


def shape_of(kind: str) -> type:
    """The content's class. Raises Refused for a kind that does not exist."""
    if kind not in KINDS:
        raise Refused(reasons.UNKNOWN_KIND, kind=str(kind)[:50])
    return KINDS[kind]


def read(kind: str, content: Mapping[str, Any], today: date | None = None) -> Any:
    """The content, frozen. Raises Refused naming the field when something is wrong.

    Pass `today` (Swedish calendar) where something is written: then days that lie where they cannot are refused too.
    """
    shape = shape_of(kind)
    if isinstance(content, Mapping):  # what begins with a line below was worked out when it was written
        content = {key: value for key, value in content.items() if not str(key).startswith("_")}
    return reading.read_fields(shape, content, today)


def write(content: Any) -> dict[str, Any]:
    """The content as it is stored: ISO dates, ids as text, without what is not filled in."""
    return reading.write_fields(content)


def label_of(kind: str, name: str) -> str:
    """The Swedish label of a field, as a template to translate."""
    return reading.label_of(shape_of(kind), name)


def tidied(kind: str, content: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What a form or a file said, in the form in which it is stored. Raises Refused as `read` does."""
    return write(read(kind, content, today))


def categories_of(kind: str) -> frozenset[Category]:
    """Which categories contributions of the kind may carry."""
    shape_of(kind)
    return CATEGORIES_OF.get(kind, frozenset({C.ENROLMENT}))


def category_of(kind: str, content: Any) -> Category | None:
    """The category that follows from the kind and the content; None when whoever writes has to say it."""
    if isinstance(content, assessments.AssessmentItem):
        return choices.LIFE_AREA_CATEGORY[content.life_area]
    allowed = categories_of(kind)
    return next(iter(allowed)) if len(allowed) == 1 else None
