"""The guard's doors, tried by somebody who means harm: each of these once stood open, or would if a check were lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import cases, consents, disclosures, emergencies, guard, numbers, protection
from samkraft.people.models import CaseAccess
from samkraft.people.queries import consents as asked
from samkraft.people.queries import contributions
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from tests.factories import partners, people
from tests.people import world

pytestmark = pytest.mark.django_db
REASON = "fara för personens liv och hälsa"
NUMBER = "199006022397"


def _ask(by: Context, function: str, *values: object) -> str:
    """The code of the guard's refusal; empty when it did what was asked."""
    with transactions.write(by), transaction.atomic():
        try:
            with transaction.atomic():
                guard.ask(function, *values)
        except Refused as refused:
            return refused.reason.code
    return ""


def _opened() -> tuple[people.Setting, partners.Member, UUID]:
    """A case that a colleague of the same authority has opened in an emergency."""
    setting = people.joint()
    person = people.participant(setting.social.context, text=NUMBER)
    colleague = partners.member(Role.SOCIAL_SECRETARY, name="Kim Kollega")
    emergencies.open_case(by=colleague.context, number=people.number(NUMBER), reason=REASON, minutes=30)
    return setting, colleague, person


def _access(by: Context, person: UUID, basis: str) -> Any:
    with transactions.read(by):
        return CaseAccess.objects.get(person_id=person, basis=basis)


@pytest.mark.parametrize(
    "table", ["people_caseaccess", "partners_membership", "people_rolecategory", "people_protection"]
)
def test_a_temporary_table_with_our_name_is_not_read_instead(table: str) -> None:
    setting = people.joint()
    person = people.participant(setting.social.context)
    outsider = setting.outsider.context
    before = world.count(outsider, "people_contribution")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS SELECT * FROM {table} WHERE false")
        if table == "people_caseaccess":
            cursor.execute(
                "INSERT INTO pg_temp.people_caseaccess (id, person_id, area_id, membership_id, period, basis) "
                "VALUES (gen_random_uuid(), %s, %s, %s, tstzrange('2020-01-01', NULL), 'assigned')",
                [person, setting.social.area_id, setting.social.membership_id],
            )
        cursor.execute(f"GRANT SELECT ON {table} TO PUBLIC")
        assert world.count(setting.social.context, "people_contribution") == 1, "the true table is read"
        assert world.count(outsider, "people_contribution") == before
        transaction.set_rollback(True)


def test_break_glass_opens_for_nobody_else_and_not_for_longer() -> None:
    setting, colleague, person = _opened()
    by, area = colleague.context, setting.officer.area_id
    mine = _access(by, person, "break_glass")
    assert mine.period.upper - mine.period.lower == timedelta(minutes=30)
    shut: dict[str, tuple[Any, ...]] = {
        "assign": ("people_assign", person, colleague.membership_id, None, "assigned"),
        "team": ("people_assign_team", person, setting.team_id, by.area_id),
        "longer": ("people_end_access", mine.id, world.now() + timedelta(days=900)),
        "recuse": ("people_recuse", person, setting.social.user_id, "close", "x"),
        "protect": ("people_protect", person, "marked", [], "x"),
        "number": ("people_change_number", person, "199107172380", "personnummer"),
    }
    assert {name: _ask(by, *act) for name, act in shut.items()} == dict.fromkeys(shut, "only_opened_in_emergency")
    item = people.write(by, person, "need", {"text": "bråttom", "life_area": "housing"})
    assert world.refusal(people.consent, by, person, area, "plan") == "only_opened_in_emergency"
    assert _ask(by, "people_release", item.id, area, uuid4(), "") == "only_opened_in_emergency"


