"""Duties: planned once, done, opened again, moved with a reason. Nothing is ever changed in place."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives import permissions
from samkraft.initiatives.models import Duty, DutyEvent, Initiative
from samkraft.initiatives.queries import duties as queries
from samkraft.initiatives.queries import keyed
from samkraft.initiatives.rules import duties as rules
from samkraft.initiatives.rules import year_wheel
from samkraft.initiatives.rules.duties import DutyEventKind
from samkraft.partners.queries import organisations
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason, Refused


def plan(
    *,
    by: Context,
    at: datetime | None = None,
    title: str,
    body_id: UUID,
    due_date: date,
    binding: bool,
    source_key: str,
    due_words: str = "",
    basis: str = "",
    link: str = "",
    initiative_id: UUID | None = None,
) -> UUID:
    """Put one duty in the year wheel and return its id. The same `source_key` again changes nothing.

    Raises Refused when the person may not plan it, or when the title is empty.
    """
    with transactions.write(by):
        _require_manager(by, initiative_id)
        return plan_within(
            by=by,
            at=at,
            title=title,
            body_id=body_id,
            due_date=due_date,
            binding=binding,
            source_key=source_key,
            due_words=due_words,
            basis=basis,
            link=link,
            initiative_id=initiative_id,
        )


def plan_within(
    *,
    by: Context,
    at: datetime | None = None,
    title: str,
    body_id: UUID,
    due_date: date,
    binding: bool,
    source_key: str,
    due_words: str = "",
    basis: str = "",
    link: str = "",
    initiative_id: UUID | None = None,
) -> UUID:
    """The same, inside a transaction of another action, such as a decision that brings duties.

    That action answers for who may. `due_words` is how the source says the time; `basis` is where it says it; `link` is
    a path inside the product to what the duty comes from. Raises Refused when the title is empty.
    """
    if not title.strip():
        raise Refused(rules.NO_TITLE)
    now = at or timezone.now()
    duty = Duty(
        title=title.strip(),
        body_id=body_id,
        due_date=due_date,
        due_words=due_words,
        binding=binding,
        basis=basis,
        link=link,
        initiative_id=initiative_id,
        source_key=source_key,
        added_at=now,
        added_by=by.actor_name,
    )
    Duty.objects.bulk_create([duty], ignore_conflicts=True)
    kept: UUID = Duty.objects.values_list("id", flat=True).get(source_key=source_key)
    if kept == duty.id:
        trail.record(
            by=by, at=now, action="duty.plan", subject_kind="initiatives.duty", subject_id=duty.id,
            subject_name=duty.title, due_date=due_date, body=body_id, binding=binding, source_key=source_key,
        )  # fmt: skip
    return kept


def plan_year(*, by: Context, at: datetime | None = None, year: int) -> int:
    """Lay out the cycle that the money of one year brings, and return how many duties are new.

    Duties that a decision brings are not planned here: they come when the decision is registered. Bodies that the
    organisation register does not have are passed over: a city without that body has no such duty.
    Raises Refused when the person may not, or when nothing is decided for the year.
    """
    with transactions.write(by):
        _require_manager(by, None)
        if reason := year_wheel.why_not_plan(year):
            raise Refused(reason, year=year, first=year_wheel.FIRST_YEAR, last=year_wheel.LAST_YEAR)
        planned = [duty for duty in year_wheel.of_money_year(year) if not duty.brought_by_decision]
        ids = organisations.ids()
        initiatives = dict(Initiative.objects.values_list("code", "id"))
        before = Duty.objects.count()
        for duty in planned:
            if duty.body in ids:
                plan_within(
                    by=by, at=at, title=duty.title, body_id=ids[duty.body], due_date=duty.due_date,
                    due_words=duty.due_words, binding=duty.binding, basis=duty.basis, source_key=duty.source_key,
                    initiative_id=initiatives.get(duty.initiative),
                )  # fmt: skip
        return Duty.objects.count() - before


def withdraw_within(*, by: Context, at: datetime, prefixes: Sequence[str], reason: str) -> int:
    """Take back the open duties whose key begins with any of the prefixes, because what they came from is taken back.

    Inside the transaction of the action that takes it back, which answers for who may. What is done stays done. Returns
    how many were withdrawn.
    """
    return _turn(DutyEventKind.WITHDRAWN, by=by, at=at, prefixes=prefixes, reason=reason)


def restore_within(*, by: Context, at: datetime, prefixes: Sequence[str], reason: str) -> int:
    """The opposite: what they came from holds again. Inside a transaction; returns how many came back."""
    return _turn(DutyEventKind.RESTORED, by=by, at=at, prefixes=prefixes, reason=reason)


def answer_within(*, by: Context, at: datetime, source_key: str, is_done: bool, note: str = "") -> None:
    """Say that the duty with this key is done, or open again, because what it asks for was handed in or given back.

    Inside a transaction of the action that did so, which answers for who may. Nothing happens without such a duty, or
    when it stands so already.
    """
    kind = DutyEventKind.DONE if is_done else DutyEventKind.REOPENED
    for duty in keyed.beginning(prefixes=[source_key], today=day_in_stockholm(at)):
        if duty.source_key == source_key and rules.why_not(kind, duty.row.state) is None:
            _add(kind, by=by, at=at, row=duty.row, note=note.strip(), new_due_date=None)


def move_within(*, by: Context, at: datetime, source_key: str, new_due_date: date, reason: str) -> None:
    """The duty with this key has got another day, because what it asks for has. As `answer_within` otherwise."""
    duty_id = Duty.objects.filter(source_key=source_key).values_list("id", flat=True).first()
    if duty_id is None:
        return
    _duty, row = _lock(duty_id, day_in_stockholm(at))
    if rules.why_not(DutyEventKind.MOVED, row.state) is None and row.due_date != new_due_date:
        _add(DutyEventKind.MOVED, by=by, at=at, row=row, note=reason.strip(), new_due_date=new_due_date)


def _turn(kind: DutyEventKind, *, by: Context, at: datetime, prefixes: Sequence[str], reason: str) -> int:
    turned = 0
    for duty_id in keyed.ids_beginning(prefixes):
        _duty, row = _lock(duty_id, day_in_stockholm(at))
        if rules.why_not(kind, row.state) is None:
            _add(kind, by=by, at=at, row=row, note=reason.strip(), new_due_date=None)
            turned += 1
    return turned


def complete(
    *, by: Context, at: datetime | None = None, duty_id: UUID, note: str = "", seen: int | None = None
) -> None:
    """Say that a duty is done. `seen` is the number of changes that the person had seen (`DutyRow.seen`).

    Raises Refused when it is not theirs, is done already or has changed since they looked.
    """
    _happen(DutyEventKind.DONE, by=by, at=at, duty_id=duty_id, note=note, seen=seen)


def reopen(*, by: Context, at: datetime | None = None, duty_id: UUID, note: str = "", seen: int | None = None) -> None:
    """Say that a duty was not done after all. Raises Refused as `complete` does."""
    _happen(DutyEventKind.REOPENED, by=by, at=at, duty_id=duty_id, note=note, seen=seen)


def move(
    *,
    by: Context,
    at: datetime | None = None,
    duty_id: UUID,
    new_due_date: date,
    reason: str,
    seen: int | None = None,
) -> None:
    """Give a duty a new date, with the reason. The first date stays to be seen.

    Raises Refused when the person does not hold the wheel, without a reason, to the same day or to a day that has been.
    """
    now = at or timezone.now()
    today = day_in_stockholm(now)
    with transactions.write(by):
        duty, row = _lock(duty_id, today)
        if refused := permissions.why_not_manage(by, initiative_owner=_owner_of(duty)):
            _refuse(refused, by, row)
        if refused := rules.why_not_move(row.state, row.due_date, new_due_date, today, reason):
            when = new_due_date if refused is rules.MOVE_TO_PAST else row.due_date
            raise Refused(refused, **{**_told(row), "when": when.isoformat()})
        _refuse_unseen(row, seen)
        _add(DutyEventKind.MOVED, by=by, at=now, row=row, note=reason.strip(), new_due_date=new_due_date)


def _happen(
    kind: DutyEventKind, *, by: Context, at: datetime | None, duty_id: UUID, note: str, seen: int | None
) -> None:
    now = at or timezone.now()
    with transactions.write(by):
        duty, row = _lock(duty_id, day_in_stockholm(now))
        if refused := permissions.why_not_answer(by, body=duty.body_id, initiative_owner=_owner_of(duty)):
            _refuse(refused, by, row)
        if refused := rules.why_not(kind, row.state):
            raise Refused(refused, **_told(row))
        _refuse_unseen(row, seen)
        _add(kind, by=by, at=now, row=row, note=note.strip(), new_due_date=None)


def _lock(duty_id: UUID, today: date) -> tuple[Duty, queries.DutyRow]:
    """Hold the duty for this transaction, then read it. Its row may not be changed, so a row lock cannot be had."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"duty {duty_id}"])
    duty = Duty.objects.select_related("initiative").get(id=duty_id)
    row = queries.one(duty_id=duty_id, today=today)
    assert row is not None
    return duty, row


