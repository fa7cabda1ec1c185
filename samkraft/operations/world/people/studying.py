"""What is written of studies: the highest education with its source, and the study plans that counsellors make.

With chance of its own, so that the rest of a life stays what it was. How many plans there are, of what, and what became of
them is a guess.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from samkraft.operations.world.people.casework import Casework
from samkraft.operations.world.people.deeds import Assign
from samkraft.operations.world.people.parties import LABOUR, SCHOOL
from samkraft.operations.world.people.setting import Actor
from samkraft.partners.rules.roles import Role

NOTED = 0.88  # whose level of education is noted
FOREIGN = 0.6  # of those who did not grow up here
PLANNED, PLANNED_TO_STUDY = 0.55, 0.9  # of those who have met a counsellor
CALLED = 0.3  # of those whose counsellor sits in an authority that knows of them
PROPOSED_FIRST, CHANGED, ENDED_EARLY = 0.4, 0.25, 0.12
_LEVELS = {
    "grundskola": ("compulsory",), "": ("none",), "gymnasium": ("secondary",), "eftergymnasial": ("higher_short", "higher_long"),
}  # fmt: skip
_SOURCES = (("own_words", 55), ("certificate", 25), ("register", 12), ("mapping", 8))
# Direction, level, school and funding.
_PLANS = (
    ("Undersköterska", "vocational", "Komvux Malmö", ("study_aid",)),
    ("Barnskötare", "vocational", "Komvux Malmö", ("study_aid", "study_start_support")),
    ("Svenska för invandrare, kurs D", "sfi", "Lernia, SFI", ("other",)),
    ("Grundläggande svenska och matematik", "basic", "Komvux Malmö", ("study_start_support",)),
    ("Lokalvårdare med svenska", "vocational", "Komvux Malmö", ("study_start_support",)),
    ("Lastbilsförare", "vocational", "Komvux Malmö", ("study_aid",)),
    ("Gymnasieexamen, samhällsvetenskap", "upper_secondary", "Komvux Malmö", ("study_aid",)),
    ("Allmän kurs", "folk_high_school", "Folkhögskola i Skåne", ("study_aid",)),
    ("Redovisningsekonom", "higher_vocational", "Yrkeshögskola i Malmö", ("study_aid",)),
    ("Kompletterande utbildning för lärare", "higher", "Malmö universitet", ("study_aid", "open")),
)  # fmt: skip
_WAY = (
    "Studiebesök först. Ansökan görs tillsammans.",
    "Prövning av betyg från hemlandet innan ansökan.",
    "Börjar med en orienteringskurs på halvfart.",
    "",
)
BEGUN, NO_LONGER = "Antagen, studierna har börjat.", "Personen valde en annan väg. Ingen ny plan nu."


def study(case: Casework, draw: Random) -> str:
    """Everything below. Returns the level of education, as SUS has it too."""
    levels = _LEVELS[case.profile.education]
    level = levels[draw.random() < 0.6] if len(levels) > 1 else levels[0]
    _note_level(case, draw, level)
    _plan(case, draw)
    return level


def _note_level(case: Casework, draw: Random, level: str) -> None:
    start, lead = case.course.enrolled_on, case.lead
    assert start is not None
    day = case.later_by(draw, start, 3, 24)
    foreign = case.profile.naming.language != "svenska" and draw.random() < FOREIGN
    source = draw.choices([one for one, _ in _SOURCES], [weight for _, weight in _SOURCES])[0]
    if draw.random() > NOTED or case.is_over(day):
        return
    content: dict[str, Any] = {"level": level, "is_foreign": foreign, "source": source}
    if foreign and source == "certificate":
        content["source"] = "assessed_abroad"
    case.write(day, lead.area, "education", "education_level", content, by=lead, of_enrolment=False)


def _counsellor(case: Casework, draw: Random, day: date) -> Actor | None:
    """Who is on the case already, or is called in by a colleague of the same authority."""
    if SCHOOL in case.knowing and SCHOOL in case.team.called_in:
        return case.actor(SCHOOL)
    found = case.team.called_in.get(LABOUR)
    if found is None or found.role != Role.STUDY_COUNSELLOR or LABOUR not in case.knowing or draw.random() > CALLED:
        return None
    case.deeds.append(Assign(case.at(day), case.actor(LABOUR), found))
    return found


def _plan(case: Casework, draw: Random) -> None:
    start, course = case.course.enrolled_on, case.course
    assert start is not None
    day = case.later_by(draw, start, 35, 110)
    if case.profile.is_protected or case.profile.withdraws or case.is_over(day):
        return
    by = _counsellor(case, draw, day)
    if by is None or draw.random() > (PLANNED_TO_STUDY if course.outcome == "studies" else PLANNED):
        return
    direction, level, school, funding = draw.choice(_PLANS)
    term = date(day.year + 1, 1, 11) if day.month > 6 else date(day.year, 8, 17)
    made: dict[str, Any] = {
        "direction": direction, "level": level, "school": school, "starts_on": term.isoformat(),
        "extent": draw.choice((50, 75, 100)), "funding": list(funding), "steps": draw.choice(_WAY),
        "made_on": day.isoformat(), "state": "agreed",
    }  # fmt: skip
    when = day
    if draw.random() < PROPOSED_FIRST:
        _write(case, day, by, {**made, "state": "proposed"})
        when = case.later_by(draw, day, 4, 18)
        if draw.random() > 0.8 or case.is_over(when):
            return  # still a proposal
    _write(case, when, by, made)
    if draw.random() < CHANGED and not case.is_over(when + timedelta(days=20)):
        made = {**made, "extent": 50}
        when = case.later_by(draw, when, 12, 19)
        _write(case, when, by, made)
    _end(case, draw, by, made, when)


def _end(case: Casework, draw: Random, by: Actor, made: dict[str, Any], since: date) -> None:
    """It ends when the person leaves to study, or chose something else."""
    leaves, early = case.course.exit_on, case.later_by(draw, since, 25, 60)
    if case.course.outcome == "studies" and leaves > since:
        day, result = leaves, BEGUN
    elif draw.random() < ENDED_EARLY and not case.is_over(early):
        day, result = early, NO_LONGER
    else:
        return
    ended = case.at(day)
    content = {**made, "state": "ended", "ended_on": ended.date().isoformat(), "result": result}
    _write(case, ended.date(), by, content)


def _write(case: Casework, day: date, by: Actor, content: dict[str, Any]) -> None:
    case.write(day, by.area, "study_plan", "study_plan", content, by=by)
