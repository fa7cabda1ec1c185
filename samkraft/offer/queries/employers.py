"""Employers as those who meet them see them: the list with what waits, one with all that has happened, jobs and placements."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from samkraft.offer.models import Employer, EmployerContact, Opening, PlacementTerms, RecruitmentMeeting, Vacancy
from samkraft.offer.queries import vacancies
from samkraft.offer.queries.vacancies import VacancyRow
from samkraft.offer.rules import employers as rules


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact."""

    id: UUID
    on_date: date
    how: str
    about: str
    led_to: str
    text: str
    next_date: date | None
    by: str
    membership_id: UUID
    written_at: datetime


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """An employer in the list. `next_date`: when somebody should be in touch, and `next_by` who said so."""

    id: UUID
    name: str
    organisation_id: UUID
    organisation_number: str
    industry: str
    district: str
    contact_name: str
    contact_phone: str
    contact_email: str
    last_date: date | None
    last_by: str
    led_to: str
    next_date: date | None
    next_by: str
    next_membership_id: UUID | None
    openings: int
    placements: int
    meetings: int


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """A job that an employer told of. `vacancy_id` when it is advertised too."""

    id: UUID
    employer_id: UUID
    employer: str
    headline: str
    occupation: str
    places: int
    needs: tuple[str, ...]
    scope_from: int | None
    scope_to: int | None
    needs_experience: bool
    needs_licence: bool
    last_date: date | None
    told_at: datetime
    told_by: str
    vacancy_id: UUID | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A placement: what is agreed, and the occasion that it is."""

    occasion_id: UUID
    employer_id: UUID
    employer: str
    activity: str
    activity_code: str
    name: str
    starts_on: date
    ends_on: date | None
    hours_a_week: int
    place_name: str
    supervisor_name: str
    supervisor_phone: str
    tasks: str
    terms: tuple[str, ...]
    afterwards: str
    agreed_date: date
    agreed_by: str
    agreed_at: datetime
    is_open: bool
    cancelled_at: datetime | None


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A recruitment meeting."""

    id: UUID
    employer_id: UUID
    employer: str
    organisation_id: UUID
    opening_id: UUID | None
    opening: str
    headline: str
    starts_at: datetime
    ends_at: datetime
    place_name: str
    form: str
    most: int
    planned_at: datetime
    planned_by: str
    cancelled_at: datetime | None
    cancel_reason: str


def listed(*, words: str = "", industry: str = "", on: date) -> list[EmployerRow]:
    """Every employer that the words fit, those who should be contacted first on top, then by name."""
    rows = Employer.objects.select_related("organisation")
    for word in words.split()[:8]:
        rows = rows.filter(
            Q(organisation__name__icontains=word)
            | Q(contact_name__icontains=word)
            | Q(organisation__other_names__icontains=word)
        )
    if industry:
        rows = rows.filter(industry=industry)
    found = _rows(list(rows.order_by("organisation__sort_key")), on)
    return sorted(found, key=lambda row: (row.next_date is None, row.next_date or date.max))


def one(employer_id: UUID, *, on: date) -> EmployerRow | None:
    """One employer; None when there is none."""
    found = _rows(list(Employer.objects.select_related("organisation").filter(id=employer_id)), on)
    return found[0] if found else None


def of_organisation(organisation_id: UUID) -> UUID | None:
    """The employer that an organisation is."""
    return Employer.objects.filter(organisation_id=organisation_id).values_list("id", flat=True).first()


def contacts(employer_id: UUID) -> list[ContactRow]:
    """All contacts, the newest first."""
    rows = EmployerContact.objects.filter(employer_id=employer_id).order_by("-on_date", "-written_at")
    return [
        ContactRow(
            row.id, row.on_date, row.how, row.about, row.led_to, row.text, row.next_date, row.written_by,
            row.membership_id, row.written_at,
        )
        for row in rows
    ]  # fmt: skip


def openings(*, employer_id: UUID | None = None, on: date | None = None) -> list[OpeningRow]:
    """Jobs that employers told of, the newest first. With `on` only those that can be applied for then."""
    rows = Opening.objects.select_related("employer__organisation")
    if employer_id:
        rows = rows.filter(employer_id=employer_id)
    if on:
        rows = rows.filter(Q(last_date=None) | Q(last_date__gte=on), closed_at=None)
    return [_opening(row) for row in rows.order_by("-told_at", "id")]


def opening(opening_id: UUID) -> OpeningRow | None:
    """One job; None when there is none."""
    row = Opening.objects.select_related("employer__organisation").filter(id=opening_id).first()
    return _opening(row) if row else None


def advertised(organisation_number: str, name: str, *, on: date) -> list[VacancyRow]:
    """The employer's own advertisements among those that are read in, by number or else by exact name."""
    bare = organisation_number.replace("-", "")
    by_number = Q(employer_number=bare) if bare else Q(employer_name__iexact=name)
    rows = Vacancy.objects.filter(by_number, Q(last_date=None) | Q(last_date__gte=on), gone_date=None)
    return vacancies.rows_of(rows.order_by("-published_date", "id")[:30])


