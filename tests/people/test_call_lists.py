"""Call lists: an area lays them in, an evaluator draws among codes, and nobody but those drawn is ever named."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from samkraft.analysis.draws import fair
from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import call_lists, cases, guard, protection
from samkraft.people.queries import call_lists as asked
from samkraft.people.queries import contributions
from samkraft.people.rules import secrecy
from samkraft.people.rules.call_lists import Noted
from samkraft.values.identity_number import IdentityNumber
from samkraft.values.period import day_in_stockholm
from tests.factories import call_lists as files
from tests.factories import joint_work, partners, refusals
from tests.factories.partners import Member
from tests.factories.people import Setting

pytestmark = pytest.mark.django_db
MANY = 24


@dataclass
class Laid:
    """A list of 24 in a registration of its own."""

    made: Setting
    registration: UUID
    list_id: UUID
    numbers: list[str]
    evaluator: Member

    @property
    def officer(self) -> Member:
        return self.made.officer

    def codes(self) -> dict[str, str]:
        with transactions.write(self.evaluator.context), guard.refusing():
            return asked.codes(self.registration)

    def draw(self, codes: dict[str, str] | None = None, by: Member | None = None, each: int = 6) -> frozenset[str]:
        """Half of each group, or as many as is said."""
        people = codes or self.codes()
        now = timezone.now()
        published = fair.rule(people, dict.fromkeys(set(people.values()), each), seed_source="x", at=now)
        lot = fair.made(people, published, seed="7", seed_at=timezone.now())
        who = (by or self.evaluator).context
        with transactions.write(who):
            call_lists.draw_within(
                by=who, registration=self.registration, order=lot.order, drawn=frozenset(lot.drawn), at=now
            )
        return frozenset(lot.drawn)

    def to_call(self, by: Member | None = None) -> list[asked.CallRow]:
        with transactions.read((by or self.officer).context):
            return asked.to_call(self.list_id)

    def rows(self, until: date | None = None) -> list[asked.StudyRow]:
        with transactions.write(self.evaluator.context), guard.refusing():
            return asked.study_rows(self.registration, until=until or day_in_stockholm(timezone.now()))


def laid_in(made: Setting | None = None, by: Member | None = None, numbers: list[str] | None = None) -> Laid:
    """A list with as many women as men, which waits for the lot."""
    made, registration, numbers = made or joint_work.setting(), uuid4(), numbers or files.people(MANY)
    found = call_lists.lay_in(
        by=(by or made.officer).context, registration=registration, initiative_id=made.initiative_id,
        text=files.file_of(numbers),
    )  # fmt: skip
    assert found.listed == len(numbers)
    return Laid(made, registration, found.list_id, numbers, partners.member(Role.EVALUATOR))


def test_nobody_reads_a_name_before_the_lot_and_afterwards_those_drawn_alone() -> None:
    laid = laid_in()
    assert laid.to_call() == []
    laid.draw()
    called = laid.to_call()
    assert len(called) == 12
    assert called[0].turn == 1
    assert called[0].name.startswith("Namn")
    assert laid.to_call(laid.made.outsider) == []  # of the same area, and not one of those who call
    assert laid.to_call(laid.made.social) == []


def test_a_colleague_who_is_named_calls_too_but_nobody_of_another_area() -> None:
    laid = laid_in()
    laid.draw()
    call_lists.name_caller(
        by=laid.officer.context, list_id=laid.list_id, membership_id=laid.made.outsider.membership_id
    )
    assert len(laid.to_call(laid.made.outsider)) == 12
    with refusals.refused("cannot_be_on_case"):
        call_lists.name_caller(
            by=laid.officer.context, list_id=laid.list_id, membership_id=laid.made.social.membership_id
        )
    with refusals.refused("call_list_not_yours"):
        call_lists.name_caller(
            by=partners.member(Role.EMPLOYMENT_OFFICER).context,
            list_id=laid.list_id,
            membership_id=laid.made.outsider.membership_id,
        )


def test_a_list_is_drawn_once_and_only_by_an_evaluator() -> None:
    laid = laid_in()
    with refusals.refused("only_evaluators"):
        laid.draw(laid.codes(), by=laid.officer)
    laid.draw()
    with refusals.refused("call_list_drawn"):
        laid.draw()


def test_a_list_that_somebody_has_left_is_another_list() -> None:
    laid = laid_in()
    codes = laid.codes()
    number = IdentityNumber(laid.numbers[3])
    assert call_lists.take_off(by=laid.officer.context, list_id=laid.list_id, number=number)
    assert len(laid.codes()) == MANY - 1
    with refusals.refused("call_list_changed"):
        laid.draw(codes)


def test_who_gets_a_protected_identity_is_gone_from_list_call_and_rows() -> None:
    """Also where the same number is known by another area, and under another row."""
    laid = laid_in()
    laid.draw()
    gone = laid.to_call()[0]
    social = laid.made.social.context
    number = next(one for one in laid.numbers if _is(laid, gone, one))
    with transactions.write(social):
        begun = cases.begin_within(by=social, number=IdentityNumber(number), at=timezone.now())
    assert begun.person_id != gone.person_id
    protection.protect(by=social, person_id=begun.person_id, level="marked")
    assert gone.id not in {one.id for one in laid.to_call()}
    assert len(laid.rows()) == MANY - 1
    with refusals.refused("call_list_not_yours"):
        call_lists.note(by=laid.officer.context, entry_id=gone.id, kind=Noted.TALKED)


def _is(laid: Laid, row: asked.CallRow, number: str) -> bool:
    return row.name == f"Namn{laid.numbers.index(number)} Efternamn{laid.numbers.index(number)}"


def test_who_wants_to_come_becomes_a_case_like_all_others() -> None:
    laid = laid_in()
    laid.draw()
    entry = laid.to_call()[0]
    call_lists.note(by=laid.officer.context, entry_id=entry.id, kind=Noted.NO_ANSWER)
    call_lists.note(by=laid.officer.context, entry_id=entry.id, kind=Noted.CAME)
    person_id = call_lists.begin(by=laid.officer.context, entry_id=entry.id)
    assert call_lists.begin(by=laid.officer.context, entry_id=entry.id) == person_id
    with transactions.read(laid.officer.context):
        kinds = {held.kind for held in contributions.held(laid.officer.context, person_id)}
    assert kinds == {"card", "referral"}
    again = laid.to_call()[0]
    assert again.state is Noted.CAME
    assert len(again.notes) == 2
    with refusals.refused(secrecy.NOT_FOUND.code):
        call_lists.begin(by=laid.made.outsider.context, entry_id=entry.id)


def test_an_evaluator_gets_rows_that_lead_neither_to_a_code_nor_to_a_person() -> None:
    laid = laid_in()
    codes = laid.codes()
    with refusals.refused("call_list_not_drawn"):
        laid.rows()
    laid.draw()
    called = laid.to_call()[0]
    call_lists.note(by=laid.officer.context, entry_id=called.id, kind=Noted.CAME)
    today = day_in_stockholm(timezone.now())
    found = call_lists.follow_up(
        by=laid.officer.context, list_id=laid.list_id, text=files.follow_up_of(laid.numbers[:20], set(laid.numbers[:5])),
        on=today,
    )  # fmt: skip
    rows = laid.rows()
    assert found == 20
    assert len(rows) == MANY
    assert sum(one.is_drawn for one in rows) == 12
    assert sum(one.has_come for one in rows) == 1
    assert [one.situation for one in rows].count("work") == 5
    assert [one.situation for one in rows].count(None) == 4
    assert {one.name for one in rows} & {*codes, str(called.person_id), called.person_id.hex} == set()
    with transactions.read(laid.officer.context):
        assert asked.standing(laid.registration) == asked.Standing(MANY, 12, 1, 1, 20)


@pytest.mark.parametrize("role", [Role.MAIN_PROJECT_LEADER, Role.STEERING_GROUP, Role.EMPLOYMENT_OFFICER])
def test_nobody_but_an_evaluator_gets_codes_or_rows(role: Role) -> None:
    laid = laid_in()
    by = partners.member(role).context
    for question in (
        lambda: asked.codes(laid.registration),
        lambda: asked.study_rows(laid.registration, until=date(2026, 1, 1)),
    ):
        with refusals.refused("only_evaluators"), transactions.write(by), guard.refusing():
            question()
    with refusals.refused("call_list_not_yours"), transactions.read(by), guard.refusing():
        asked.standing(laid.registration)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("personnummer;förnamn\n123;A;B;;ja", "call_list_bad_lines"),
        ("", "call_list_too_few"),
        (files.file_of(files.people(21) + files.people(1)), "call_list_twice"),
        (files.file_of(files.people(22)).replace(";ja", ";kanske"), "call_list_bad_lines"),
    ],
    ids=["no-number", "empty", "twice", "neither-yes-nor-no"],
)
def test_a_file_that_cannot_be_used_is_refused_whole_with_its_lines(text: str, code: str) -> None:
    made = joint_work.setting()
    with refusals.refused(code):
        call_lists.lay_in(by=made.officer.context, registration=uuid4(), initiative_id=made.initiative_id, text=text)


def test_a_registration_has_one_list() -> None:
    laid = laid_in()
    with refusals.refused("call_list_exists"):
        call_lists.lay_in(
            by=laid.officer.context, registration=laid.registration, initiative_id=laid.made.initiative_id,
            text=files.file_of(laid.numbers),
        )  # fmt: skip