def test_an_access_ends_when_it_is_told_to_and_neither_earlier_nor_later() -> None:
    setting, colleague, person = _opened()
    social = setting.social.context
    first, glass = _access(social, person, "referral"), _access(social, person, "break_glass")
    long_ago, far_ahead = world.now() - timedelta(days=900), world.now() + timedelta(days=900)
    cases.assign(by=social, person_id=person, membership_id=setting.social.membership_id)
    assert _ask(social, "people_end_access", glass.id, far_ahead) == ""
    assert _access(social, person, "break_glass").period == glass.period, "not made longer"
    assert _ask(social, "people_end_access", first.id, long_ago) == ""
    ended = _access(social, person, "referral").period
    assert ended.upper > world.now() - timedelta(minutes=1), "who could see yesterday stays written"
    assert _ask(social, "people_end_access", first.id, far_ahead) == ""
    assert _access(social, person, "referral").period == ended, "what has ended does not live again"
    assert world.count(colleague.context, "people_contribution") > 0


def _jointly(*categories: str) -> tuple[people.Setting, UUID]:
    setting, person = world.known(NUMBER)
    people.consent(setting.social.context, person, setting.officer.area_id, *categories)
    with transactions.write(setting.social.context):
        cases.assign_team_within(
            by=setting.social.context, person_id=person, team_id=setting.team_id, area_id=setting.officer.area_id
        )
    return setting, person


def test_the_number_goes_with_the_name_and_stays_what_it_was_when_that_is_taken_back() -> None:
    setting, person = _jointly("enrolment")
    social, officer = setting.social.context, setting.officer.context
    assert world.count(officer, "people_contribution") > 0
    assert numbers.show(by=officer, person_id=person, why="right_person") is None
    people.consent(social, person, officer.area_id, "contact")
    given = numbers.show(by=officer, person_id=person, why="right_person")
    assert given == numbers.show(by=social, person_id=person, why="right_person")
    world.withdraw(social, person, "contact")
    assert numbers.show(by=officer, person_id=person, why="right_person") == given
    numbers.change(by=social, person_id=person, text="199107172380")
    assert numbers.show(by=social, person_id=person, why="right_person") != given
    assert numbers.show(by=officer, person_id=person, why="right_person") == given, "nothing newer"


def test_what_was_not_handed_over_is_not_pointed_at() -> None:
    setting, person = _jointly("enrolment", "plan")
    social, officer = setting.social.context, setting.officer.context
    hidden = people.write(social, person, "assessment_item", {"life_area": "health", "text": "x", "source": "y"})
    need = people.write(social, person, "need", {"text": "arbete", "life_area": "work"})
    body = str(social.area_id)
    people.write(
        social, person, "conclusion",
        {"text": "kan", "rests_on": [str(hidden.lineage), str(need.lineage)], "bodies": [body]},
    )  # fmt: skip
    step = {"title": "Praktik", "step_kind": "workplace", "body_area_id": body}
    secret = people.write(social, person, "step", {**step, "title": "Läkare"}, category="health")
    people.write(
        social, person, "step",
        {**step, "depends_on": [str(secret.lineage)], "goal": str(uuid4())}, category="plan",
    )  # fmt: skip
    everything = str(world.rows(officer, "SELECT array_agg(content) FROM people_contribution"))
    assert str(need.lineage) in everything
    for one in (hidden.lineage, secret.lineage):
        assert str(one) not in everything
        assert str(one) in str(world.rows(social, "SELECT array_agg(content) FROM people_contribution"))
    with transactions.read(officer):
        assert {held.kind for held in contributions.held(officer, person)} >= {"conclusion", "step", "need"}