def placements(*, employer_id: UUID | None = None, occasion_id: UUID | None = None) -> list[PlacementRow]:
    """Placements, those that begin last on top."""
    rows = PlacementTerms.objects.select_related("occasion__activity", "employer__organisation")
    if employer_id:
        rows = rows.filter(employer_id=employer_id)
    if occasion_id:
        rows = rows.filter(occasion_id=occasion_id)
    return [_placement(row) for row in rows.order_by("-occasion__starts_on", "id")]


def meetings(
    *, employer_id: UUID | None = None, since: datetime | None = None, organisation_id: UUID | None = None
) -> list[MeetingRow]:
    """Recruitment meetings in the order in which they are held. `since`: those that end after it."""
    rows = RecruitmentMeeting.objects.select_related("employer__organisation", "opening")
    if employer_id:
        rows = rows.filter(employer_id=employer_id)
    if organisation_id:
        rows = rows.filter(employer__organisation_id=organisation_id)
    if since:
        rows = rows.filter(ends_at__gte=since)
    return [_meeting(row) for row in rows.order_by("starts_at", "id")]


def meeting(meeting_id: UUID) -> MeetingRow | None:
    """One recruitment meeting; None when there is none."""
    row = RecruitmentMeeting.objects.select_related("employer__organisation", "opening").filter(id=meeting_id).first()
    return _meeting(row) if row else None


def to_contact(membership_id: UUID, *, until: date) -> list[tuple[UUID, str, date]]:
    """Employers that a member of staff has said to be in touch with by a day, and nobody has been since: id, name, day."""
    rows = (
        EmployerContact.objects.select_related("employer__organisation")
        .order_by("employer_id", "-on_date", "-written_at")
        .distinct("employer_id")
    )
    return sorted(
        (
            (row.employer_id, row.employer.organisation.name, row.next_date)
            for row in rows
            if row.membership_id == membership_id and row.next_date is not None and row.next_date <= until
        ),
        key=lambda found: found[2],
    )


def _rows(found: list[Employer], on: date) -> list[EmployerRow]:
    ids = [row.id for row in found]
    newest: dict[UUID, EmployerContact] = {}
    for contact in EmployerContact.objects.filter(employer_id__in=ids).order_by("on_date", "written_at"):
        newest[contact.employer_id] = contact
    open_jobs = _many(opening.employer_id for opening in Opening.objects.filter(
        Q(last_date=None) | Q(last_date__gte=on), employer_id__in=ids, closed_at=None))  # fmt: skip
    placed = _many(row.employer_id for row in PlacementTerms.objects.filter(
        Q(occasion__ends_on=None) | Q(occasion__ends_on__gte=on), employer_id__in=ids, occasion__cancelled_at=None))  # fmt: skip
    met = _many(row.employer_id for row in RecruitmentMeeting.objects.filter(
        employer_id__in=ids, starts_at__date__gte=on, cancelled_at=None))  # fmt: skip
    return [_row(row, newest.get(row.id), open_jobs[row.id], placed[row.id], met[row.id]) for row in found]


def _many(ids: Iterable[UUID]) -> dict[UUID, int]:
    counted: dict[UUID, int] = defaultdict(int)
    for found in ids:
        counted[found] += 1
    return counted


def _row(row: Employer, latest: EmployerContact | None, jobs: int, placed: int, met: int) -> EmployerRow:
    next_date = rules.next_contact([(latest.on_date, latest.next_date)]) if latest else None
    return EmployerRow(
        id=row.id, name=row.organisation.name, organisation_id=row.organisation_id,
        organisation_number=row.organisation.organisation_number, industry=row.industry, district=row.district,
        contact_name=row.contact_name, contact_phone=row.contact_phone, contact_email=row.contact_email,
        last_date=latest.on_date if latest else None, last_by=latest.written_by if latest else "",
        led_to=latest.led_to if latest else "", next_date=next_date,
        next_by=latest.written_by if latest and next_date else "",
        next_membership_id=latest.membership_id if latest and next_date else None,
        openings=jobs, placements=placed, meetings=met,
    )  # fmt: skip


def _opening(row: Opening) -> OpeningRow:
    return OpeningRow(
        row.id, row.employer_id, row.employer.organisation.name, row.headline, row.occupation, row.places,
        tuple(row.needs), row.scope_from, row.scope_to, row.needs_experience, row.needs_licence, row.last_date,
        row.told_at, row.told_by, row.vacancy_id, row.closed_at,
    )  # fmt: skip


def _placement(row: PlacementTerms) -> PlacementRow:
    held = row.occasion
    return PlacementRow(
        held.id, row.employer_id, row.employer.organisation.name, held.activity.name, held.activity.code, held.name,
        held.starts_on, held.ends_on, held.hours_a_week, held.place_name, row.supervisor_name, row.supervisor_phone,
        row.tasks, tuple(row.terms), row.afterwards, row.agreed_date, row.agreed_by, row.agreed_at,
        held.offering_since is not None, held.cancelled_at,
    )  # fmt: skip


def _meeting(row: RecruitmentMeeting) -> MeetingRow:
    return MeetingRow(
        row.id, row.employer_id, row.employer.organisation.name, row.employer.organisation_id, row.opening_id,
        row.opening.headline if row.opening else "", row.headline, row.starts_at, row.ends_at, row.place_name, row.form,
        row.most, row.planned_at, row.planned_by, row.cancelled_at, row.cancel_reason,
    )  # fmt: skip
