"""What goes by itself to other authorities, field by field: whether it reveals more than the consent names, and what is done.

The consent to a standing category is to know that somebody takes part, how to reach them, the plan, work and education.
Each field that lies in such a category is answered here. A new field without an answer fails the tests.
"""

from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """What is done about what a field may reveal."""

    NAMED = "named"  # it says what the consent names, and no more
    BESIDE = "beside"  # what reveals more is kept beside, in the category that it reveals (`rules.details`)
    CHOSEN = "chosen"  # whoever writes chooses the category, or it follows from what it is about
    OWN_WORDS = (
        "own_words"  # free text: the form says who will read it, and that health and benefits are written elsewhere
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """How a field is treated, and why."""

    how: How
    why: str


_BY_HOW: dict[How, dict[str, tuple[str, ...]]] = {
    How.NAMED: {
        "contact details are what the consent to them names": (
            "card.given_name", "card.family_name", "card.sex", "card.birth_date", "card.language", "card.interpreter",
            "card.phone", "card.email", "card.postal_address",
        ),
        "that the person takes part, since when and where is what the consent names": (
            "enrolled.initiative_id", "enrolled.started_on", "enrolled.wave", "team.team_id", "team.team_name", "team.since",
            "phase.number", "phase.since", "pause.from_date", "pause.until", "exit.left_on",
        ),
        "the process lead is named in the consent text, with profession and authority": (
            "lead.membership_id", "lead.name", "lead.role", "lead.area_id", "lead.since",
        ),
        "that more time was asked for, by whom and what became of it; not why": (
            "prolongation.until", "prolongation.state", "prolongation.asked_by", "prolongation.decided_by",
            "prolongation.answers",
        ),
        "when a meeting is, for what kind of occasion and how it stands; what is said there goes into the minutes": (
            "meeting.starts_at", "meeting.purpose", "meeting.state", "meeting.about", "minutes.meeting",
        ),
        "that there was contact, not what was said": ("contact_made.on", "contact_made.how", "contact_made.by_participant"),
        "hours as such; few hours have many reasons, and the reason is not asked for": (
            "time_report.month", "time_report.hours", "time_report.how", "time_attest.month", "time_attest.hours",
        ),
        "who the thread waits on, not about what": ("message.from_participant", "message.waits_on", "message.answered_by"),
        "who stands behind and what it rests on; what the receiver does not hold is left out of the copy": (
            "conclusion.rests_on", "conclusion.bodies",
        ),
        "dates and links of the plan; what the receiver does not hold is left out of the copy": ("goal.by_date", "goal.need"),
        "who said yes to which version, when and how": (
            "agreement.version_number", "agreement.digest", "agreement.party", "agreement.how", "agreement.agreed_on",
        ),
        "from whom to whom, and until when both are there": (
            "handover.from_id", "handover.to_id", "handover.state", "handover.overlap_until", "handover.answers",
        ),
        "an agreed start of work or studies, which the outcome says already": ("exit.promised_start", "exit.promise_kept"),
        "how far somebody has come towards work, in figures, as the parties who plan together agreed to ask; health is apart": (
            "progression.occasion", "progression.on", "progression.job", "progression.aim", "progression.skills",
            "progression.market", "progression.together", "progression.belief",
        ),
        "schooling, courses and certificates are what the consent to education names": (
            "education_level.level", "education_level.is_foreign", "education_level.finished_year", "education_level.source",
            "study_plan.direction", "study_plan.level", "study_plan.school", "study_plan.starts_on", "study_plan.extent",
            "study_plan.made_on", "study_plan.state", "study_plan.ended_on",
        ),
        "how studies may be paid for, in terms that everybody who studies has; another public support stands as something else": (
            "study_plan.funding",
        ),
        "when the follow-up is due and whether it was done": (
            "follow_up.months", "follow_up.due_date", "follow_up.state", "follow_up.done_on", "follow_up.answers",
        ),
    },
    How.BESIDE: {
        "illness is about health and leave about the family; with the pause stands no reason at all, or leaving out would tell": (
            "pause.reason_kind",
        ),
        "sickness compensation and the cooperation around sickness benefit are about a benefit; with the exit stands 'other'": (
            "exit.outcome", "exit.note",
        ),
        "the same outcomes, seen some months later": ("follow_up.situation",),
        "a goal that leads to a benefit tells of it; the goal goes without where it leads": ("goal.aim",),
    },
    How.CHOSEN: {
        "the category follows from the area of life": (
            "assessment_item.life_area", "assessment_item.text", "assessment_item.source", "assessment_item.earlier",
        ),
        "of the same category as what it is about": (
            "dissent.about", "dissent.text", "correction.about", "correction.text",
        ),
        "a need is kept in the category of its area of life, or in the plan where the writer and the person choose so": (
            "need.text", "need.life_area",
        ),
        "a step carries the category that it reveals, chosen by whoever plans it": (
            "step.title", "step.step_kind", "step.work_oriented", "step.goal", "step.body_area_id", "step.responsible",
            "step.from_date", "step.to_date", "step.due_date", "step.order", "step.depends_on", "step.state",
            "step.waits_on", "step.waiting_since", "step.programme", "step.result",
        ),
    },
    How.OWN_WORDS: {
        "a safe way of contact has to reach whoever makes contact; why it is safe is not written": ("card.safe_contact",),
        "a partner who takes part must not be met by surprise, so every party is told": ("card.partner_participates",),
        "why a phase is changed is told to those who know of the phase": ("phase.reason",),
        "another authority may be the one that decides, and has to know why": ("prolongation.reason", "handover.reason"),
        "where one meets and who comes has to be known to those who come": ("meeting.place", "meeting.with_whom"),
        "what was said at a joint meeting is written for those who were there": ("minutes.points",),
        "those who work with the plan read the thread and see that it waits; the participant is told so": ("message.text",),
        "the plan is in words that the person chose, and the person is asked before it goes": (
            "conclusion.text", "goal.words", "goal.measure",
        ),
        "the way to the studies and how it went are told to those who plan together, and the form says so": (
            "study_plan.steps", "study_plan.result", "study_plan.with_whom",
        ),
    },
}  # fmt: skip
ANSWERS: dict[str, Answer] = {
    name: Answer(how, why) for how, answers in _BY_HOW.items() for why, names in answers.items() for name in names
}
OWN_WORDS = frozenset(name for name, answer in ANSWERS.items() if answer.how is How.OWN_WORDS)
