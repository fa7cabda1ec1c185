"""What reveals more than the thing itself lies beside it: each reader is told what that reader may know, everywhere."""

import json
import re
from copy import deepcopy
from dataclasses import fields
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from samkraft.audit.actions import transactions
from samkraft.people.actions import contributions, disclosures, exits, phases
from samkraft.people.queries import consents as asked
from samkraft.people.rules import audience, contents, details
from samkraft.people.rules.categories import Release, release_of
from samkraft.people.rules.contents import choices
from samkraft.people.rules.held import Held, newest, versions
from tests.factories import joint_work, people, signed_in
from tests.factories.joint_work import Way
from tests.factories.partners import Member
from tests.factories.refusals import refused
from tests.once import Once
from tests.people import world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept")]


@pytest.fixture(scope="module")
def kept(once: Once[Way]) -> Way:
    return once(lambda: joint_work.known_to_two(days=30))


@pytest.fixture
def way(kept: Way) -> Way:
    return deepcopy(kept)


def _held(way: Way, member: Member, kind: str) -> Held:
    found = newest(way.held(member), kind)
    assert found is not None
    return found


def _all_text(member: Member, person: UUID) -> str:
    rows = world.rows(member.context, "SELECT t::text FROM people_contribution t WHERE person_id = %s", person)
    return "\n".join(row[0] for row in rows)


@pytest.mark.parametrize("reason", ["illness", "parental_leave", "travel", "other", "not_told"])
def test_whatever_the_reason_of_a_pause_other_areas_are_told_the_same(way: Way, reason: str) -> None:
    social, officer = way.setting.social, way.setting.officer
    phases.pause(by=social.context, person_id=way.person_id, from_date=way.today, reason_kind=reason, at=way.at)
    assert _held(way, social, "pause").content["reason_kind"] == reason
    received = _held(way, officer, "pause")
    assert received.content == {"from_date": way.today.isoformat(), "reason_kind": "not_told"}
    assert newest(way.held(officer), "detail") is None
    assert "illness" not in _all_text(officer, way.person_id)
    until = way.after(10)
    phases.end_pause(by=social.context, person_id=way.person_id, until=until.date(), at=way.at)
    assert _held(way, social, "pause").content["reason_kind"] == reason
    assert _held(way, officer, "pause").content["reason_kind"] == "not_told"
    assert sum(one.kind == "detail" for one in way.held(social)) == (reason != "not_told"), "and it is not said twice"


