"""Who waits in the demo, and what each does with an offer: yes, no with a reason, or no word in time."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.offer.queries import catalogue as asked
from samkraft.operations.world import arranged, catalogue, partners
from samkraft.operations.world.people import writing
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM, day_in_stockholm

LISTS_DAYS = 9  # attendance of the last days only: enough to look at, and quick to lay in
REASONS = ("time", "far", "care", "other_activity", "work")
# A column of the database's own view of the caseload, asked as the officer who is on the case.
_MINE = "SELECT person_id, enrolment_id, started_on FROM people_overview WHERE exited_on IS NULL ORDER BY person_id"
_OPEN = (
    "SELECT id, entry_id, person_id, area_id, answer_until, started_on, accepted_at, decided_date, occasion_id "
    "FROM people_placehold WHERE activity_id = %s AND released_at IS NULL"
)


@dataclass
class Lives:
    """The officers who put people in queues, the people on their cases, and which offers have been thought of."""

    officers: dict[str, list[Context]]
    people: dict[UUID, list[tuple[UUID, UUID, date]]]
    seen: set[UUID] = field(default_factory=set)
    queued: set[tuple[UUID, str]] = field(default_factory=set)
    owner: Any = None


def read(chance: random.Random) -> Lives:
    """Everybody in the first two teams who can put people in queues, with those they know."""
    from django.db import connection

    roles = {"employment_officer": Role.EMPLOYMENT_OFFICER, "labour_market_secretary": Role.LABOUR_MARKET_SECRETARY}
    officers: dict[str, list[Context]] = {name: [] for name in roles}
    people: dict[UUID, list[tuple[UUID, UUID, date]]] = {}
    for team in arranged.MALMOKRAFTEN.teams[:2]:
        for name in team.core:
            by = partners.acting_with_people(name)
            if by.role not in officers:
                continue
            officers[by.role].append(by)
            with transactions.read(by), connection.cursor() as cursor:
                cursor.execute(_MINE)
                known = [(row[0], row[1], row[2]) for row in cursor.fetchall()]
            chance.shuffle(known)
            people[by.membership_id] = known
    owner = writing.connected()
    owner.autocommit = True
    return Lives(officers, people, owner=owner)


def begin(world: Any, one: catalogue.Activity) -> None:
    """Somebody new for the queue, so many a month."""
    role = one.decided_by if one.decided_by in world.lives.officers else "employment_officer"
    for _ in range(round(one.queue * 1.9)):
        moment = world.begins + timedelta(days=world.chance.uniform(2, 99))
        moment = moment.replace(hour=world.chance.randrange(8, 16), minute=world.chance.randrange(60))
        by = world.chance.choice(world.lives.officers[role])
        world.at(moment, lambda when, by=by: _join(world, one, by, when))


def _join(world: Any, one: catalogue.Activity, by: Context, when: datetime) -> None:
    known = world.lives.people[by.membership_id]
    today = day_in_stockholm(when)
    found = next((line for line in known if line[2] <= today and (line[0], one.code) not in world.lives.queued), None)
    if found is None:
        return
    known.remove(found)
    world.lives.queued.add((found[0], one.code))
    person, enrolment, started = found
    criteria = [name for name in catalogue.ORDER if world.chance.random() < 0.15]
    needed = max(started, today - timedelta(days=world.chance.randrange(2, 35)))
    world.do(
        by, when, "place.joined", ("people.person", person), "people_place_join", person, world.ids[one.code], None, None,
        criteria, None, enrolment, needed, when,
    )  # fmt: skip
    world.do(
        by,
        when,
        "places.offered",
        ("offer.activity", world.ids[one.code]),
        "people_place_offer",
        world.ids[one.code],
        when,
    )
    if world.chance.random() < 0.35:
        known.append(found)  # some wait for two things
    look(world, one, when)


def look(world: Any, one: catalogue.Activity, when: datetime) -> None:
    """Think of each new offer: when it will be answered, and how."""
    for row in world.lives.owner.execute(_OPEN, [world.ids[one.code]]).fetchall():
        hold, _entry, person, area, until, started, accepted, decided, occasion = row
        if hold in world.lives.seen or started or accepted or decided:
            continue
        world.lives.seen.add(hold)
        by = _on_case(world, area, one)
        luck = world.chance.random()
        if luck < 0.08:
            continue  # never answers
        moment = min(when + timedelta(days=world.chance.uniform(0.3, 3.5)), until - timedelta(hours=1))
        if moment <= when:
            moment = when + timedelta(hours=2)
        yes = luck > 0.22
        world.at(moment, lambda now, hold=hold, by=by, yes=yes, person=person, occasion=occasion: _answer(
            world, one, by, hold, person, occasion, yes, now
        ))  # fmt: skip


def _on_case(world: Any, area: UUID, one: catalogue.Activity) -> Context:
    for officers in world.lives.officers.values():
        for by in officers:
            if by.area_id == area:
                return by
    raise LookupError(area)


def _answer(
    world: Any,
    one: catalogue.Activity,
    by: Context,
    hold: UUID,
    person: UUID,
    occasion: UUID,
    yes: bool,
    when: datetime,
) -> None:
    by = _who_may(world, by, person)
    if by is None:
        return
    action, reason = ("place.accepted", "") if yes else ("place.declined", world.chance.choice(REASONS))
    stays = world.chance.random() < 0.7
    world.do(by, when, action, ("people.person", person), "people_place_answer", hold, yes, reason, "", stays, when)
    look(world, one, when)
    if not yes:
        return
    decider = world.coordinator if one.decided_by == "owner" else by
    moment = when + timedelta(days=world.chance.uniform(0.2, 5))
    number = f"AF-{when:%y}-{world.chance.randrange(1000, 9999)}" if one.decided_by == "employment_officer" else ""
    world.at(moment, lambda now: _decide(world, one, decider, hold, person, occasion, number, now))


def _who_may(world: Any, by: Context, person: UUID) -> Any:
    """Somebody of that area who is on the person's case."""
    for officers in world.lives.officers.values():
        for other in officers:
            if other.area_id == by.area_id and _is_on_case(other, person):
                return other
    return None


