"""What a call list tells and to whom: no number tells who is protected or takes part, and every door asks whose list it is."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.partners.actions import memberships
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import call_lists, cases, exits, protection
from samkraft.people.queries import call_lists as asked
from samkraft.people.rules.call_lists import Noted
from samkraft.values.identity_number import IdentityNumber
from tests.factories import call_lists as files
from tests.factories import joint_work, partners, refusals
from tests.factories.partners import Member
from tests.factories.people import Setting
from tests.people import world
from tests.people.test_call_lists import MANY, Laid, laid_in
from tests.people.test_doors import _ask

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 2)
YESTERDAY = timezone.localdate() - timedelta(days=1)
NAME = "Namn0 Efternamn0"  # the first of a list, a woman
WOMEN = MANY // 2


def _protected(made: Setting, number: str) -> UUID:
    """Somebody with this number, known to the social services alone, gets a protected identity."""
    by = made.social.context
    with transactions.write(by):
        begun = cases.begin_within(by=by, number=IdentityNumber(number), at=timezone.now())
    protection.protect(by=by, person_id=begun.person_id, level="marked", membership_ids=[])
    return begun.person_id


def _lifted(made: Setting, person_id: UUID) -> None:
    other = partners.member(Role.SOCIAL_SECRETARY, name="Kim Kollega")
    cases.assign(by=made.social.context, person_id=person_id, membership_id=other.membership_id)
    protection.name(by=made.social.context, person_id=person_id, membership_id=other.membership_id)
    assert not protection.lift(by=made.social.context, person_id=person_id)
    assert protection.lift(by=other.context, person_id=person_id)


def _told(laid: Laid) -> dict[str, Any]:
    """Everything that whoever laid in the list, and the evaluator, are told on the way, but for the names themselves."""

    def standing() -> asked.Standing:
        with transactions.read(laid.officer.context):
            return asked.standing(laid.registration)

    before, codes = standing(), laid.codes()
    drawn = laid.draw(codes, each=WOMEN - 1)
    called = laid.to_call()
    found = call_lists.follow_up(
        by=laid.officer.context, list_id=laid.list_id, text=files.follow_up_of(laid.numbers, set()), on=TODAY
    )
    return {
        "before": before, "codes": sorted(codes.values()), "drawn": len(drawn), "turns": [one.turn for one in called],
        "found": found, "after": standing(),
        "taken off": call_lists.take_off(
            by=laid.officer.context, list_id=laid.list_id, number=IdentityNumber(laid.numbers[0])
        ),
    }  # fmt: skip


def test_no_number_tells_whoever_lays_in_a_list_who_is_protected_or_takes_part() -> None:
    """The same list four times over, in which the first is nobody in particular, protected, protected later, or takes part."""
    told: dict[str, dict[str, Any]] = {}
    names: dict[str, set[str]] = {}
    rows: dict[str, int] = {}
    for what in ("nobody", "protected", "protected later", "takes part"):
        made, numbers = joint_work.setting(), files.people(MANY, seed=len(told))
        if what == "protected":
            _protected(made, numbers[0])
        if what == "takes part":
            assert joint_work.begun(made, made.officer, number=IdentityNumber(numbers[0])).enrolment_id
        laid = laid_in(made, numbers=numbers)
        if what == "protected later":
            _protected(made, numbers[0])
        told[what] = _told(laid)
        names[what] = {one.name for one in laid.to_call()}
        rows[what] = len(laid.rows())
    assert told["protected"] == told["protected later"] == told["takes part"] == told["nobody"]
    assert told["nobody"]["turns"] == sorted([*range(1, WOMEN), *range(1, WOMEN)])
    for what in ("protected", "protected later", "takes part"):
        women = {name for name in names[what] if int(name.split()[0].removeprefix("Namn")) % 2 == 0}
        assert NAME not in women, what
        assert len(women) == WOMEN - 1, f"{what}: the others are called instead"
        assert rows[what] == MANY - 1, f"{what}: is in no study"


def test_who_takes_part_elsewhere_or_in_something_else_or_no_longer_is_called_like_everybody() -> None:
    made, numbers = joint_work.setting(), files.people(MANY)
    joint_work.begun(made, made.social, number=IdentityNumber(numbers[0]))
    other = joint_work.setting()
    joint_work.begun(other, other.officer, number=IdentityNumber(numbers[2]))
    was = joint_work.begun(
        made, made.officer, at=timezone.now() - timedelta(days=90), number=IdentityNumber(numbers[4])
    )
    was.after(30)
    left = {"outcome": "moved", "left_on": was.today.isoformat()}
    exits.leave(by=made.officer.context, person_id=was.person_id, at=was.at, left=left)
    laid = laid_in(made, numbers=numbers)
    laid.draw(each=WOMEN)
    assert len(laid.to_call()) == MANY


def test_who_takes_part_here_already_has_no_turn_and_is_no_row() -> None:
    made, numbers = joint_work.setting(), files.people(MANY)
    joint_work.begun(made, made.officer, number=IdentityNumber(numbers[0]))
    laid = laid_in(made, numbers=numbers)
    laid.draw(each=WOMEN)
    assert (len(laid.to_call()), len(laid.rows())) == (MANY - 1, MANY - 1)


def test_of_who_is_protected_when_the_list_is_laid_in_no_name_is_kept() -> None:
    """Whose protection has ended before is named; whose ends afterwards is not, since there is no name to call."""
    made, numbers = joint_work.setting(), files.people(MANY)
    _lifted(made, _protected(made, numbers[0]))
    later = _protected(made, numbers[2])
    laid = laid_in(made, numbers=numbers)
    _lifted(made, later)
    laid.draw(each=WOMEN)
    names = {one.name for one in laid.to_call()}
    assert len(names) == MANY - 1
    assert NAME in names
    assert not {name for name in names if name.strip() in ("", "Efternamn2", "Namn2 Efternamn2")}


def test_a_list_and_what_is_on_it_is_read_by_those_who_call_on_it_alone() -> None:
    made = joint_work.setting()
    other = joint_work.colleague(made, made.officer)
    first, second = laid_in(made), laid_in(made, by=other, numbers=files.people(MANY, seed=8))
    for laid, by in ((first, made.officer), (second, other)):
        laid.draw()
        call_lists.note(by=by.context, entry_id=laid.to_call(by)[0].id, kind=Noted.TALKED)
    assert _seen(made.officer) == _seen(other) == {"calllist": 1, "caller": 1, "callentry": 12, "callnote": 1}
    for member in (made.outsider, made.social, first.evaluator, made.leader):
        assert _seen(member) == {}, member.name
    assert not any(world.count(None, f"people_{table}") for table in TABLES)
    for one in first.to_call():
        with refusals.refused("call_list_not_yours"):
            call_lists.note(by=other.context, entry_id=one.id, kind=Noted.TALKED)
    gone = first.to_call()[0]
    number = next(one for place, one in enumerate(first.numbers) if gone.name.startswith(f"Namn{place} "))
    assert call_lists.take_off(by=made.officer.context, list_id=first.list_id, number=IdentityNumber(number))
    assert _seen(made.officer) == {"calllist": 1, "caller": 1, "callentry": 11}
    with refusals.refused("call_list_not_yours"):
        call_lists.note(by=made.officer.context, entry_id=gone.id, kind=Noted.TALKED)
    assert len(first.rows()) == MANY - 1


TABLES = ("calllist", "caller", "callentry", "callnote")


def _seen(member: Member) -> dict[str, int]:
    found = {table: world.count(member.context, f"people_{table}") for table in TABLES}
    return {table: many for table, many in found.items() if many}


def test_who_gets_a_protected_identity_later_is_gone_with_what_was_noted_and_back_when_it_is_lifted() -> None:
    laid = laid_in()
    laid.draw()
    gone = laid.to_call()[0]
    call_lists.note(by=laid.officer.context, entry_id=gone.id, kind=Noted.TALKED)
    number = next(one for place, one in enumerate(laid.numbers) if gone.name.startswith(f"Namn{place} "))
    person = _protected(laid.made, number)
    assert _seen(laid.officer) == {"calllist": 1, "caller": 1, "callentry": 11}
    assert len(laid.rows()) == MANY - 1
    assert _ask(laid.officer.context, "people_call_note", gone.id, "talked", TODAY, "x", timezone.now()) == NOT_YOURS
    assert _ask(laid.officer.context, "people_call_begin", gone.id) == NOT_YOURS
    _lifted(laid.made, person)
    assert _seen(laid.officer) == {"calllist": 1, "caller": 1, "callentry": 12, "callnote": 1}
    assert len(laid.rows()) == MANY


NOT_YOURS = "call_list_not_yours"


def test_each_door_asks_whose_list_it_is() -> None:
    laid = laid_in()
    now = timezone.now()
    outsider, evaluator = laid.made.outsider.context, laid.evaluator.context
    colleague = laid.made.outsider.membership_id
    number = laid.numbers[1]
    doors: dict[str, tuple[Any, ...]] = {
        "people_call_name": (laid.list_id, colleague, "x", now),
        "people_call_take_off": (laid.list_id, number, "x", now),
        "people_call_follow": (laid.list_id, [number], ["work"], TODAY, "x", now),
    }
    for by in (outsider, laid.made.social.context, evaluator):
        assert {door: _ask(by, door, *said) for door, said in doors.items()} == dict.fromkeys(doors, NOT_YOURS)
    for by in (outsider, laid.made.social.context, laid.made.leader.context):
        assert _ask(by, "people_call_standing", laid.registration) == NOT_YOURS
    assert _ask(evaluator, "people_call_standing", laid.registration) == ""
    assert _ask(laid.officer.context, "people_call_standing", laid.registration) == ""
    assert _ask(laid.officer.context, "people_call_standing", uuid4()) == NOT_YOURS, (
        "a list of one's own opens no other"
    )
    assert _ask(laid.officer.context, *("people_call_follow", *doors["people_call_follow"])) == "call_list_not_drawn"


def test_a_colleague_is_named_who_refers_people_here_and_now() -> None:
    laid = laid_in()
    by, now = laid.officer.context, timezone.now()

    def named(member: Member) -> str:
        return _ask(by, "people_call_name", laid.list_id, member.membership_id, "x", now)

    assert named(laid.made.social) == "cannot_be_on_case", "another area"
    assert laid.made.leader.area_id == laid.officer.area_id
    assert named(laid.made.leader) == "cannot_be_on_case", "refers nobody"
    counsellor = partners.member(Role.STUDY_COUNSELLOR, "af")
    assert counsellor.area_id == laid.officer.area_id
    assert named(counsellor) == "cannot_be_on_case", "meets people, and refers nobody"
    gone = partners.member(Role.EMPLOYMENT_OFFICER, name="Har Slutat")
    memberships.end(by=partners.administrator(), membership_id=gone.membership_id, last_date=YESTERDAY)
    assert named(gone) == "cannot_be_on_case"
    assert named(laid.made.outsider) == ""


def test_a_list_is_laid_in_by_those_who_refer_people_and_once() -> None:
    laid = laid_in()
    now = timezone.now()
    lines = (["199006022397"], ["personnummer"], ["A"], ["B"], [""], ["woman"], [1990], [None], "x", now)
    initiative = laid.made.initiative_id
    for by in (laid.evaluator.context, laid.made.leader.context, partners.by(Role.STUDY_COUNSELLOR, "af")):
        assert _ask(by, "people_call_make", uuid4(), initiative, *lines) == "may_not_refer"
    assert _ask(laid.officer.context, "people_call_make", laid.registration, initiative, *lines) == "call_list_exists"
    asking = [_ask(laid.officer.context, "people_call_make", uuid4(), initiative, *lines) for _ in range(10)]
    assert asking[0] == ""
    assert asking[-1] == "too_many_questions"


def test_taking_off_is_counted_done_once_and_on_that_list_alone() -> None:
    made = joint_work.setting()
    first, second = laid_in(made), laid_in(made)
    by, now = made.officer.context, timezone.now()
    number = IdentityNumber(first.numbers[0])
    assert call_lists.take_off(by=by, list_id=first.list_id, number=number)
    assert not call_lists.take_off(by=by, list_id=first.list_id, number=number)
    assert len(first.codes()) == MANY - 1
    assert len(second.codes()) == MANY
    first.draw()
    with transactions.read(by):
        assert asked.standing(first.registration).listed == MANY - 1
    follow = (first.list_id, [first.numbers[0]], ["work"], TODAY, "x", now)
    with transactions.write(by), connection.cursor() as cursor:
        cursor.execute("SELECT people_call_follow(%s, %s, %s, %s, %s, %s)", follow)
        assert cursor.fetchone() == (0,)
    asking = [_ask(by, "people_call_take_off", first.list_id, "199006022397", "x", now) for _ in range(60)]
    assert asking[-1] == "too_many_questions"


def test_a_lot_is_put_on_the_list_that_was_published_by_an_evaluator() -> None:
    made = joint_work.setting()
    laid, other = laid_in(made), laid_in(made, numbers=files.people(MANY, seed=9))
    codes, now, evaluator = sorted(laid.codes()), timezone.now(), laid.evaluator.context

    def put(by: Any, registration: UUID, said: list[str]) -> str:
        turns = list(range(1, len(said) + 1))
        return _ask(by, "people_call_draw", registration, said, turns, [True] * len(said), "x", now)

    assert put(made.officer.context, laid.registration, codes) == "only_evaluators"
    assert put(evaluator, uuid4(), codes) == "call_list_missing"
    theirs = sorted(other.codes())
    for said in (codes[1:], [*codes, "0"], theirs, [*codes, theirs[0]], []):
        assert put(evaluator, laid.registration, said) == "call_list_changed"
    assert call_lists.take_off(by=made.officer.context, list_id=laid.list_id, number=IdentityNumber(laid.numbers[0]))
    assert put(evaluator, laid.registration, codes) == "call_list_changed"
    assert put(evaluator, laid.registration, sorted(laid.codes())) == ""
    assert put(evaluator, laid.registration, sorted(laid.codes())) == "call_list_drawn"
    assert other.to_call() == [], "another list waits for its own lot"
    assert len(laid.to_call()) == MANY - 1
    assert len(laid.rows()) == MANY - 1


def test_codes_and_rows_are_an_evaluators_and_of_one_list() -> None:
    made = joint_work.setting()
    laid, other = laid_in(made), laid_in(made, numbers=files.people(MANY - 2, seed=9))
    for by in (made.officer.context, made.leader.context):
        assert _ask(by, "people_call_codes", laid.registration) == "only_evaluators"
        assert _ask(by, "people_call_rows", laid.registration, TODAY) == "only_evaluators"
    evaluator = laid.evaluator.context
    assert _ask(evaluator, "people_call_codes", uuid4()) == "call_list_missing"
    assert _ask(evaluator, "people_call_rows", uuid4(), TODAY) == "call_list_missing"
    assert _ask(evaluator, "people_call_rows", laid.registration, TODAY) == "call_list_not_drawn"
    laid.draw()
    other.draw()
    assert (len(laid.codes()), len(other.codes())) == (MANY, MANY - 2)
    assert (len(laid.rows()), len(other.rows())) == (MANY, MANY - 2)
    follow = call_lists.follow_up(
        by=made.officer.context, list_id=other.list_id, text=files.follow_up_of(laid.numbers, set()), on=TODAY
    )
    assert follow == len(set(laid.numbers) & set(other.numbers)), (
        "those who stand on the other list alone are not found"
    )