def test_why_is_handed_over_by_itself_and_then_read_with_the_pause(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    phases.pause(by=social.context, person_id=way.person_id, from_date=way.today, reason_kind="illness", at=way.at)
    people.consent(social.context, way.person_id, officer.area_id, "health")
    assert _held(way, officer, "pause").content["reason_kind"] == "not_told", "a consent alone hands nothing over"
    detail = _held(way, social, "detail")
    assert detail.category == "health"
    with transactions.read(social.context):
        scope = next(line for line in asked.standing(social.context, way.person_id) if line.category == "health")
    disclosures.release(
        by=social.context,
        person_id=way.person_id,
        contribution_id=detail.id,
        to_area_id=officer.area_id,
        scope_id=scope.id,
    )
    assert _held(way, officer, "pause").content["reason_kind"] == "illness"
    colleague = way.setting.labour  # on the case in a third area
    joint_work.join(way, social, colleague)
    assert _held(way, colleague, "pause").content["reason_kind"] == "not_told"


@pytest.mark.parametrize(("outcome", "elsewhere"), [("sickness_compensation", "other"), ("af_fk_cooperation", "other"),
                                                     ("moved", "moved"), ("other", "other")])  # fmt: skip
def test_an_exit_says_to_others_where_to_only_when_that_reveals_no_benefit(
    way: Way, outcome: str, elsewhere: str
) -> None:
    social, officer = way.setting.social, way.setting.officer
    left = {"outcome": outcome, "left_on": way.today.isoformat(), "note": "Beslutet kom i går."}
    exits.leave(by=social.context, person_id=way.person_id, left=left, at=way.at)
    assert _held(way, social, "exit").content["outcome"] == outcome
    assert _held(way, social, "exit").content["note"] == "Beslutet kom i går."
    assert _held(way, officer, "exit").content["outcome"] == elsewhere
    assert ("Beslutet" in _all_text(officer, way.person_id)) is (outcome == elsewhere)
    assert outcome == elsewhere or outcome not in _all_text(officer, way.person_id)


def test_what_a_follow_up_found_and_where_a_goal_leads_go_the_same_way(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    with transactions.write(social.context):
        goal = _written(way, social, "goal", {"words": "Lugn och ro", "measure": "m", "aim": "sickness_compensation"})
    assert _held(way, social, "goal").content["aim"] == "sickness_compensation"
    assert "aim" not in _held(way, officer, "goal").content
    with transactions.write(social.context):
        _written(way, social, "goal", {"words": "Ett jobb", "measure": "m"}, lineage=goal.lineage, based_on=1)
    assert "aim" not in _held(way, social, "goal").content, "taken back"
    first = versions(way.held(social), goal.lineage)[0]
    assert first.content["aim"] == "sickness_compensation", "as it was then"
    exits.leave(
        by=social.context,
        person_id=way.person_id,
        left={"outcome": "moved", "left_on": way.today.isoformat()},
        at=way.at,
    )
    planned = _held(way, social, "follow_up")
    way.after(190)
    exits.answer_follow_up(
        by=social.context, person_id=way.person_id, lineage=planned.lineage, state="done", situation="sickness_compensation",
        at=way.at,
    )  # fmt: skip
    told = {one.lineage: one for one in way.held(social) if one.kind == "follow_up" and one.version == 2}
    assert told[planned.lineage].content["situation"] == "sickness_compensation"
    given = [one for one in way.held(officer) if one.lineage == planned.lineage]
    assert given[-1].content["situation"] == "other"
    assert "sickness_compensation" not in _all_text(officer, way.person_id)


def _written(way: Way, member: Member, kind: str, content: dict[str, Any], **more: Any) -> Any:
    """Inside a transaction, at the way's moment."""
    return contributions.write_within(
        by=member.context,
        person_id=way.person_id,
        kind=kind,
        content=content,
        enrolment_id=way.enrolment_id,
        at=way.at,
        **more,
    )


def test_a_role_that_does_not_write_of_health_says_nothing_of_it_by_a_pause(way: Way) -> None:
    labour = way.setting.labour
    joint_work.join(way, way.setting.social, labour)
    with refused("category_not_of_your_work"):
        phases.pause(by=labour.context, person_id=way.person_id, from_date=way.today, reason_kind="illness", at=way.at)
    phases.pause(by=labour.context, person_id=way.person_id, from_date=way.today, reason_kind="not_told", at=way.at)


@pytest.mark.parametrize(("kind", "content"), [("pause", {"reason_kind": "illness", "from_date": "2026-11-01"}),
                                               ("exit", {"outcome": "af_fk_cooperation", "left_on": "2026-11-01"}),
                                               ("goal", {"words": "x", "aim": "sickness_compensation"})])  # fmt: skip
def test_the_database_takes_no_thing_that_says_more_than_it_may(way: Way, kind: str, content: dict[str, Any]) -> None:
    social = way.setting.social.context
    statement = (
        "INSERT INTO people_contribution SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), "
        "'kind', %s::text, 'lineage', gen_random_uuid(), 'content', %s::jsonb))).* FROM people_contribution c "
        "WHERE kind = 'enrolled' LIMIT 1"
    )
    with (
        transactions.write(social),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="violates check"),
        transaction.atomic(),
    ):
        cursor.execute(statement, [kind, json.dumps(content)])


def test_the_number_of_a_copy_does_not_tell_of_versions_that_were_not_given(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    person = way.person_id
    item = {"life_area": "health", "text": "orkar inte", "source": "samtal"}
    first = people.write(social.context, person, "assessment_item", item)
    for text in ("orkar lite", "orkar halva dagar"):
        last = people.write(social.context, person, "assessment_item", {**item, "text": text}, lineage=first.lineage)
    assert last.version == 3
    people.consent(social.context, person, officer.area_id, "health")
    with transactions.read(social.context):
        scope = next(line for line in asked.standing(social.context, person) if line.category == "health")
    given = {"by": social.context, "person_id": person, "to_area_id": officer.area_id, "scope_id": scope.id}
    disclosures.release(contribution_id=last.id, **given)
    assert [one.version for one in way.held(officer) if one.lineage == first.lineage] == [1]
    acts = world.rows(officer.context, "SELECT version FROM people_disclosure WHERE lineage = %s", first.lineage)
    assert acts == [(1,)]
    with refused("newer_given"):
        disclosures.release(contribution_id=first.id, **given)
    newer = people.write(social.context, person, "assessment_item", {**item, "text": "orkar"}, lineage=first.lineage)
    disclosures.release(contribution_id=newer.id, **given)
    found = [one for one in way.held(officer) if one.lineage == first.lineage]
    assert [(one.version, one.content["text"]) for one in found] == [(1, "orkar halva dagar"), (2, "orkar")]


def test_an_enrolment_ends_as_the_area_that_enrolled_is_told_and_not_before(way: Way) -> None:
    """The process lead sits elsewhere and writes the exit there; it is told home only while the person lets it."""
    social, officer = way.setting.social, way.setting.officer
    period = "SELECT upper(period) FROM people_enrolment"
    world.withdraw(officer.context, way.person_id, "enrolment")
    left = {"outcome": "moved", "left_on": way.today.isoformat()}
    exits.leave(by=officer.context, person_id=way.person_id, left=left, at=way.at)
    assert world.rows(social.context, period) == [(None,)], "home has not been told"
    assert world.count(social.context, "people_overview", "exited_on IS NOT NULL") == 0
    people.consent(officer.context, way.person_id, social.area_id, "enrolment")
    assert world.rows(social.context, period)[0][0] is not None
    assert world.count(social.context, "people_overview", "exited_on IS NOT NULL") == 1


def test_granted_time_is_time_for_each_reader_that_knows_of_it(way: Way) -> None:
    social, officer = way.setting.social, way.setting.officer
    way.after(160)
    until = way.after(1).date().replace(year=way.today.year + 1)
    asked_for = phases.ask_for_time(by=social.context, person_id=way.person_id, until=until, reason="behövs", at=way.at)
    column = "SELECT prolonged_until FROM people_overview"
    assert world.rows(social.context, column) == [(None,)]
    phases.decide_time(by=officer.context, person_id=way.person_id, asked=asked_for, grant=True, at=way.at)
    assert world.rows(officer.context, column) == [(until,)]
    assert world.rows(social.context, column) == [(until,)]


PAGES = ("people:person", "people:journey", "people:consents", "people:contact", "people:meetings", "people:assessment")


def test_pages_lists_and_files_tell_each_reader_what_that_reader_may_know(way: Way, client: Client) -> None:
    social, officer = way.setting.social, way.setting.officer
    phases.pause(by=social.context, person_id=way.person_id, from_date=way.today, reason_kind="illness", at=way.at)
    phases.end_pause(by=social.context, person_id=way.person_id, until=way.after(9).date(), at=way.at)
    left = {"outcome": "sickness_compensation", "left_on": way.today.isoformat(), "note": "Beviljat i maj."}
    exits.leave(by=social.context, person_id=way.person_id, left=left, at=way.at)
    secrets = ("sjukdom", "sjukersättning", "beviljat i maj")
    found: dict[str, set[str]] = {}
    for name, member in (("social", social), ("officer", officer)):
        signed_in.sign_in(client, member)
        text = ""
        for page in PAGES:
            response = client.get(reverse(page, args=[way.person_id]))
            assert response.status_code == 200, page
            # What can be chosen in a form is the same for all.
            text += re.sub(
                r"<select.*?</select>|<datalist.*?</datalist>", "", response.content.decode(), flags=re.DOTALL
            )
        for address in ("people:board", "people:everyone", "inbox"):
            text += client.get(reverse(address), {"vilka": "utskrivna"}).content.decode()
        for kind in ("csv", "xlsx"):
            response = client.get(reverse("people:board"), {"vilka": "utskrivna", "fil": kind})
            text += b"".join(response.streaming_content if response.streaming else [response.content]).decode(
                errors="replace"
            )
        found[name] = {word for word in secrets if word in text.casefold()}
        assert ("Lämnas ut för sig" in text) is (name == "social")
        assert (
            reverse("people:disclose", args=[way.person_id, _held(way, social, "detail").id]) in text
            or name == "officer"
        )
    assert found == {"social": set(secrets), "officer": set()}


def test_every_field_that_goes_by_itself_has_its_answer() -> None:
    """Each field of each kind that can lie in a standing category is looked at: does it reveal more than it says?"""
    standing = {
        f"{kind}.{field.name}"
        for kind, shape in contents.KINDS.items()
        if any(release_of(category) is Release.STANDING for category in contents.categories_of(kind))
        for field in fields(shape)
    }
    assert set(audience.ANSWERS) == standing
    assert all(len(answer.why) > 10 for answer in audience.ANSWERS.values())
    beside = {name for name, answer in audience.ANSWERS.items() if answer.how is audience.How.BESIDE}
    assert beside == {f"{kind}.{hidden.field}" for kind, hidden in details.FIELDS.items()} | {
        f"{kind}.{hidden.along}" for kind, hidden in details.FIELDS.items() if hidden.along
    }


def test_every_choice_has_its_answer_and_what_is_beside_never_goes_by_itself() -> None:
    assert set(details.OF_A_PAUSE) == set(choices.PauseReason)
    assert set(details.OF_AN_OUTCOME) == set(choices.Outcome)
    for answers in (details.OF_A_PAUSE, details.OF_AN_OUTCOME):
        for category in answers.values():
            assert category is None or release_of(category) is not Release.STANDING
            assert category is None or category in contents.categories_of("detail")
