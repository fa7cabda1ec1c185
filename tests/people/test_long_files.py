"""A long list that is made as a file beside the pages holds what may be seen from its first row until it is fetched."""

import csv
import io
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.operations import errands as doing
from samkraft.operations import jobs
from samkraft.partners.actions import errands
from samkraft.partners.queries import errands as asked
from samkraft.partners.rules.errands import State
from samkraft.people.actions import cases, protection
from samkraft.people.queries import boards
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from samkraft.web.acting import FORM_FIELD
from samkraft.web.people.board import board_export, board_file
from tests.factories import people, signed_in
from tests.people import world
from tests.people.test_doors import _access

pytestmark = pytest.mark.django_db

NAMES = ("Första", "Andra", "Tredje")


@pytest.fixture(autouse=True)
def _one_on_each_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boards, "PAGE_OF_EXPORT", 1)
    monkeypatch.setattr(board_file, "MOST_ROWS_AT_ONCE", 2)


def _three() -> tuple[people.Setting, list[UUID], list[UUID]]:
    """Three on the officer's case, handed over by the social services under a consent."""
    setting = people.joint()
    by = setting.social.context
    persons = [people.participant(by, given=name, family="Ek") for name in NAMES]
    enrolments = [people.enrolled(setting, by, person) for person in persons]
    for person in persons:
        people.join_team(setting, by, person, setting.officer)
    return setting, persons, enrolments


def _ask(by: Context, enrolments: list[UUID]) -> UUID:
    return errands.ask(by=by, kind=board_file.KIND, arguments=board_file.arguments("csv", enrolments, None))


def _run(by: Context, key: UUID) -> bool:
    return doing.run(str(key), str(by.membership_id))