def test_the_named_list_shows_only_those_whose_areas_the_reader_knows_of() -> None:
    setting, person = _jointly("enrolment", "contact")
    social, officer = setting.social.context, setting.officer
    people.consent(social, person, setting.care.area_id, "enrolment")
    stranger = world.refusal(
        protection.protect,
        by=social,
        person_id=person,
        level="marked",
        membership_ids=[setting.insurance.membership_id],
    )
    assert stranger == "cannot_be_on_case"
    assert world.refusal(protection.protect, by=social, person_id=person, level="marked", membership_ids=[uuid4()])
    named = [officer.membership_id, setting.care.membership_id]
    protection.protect(by=social, person_id=person, level="marked", membership_ids=named)
    assert world.count(social, "people_protectionname") == 3
    assert world.count(officer.context, "people_protectionname") == 2, "not that health care knows the person"
    assert world.count(setting.labour.context, "people_protectionname") == 0
    assert _ask(officer.context, "people_strike_from_list", person, setting.care.membership_id) == ""
    assert world.count(social, "people_protectionname", "upper_inf(period)") == 3, (
        "nor can it take away what it does not know"
    )


def test_a_reviewer_sees_the_emergencies_of_the_own_organisation_and_what_lies_under_it() -> None:
    setting, _, person = _opened()
    people.participant(setting.officer.context, text="199107172380")
    emergencies.open_case(by=setting.outsider.context, number=people.number("199107172380"), reason=REASON)
    city = partners.member(Role.DATA_PROTECTION_OFFICER).context
    state = partners.member(Role.DATA_PROTECTION_OFFICER, "af").context
    assert world.rows(city, "SELECT person_id FROM people_breakglass") == [(person,)]
    assert world.count(state, "people_breakglass", "person_id <> %s", person) == 1
    opened = world.rows(city, "SELECT id FROM people_breakglass")[0][0]
    assert _ask(state, "people_review_break_glass", opened, "justified", "", "x") == "nothing_to_review"
    assert _ask(city, "people_review_break_glass", opened, "justified", "", "x") == ""


def test_the_trail_about_people_stays_in_its_area_and_goes_when_the_person_does() -> None:
    setting, person = _jointly("enrolment")
    social = setting.social.context
    elsewhere = partners.member(Role.EMPLOYMENT_OFFICER, user_id=setting.social.user_id).context
    about = ("audit_event", "subject_kind LIKE 'people.%%' AND subject_id = %s", str(person))
    assert world.count(social, *about) > 3
    assert world.count(elsewhere, *about) == 0, "the same person at work in another area"
    assert world.count(setting.officer.context, *about) == 0, "another area's trail"
    protection.protect(by=setting.social.context, person_id=person, level="marked")
    assert world.count(setting.core[2].context, *about) == 0
    people.recuse(by=social, person_id=person, user_id=social.actor_id, ground="close")
    assert world.count(social, *about) == 0, "out of sight, with its trail"


@pytest.mark.parametrize("column", ["area_id", "membership_id"])
def test_nobody_writes_the_trail_of_another(column: str) -> None:
    setting = people.joint()
    by = setting.social.context
    people.participant(by)
    statement = (
        f"INSERT INTO audit_event SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), '{column}', "
        "%s::uuid, 'at', clock_timestamp()))).* FROM audit_event e WHERE subject_kind = 'people.person' LIMIT 1"
    )
    with transactions.write(by), connection.cursor() as cursor:
        cursor.execute(statement, [getattr(by, column)])
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(statement, [getattr(setting.officer.context, column)])


def test_a_refusal_does_not_tell_who_else_holds_a_thing() -> None:
    """The same no for a row in another area, whether or not that area holds a thing with that mark."""
    setting, person = _jointly("enrolment", "plan")
    officer, social = setting.officer.context, setting.social.context
    people.write(social, person, "need", {"text": "arbete", "life_area": "work"})
    held = world.rows(officer, "SELECT lineage FROM people_contribution WHERE kind = 'need'")[0][0]
    answers = set()
    with transactions.write(officer), connection.cursor() as cursor:
        for lineage in (held, uuid4()):
            with pytest.raises(DatabaseError) as refused, transaction.atomic():
                cursor.execute(
                    "INSERT INTO people_contribution SELECT (jsonb_populate_record(c, jsonb_build_object('id', "
                    "gen_random_uuid(), 'area_id', %s, 'kind', 'goal', 'lineage', %s, 'version', 9))).* "
                    "FROM people_contribution c LIMIT 1",
                    [social.area_id, lineage],
                )
            answers.add(str(refused.value))
    assert len(answers) == 1


