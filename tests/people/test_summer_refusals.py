"""What the database's own functions of Ung i sommar refuse, asked raw: past every question that the product asks first."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.partners.actions import memberships
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import guard
from samkraft.people.actions.summer import summer_draws, summer_guardians, summer_placing
from samkraft.people.models import SummerDraw, SummerGuardian
from samkraft.people.queries.summer import summer_links
from samkraft.people.queries.summer.summer_links import Link
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from tests.factories import partners, summer
from tests.people import world
from tests.people.test_doors import _ask

pytestmark = pytest.mark.django_db


def _with(link: Link, function: str, *values: object) -> str:
    """The code of the refusal that whoever holds the link meets; empty when it was done."""

    def asked() -> None:
        with transaction.atomic():
            guard.ask(function, *values)

    with transactions.write(link.by), transaction.atomic(), summer_links.carried(link):
        return world.refusal(asked)


def test_places_are_answered_by_the_link_of_whoever_has_them_and_once() -> None:
    given = summer.everything()
    placement: UUID = summer.placement(given, "Alva").id
    assert _with(given.links["Bo"], "people_summer_answer", placement, True, "", False) == "summer_link_not_valid"
    assert _ask(given.holder.context, "people_summer_answer", placement, True, "", False) == "summer_link_not_valid"
    summer_placing.answer(by=given.links["Alva"].by, link=given.links["Alva"], placement_id=placement, says_yes=True)
    assert _with(given.links["Alva"], "people_summer_answer", placement, True, "", False) == "summer_answered"


def test_codes_and_places_are_given_by_those_who_hold_the_round() -> None:
    given = summer.everything()
    held = summer.placement(given, "Alva").place_id
    colleague = partners.member(Role.PLACE_COORDINATOR, "ama", name="Inte Utsedd").context
    for by in (colleague, given.supervisor.context, summer_links.STRANGER):
        assert _ask(by, "people_summer_codes", given.id) == "summer_not_your_round"
        assert _ask(by, "people_summer_give_on", held, "") == "summer_not_your_round"


def test_a_link_to_apply_is_made_while_applications_are_open() -> None:
    given = summer.planned()
    mine = summer.link(given)
    made = ("apply", None, None, summer_links.digest("ny"), "", 30)
    assert _ask(summer_links.STRANGER, "people_summer_make_link", given.id, *made) == ""
    summer.close(given)
    made = ("apply", None, None, summer_links.digest("en till"), "", 30)
    assert _ask(summer_links.STRANGER, "people_summer_make_link", given.id, *made) == "summer_closed"
    assert mine.applicant_id is None


def test_a_lot_needs_a_list_and_a_list_a_closed_round() -> None:
    given = summer.planned()
    row = {
        "id": uuid4(), "round_id": given.id, "area_id": given.holder.area_id, "published": {}, "fingerprint": "a" * 64,
        "published_at": timezone.now(), "published_by": "N",
    }  # fmt: skip
    for step, code in (("lot", "summer_no_list"), ("list", "summer_still_open")):
        with transactions.write(given.holder.context), pytest.raises(Refused) as refused, guard.refusing():
            SummerDraw.objects.create(step=step, **row)
        assert refused.value.reason.code == code


def _applicant(given: summer.Round, name: str) -> UUID:
    found = given.links[name].applicant_id
    assert found is not None
    return found


def test_an_answer_that_comes_too_late_is_no_answer() -> None:
    given = summer.everything()
    placement: UUID = summer.placement(given, "Alva").id
    with transactions.write(given.holder.context), connection.cursor() as cursor:
        cursor.execute("UPDATE people_summerplacement SET answer_until = now() - interval '1 hour'")
    assert _with(given.links["Alva"], "people_summer_answer", placement, True, "", False) == "summer_answer_late"


def test_a_link_is_made_for_oneself_or_by_who_holds_the_round_and_reaches_nobody_elses() -> None:
    given, other = summer.everything(), summer.planned()
    summer.applies(other, "Dag")
    alva, bo = _applicant(given, "Alva"), _applicant(given, "Bo")

    def asked(kind: str, applicant: UUID, guardian: UUID | None = None, days: int = 30) -> tuple[object, ...]:
        return (
            "people_summer_make_link",
            given.id,
            kind,
            applicant,
            guardian,
            summer_links.digest(uuid4().hex),
            "",
            days,
        )

    assert _with(given.links["Alva"], *asked("youth", alva)) == ""
    assert _with(given.links["Bo"], *asked("youth", alva)) == "summer_link_not_valid"
    assert _ask(given.holder.context, *asked("youth", _applicant(other, "Dag"))) == "summer_link_not_valid"
    with transactions.read(given.holder.context):
        guardians = dict(SummerGuardian.objects.filter(number=1).values_list("applicant_id", "id"))
    assert _ask(given.holder.context, *asked("guardian", alva, guardians[alva])) == ""
    assert _ask(given.holder.context, *asked("guardian", alva, guardians[bo])) == "summer_link_not_valid"


def test_nobody_makes_a_link_to_somebody_protected_whose_list_they_are_not_on() -> None:
    given = summer.planned()
    summer.applies(given, "Bo", is_protected=True)
    plain = partners.member(Role.PLACE_COORDINATOR, "ama", name="Utan Lista")
    summer_draws.name_holder(by=given.holder.context, round_id=given.id, membership_id=plain.membership_id)
    made = ("youth", _applicant(given, "Bo"), None, summer_links.digest("x"), "", 30)
    assert _ask(plain.context, "people_summer_make_link", given.id, *made) == "summer_link_not_valid"
    assert _ask(given.holder.context, "people_summer_make_link", given.id, *made) == ""


def test_an_application_comes_by_a_link_of_its_own_while_the_round_is_open() -> None:
    given = summer.planned()
    summer.applies(given, "Alva", age=17)
    apply = ("people_summer_apply", "200801012380", "personnummer", False, json.dumps({}), json.dumps([]))
    with transactions.read(given.holder.context):
        guardian = SummerGuardian.objects.get()
    token = summer_guardians.ask(
        by=given.holder.context, applicant_id=_applicant(given, "Alva"), guardian_id=guardian.id
    )
    assert token is not None
    assert _ask(summer_links.STRANGER, *apply) == "summer_link_not_valid"
    assert _with(summer_links.find(token), *apply) == "summer_link_not_valid", "a guardian answers and does not apply"
    late = summer.link(given)
    summer.close(given)
    for mine in (late, given.links["Alva"]):
        assert _with(mine, *apply) == "summer_closed"


def test_those_who_hold_a_round_name_others_of_the_same_role_and_area_and_nobody_else_does() -> None:
    given, other = summer.planned(), summer.planned()
    colleague = partners.member(Role.PLACE_COORDINATOR, "ama", name="Ny Kollega")
    gone = partners.member(Role.PLACE_COORDINATOR, "ama", name="Har Slutat")
    yesterday = timezone.localdate() - timedelta(days=1)
    memberships.end(by=partners.administrator(), membership_id=gone.membership_id, last_date=yesterday)
    for by in (colleague, other.supervisor, partners.member(Role.PLACE_COORDINATOR, "gvn")):
        said = (given.id, colleague.membership_id, False, "x")
        assert _ask(by.context, "people_summer_name", *said) == "summer_not_your_round"
    for member in (given.supervisor, partners.member(Role.SOCIAL_SECRETARY, "ama"), gone):
        said = (given.id, member.membership_id, False, "x")
        assert _ask(given.holder.context, "people_summer_name", *said) == "cannot_be_on_case", member.name


def test_who_looks_after_the_protected_no_longer_is_on_no_new_list() -> None:
    given = summer.planned()
    second = partners.member(Role.PLACE_COORDINATOR, "ama", name="Tar Över")
    holder = given.holder
    for member, handles in ((second, True), (holder, False)):
        summer_draws.name_holder(
            by=holder.context, round_id=given.id, membership_id=member.membership_id, handles_protected=handles
        )
    assert _told(holder.context, "SELECT people_summer_meets_all(%s)", given.id) == [(False,)]
    assert _told(second.context, "SELECT people_summer_meets_all(%s)", given.id) == [(True,)]
    assert _told(second.context, "SELECT people_summer_meets_all(%s)", uuid4()) == [(False,)]
    summer.applies(given, "Bo", is_protected=True)
    bo = _applicant(given, "Bo")
    assert world.count(holder.context, "people_summerapplicant") == 0
    assert world.count(second.context, "people_summerapplicant") == 1
    assert _told(second.context, "SELECT people_summer_list_of(%s)", bo) == [(second.membership_id,)]
    for by in (holder.context, given.supervisor.context):
        assert _told(by, "SELECT people_summer_list_of(%s)", bo) == []
    named = (bo, holder.membership_id, "x")
    assert _ask(holder.context, "people_summer_name_on_list", *named) == "summer_not_your_round"
    outside = partners.member(Role.PLACE_COORDINATOR, "ama", name="Inte Utsedd")
    for member in (outside, given.supervisor):
        said = (bo, member.membership_id, "x")
        assert _ask(second.context, "people_summer_name_on_list", *said) == "cannot_be_on_case", member.name
    assert _ask(second.context, "people_summer_name_on_list", *named) == ""


@pytest.mark.parametrize("how", ["", "no", "lapsed"])
def test_a_workplace_that_the_young_person_does_not_come_to_has_no_part_in_the_list(how: str) -> None:
    given = summer.planned()
    for name in ("Bo", "Ea"):
        summer.applies(given, name, is_protected=True)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    placement, mine = summer.placement(given, "Bo"), given.links["Bo"]
    if how == "no":
        summer_placing.answer(by=mine.by, link=mine, placement_id=placement.id, says_yes=False)
    if how == "lapsed":
        with transactions.write(given.holder.context), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE people_summerplacement SET answer_until = now() - interval '1 hour' WHERE id = %s",
                [placement.id],
            )
        assert summer_placing.lapse(by=given.holder.context, round_id=given.id) == 1
    named = placement.applicant_id, given.supervisor.membership_id, "x"
    foretold = "cannot_be_on_case" if how else ""
    assert _ask(given.holder.context, "people_summer_name_on_list", *named) == foretold


def test_numbers_turns_and_cards_are_for_those_who_hold_the_round() -> None:
    given = summer.everything()
    placement: UUID = summer.placement(given, "Alva").id
    colleague = partners.member(Role.PLACE_COORDINATOR, "ama", name="Inte Utsedd").context
    for by in (colleague, given.supervisor.context, summer_links.STRANGER):
        assert _ask(by, "people_summer_numbers", given.id) == "summer_not_your_round"
        assert _ask(by, "people_summer_take_turns", given.id) == "summer_not_your_round"
    holder = given.holder.context
    assert _ask(holder, "people_summer_share", placement) == "summer_not_confirmed"
    assert _ask(holder, "people_summer_take_turns", given.id) == ""
    assert _ask(summer.planned().holder.context, "people_summer_share", placement) == "summer_not_confirmed"
    asking = [_told_or_refused(holder, "SELECT count(*) FROM people_summer_numbers(%s)", given.id) for _ in range(31)]
    assert (asking[0], asking[-1]) == ("", "too_many_questions")
    without = summer.planned()
    assert _ask(without.holder.context, "people_summer_take_turns", without.id) == "summer_no_list"


def _told(by: Context, sql: str, *values: object) -> list[tuple[Any, ...]]:
    return world.rows(by, sql, *values)


def _told_or_refused(by: Context, sql: str, *values: object) -> str:
    def asked() -> None:
        with transactions.write(by), transaction.atomic(), guard.refusing(), connection.cursor() as cursor:
            cursor.execute(sql, values)

    return world.refusal(asked)
