"""What is asked for beside the pages: in the queue with its asking, done as whoever asked, picked up, told of, cleared."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from samkraft.audit.actions import transactions
from samkraft.operations import errands as doing
from samkraft.operations import jobs
from samkraft.operations.clock import CLOCK
from samkraft.partners.actions import errands, runners
from samkraft.partners.models import Errand, ErrandEvent, ErrandFile
from samkraft.partners.queries import errands as asked
from samkraft.partners.rules.errands import File, Made, State
from samkraft.partners.rules.roles import Permission, Role
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from tests.factories import partners, signed_in
from tests.factories.partners import Member

pytestmark = pytest.mark.django_db

KIND = "trial"
FULL = Reason("full", "Det är fullt i {place}.", "Försök i morgon.")


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A kind of errand whose doing each test says."""
    made = SimpleNamespace(
        NAME="En provfil",
        NEEDS=Permission.SEE_MONEY,
        run=lambda by, arguments, tell: Made(file=File("prov.csv", "text/csv", b"a;b", basis="som då")),
        still_holds=lambda by, arguments, basis: basis == "som då",
    )
    monkeypatch.setitem(runners._modules, KIND, KIND)
    of = runners.of
    monkeypatch.setattr(runners, "of", lambda kind: made if kind == KIND else of(kind))
    monkeypatch.setattr(doing, "TELL_EVERY_SECONDS", 0.0)
    return made


@pytest.fixture
def member() -> Member:
    return partners.member(Role.FUND_OFFICER)


def ask(member: Member, **arguments: object) -> UUID:
    return errands.ask(by=member.context, kind=KIND, arguments=arguments)


def row(member: Member, key: UUID) -> asked.ErrandRow:
    with transactions.read(member.context):
        found = asked.one(member.context, key)
    assert found is not None
    return found


def run(member: Member, key: UUID) -> bool:
    return doing.run(str(key), str(member.membership_id))


def test_asking_puts_one_job_with_ids_in_the_queue(runner: Any, member: Member) -> None:
    key = ask(member, year=2026)
    job = ProcrastinateJob.objects.get(task_name=jobs.RUN_ERRAND)
    assert job.args == {"errand_id": str(key), "membership_id": str(member.membership_id)}
    assert row(member, key).now.state is State.ASKED


def test_words_about_anybody_are_no_arguments(runner: Any, member: Member) -> None:
    with pytest.raises(ValueError, match="ids, codes and numbers"):
        ask(member, q="Amira Haddad")
    assert not ProcrastinateJob.objects.exists()


def test_whoever_may_not_do_it_may_not_ask_for_it(runner: Any) -> None:
    officer = partners.member(Role.EMPLOYMENT_OFFICER)
    runner.NEEDS = Permission.REGISTER_DECISIONS
    with pytest.raises(Refused) as refused:
        ask(officer)
    assert refused.value.reason.code == "not_allowed"


def test_what_is_made_is_kept_for_a_day_and_told_of_in_the_inbox(runner: Any, member: Member, client: Client) -> None:
    key = ask(member)
    assert run(member, key)
    now = row(member, key).now
    assert now.state is State.DONE
    assert now.until is not None
    assert timedelta(hours=23) < now.until - timezone.now() <= timedelta(hours=24)
    signed_in.sign_in(client, member)
    shown = client.get("/inkorg/").content.decode()
    assert "En provfil" in shown
    assert f"/pagaende/{key}/" in shown
    answer = client.post(f"/pagaende/{key}/hamta/", _form(member))
    assert answer.content == b"a;b"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="prov.csv"'
    assert "En provfil" not in client.get("/inkorg/").content.decode(), "what has been fetched waits no more"


def test_the_figure_in_the_bar_counts_what_the_inbox_shows_for_those_with_and_without_a_caseload(runner: Any) -> None:
    from samkraft.web.inbox import sources

    shown = {}
    needs = {Role.FUND_OFFICER: Permission.SEE_MONEY, Role.EMPLOYMENT_OFFICER: Permission.SEE_CASELOAD}
    for role, runner.NEEDS in needs.items():
        member = partners.member(role)
        run(member, ask(member))
        with transactions.read(member.context):
            today = timezone.localdate()
            shown[role] = sources.number(member.context, today), len(sources.items(member.context, today))
    assert shown == {Role.FUND_OFFICER: (1, 1), Role.EMPLOYMENT_OFFICER: (1, 1)}


def test_it_is_done_once_however_often_the_queue_gives_it(runner: Any, member: Member) -> None:
    key = ask(member)
    assert run(member, key)
    assert not run(member, key)


def test_somebody_who_does_it_already_is_left_to_it(runner: Any, member: Member) -> None:
    key = ask(member)
    seen = []

    def and_meanwhile(by: Context, arguments: dict[str, Any], tell: runners.Tell) -> Made:
        from tests import database

        with database.psycopg.connect(database.url_of("DATABASE_URL", connection.settings_dict["NAME"])) as other:
            lock = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
            seen.append(other.execute(lock, [f"errand {key}"]).fetchone()[0])
        return Made(address="/medel/")

    runner.run = and_meanwhile
    assert run(member, key)
    assert seen == [False]