def test_what_is_received_is_nobodys_to_change_or_to_hand_on() -> None:
    setting, person = _jointly("enrolment", "plan")
    officer, social = setting.officer.context, setting.social.context
    need = people.write(social, person, "need", {"text": "arbete", "life_area": "work"})
    change = world.refusal(
        people.write, officer, person, "need", {"text": "annat", "life_area": "work"}, lineage=need.lineage, based_on=1
    )
    assert change == "not_your_words"
    people.consent(officer, person, setting.care.area_id, "plan")
    copy = world.rows(officer, "SELECT id FROM people_contribution WHERE kind = 'need'")[0][0]
    with transactions.read(officer):
        scope = next(line for line in asked.standing(officer, person))
    assert _ask(officer, "people_release", copy, setting.care.area_id, scope.id, "") == "not_yours_to_hand_over"
    assert _ask(officer, "people_release", need.id, setting.care.area_id, scope.id, "") == "not_found"
    assert _ask(social, "people_release", need.id, setting.care.area_id, scope.id, "") == "no_basis", (
        "another's consent"
    )


def test_an_act_is_written_down_about_the_person_that_it_is_about() -> None:
    setting, person = _jointly("enrolment", "plan")
    by, other = setting.social.context, people.participant(setting.social.context)
    item = people.write(by, person, "assessment_item", {"life_area": "health", "text": "x", "source": "y"})
    with transactions.read(by):
        scope = asked.standing(by, person)[0]
    to = setting.officer.area_id
    access = _access(by, person, "referral")
    wrong = [
        world.refusal(
            disclosures.release, by=by, person_id=other, contribution_id=item.id, to_area_id=to, scope_id=scope.id
        ),
        world.refusal(cases.end_access, by=by, person_id=other, access_id=access.id),
        world.refusal(consents.withdraw, by=by, person_id=other, scope_ids=[scope.id]),
    ]
    assert wrong == ["not_found", "not_found", "nothing_to_withdraw"]


def test_an_enrolment_belongs_to_its_person() -> None:
    setting, person = _jointly("enrolment")
    by, other = setting.social.context, people.participant(setting.social.context)
    enrolment = world.rows(by, "SELECT id FROM people_enrolment WHERE person_id = %s", person)[0][0]
    said = {"on": "2026-01-05", "how": "phone", "by_participant": True}
    assert world.refusal(people.write, by, other, "contact_made", said, enrolment_id=enrolment) == "not_found"
    assert world.refusal(people.write, by, person, "contact_made", said, enrolment_id=enrolment) == ""


def test_jav_is_stated_for_the_own_staff_and_by_each_area_for_itself() -> None:
    setting, person = _jointly("enrolment")
    social, officer = setting.social.context, setting.officer
    assert (
        world.refusal(people.recuse, by=social, person_id=person, user_id=officer.user_id, ground="close")
        == "cannot_be_on_case"
    )
    both = partners.member(Role.SOCIAL_SECRETARY)
    partners.member(Role.EMPLOYMENT_OFFICER, user_id=both.user_id)
    for by in (social, officer.context):
        people.recuse(by=by, person_id=person, user_id=both.user_id, ground="close")
        assert world.count(by, "people_recusal") == 1


