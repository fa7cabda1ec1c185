"""The demo's studies: one from last year, done and published, whose effect is built in; and one that waits for its list.

Everything goes through the actions as those who do it would, but for the calls, which the owner puts there in bulk.
"""

from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import codes
from samkraft.knowledge.actions import studies
from samkraft.knowledge.queries import studies as asked
from samkraft.knowledge.rules.studies.registrations import Outcome
from samkraft.operations.database import time_travel
from samkraft.operations.world import arranged, partners, study_people
from samkraft.operations.world.people.numbers import Numbers
from samkraft.operations.world.people.writing import connected
from samkraft.operations.world.study_people import Life
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import call_lists as calling
from samkraft.people.rules import call_lists as rules
from samkraft.values.context import Context
from samkraft.values.identity_number import Kind
from samkraft.values.period import STOCKHOLM, day_in_stockholm

WHAT = "studier med lottade samtal"
CODE = arranged.MALMOKRAFTEN.undertaking.code
EVALUATOR, CALLER = "Henrik Sand", "Åsa Ek"
SEED, LOT = 2, "3 9 14 20 27 31 34"
WEEKS_AGO = 44
NEXT = study_people.PROMISE | {
    "title": "Studievägledning före första mötet",
    "question": "Börjar fler studera om de träffar en studie- och yrkesvägledare före det första mötet med teamet?",
    "offer": "En timme med en studie- och yrkesvägledare, innan det första mötet med teamet.",
    "comparison": "Studie- och yrkesvägledning när den behövs, som i dag.",
    "outcome": Outcome.STUDIES.value,
    "people": "400", "places": "200", "baseline_percent": "10", "effect_points": "10",
}  # fmt: skip

CALLS = """
    INSERT INTO people_callnote (id, entry_id, person_id, area_id, category, kind, on_date, noted_at, noted_by)
    SELECT gen_random_uuid(), e.id, e.person_id, e.area_id, e.category,
        CASE WHEN i.number = ANY (%(came)s) THEN 'came' WHEN e.turn %% 3 = 0 THEN 'no_answer' ELSE 'declined' END,
        (%(at)s::timestamptz + make_interval(mins => 20 * e.turn))::date, %(at)s::timestamptz + make_interval(mins => 20 * e.turn),
        %(by)s
    FROM people_callentry e JOIN people_identity i ON i.person_id = e.person_id WHERE e.list_id = %(list)s AND e.is_drawn
"""


def is_loaded() -> bool:
    """Whether the studies are there."""
    by = partners.acting(EVALUATOR, Role.EVALUATOR)
    with transactions.read(by):
        return bool(asked.listed(codes.initiatives().get(CODE)))


def load() -> None:
    """Last year's study first, then the one that has just been registered."""
    by, officer = partners.acting(EVALUATOR, Role.EVALUATOR), partners.acting_with_people(CALLER)
    initiative_id = codes.initiatives()[CODE]
    begun = datetime.combine(day_in_stockholm(timezone.now()) - timedelta(weeks=WEEKS_AGO), time(9, 0), STOCKHOLM)
    with time_travel.allowed("en påhittad studie har gjorts"):
        study_id = _register(by, initiative_id, study_people.PROMISE, begun)
        people = study_people.lives(SEED)
        numbers = _numbers(people)
        listed = _lay_in(officer, by, study_id, initiative_id, people, numbers, begun + timedelta(days=2))
        studies.publish_list(by=by, at=begun + timedelta(days=3), study_id=study_id)
        drawn_at = begun + timedelta(days=10, hours=2)
        studies.draw(by=by, at=drawn_at, study_id=study_id, seed=LOT, seed_at=drawn_at - timedelta(hours=14))
        studies.freeze(by=by, at=drawn_at + timedelta(hours=1), study_id=study_id)
        drawn = _call(officer, listed, people, numbers, drawn_at + timedelta(days=1))
        until = drawn_at + timedelta(days=study_people.HORIZON_DAYS, hours=4)
        calling.follow_up(
            by=officer, list_id=listed, on=day_in_stockholm(until), at=until + timedelta(days=9),
            text=_follow_up(people, numbers, drawn),
        )  # fmt: skip
        studies.estimate(by=by, at=until + timedelta(days=12), study_id=study_id)
        studies.publish(by=by, at=until + timedelta(days=20), study_id=study_id)
        _register(by, initiative_id, NEXT, timezone.now() - timedelta(days=3))


def _register(by: Context, initiative_id: UUID, promise: dict[str, str], at: datetime) -> UUID:
    draft = studies.keep_draft(by=by, at=at, initiative_id=initiative_id, fields=promise)
    return studies.register(by=by, at=at, draft_id=draft)


def _numbers(people: list[Life]) -> list[str]:
    draw, numbers = Random(SEED), Numbers()  # noqa: S311 - invented people
    return [numbers.give(draw, one.birth_date, one.sex, Kind.PERSONAL)[0] for one in people]


def _lay_in(
    officer: Context, by: Context, study_id: UUID, initiative_id: UUID, people: list[Life], numbers: list[str], at: datetime
) -> UUID:  # fmt: skip
    with transactions.read(by):
        row = next(one for one in asked.listed(initiative_id) if one.id == study_id)
    lines = [
        f"{number};{_given(place)};{_family(place)};070-{place:03} 00 {place % 90 + 10};{'ja' if one.worked_before else 'nej'}"
        for place, (one, number) in enumerate(zip(people, numbers, strict=True))
    ]
    return calling.lay_in(
        by=officer, registration=row.registration_id, initiative_id=initiative_id, at=at, text="\n".join([rules.HEADINGS, *lines])
    ).list_id  # fmt: skip


def _given(place: int) -> str:
    women, men = ("Alma", "Noor", "Siv", "Yara", "Tove", "Ines"), ("Adam", "Omar", "Sven", "Yusuf", "Tore", "Ivan")
    return (women, men)[place % 2][place // 2 % 6]


def _family(place: int) -> str:
    first = ("Ek", "Lund", "Berg", "Al", "Sund", "Hed", "Ros", "Vall", "Ny", "Gran")
    last = ("ström", "qvist", "mark", "dal", "gren", "holm", "by", "vik")
    return first[place // 12 % 10] + last[place // 120 % 8]


def _call(officer: Context, list_id: UUID, people: list[Life], numbers: list[str], at: datetime) -> set[str]:
    """The calls as the owner puts them there; the numbers of those who were drawn, which only this world may know."""
    came = [number for one, number in zip(people, numbers, strict=True) if one.would_come]
    with connected() as owner, owner.transaction():
        owner.execute(CALLS, {"came": came, "at": at, "by": officer.actor_name, "list": list_id})
        found = owner.execute(
            "SELECT i.number FROM people_callentry e JOIN people_identity i ON i.person_id = e.person_id "
            "WHERE e.list_id = %s AND e.is_drawn",
            [list_id],
        ).fetchall()
    return {str(number) for (number,) in found}


def _follow_up(people: list[Life], numbers: list[str], drawn: set[str]) -> str:
    told = [(number, one.situation(is_drawn=number in drawn)) for one, number in zip(people, numbers, strict=True)]
    lines = [f"{number};{rules.FOLLOWED_NAMES[situation]}" for number, situation in told if situation is not None]
    return "\n".join([rules.FOLLOW_UP_HEADINGS, *lines])