def _is_on_case(by: Context, person: UUID) -> bool:
    from django.db import connection

    with transactions.read(by), connection.cursor() as cursor:
        cursor.execute("SELECT people_may(%s)", [person])
        return bool(cursor.fetchone()[0])


def _decide(
    world: Any,
    one: catalogue.Activity,
    by: Context,
    hold: UUID,
    person: UUID,
    occasion: UUID,
    number: str,
    when: datetime,
) -> None:
    subject = ("people.place", hold) if by is world.coordinator else ("people.person", person)
    world.do(by, when, "place.decided", subject, "people_place_decide", hold, True, number, when.date(), "", when)
    found = asked.occasion(occasion)
    assert found is not None
    begins = datetime.combine(max(found.starts_on, when.date()), time(13), STOCKHOLM) + timedelta(
        days=world.chance.randrange(1, 8)
    )
    if by is not world.coordinator:
        world.at(begins, lambda now: world.do(
            _who_may(world, by, person) or by, now, "place.started", ("people.person", person), "people_place_start", hold,
            now.date(), now,
        ))  # fmt: skip
    weeks = max(1, round((one.weeks or 20) * world.chance.uniform(0.5, 1.0)))
    world.at(begins + timedelta(weeks=weeks), lambda now: _finish(world, one, by, hold, person, now))


def _finish(world: Any, one: catalogue.Activity, by: Context, hold: UUID, person: UUID, when: datetime) -> None:
    row = world.lives.owner.execute(
        "SELECT started_on, released_at, area_id FROM people_placehold WHERE id = %s", [hold]
    ).fetchone()
    who = _who_may(world, by, person) if by is not world.coordinator else None
    if row is None or row[0] is None or row[1] is not None or who is None:
        return
    wanted = [one.id for one in asked.outcomes(world.ids[one.code])]
    said = [world.chance.choice(("yes", "yes", "partly", "no")) for _ in wanted]
    world.do(
        who,
        when,
        "place.ended",
        ("people.person", person),
        "people_place_finish",
        hold,
        when.date(),
        "",
        "",
        wanted,
        said,
        when,
    )
    look(world, one, when)


def attend(world: Any, occasion_id: UUID) -> None:
    """The provider notes who was there, some minutes after each session has begun."""
    first = day_in_stockholm(world.now) - timedelta(days=LISTS_DAYS)
    for session in asked.sessions(occasion_ids=[occasion_id], first=first, days=LISTS_DAYS):
        world.at(session.starts_at + timedelta(minutes=20), lambda now, session=session: _note(world, session, now))


def _note(world: Any, session: Any, when: datetime) -> None:
    if day_in_stockholm(when) == day_in_stockholm(world.now):
        return  # today's list is for whoever tries the demo
    rows = world.lives.owner.execute(
        "SELECT id FROM people_placehold WHERE occasion_id = %s AND accepted_at <= %s AND decided_date IS NOT NULL "
        "AND released_at IS NULL", [session.occasion_id, when],
    ).fetchall()  # fmt: skip
    for (hold,) in rows:
        presence = world.chance.choices(("present", "late", "absent_told", "absent"), (80, 6, 10, 4))[0]
        world.do(
            world.provider, when, "session.attendance", ("offer.session", session.id), "people_place_attend", session.id, hold,
            presence, when,
        )  # fmt: skip
