"""Identity numbers: read and changed only through the guard, each time kept in the trail; never in an address or a log."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.rules import number_reasons
from samkraft.values import identity_number
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM

PERSON = "people.person"


def show(*, by: Context, person_id: UUID, why: str, at: datetime | None = None) -> str | None:
    """The number as it is written today, or None when nobody has given one. `why` is one of the reasons, and is kept."""
    access.require(by, Permission.WORK_WITH_PEOPLE)
    reason = number_reasons.require(why)
    with transactions.write(by):
        trail.record(by=by, at=at, action="number.read", subject_kind=PERSON, subject_id=person_id, why=reason.value)
        digits: str | None = guard.ask("people_number_of", person_id)
    if digits is None:
        return None
    return identity_number.in_words(identity_number.read(digits, _today()), _today())


def change(*, by: Context, person_id: UUID, text: str, at: datetime | None = None) -> None:
    """Give the person another number. A samordningsnummer may become a personnummer, never the reverse."""
    access.require(by, Permission.WORK_WITH_PEOPLE)
    number = identity_number.read(text, _today())
    with transactions.write(by):
        guard.ask("people_change_number", person_id, number.digits, number.kind.value)
        trail.record(
            by=by, at=at, action="number.changed", subject_kind=PERSON, subject_id=person_id, kind=number.kind.value
        )


def _today() -> date:
    return timezone.now().astimezone(STOCKHOLM).date()