def test_the_page_says_how_far_it_has_come_and_asks_again_by_itself_until_it_is_done(
    runner: Any, member: Member, client: Client
) -> None:
    signed_in.sign_in(client, member)
    pages: list[str] = []

    def slowly(by: Context, arguments: dict[str, Any], tell: runners.Tell) -> Made:
        tell(500, 2_000)
        pages.append(client.get(f"/pagaende/{key}/").content.decode())
        return Made(address="/medel/")

    runner.run = slowly
    key = ask(member)
    waiting = client.get(f"/pagaende/{key}/").content.decode()
    assert "väntar på sin tur" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    run(member, key)
    (under_way,) = pages
    assert 'value="25"' in under_way
    assert f'hx-get="/pagaende/{key}/"' in under_way
    done = client.get(f"/pagaende/{key}/", headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in done
    assert "<html" not in done
    answer = client.post(f"/pagaende/{key}/hamta/", _form(member))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/medel/")


def test_a_refusal_and_a_fault_are_told_with_their_reason_and_can_be_tried_again(
    runner: Any, member: Member, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(by: Context, arguments: dict[str, Any], tell: runners.Tell) -> Made:
        raise Refused(FULL, place="arkivet")

    def break_down(by: Context, arguments: dict[str, Any], tell: runners.Tell) -> Made:
        raise ZeroDivisionError

    runner.run = refuse
    key = ask(member)
    assert not run(member, key)
    assert row(member, key).now.reason == "Det är fullt i arkivet. Försök i morgon."
    signed_in.sign_in(client, member)
    assert "Det är fullt i arkivet." in client.get(f"/pagaende/{key}/").content.decode()
    runner.run = break_down
    assert client.post(f"/pagaende/{key}/igen/", _form(member)).status_code == 303
    assert ProcrastinateJob.objects.filter(task_name=jobs.RUN_ERRAND).count() == 2
    assert not run(member, key)
    assert f"numret {str(key)[:8]}" in row(member, key).now.reason
    assert str(key) in caplog.text


def test_a_computer_that_stops_in_the_middle_leaves_it_to_the_next_and_at_last_somebody_is_told(
    runner: Any, member: Member
) -> None:
    class PulledPlug(BaseException):
        pass

    def stop(by: Context, arguments: dict[str, Any], tell: runners.Tell) -> Made:
        raise PulledPlug

    whole, runner.run = runner.run, stop
    key, other = ask(member), ask(member)
    with pytest.raises(PulledPlug):
        run(member, key)
    assert row(member, key).now.state is State.RUNNING
    runner.run = whole
    assert run(member, key)
    runner.run = stop
    for _time in range(3):
        with pytest.raises(PulledPlug):
            run(member, other)
    assert not run(member, other)
    assert row(member, other).now.reason.startswith("Datorn som gjorde arbetet stannade 3 gånger.")


def test_what_a_dead_worker_had_taken_comes_back_into_the_queue(runner: Any, member: Member) -> None:
    ask(member)
    ProcrastinateJob.objects.filter(task_name=jobs.RUN_ERRAND)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 minutes') RETURNING id"
        )
        worker = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker])
    assert jobs.pick_up_errands() == 1
    assert ProcrastinateJob.objects.get(task_name=jobs.RUN_ERRAND).status == "todo"
    assert jobs.pick_up_errands() == 0


def test_it_is_asked_again_who_may_when_it_is_done_and_when_it_is_fetched(runner: Any, member: Member) -> None:
    first, second = ask(member), ask(member)
    run(member, first)
    runner.NEEDS = Permission.JOIN_DUPLICATES
    assert not run(member, second)
    assert "får inte göra det här" in row(member, second).now.reason
    with pytest.raises(Refused) as refused:
        errands.fetch(by=member.context, errand_id=first)
    assert refused.value.reason.code == "not_allowed"


def test_a_membership_that_is_over_gets_nothing_done_and_reads_nothing_of_it(
    runner: Any, member: Member, owner: Any
) -> None:
    key = ask(member)
    run(member, key)
    left = ask(member)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM partners_errandfile")
        assert cursor.fetchone()[0] == 0, "no context, no rows"
    over = "UPDATE partners_membership SET valid = '[2022-01-03,2024-01-01)' WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute(over, [member.membership_id])
    assert not run(member, left)
    with transactions.read(member.context):
        assert asked.listed(member.context) == []
        assert asked.file_of(member.context, key) is None


