"""The walls around Ung i sommar: who reaches whom, through which door, for how long."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions.summer import summer_applications, summer_attendance, summer_draws, summer_placing
from samkraft.people.actions.summer.summer_attendance import Press
from samkraft.people.models import SummerApplicant, SummerPlacement
from samkraft.people.queries.summer import summer_links
from samkraft.people.rules.summer.summer_places import Ended
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from tests.factories import partners, summer
from tests.people import world

pytestmark = pytest.mark.django_db
TABLES = (
    "staff", "applicant", "guardian", "consent", "placement", "shift", "punch", "attest", "card", "event", "payment",
)  # fmt: skip


def _seen(by: Context) -> dict[str, int]:
    return {table: many for table in TABLES if (many := world.count(by, f"people_summer{table}"))}


def _begun(*, protected: bool = False) -> tuple[summer.Round, object]:
    given = summer.planned()
    summer.begin_now(given)
    summer.applies(given, "Kim", age=17, only_first=True, is_protected=protected)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    held = summer.starts(given, "Kim")
    mine = given.links["Kim"]
    summer_attendance.press(by=mine.by, link=mine, presses=[Press(uuid4(), held, True, summer.yesterday_at(9))])
    return given, held


def test_only_those_who_hold_the_round_read_it_and_a_workplace_only_its_own() -> None:
    given, _held = _begun()
    assert set(_seen(given.holder.context)) >= {
        "staff",
        "applicant",
        "guardian",
        "consent",
        "placement",
        "shift",
        "punch",
    }
    colleague = partners.member(Role.PLACE_COORDINATOR, "ama", name="Inte Utsedd")
    assert _seen(colleague.context) == {}
    other_supervisor = partners.member(Role.EMPLOYER, "parkbolaget", name="På En Annan Plats")
    assert _seen(other_supervisor.context) == {}
    assert set(_seen(given.supervisor.context)) == {"placement", "shift", "punch", "card"}
    elsewhere = partners.member(Role.EMPLOYMENT_OFFICER)
    assert _seen(elsewhere.context) == {}
    assert _seen(summer_links.STRANGER) == {}


def test_a_colleague_who_is_named_sees_and_is_named_by_somebody_who_holds_the_round() -> None:
    given, _held = _begun()
    colleague = partners.member(Role.PLACE_COORDINATOR, "ama", name="Ny Kollega")
    with pytest.raises(Refused) as refused:
        summer_draws.name_holder(by=colleague.context, round_id=given.id, membership_id=colleague.membership_id)
    assert refused.value.reason.code == "summer_not_your_round"
    summer_draws.name_holder(by=given.holder.context, round_id=given.id, membership_id=colleague.membership_id)
    assert "applicant" in _seen(colleague.context)
    with pytest.raises(Refused):
        summer_draws.name_holder(
            by=given.holder.context, round_id=given.id, membership_id=given.supervisor.membership_id
        )


def test_a_protected_young_person_is_seen_by_the_named_list_alone_and_is_drawn_like_all_others() -> None:
    given, _held = _begun(protected=True)
    plain = partners.member(Role.PLACE_COORDINATOR, "ama", name="Utan Lista")
    summer_draws.name_holder(by=given.holder.context, round_id=given.id, membership_id=plain.membership_id)
    assert "applicant" in _seen(given.holder.context)
    assert set(_seen(plain.context)) <= {"staff"}
    assert _seen(given.supervisor.context) == {}
    mine = given.links["Kim"].applicant_id
    assert mine is not None
    with pytest.raises(Refused):
        summer_applications.name_on_list(
            by=plain.context, applicant_id=mine, membership_id=given.supervisor.membership_id
        )
    summer_applications.name_on_list(
        by=given.holder.context, applicant_id=mine, membership_id=given.supervisor.membership_id
    )
    assert set(_seen(given.supervisor.context)) == {"placement", "shift", "punch", "card"}
    with pytest.raises(Refused) as refused:
        summer_placing.place_all(by=plain.context, round_id=given.id)
    assert refused.value.reason.code == "summer_needs_all"
    with transactions.read(plain.context):
        from samkraft.people.queries.summer import summer_course

        assert len(summer_course.published(given.id)["lot"].published["drawn"]) == 1


def test_a_link_reaches_its_own_applicant_and_nobody_elses() -> None:
    given = summer.planned()
    for name in ("Lova", "Milo"):
        summer.applies(given, name)
    mine = given.links["Lova"]
    with summer_links.reading(mine):
        assert [row.given_name for row in SummerApplicant.objects.all()] == ["Lova"]
    other = given.links["Milo"]
    assert other.applicant_id is not None
    with pytest.raises(Refused), transactions.write(mine.by), summer_links.carried(mine):
        summer_applications.make_link_within(given.id, "youth", token="egen", applicant_id=other.applicant_id, days=1)
    with transactions.read(mine.by):
        assert SummerApplicant.objects.count() == 0


def test_links_to_the_same_receiver_run_out_of_turns_and_of_time() -> None:
    given = summer.planned()
    asked = [
        summer_applications.ask_for_link(by=summer_links.STRANGER, round_id=given.id, email="samma@exempel.invalid")
        for _turn in range(7)
    ]
    assert [one is not None for one in asked] == [True] * 5 + [False] * 2
    summer.close(given)
    with pytest.raises(Refused) as refused:
        summer_applications.ask_for_link(by=summer_links.STRANGER, round_id=given.id, email="ny@exempel.invalid")
    assert refused.value.reason.code == "summer_closed"
    with pytest.raises(Refused) as refused:
        summer_links.find("finns inte")
    assert refused.value.reason.code == "summer_link_not_valid"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO people_summerstaff DEFAULT VALUES", "SELECT 1 FROM people_summerlink", "DELETE FROM people_summerconsent",
        "UPDATE people_summerpunch SET is_in = true", "UPDATE people_summerdraw SET published = '{}'",
        "INSERT INTO people_summercard DEFAULT VALUES", "UPDATE people_summerattest SET minutes = 1",
        "SELECT people_summer_offer_next(gen_random_uuid(), '')", "SELECT people_summer_guard(NULL, NULL, NULL)",
    ],
)  # fmt: skip
def test_the_serving_role_is_refused_what_only_the_database_does(statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_after_the_list_is_published_nobody_comes_in_or_goes_before_and_the_lot_is_never_opened_again() -> None:
    given = summer.planned()
    one = summer.applies(given, "Nova")
    late = summer.link(given)
    summer.applies(given, "Olle")
    summer.draw(given)
    for act in (
        lambda: summer_draws.publish_list(by=given.holder.context, round_id=given.id),
        lambda: summer_draws.draw(by=given.holder.context, round_id=given.id, seed=summer.SEED),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert "already" in refused.value.reason.code
    from samkraft.people.rules.summer.summer_applications import Ground

    assert one.applicant_id is not None
    with pytest.raises(Refused) as refused:
        summer_applications.prioritise(by=given.holder.context, applicant_id=one.applicant_id, ground=Ground.SUPPORT)
    assert refused.value.reason.code == "summer_list_published"
    assert late.kind == "apply"


def test_a_card_ends_with_the_placement_and_the_next_in_turn_gets_the_place() -> None:
    given = summer.planned(places=1)
    summer.begin_now(given)
    for name in ("Pia", "Quinn", "Rut"):
        summer.applies(given, name, only_first=True)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    with transactions.read(given.holder.context):
        first = SummerPlacement.objects.get()
    name = next(name for name, link in given.links.items() if link.applicant_id == first.applicant_id)
    held = summer.starts(given, name)
    assert set(_seen(given.supervisor.context)) == {"placement", "shift", "card"}
    summer_placing.end(by=given.holder.context, placement_id=held, reason=Ended.OWN_WISH)
    with transactions.read(given.holder.context):
        heir = SummerPlacement.objects.get(answer="", place_id=first.place_id)
        assert heir.applicant_id != first.applicant_id
        ends = world.rows(given.holder.context, "SELECT upper(period) FROM people_summercard")[0][0]
    assert ends <= timezone.now() + timedelta(days=14, minutes=1)


def test_a_number_that_has_applied_is_taken_like_any_other_and_drawn_once() -> None:
    given = summer.planned()
    summer.applies(given, "Saga", days=77)
    summer.applies(given, "Sagas", days=77)
    with transactions.read(given.holder.context):
        assert sorted(SummerApplicant.objects.values_list("is_double", flat=True)) == [False, True]
    summer.draw(given)
    with transactions.read(given.holder.context):
        assert SummerApplicant.objects.filter(turn__isnull=False).count() == 1


def test_an_offer_that_nobody_answered_goes_on_when_the_clock_says_so() -> None:
    from samkraft.operations import jobs

    given = summer.planned(places=1)
    summer.begin_now(given)
    for name in ("Xena", "Yrsa"):
        summer.applies(given, name, only_first=True)
    summer.draw(given)
    summer_placing.place_all(by=given.holder.context, round_id=given.id)
    with transactions.write(given.holder.context):
        first = SummerPlacement.objects.get()
        SummerPlacement.objects.update(answer_until=timezone.now() - timedelta(minutes=1))
    late = next(link for link in given.links.values() if link.applicant_id == first.applicant_id)
    with pytest.raises(Refused) as refused:
        summer_placing.answer(by=late.by, link=late, placement_id=first.id, says_yes=True)
    assert refused.value.reason.code == "summer_answer_late"
    assert jobs.lapse_summer() == 1
    assert jobs.lapse_summer() == 0
    with transactions.read(given.holder.context):
        assert SummerPlacement.objects.get(answer="").applicant_id != first.applicant_id
        assert SummerPlacement.objects.get(id=first.id).answer == "lapsed"
