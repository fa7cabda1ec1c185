"""Employers: who they are, contacts with them, the jobs they tell us of, and what is agreed about a placement."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.models import Employer, EmployerContact, Opening, PlacementTerms, Vacancy
from samkraft.offer.rules import employers as rules
from samkraft.partners.actions import organisations
from samkraft.partners.queries import organisations as bodies
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

KIND = "offer.employer"


@dataclass(frozen=True, slots=True)
class EmployerDraft:
    """An employer: an organisation that is known already, or a new one by name and number."""

    industry: str
    organisation_id: UUID | None = None
    name: str = ""
    organisation_number: str = ""
    district: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """One contact: when, how, about what, what it led to, in words, and when to be in touch again."""

    on_date: date
    how: str
    about: str
    led_to: str
    text: str
    next_date: date | None = None


@dataclass(frozen=True, slots=True)
class OpeningDraft:
    """A job that an employer has told of. `vacancy_id`: its advertisement among those that are read in."""

    headline: str
    places: int = 1
    occupation: str = ""
    needs: tuple[str, ...] = ()
    scope_from: int | None = None
    scope_to: int | None = None
    needs_experience: bool = False
    needs_licence: bool = False
    last_date: date | None = None
    vacancy_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TermsDraft:
    """What is agreed about a placement, beside its period and hours."""

    supervisor_name: str
    tasks: str
    afterwards: str
    agreed_date: date
    supervisor_phone: str = ""
    terms: tuple[str, ...] = ()


def register(*, by: Context, draft: EmployerDraft, at: datetime | None = None) -> UUID:
    """Add an employer and return it. An organisation that nobody knew before is added with it."""
    access.require(by, Permission.KEEP_EMPLOYERS)
    moment = at or timezone.now()
    _require_known([draft.industry], rules.Industry)
    with transactions.write(by):
        organisation_id = draft.organisation_id or organisations.add_within(
            by=by, name=draft.name, kind="company", organisation_number=draft.organisation_number, at=moment
        )
        if draft.organisation_id and draft.organisation_id not in bodies.ids().values():
            raise Refused(rules.NO_SUCH_EMPLOYER)
        if Employer.objects.filter(organisation_id=organisation_id).exists():
            raise Refused(rules.ALREADY_EMPLOYER, name=bodies.name_of(organisation_id))
        made = Employer.objects.create(
            id=uuid4(), organisation_id=organisation_id, industry=draft.industry, district=draft.district,
            contact_name=draft.contact_name.strip(), contact_phone=draft.contact_phone.strip(),
            contact_email=draft.contact_email.strip(), added_at=moment, added_by=by.actor_name,
        )  # fmt: skip
        trail.record(
            by=by, at=moment, action="employer.added", subject_kind=KIND, subject_id=made.id,
            subject_name=bodies.name_of(organisation_id),
        )  # fmt: skip
        return made.id


def change(*, by: Context, employer_id: UUID, draft: EmployerDraft, at: datetime | None = None) -> None:
    """Change branch, district and whom to ask for. The organisation's own name is changed among organisations."""
    access.require(by, Permission.KEEP_EMPLOYERS)
    _require_known([draft.industry], rules.Industry)
    with transactions.write(by):
        held = _held(employer_id)
        held.industry, held.district = draft.industry, draft.district
        held.contact_name, held.contact_phone = draft.contact_name.strip(), draft.contact_phone.strip()
        held.contact_email = draft.contact_email.strip()
        held.save(update_fields=["industry", "district", "contact_name", "contact_phone", "contact_email"])
        _trace(by, at or timezone.now(), "employer.changed", employer_id)


def note_contact(*, by: Context, employer_id: UUID, draft: ContactDraft, at: datetime | None = None) -> UUID:
    """Write down a contact. It is read by every party, so nothing that looks like a participant's number may stand there."""
    access.require(by, Permission.KEEP_EMPLOYERS)
    moment = at or timezone.now()
    for word, known in (
        (draft.how, rules.ContactKind), (draft.about, rules.ContactAbout), (draft.led_to, rules.ContactLed),
    ):  # fmt: skip
        _require_known([word], known)
    today = day_in_stockholm(moment)
    if refused := rules.why_not_contact(on=draft.on_date, text=draft.text, next_date=draft.next_date, today=today):
        raise Refused(refused)
    with transactions.write(by):
        held = _held(employer_id)
        made = EmployerContact.objects.create(
            id=uuid4(), employer=held, membership_id=by.membership_id, area_id=by.area_id, on_date=draft.on_date,
            how=draft.how, about=draft.about, led_to=draft.led_to, text=draft.text.strip()[:500],
            next_date=draft.next_date, written_at=moment, written_by=by.actor_name,
        )  # fmt: skip
        _trace(by, moment, "employer.contacted", employer_id, about=draft.about, led_to=draft.led_to)
        return made.id