def test_joined_persons_are_split_with_what_was_written_meanwhile_and_with_their_protection() -> None:
    setting = people.joint()
    social, officer = setting.social.context, setting.officer.context
    known, newer = people.participant(social, text=NUMBER), people.participant(officer, text=NUMBER)
    steward = partners.member(Role.DUPLICATE_STEWARD).context
    match = world.rows(steward, "SELECT id FROM people_match")[0][0]
    assert _ask(officer, "people_join", match, "x", "y") == "not_for_your_role"
    assert _ask(steward, "people_join", match, "x", "y") == ""
    people.write(officer, known, "need", {"text": "medan de var en", "life_area": "work"})
    assert world.count(social, "people_contribution") == 1, "nobody comes onto a case by it"
    assert world.count(officer, "people_contribution", "person_id = %s", known) == 2
    protection.protect(by=social, person_id=known, level="marked")
    assert world.count(officer, "people_contribution") == 0
    assert _ask(steward, "people_split", match, "x", "y") == ""
    assert world.count(social, "people_contribution", "person_id = %s", known) == 1
    assert world.count(officer, "people_contribution") == 0, "protected until somebody lifts it"
    with pytest.raises(Refused):
        people.write(officer, newer, "need", {"text": "x", "life_area": "work"})


def test_a_new_protected_identity_is_never_tied_to_the_old() -> None:
    setting = people.joint()
    social = setting.social.context
    person = people.participant(social, text=NUMBER)
    protection.protect(by=social, person_id=person, level="marked")
    refused = world.refusal(numbers.change, by=social, person_id=person, text="199107172380")
    assert refused == "protected_are_never_joined"
    people.participant(setting.officer.context, text=NUMBER)
    steward = partners.member(Role.DUPLICATE_STEWARD).context
    assert world.count(steward, "people_match") == 0


def test_questions_that_cross_the_border_are_counted() -> None:
    setting = people.joint()
    by = setting.social.context
    people.participant(setting.officer.context, text=NUMBER)
    with transactions.write(by):
        answers = [guard.ask("people_break_glass", NUMBER, REASON, 30, "x") for _ in range(5)]
    assert answers == [None] * 5, "another area's person is nobody"
    assert _ask(by, "people_break_glass", NUMBER, REASON, 30, "x") == "too_many_questions"


def test_a_saved_choice_is_shared_with_the_own_areas_part_of_the_team() -> None:
    setting = people.joint()
    social, officer = setting.social.context, setting.officer.context
    colleague = partners.member(Role.SOCIAL_SECRETARY).context
    save = (
        "INSERT INTO people_savedview (id, area_id, membership_id, saved_by, name, query, saved_at, team_id) "
        "VALUES (gen_random_uuid(), %s, %s, 'x', 'mina', 'fas=1', now(), %s)"
    )

    def saved(by: Context, area: UUID, membership: UUID, team: UUID | None) -> bool:
        try:
            with transactions.write(by), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(save, [area, membership, team])
        except DatabaseError:
            return False
        return True

    assert saved(social, social.area_id, social.membership_id, setting.team_id)
    assert saved(social, social.area_id, social.membership_id, None)
    assert not saved(social, officer.area_id, social.membership_id, None)
    assert not saved(social, social.area_id, officer.membership_id, None)
    assert not saved(colleague, social.area_id, colleague.membership_id, setting.team_id), "not in the team"
    assert world.count(social, "people_savedview") == 2
    assert [world.count(by, "people_savedview") for by in (officer, colleague)] == [0, 0]
    for statement in ("UPDATE people_savedview SET name = 'x'", "DELETE FROM people_savedview"):
        with transactions.write(officer), connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount == 0


def test_a_context_whose_parts_do_not_belong_together_sees_nothing() -> None:
    setting, person = _jointly("enrolment", "plan")
    social, officer = setting.social.context, setting.officer.context
    forged = (
        replace(social, area_id=officer.area_id),
        replace(social, role=officer.role),
        replace(social, actor_id=officer.actor_id),
        replace(social, membership_id=setting.outsider.membership_id),
    )
    seen = [
        world.count(by, table, "person_id = %s", person)
        for by in forged
        for table in ("people_contribution", "people_overview")
    ]
    assert seen == [0] * 8
    assert world.count(social, "people_contribution", "person_id = %s", person) > 0
