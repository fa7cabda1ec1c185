"""Rules about employers, the time they get, jobs held against a goal, and times to choose among."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from samkraft.offer.rules import employer_time, employers, job_matching
from samkraft.offer.rules.employer_time import TimeKind, Week
from samkraft.offer.rules.job_matching import Job, JobWish, Point
from samkraft.people.rules import invitations, recruitment
from samkraft.people.rules.contents.choices import StepState
from samkraft.people.rules.invitations import Span, State
from samkraft.people.rules.recruitment import Result
from samkraft.values.period import STOCKHOLM

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=STOCKHOLM)
TEAM, AF, AMA = uuid4(), uuid4(), uuid4()


@pytest.mark.parametrize(
    ("text", "is_numbered"),
    [
        ("900602-2397 kan börja", True), ("19900602 2397", True), ("199006022397", True), ("900662-2394", True),
        ("040-55 01 10", False), ("order 9006999999", False), ("fyra tjänster 2026", False), ("", False),
    ],
)  # fmt: skip
def test_what_looks_like_a_persons_number_is_seen(text: str, is_numbered: bool) -> None:
    assert employers.looks_numbered(text) is is_numbered


@pytest.mark.parametrize(
    ("on", "text", "ahead", "why"),
    [
        (0, "Vill träffas", 3, None), (1, "Vill träffas", None, "employer_contact_ahead"), (0, " ", None, "employer_no_words"),
        (0, "900602-2397", None, "employer_number_in_text"), (-9, "Ringde", -1, "employer_next_behind"),
    ],
)  # fmt: skip
def test_a_contact_has_been_and_says_something_about_the_employer_alone(
    on: int, text: str, ahead: int | None, why: str | None
) -> None:
    next_date = None if ahead is None else TODAY + timedelta(days=ahead)
    found = employers.why_not_contact(on=TODAY + timedelta(days=on), text=text, next_date=next_date, today=TODAY)
    assert (found.code if found else None) == why


def test_the_newest_contact_says_when_to_be_in_touch() -> None:
    first, later = TODAY - timedelta(days=9), TODAY - timedelta(days=2)
    assert employers.next_contact([]) is None
    assert employers.next_contact([(first, TODAY), (later, None)]) is None
    assert employers.next_contact([(later, TODAY), (first, None)]) == TODAY
    assert employers.lateness(None, TODAY) == "closed"
    days = [employers.lateness(TODAY + timedelta(days=n), TODAY) for n in (-1, 0, 7, 8)]
    assert days == ["overdue", "needs", "needs", "ok"]


def test_a_week_is_noted_from_a_monday_that_has_begun_and_within_what_was_worked() -> None:
    monday = employer_time.monday_of(TODAY)
    hour = {TimeKind.VISITS: 60}

    def why(**said: object) -> str | None:
        given = {"monday": monday, "worked": 2400, "minutes": hour, "today": TODAY} | said
        found = employer_time.why_not_note(**given)  # type: ignore[arg-type]  # the table gives what is asked for
        return found.code if found else None

    assert why() is None
    assert why(monday=TODAY) == "employer_time_monday"
    assert why(monday=monday + timedelta(days=7)) == "employer_time_ahead"
    assert why(monday=monday - timedelta(weeks=9)) == "employer_time_long_ago"
    assert why(worked=30) == "employer_time_more_than_worked"
    assert why(minutes={TimeKind.VISITS: -1}) == "employer_time_hours"


def test_the_share_is_of_what_was_worked_in_the_weeks_that_were_noted() -> None:
    monday = date(2026, 10, 26)  # its Thursday is the 29th, and the week's after it stands in November
    weeks = [
        Week(TEAM, AF, monday, 2400, {TimeKind.VISITS: 600, TimeKind.CONTACTS: 300}),
        Week(TEAM, AMA, monday, 1200, {TimeKind.VISITS: 0}),
        Week(TEAM, AF, monday + timedelta(days=7), 2400, {TimeKind.RECRUITMENT: 600}),
    ]
    whole = employer_time.shares(weeks, lambda one: "")[""]
    assert (whole.spent, whole.worked, whole.weeks) == (1500, 6000, 3)
    assert whole.share == pytest.approx(0.25)
    assert whole.is_enough
    assert whole.by_kind[TimeKind.VISITS] == 600
    months = employer_time.shares(weeks, lambda one: employer_time.month_of(one.monday))
    assert {month: share.share for month, share in months.items()} == {
        date(2026, 10, 1): pytest.approx(0.25), date(2026, 11, 1): pytest.approx(0.25),
    }  # fmt: skip
    assert employer_time.shares([], lambda one: "") == {}
    assert employer_time.shares([Week(TEAM, AF, monday, 0, {})], lambda one: "")[""].share is None


def _job(words: str, *needed: str, **said: object) -> Job:
    given = {"scope_from": None, "scope_to": None, "needs_experience": False, "needs_licence": False} | said
    return Job(words, words, needed, **given)  # type: ignore[arg-type]  # the table gives what is asked for


@pytest.mark.parametrize(
    ("goal", "words", "meets"),
    [
        ("Jobba i kök, helst i Rosengård", "Köksbiträde till bageri", True), ("Jag vill arbeta på lager", "Lagerarbetare", True),
        ("Jag vill arbeta med barn", "Kökshjälp på förskola", True), ("Köra buss eller lastbil", "Chaufför med C-körkort", True),
        ("Jag vill klara en hel vecka och orka hem till barnen", "Vårdbiträde i hemtjänst", False),
        ("Jobba i butik", "Svetsare", False), ("", "Svetsare", False),
    ],
)  # fmt: skip
def test_a_job_lies_in_the_direction_of_the_goal_when_their_words_meet(goal: str, words: str, meets: bool) -> None:
    assert bool(job_matching.match(JobWish(goal), [_job(words)])) is meets


def test_each_match_says_what_speaks_for_and_against_and_those_that_fit_come_first() -> None:
    wish = JobWish("Jobba i kök", can="Har arbetat i storkök. Talar svenska.", hours_a_week=20, has_licence=False)
    fits = _job("Köksbiträde, halvtid", "svenska", scope_from=50, scope_to=50)
    heavy = _job("Kock", "truckkort", scope_from=100, scope_to=100, needs_experience=True, needs_licence=True)
    found = job_matching.match(wish, [heavy, fits])
    assert [one.job.key for one in found] == ["Köksbiträde, halvtid", "Kock"]
    assert found[0].fits
    against = {one.point for one in found[1].verdicts if not one.is_met}
    assert against == {Point.SKILLS, Point.SCOPE, Point.EXPERIENCE, Point.LICENCE}


def test_times_are_laid_out_by_the_clock_in_sweden_also_when_it_is_changed() -> None:
    span = Span(date(2026, 10, 23), date(2026, 10, 27), (0, 4), time(9), time(10, 30), 30, 15)
    before = datetime(2026, 10, 1, tzinfo=STOCKHOLM)
    made = invitations.times(span, before)
    assert [f"{first:%a %H:%M}" for first, _last in made] == ["Fri 09:00", "Fri 09:45", "Mon 09:00", "Mon 09:45"]
    assert {first.astimezone(UTC).hour for first, _last in made} == {7, 8}
    assert invitations.times(span, datetime(2026, 10, 27, tzinfo=STOCKHOLM)) == []
    assert invitations.why_not_span(span, before) is None
    short = Span(span.first, span.last, (0,), time(9), time(9, 10), 30)
    long = Span(date(2026, 1, 1), date(2027, 1, 1), (0, 1, 2, 3, 4), time(8), time(17), 15)
    codes = [getattr(invitations.why_not_span(one, before), "code", None) for one in (short, long)]
    assert codes == ["slot_none", "slot_too_many"]


def test_where_an_invitation_is_follows_from_what_was_chosen_and_the_day() -> None:
    ahead, behind = NOW + timedelta(days=2), NOW - timedelta(days=2)

    def state(until: datetime, ends: datetime | None = None, withdrawn: bool = False) -> State:
        return invitations.state_of(answer_until=until, withdrawn=withdrawn, booked_ends=ends, now=NOW)

    assert state(ahead) is State.WAITING
    assert state(behind) is State.UNANSWERED
    assert state(behind, ahead) is State.BOOKED
    assert state(behind, behind) is State.HAS_BEEN
    assert state(ahead, withdrawn=True) is State.WITHDRAWN


@pytest.mark.parametrize(
    ("result", "state", "follows"),
    [
        (Result.NO_SHOW, StepState.DROPPED, ""), (Result.NOT_NOW, StepState.DONE, ""),
        (Result.INTERVIEW, StepState.DONE, "Intervju hos Bageriet"), (Result.TRIAL, StepState.DONE, "Provperiod hos Bageriet"),
        (Result.HIRED, StepState.DONE, "Börja arbeta hos Bageriet"),
    ],
)  # fmt: skip
def test_each_result_becomes_something_in_the_plan(result: Result, state: StepState, follows: str) -> None:
    became = recruitment.becomes(result, "Bageriet", TODAY)
    assert (became.state, became.next_title) == (state, follows)
    assert became.next_from == (TODAY if result in recruitment.BEGINS else None)
    assert became.result