def tell_opening(*, by: Context, employer_id: UUID, draft: OpeningDraft, at: datetime | None = None) -> UUID:
    """Write down a job that the employer has told of, and return it."""
    access.require(by, Permission.KEEP_EMPLOYERS)
    moment = at or timezone.now()
    if refused := rules.why_not_opening(
        headline=draft.headline, places=draft.places, last_date=draft.last_date, scope_from=draft.scope_from,
        scope_to=draft.scope_to, today=day_in_stockholm(moment),
    ):  # fmt: skip
        raise Refused(refused)
    with transactions.write(by):
        held = _held(employer_id)
        if draft.vacancy_id and not Vacancy.objects.filter(id=draft.vacancy_id).exists():
            raise Refused(rules.NO_SUCH_OPENING)
        made = Opening.objects.create(
            id=uuid4(), employer=held, vacancy_id=draft.vacancy_id, headline=draft.headline.strip(),
            occupation=draft.occupation.strip(), places=draft.places,
            needs=[one.strip() for one in draft.needs if one.strip()][:20], scope_from=draft.scope_from,
            scope_to=draft.scope_to, needs_experience=draft.needs_experience, needs_licence=draft.needs_licence,
            last_date=draft.last_date, told_at=moment, told_by=by.actor_name,
        )  # fmt: skip
        _trace(by, moment, "employer.opening_told", employer_id, opening=made.id)
        return made.id


def close_opening(*, by: Context, opening_id: UUID, at: datetime | None = None) -> None:
    """The job is filled or withdrawn."""
    access.require(by, Permission.KEEP_EMPLOYERS)
    moment = at or timezone.now()
    with transactions.write(by):
        held = Opening.objects.select_for_update().filter(id=opening_id, closed_at=None).first()
        if held is None:
            raise Refused(rules.NO_SUCH_OPENING)
        held.closed_at, held.closed_by = moment, by.actor_name
        held.save(update_fields=["closed_at", "closed_by"])
        _trace(by, moment, "employer.opening_closed", held.employer_id, opening=opening_id)


def agree_within(*, by: Context, employer_id: UUID, occasion_id: UUID, draft: TermsDraft, at: datetime) -> None:
    """Inside the transaction of the action that adds the occasion: what is agreed about it."""
    _require_known(draft.terms, rules.Term)
    _require_known([draft.afterwards], rules.Afterwards)
    if not draft.supervisor_name.strip():
        raise Refused(rules.NO_SUPERVISOR)
    if rules.looks_numbered(draft.tasks):
        raise Refused(rules.NUMBER_IN_TEXT)
    PlacementTerms.objects.create(
        id=uuid4(), occasion_id=occasion_id, employer_id=employer_id, supervisor_name=draft.supervisor_name.strip(),
        supervisor_phone=draft.supervisor_phone.strip(), tasks=draft.tasks.strip()[:300], terms=list(draft.terms),
        afterwards=draft.afterwards, agreed_date=draft.agreed_date, agreed_at=at, agreed_by=by.actor_name,
    )  # fmt: skip
    _trace(by, at, "employer.placement_agreed", employer_id, occasion=occasion_id)


def organisation_of(employer_id: UUID) -> tuple[UUID, str]:
    """The organisation that an employer is: id and name. Raises Refused when there is none."""
    held = _held(employer_id)
    return held.organisation_id, held.organisation.name


def _held(employer_id: UUID) -> Employer:
    found = Employer.objects.select_related("organisation").filter(id=employer_id).first()
    if found is None:
        raise Refused(rules.NO_SUCH_EMPLOYER)
    return found


def _require_known(words: Collection[str], known: type[StrEnum]) -> None:
    if wrong := rules.unknown_word(words, known):
        raise Refused(rules.UNKNOWN_WORD, word=wrong)


def _trace(by: Context, at: datetime, action: str, employer_id: UUID, **more: object) -> None:
    trail.record(by=by, at=at, action=action, subject_kind=KIND, subject_id=employer_id, **more)
