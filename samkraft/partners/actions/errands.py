"""Ask for something that takes time, and do it beside the pages: its steps, its end, its file.

`ask` puts one job in the queue in the same transaction. The steps after that are taken by `samkraft/operations/errands.py` in the
context of whoever asked. Each is an event; nothing is changed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language
from procrastinate.contrib.django import app

from samkraft.audit.actions import trail, transactions
from samkraft.partners.actions import runners
from samkraft.partners.models import Errand, ErrandEvent, ErrandFile
from samkraft.partners.queries import errands as queries
from samkraft.partners.queries.errands import ErrandRow
from samkraft.partners.rules import access
from samkraft.partners.rules import errands as rules
from samkraft.partners.rules.errands import Made, State
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

RUN_ERRAND = "run_errand"
SUBJECT = "partners.errand"


def ask(*, by: Context, kind: str, arguments: Mapping[str, Any], at: datetime | None = None) -> UUID:
    """Put it in the queue; return its id, which is the page's too. The runner's permission is asked now and again later.

    Raises ValueError for arguments that say something by themselves: that is a fault in the program.
    """
    access.require(by, runners.of(kind).NEEDS)
    if not rules.is_opaque(arguments):
        raise ValueError("an errand carries ids, codes and numbers only")
    errand_id = uuid4()
    with transactions.write(by):
        Errand.objects.create(
            id=errand_id,
            area_id=by.area_id,
            membership_id=by.membership_id,
            kind=kind,
            arguments=dict(arguments),
            language=get_language() or "sv",
            asked_at=at or timezone.now(),
            asked_by=by.actor_name,
        )
        trail.record(by=by, at=at, action="errand.ask", subject_kind=SUBJECT, subject_id=errand_id, kind=kind)
        _enqueue(by, errand_id)
    return errand_id


def again(*, by: Context, errand_id: UUID, at: datetime | None = None) -> None:
    """Once more, with the same arguments: after a fault, or when what was made may not be handed out any longer."""
    with transactions.write(by):
        row = _mine(by, errand_id)
        access.require(by, runners.of(row.kind).NEEDS)
        if row.now.state in rules.AT_WORK:
            raise Refused(rules.NOT_NOW)
        ErrandFile.objects.filter(errand_id=errand_id).delete()
        _add(by, errand_id, State.ASKED, at)
        trail.record(by=by, at=at, action="errand.again", subject_kind=SUBJECT, subject_id=errand_id, kind=row.kind)
        _enqueue(by, errand_id)


def put_away(*, by: Context, errand_id: UUID, at: datetime | None = None) -> None:
    """No longer of interest: its file goes now, and work that is under way stops at its next step."""
    with transactions.write(by):
        row = _mine(by, errand_id)
        if row.now.state is State.PUT_AWAY:
            raise Refused(rules.NOT_NOW)
        ErrandFile.objects.filter(errand_id=errand_id).delete()
        _add(by, errand_id, State.PUT_AWAY, at)
        trail.record(by=by, at=at, action="errand.put_away", subject_kind=SUBJECT, subject_id=errand_id, kind=row.kind)


def fetch(*, by: Context, errand_id: UUID, at: datetime | None = None) -> Made:
    """What came of it: a page's address, or the file if what it rests on still holds for whoever asks.

    A file that does not hold any longer is thrown away, and the refusal says so.
    """
    with transactions.read(by):
        row = queries.one(by, errand_id)
        file = queries.file_of(by, errand_id) if row else None
    if row is None or not runners.is_known(row.kind):
        raise Refused(rules.UNKNOWN)
    access.require(by, runners.of(row.kind).NEEDS)
    if file is None and not row.now.address:
        raise Refused(rules.EXPIRED)
    holds = file is None or runners.still_holds(by, row.kind, row.arguments, file.basis)
    with transactions.write(by):
        if not holds:
            ErrandFile.objects.filter(errand_id=errand_id).delete()
        _add(by, errand_id, State.OPENED if holds else State.STALE, at)
        deed = "errand.open" if holds else "errand.refuse"
        trail.record(by=by, at=at, action=deed, subject_kind=SUBJECT, subject_id=errand_id, kind=row.kind)
    if not holds:
        raise Refused(rules.CHANGED)
    return Made(row.now.address, file)


def begin(*, by: Context, errand_id: UUID, at: datetime | None = None) -> ErrandRow | None:
    """Take it up. None when there is nothing to do: it is done already, put away, or gone."""
    with transactions.write(by):
        row = queries.one(by, errand_id)
        if row is None or row.now.state not in rules.AT_WORK:
            return None
        _add(by, errand_id, State.RUNNING, at)
        trail.record(by=by, at=at, action="errand.begin", subject_kind=SUBJECT, subject_id=errand_id, kind=row.kind)
        return row


def progress(*, by: Context, errand_id: UUID, done: int, total: int, at: datetime | None = None) -> bool:
    """Say how far it has come. False when whoever asked has put it away: then there is nothing more to do."""
    with transactions.write(by):
        row = queries.one(by, errand_id)
        if row is None or row.now.state is not State.RUNNING:
            return False
        _add(by, errand_id, State.RUNNING, at, done=min(done, total), total=total)
        return True


def finish(*, by: Context, errand_id: UUID, made: Made, at: datetime | None = None) -> bool:
    """It is done. False when it was put away meanwhile: then nothing is kept."""
    moment = at or timezone.now()
    with transactions.write(by):
        row = queries.one(by, errand_id)
        if row is None or row.now.state is not State.RUNNING:
            return False
        until = moment + rules.FILE_LASTS if made.file else None
        if made.file and until:
            ErrandFile.objects.create(
                errand_id=errand_id,
                area_id=by.area_id,
                membership_id=by.membership_id,
                name=made.file.name,
                content_type=made.file.content_type,
                content=made.file.content,
                basis=made.file.basis,
                expires_at=until,
            )
        _add(by, errand_id, State.DONE, at, address=made.address, until=until)
        trail.record(by=by, at=at, action="errand.done", subject_kind=SUBJECT, subject_id=errand_id, kind=row.kind)
        return True


def fail(*, by: Context, errand_id: UUID, reason: str, at: datetime | None = None) -> None:
    """It did not work; the reason in the words of whoever asked."""
    with transactions.write(by):
        row = queries.one(by, errand_id)
        if row is None or row.now.state not in rules.AT_WORK:
            return
        _add(by, errand_id, State.FAILED, at, reason=reason[:600])
        trail.record(by=by, at=at, action="errand.failed", subject_kind=SUBJECT, subject_id=errand_id, kind=row.kind)


def clear(*, by: Context, at: datetime | None = None) -> int:
    """The clock's: take away files that have expired and errands a month old. How many files and errands went."""
    with transactions.write(by):
        gone = 0
        for statement in (
            "DELETE FROM partners_errandfile",
            "DELETE FROM partners_errandevent",
            "DELETE FROM partners_errand",  # the walls let the clock find only what is old
        ):
            with connection.cursor() as cursor:
                cursor.execute(statement)
                gone += 0 if "event" in statement else cursor.rowcount
        if gone:
            trail.record(by=by, at=at, action="errand.cleared", subject_kind=SUBJECT, subject_id="", number=gone)
        return gone


def _mine(by: Context, errand_id: UUID) -> ErrandRow:
    _one_at_a_time(errand_id)
    row = queries.one(by, errand_id)
    if row is None or not runners.is_known(row.kind):
        raise Refused(rules.UNKNOWN)
    return row


def _add(by: Context, errand_id: UUID, state: State, at: datetime | None, **more: Any) -> None:
    """Inside the transaction: the next event."""
    _one_at_a_time(errand_id)
    last = ErrandEvent.objects.filter(errand_id=errand_id).order_by("-number").values_list("number", flat=True).first()
    ErrandEvent.objects.create(
        errand_id=errand_id,
        area_id=by.area_id,
        membership_id=by.membership_id,
        number=(last or 0) + 1,
        state=state.value,
        happened_at=at or timezone.now(),
        **more,
    )


def _one_at_a_time(errand_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"errand step {errand_id}"])


def _enqueue(by: Context, errand_id: UUID) -> None:
    """Inside the transaction: one job with ids only."""
    app.configure_task(RUN_ERRAND).defer(errand_id=str(errand_id), membership_id=str(by.membership_id))