def _add(
    kind: DutyEventKind, *, by: Context, at: datetime, row: queries.DutyRow, note: str, new_due_date: date | None
) -> None:
    DutyEvent.objects.create(
        duty_id=row.id, kind=kind.value, at=at, by=by.actor_name, note=note, new_due_date=new_due_date
    )
    trail.record(
        by=by, at=at, action=f"duty.{kind.value}", subject_kind="initiatives.duty", subject_id=row.id,
        subject_name=row.title, note=note, due_date=row.due_date, new_due_date=new_due_date,
    )  # fmt: skip


def _owner_of(duty: Duty) -> UUID | None:
    return duty.initiative.owner_id if duty.initiative else None


def _require_manager(by: Context, initiative_id: UUID | None) -> None:
    access.require(by, Permission.MANAGE_DUTIES)
    owner = Initiative.objects.values_list("owner_id", flat=True).get(id=initiative_id) if initiative_id else None
    if refused := permissions.why_not_manage(by, initiative_owner=owner):
        raise Refused(refused, body=organisations.name_of(by.organisation_id))


def _refuse(reason: Reason, by: Context, row: queries.DutyRow) -> None:
    if reason is access.NOT_ALLOWED:
        access.require(by, Permission.MANAGE_DUTIES)
    raise Refused(reason, body=row.body_name)


def _refuse_unseen(row: queries.DutyRow, seen: int | None) -> None:
    if seen is not None and seen != row.seen:
        raise Refused(rules.CHANGED_MEANWHILE, **_told(row))


def _told(row: queries.DutyRow) -> dict[str, str]:
    """Who made the latest change and on which day, for a refusal that it causes."""
    latest = next((event for event in queries.history(duty_id=row.id) if event.kind.value in queries.CHANGING), None)
    if latest is None:
        return {"who": "–", "when": "–"}
    return {"who": latest.by, "when": day_in_stockholm(latest.at).isoformat()}
