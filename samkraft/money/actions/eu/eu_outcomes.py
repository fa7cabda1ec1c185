"""What happens in an EU project month by month: staff hours, the participants' hours as one sum, costs and cash.

Nothing is written into a month that a certified claim covers; a correction goes into an open month.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import DatabaseError
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.actions.eu import eu_projects
from samkraft.money.models import EuEntry, EuHours, EuParticipantHours, EuPosition, EuProject
from samkraft.money.queries.eu import eu_claims
from samkraft.money.rules.eu import eu_outcomes
from samkraft.money.rules.eu.eu_budgets import CASH, COSTS, RowKind
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import Period
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

CLOSED = "money_eu_period_closed"  # how the database says it
PERIOD_CLOSED = Reason(
    "eu_period_closed",
    phrase("{month} ligger i en ansökan om utbetalning som är intygad."),
    phrase("Skriv rättelsen i en månad som är öppen, och säg vilken månad den gäller."),
)
NO_POSITION = Reason("no_eu_position", phrase("Tjänsten finns inte i projektet."), phrase("Välj en ur listan."))
NOT_IN_TIME = Reason(
    "eu_month_outside",
    phrase("{month} ligger utanför den tid då {what} finns i projektet."),
    phrase("Kontrollera månaden."),
)
NOT_OVER = Reason(
    "eu_month_not_over",
    phrase("{month} är inte slut än."),
    phrase("Vänta tills månaden är slut, så att timmarna är klara."),
)
TOO_MANY_HOURS = Reason(
    "eu_too_many_hours", phrase("Så många timmar finns inte i en månad."), phrase("Skriv högst 744 timmar.")
)
MEANWHILE = Reason(
    "eu_written_meanwhile",
    phrase("Någon annan skrev timmar för samma månad medan du skrev."),
    phrase("Läs det som står nu och spara igen om det ska ändras."),
)
SOURCE_NEEDED = Reason("eu_source_needed", phrase("Skriv varifrån summan kommer."), "")
REFERENCE_TWICE = Reason(
    "eu_reference_twice", phrase("Verifikatet {reference} är redan inläst."), phrase("Inget i filen lades in.")
)
NOT_A_KIND = Reason(
    "eu_entry_kind", phrase("{kind} bokförs inte för sig."), phrase("Välj en kostnad eller kontanta medel.")
)
NOTHING = Reason("eu_entry_zero", phrase("Beloppet är noll."), phrase("Skriv ett belopp, eller ta bort raden."))


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """A cost or cash to be noted. `amount_ore` below zero is a correction."""

    kind: RowKind
    month: date
    amount_ore: int
    text: str
    reference: str = ""
    financier_id: UUID | None = None


def note_hours(
    *,
    by: Context,
    at: datetime | None = None,
    position_id: UUID,
    month: date,
    minutes: int,
    source: str = "",
    expected_number: int | None = None,
) -> None:
    """A position's hours in a month, the first time or as a correction.

    `expected_number` is the number of the row that the writer saw (zero: none); another one means that somebody wrote
    in between.
    """
    access.require(by, Permission.MANAGE_EU_PROJECTS)
    at, month = at or timezone.now(), eu_outcomes.first_of_month(month)
    if not 0 <= minutes <= 744 * 60:
        raise Refused(TOO_MANY_HOURS)
    with transactions.write(by), _told_kindly(month):
        position = EuPosition.objects.select_related("project").filter(id=position_id).first()
        if position is None:
            raise Refused(NO_POSITION)
        _require_open(position.project, month, at)
        if month not in _months(position.period):
            raise Refused(NOT_IN_TIME, month=_words(month), what=position.code)
        number = position.hours.filter(month=month).count()
        if expected_number is not None and expected_number != number:
            raise Refused(MEANWHILE)
        EuHours.objects.create(
            id=uuid4(), position=position, month=month, number=number + 1, minutes=minutes, source=source,
            noted_at=at, noted_by=by.actor_name,
        )  # fmt: skip
        _record(
            by,
            at,
            "eu_project.hours",
            position.project,
            position=position.code,
            month=month.isoformat(),
            minutes=minutes,
        )


def note_participant_hours(
    *,
    by: Context,
    at: datetime | None = None,
    project_id: UUID,
    month: date,
    minutes: int,
    ore_per_hour: int,
    source: str,
) -> None:
    """All participants' hours in a month as one sum: with its source, and never with anybody's name."""
    access.require(by, Permission.MANAGE_EU_PROJECTS)
    at, month = at or timezone.now(), eu_outcomes.first_of_month(month)
    if not source.strip():
        raise Refused(SOURCE_NEEDED)
    with transactions.write(by), _told_kindly(month):
        project = eu_projects.find(project_id)
        _require_open(project, month, at)
        EuParticipantHours.objects.create(
            id=uuid4(), project=project, month=month, number=project.participant_hours.filter(month=month).count() + 1,
            minutes=minutes, ore_per_hour=ore_per_hour, source=source.strip(), noted_at=at, noted_by=by.actor_name,
        )  # fmt: skip
        _record(by, at, "eu_project.participant_hours", project, month=month.isoformat(), minutes=minutes)


def enter(*, by: Context, at: datetime | None = None, project_id: UUID, entries: Sequence[EntryDraft]) -> int:
    """Costs and cash, all or none. Returns how many. A voucher that is in already refuses the whole."""
    access.require(by, Permission.MANAGE_EU_PROJECTS)
    at = at or timezone.now()
    with transactions.write(by):
        project = eu_projects.find(project_id)
        for entry in entries:
            _check_entry(project, entry, at)
            with _told_kindly(entry.month, entry.reference):
                EuEntry.objects.create(
                    id=uuid4(), project=project, kind=entry.kind.value,
                    month=eu_outcomes.first_of_month(entry.month), amount_ore=entry.amount_ore, text=entry.text[:300],
                    reference=entry.reference, financier_id=entry.financier_id, noted_at=at, noted_by=by.actor_name,
                )  # fmt: skip
        _record(by, at, "eu_project.entries", project, count=len(entries))
        return len(entries)


def _check_entry(project: EuProject, entry: EntryDraft, at: datetime) -> None:
    if entry.kind not in (*COSTS, *CASH):
        raise Refused(NOT_A_KIND, kind=entry.kind.value)
    if not entry.amount_ore:
        raise Refused(NOTHING)
    if entry.reference and project.entries.filter(reference=entry.reference).exists():
        raise Refused(REFERENCE_TWICE, reference=entry.reference)
    _require_open(project, eu_outcomes.first_of_month(entry.month), at)


def _require_open(project: EuProject, month: date, at: datetime) -> None:
    if month not in _months(project.period):
        raise Refused(NOT_IN_TIME, month=_words(month), what=project.name)
    if eu_outcomes.following(month) > timezone.localdate(at):
        raise Refused(NOT_OVER, month=_words(month))
    if eu_outcomes.is_closed(month, eu_claims.closed_periods(project.id)):
        raise Refused(PERIOD_CLOSED, month=_words(month))


@contextmanager
def _told_kindly(month: date, reference: str = "") -> Iterator[None]:
    """Turns what the database refuses in a race into the refusal that a person meets otherwise."""
    try:
        yield
    except DatabaseError as error:
        if CLOSED in str(error):
            raise Refused(PERIOD_CLOSED, month=_words(month)) from error
        if "reference_once" in str(error):
            raise Refused(REFERENCE_TWICE, reference=reference) from error
        if "number_once" in str(error):
            raise Refused(MEANWHILE) from error
        raise


def _months(period: object) -> Period:
    """The months that a stored period touches, as one period of whole months."""
    lower, upper = period.lower, period.upper  # type: ignore[attr-defined]  # a range of days
    if upper is None:
        return Period(eu_outcomes.first_of_month(lower))
    last = eu_outcomes.first_of_month(upper)
    return Period(eu_outcomes.first_of_month(lower), last if last == upper else eu_outcomes.following(last))


def _words(month: date) -> str:
    return f"{month:%Y-%m}"


def _record(by: Context, at: datetime, action: str, project: EuProject, **content: object) -> None:
    trail.record(
        by=by, at=at, action=action, subject_kind="money.eu_project", subject_id=project.id,
        subject_name=project.name, **content,
    )  # fmt: skip