def _names(content: bytes) -> list[str]:
    return [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")][1:]


def _now(by: Context, key: UUID) -> asked.ErrandRow:
    with transactions.read(by):
        found = asked.one(by, key)
    assert found is not None
    return found


def _fetched(by: Context, key: UUID) -> list[str]:
    file = errands.fetch(by=by, errand_id=key).file
    assert file is not None
    return _names(file.content)


def _before_page(monkeypatch: pytest.MonkeyPatch, number: int, do: Any) -> None:
    """Let something happen between two pages of the file."""
    part, pages = board_export.part, []

    def watched(by: Context, frame: Any, ids: Any, file: str) -> Any:
        pages.append(ids)
        return part(by, frame, ids, file)

    def between(self: Any, done: int, total: int) -> None:
        if len(pages) == number:
            do()

    monkeypatch.setattr(board_export, "part", watched)
    monkeypatch.setattr(doing._Telling, "__call__", between)


def _take_away(how: str, setting: people.Setting, person: UUID) -> None:
    officer = setting.officer.context
    if how == "protected":
        protection.protect(by=setting.social.context, person_id=person, level="marked")
    elif how == "access ended":
        cases.end_access(by=officer, person_id=person, access_id=_access(officer, person, "team").id)
    else:
        people.recuse(by=officer, person_id=person, user_id=setting.officer.user_id, ground="close")


AWAY = ("protected", "access ended", "recused")


@pytest.mark.parametrize("how", AWAY)
@pytest.mark.parametrize("who", [0, 2])
def test_who_is_taken_from_the_reader_between_two_pages_is_not_in_the_file_whether_written_already_or_not(
    monkeypatch: pytest.MonkeyPatch, how: str, who: int
) -> None:
    setting, persons, enrolments = _three()
    officer = setting.officer.context
    _before_page(monkeypatch, 2, lambda: _take_away(how, setting, persons[who]))
    key = _ask(officer, enrolments)
    assert _run(officer, key)
    assert _fetched(officer, key) == [f"{name} Ek" for place, name in enumerate(NAMES) if place != who]


def test_a_consent_that_is_taken_back_between_two_pages_stops_nothing_that_was_received_and_gives_nothing_newer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    setting, persons, enrolments = _three()
    social, officer = setting.social.context, setting.officer.context

    def withdraw_and_write() -> None:
        world.withdraw(social, persons[2], "plan", "contact", "enrolment")
        card = {"given_name": "Nytt", "family_name": "Namn", "sex": "woman", "language": "sv", "interpreter": False}
        people.write(social, persons[2], "card", card)

    _before_page(monkeypatch, 2, withdraw_and_write)
    key = _ask(officer, enrolments)
    assert _run(officer, key)
    assert _fetched(officer, key) == ["Första Ek", "Andra Ek", "Tredje Ek"]


@pytest.mark.parametrize("how", [*AWAY, "withdrawn"])
def test_a_file_that_is_done_is_not_handed_out_when_something_was_taken_back_since(how: str) -> None:
    setting, persons, enrolments = _three()
    officer = setting.officer.context
    key = _ask(officer, enrolments)
    assert _run(officer, key)
    if how == "withdrawn":
        world.withdraw(setting.social.context, persons[1], "plan")
    else:
        _take_away(how, setting, persons[1])
    with pytest.raises(Refused) as refused:
        errands.fetch(by=officer, errand_id=key)
    assert refused.value.reason.code == "errand_file_changed"
    assert world.count(officer, "partners_errandfile") == 0
    errands.again(by=officer, errand_id=key)
    assert _run(officer, key)
    left = [f"{name} Ek" for place, name in enumerate(NAMES) if place != 1 or how == "withdrawn"]
    assert _fetched(officer, key) == left


def test_what_is_only_written_since_does_not_make_the_file_another() -> None:
    setting, persons, enrolments = _three()
    officer = setting.officer.context
    key = _ask(officer, enrolments)
    _run(officer, key)
    people.write(officer, persons[0], "contact_made", {"on": "2026-11-02", "how": "phone"}, enrolment_id=enrolments[0])
    assert _fetched(officer, key) == [f"{name} Ek" for name in NAMES]


def test_when_somebody_goes_each_time_it_is_made_the_asker_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from samkraft.people.queries import bases

    setting, _persons, enrolments = _three()
    officer = setting.officer.context
    monkeypatch.setattr(bases, "fingerprint", lambda by, keys: "")
    key = _ask(officer, enrolments)
    assert not _run(officer, key)
    assert _now(officer, key).now.reason.startswith("Åtkomst till någon i listan ändrades gång på gång")


def test_when_nobody_is_left_there_is_no_file() -> None:
    setting, persons, enrolments = _three()
    officer = setting.officer.context
    key = _ask(officer, enrolments)
    for person in persons:
        _take_away("protected", setting, person)
    assert not _run(officer, key)
    assert _now(officer, key).now.state is State.FAILED


def test_ids_of_what_one_may_not_know_add_nothing_to_a_file_and_another_area_never_reads_it() -> None:
    setting, _persons, enrolments = _three()
    social, officer = setting.social.context, setting.officer.context
    hidden = people.participant(social, text="199107172380", given="Gömd", family="Gömdsson")
    alone = people.enrolled(setting, social, hidden)
    key = _ask(officer, [alone, *enrolments, uuid4()])
    assert _run(officer, key)
    for other in (social, setting.outsider.context):
        assert world.count(other, "partners_errandfile") == world.count(other, "partners_errand") == 0
        with pytest.raises(Refused) as refused:
            errands.fetch(by=other, errand_id=key)
        assert refused.value.reason.code == "errand_unknown"
    assert _fetched(officer, key) == [f"{name} Ek" for name in NAMES]
    for nothing in ([alone], [uuid4()]):
        empty = _ask(officer, nothing)
        assert not _run(officer, empty)
        assert _now(officer, empty).now.reason.startswith("Du ser inte längre någon")


def test_the_list_offers_a_long_file_asks_for_it_and_names_nobody_on_the_way(client: Client) -> None:
    setting, persons, _enrolments = _three()
    signed_in.sign_in(client, setting.officer)
    form = {FORM_FIELD: str(setting.officer.membership_id)}
    shown = client.get("/team/?q=Ek").content.decode()
    assert 'action="/team/fil/"' in shown
    assert "3 rader tar en stund" in client.get("/team/?fil=csv").content.decode()
    sent = {"fil": "csv", "lista": "team", "sida_team": "", "fraga": "q=Ek&ordning=namn"}
    answer = client.post("/team/fil/", form | sent)
    assert answer.status_code == 303
    key = UUID(answer.headers["Location"].split("/")[2])
    job = ProcrastinateJob.objects.get(task_name=jobs.RUN_ERRAND)
    assert set(job.args) == {"errand_id", "membership_id"}
    assert "Ek" not in str(_now(setting.officer.context, key).arguments)
    assert jobs.run_errand(**job.args)
    file = client.post(f"/pagaende/{key}/hamta/", form)
    assert _names(file.content) == ["Andra Ek", "Första Ek", "Tredje Ek"], "as the screen sorts them"
    with transactions.read(setting.officer.context):
        told = [event.content for event in Event.objects.filter(action="caseload.exported")]
    assert len(told) == 3
    assert all(sum(str(person) in one for one in told) == 1 for person in persons), "who has looked finds files too"


def test_a_choice_with_nobody_in_it_is_no_file(client: Client) -> None:
    setting, _persons, _enrolments = _three()
    signed_in.sign_in(client, setting.officer)
    sent = {FORM_FIELD: str(setting.officer.membership_id), "fil": "xlsx", "lista": "team", "fraga": "q=Ingen"}
    assert client.post("/team/fil/", sent).status_code == 409