def test_what_it_rested_on_is_asked_when_it_is_fetched_and_a_file_that_does_not_hold_is_thrown_away(
    runner: Any, member: Member, client: Client
) -> None:
    key = ask(member)
    run(member, key)
    runner.still_holds = lambda by, arguments, basis: False
    with pytest.raises(Refused) as refused:
        errands.fetch(by=member.context, errand_id=key)
    assert refused.value.reason.code == "errand_file_changed"
    assert row(member, key).now.state is State.STALE
    with transactions.read(member.context):
        assert asked.file_of(member.context, key) is None
    signed_in.sign_in(client, member)
    assert "Kör igen" in client.get(f"/pagaende/{key}/").content.decode()


def test_a_file_about_somebody_is_not_handed_out_by_a_runner_that_cannot_say_whether_it_holds(
    runner: Any, member: Member
) -> None:
    key = ask(member)
    run(member, key)
    del runner.still_holds
    with pytest.raises(Refused):
        errands.fetch(by=member.context, errand_id=key)


def test_what_is_put_away_stops_at_its_next_step_and_keeps_nothing(runner: Any, member: Member) -> None:
    steps = []

    def change_of_mind(by: Context, arguments: dict[str, Any], tell: runners.Tell) -> Made:
        tell(1, 3)
        errands.put_away(by=by, errand_id=key)
        steps.append("away")
        tell(2, 3)
        steps.append("too far")
        return Made(file=File("prov.csv", "text/csv", b"a;b"))

    runner.run = change_of_mind
    key = ask(member)
    assert not run(member, key)
    assert steps == ["away"]
    assert row(member, key).now.state is State.PUT_AWAY


def test_the_clock_takes_away_what_has_expired_and_nothing_else(runner: Any, member: Member) -> None:
    young = ask(member)
    run(member, young)
    expired = _long_ago(member, ago=timedelta(days=2), expired=timedelta(minutes=1))
    old = _long_ago(member, ago=timedelta(days=30, minutes=1), expired=timedelta(minutes=-1))
    with transactions.read(member.context):
        assert asked.file_of(member.context, expired) is None, "not handed out even before the clock has been round"
        assert asked.file_of(member.context, old) is not None
    assert jobs.clear_errands() == 3, "a file that had expired, a month old errand, and its file"
    assert jobs.clear_errands() == 0
    with transactions.read(member.context):
        assert {one.id for one in asked.listed(member.context)} == {young, expired}
        assert asked.file_of(member.context, young) is not None


def _long_ago(member: Member, *, ago: timedelta, expired: timedelta) -> UUID:
    """As if it had been asked for, done and kept then: the actions themselves have no other time than now."""
    now, own = timezone.now(), {"area_id": member.context.area_id, "membership_id": member.membership_id}
    with transactions.write(member.context):
        made = Errand.objects.create(
            kind=KIND, arguments={}, language="sv", asked_at=now - ago, asked_by="Någon", **own
        )
        ErrandEvent.objects.create(errand=made, number=1, state="done", happened_at=now - ago, **own)
        ErrandFile.objects.create(
            errand=made, name="a", content_type="text/csv", content=b"a", expires_at=now - expired, **own
        )
    return made.id


WRONG = {
    "another's": lambda by: partners.member(Role.FUND_OFFICER).context,
    "no such area": lambda by: replace(by, area_id=uuid4()),
    "another's name": lambda by: replace(by, actor_id=uuid4()),
    "another role": lambda by: replace(by, role=Role.COUNCILLOR.value),
    "the clock": lambda by: CLOCK,
}


@pytest.mark.parametrize("who", WRONG)
def test_nobody_else_reads_asks_or_throws_away(runner: Any, member: Member, who: str) -> None:
    key = ask(member)
    run(member, key)
    other = WRONG[who](member.context)
    for table in ("errand", "errandevent", "errandfile"):
        with transactions.read(other), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM partners_{table}")
            assert cursor.fetchone()[0] == 0, table
    with transactions.write(other), connection.cursor() as cursor:
        for table in ("errandfile", "errandevent", "errand"):
            cursor.execute(f"DELETE FROM partners_{table}")
            assert cursor.rowcount == 0
    with pytest.raises(Refused) as refused:
        errands.fetch(by=other, errand_id=key)
    assert refused.value.reason.code == "errand_unknown"
    assert row(member, key).file_name == "prov.csv"


def test_what_was_asked_for_is_never_changed(runner: Any, member: Member) -> None:
    run(member, ask(member))
    with transactions.write(member.context), connection.cursor() as cursor:
        for table, column in (("errand", "kind"), ("errandevent", "state"), ("errandfile", "basis")):
            cursor.execute(f"UPDATE partners_{table} SET {column} = {column}")
            assert cursor.rowcount == 0
        for table in ("errandevent", "errand"):
            cursor.execute(f"DELETE FROM partners_{table}")
            assert cursor.rowcount == 0


def _form(member: Member) -> dict[str, str]:
    from samkraft.web.acting import FORM_FIELD

    return {FORM_FIELD: str(member.membership_id)}
