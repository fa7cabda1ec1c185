"""An organisation's application: begun, written by several, sent by the one who signs, completed, taken back."""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.models import AidReceived, Grant, GrantApplication, GrantCall, GrantEvent
from samkraft.money.rules.grants import grant_content, grant_terms
from samkraft.money.rules.grants.grant_content import Application
from samkraft.money.rules.grants.grant_kinds import GrantEventKind
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase
from samkraft.values.written_day import read as read_day

NO_APPLICATION = Reason("no_application", phrase("Ansökan finns inte."), phrase("Gå till listan och välj en annan."))
NO_CALL = Reason("no_call", phrase("Utlysningen finns inte."), phrase("Gå till listan och välj en annan."))
CHANGED_MEANWHILE = Reason(
    "application_changed_meanwhile",
    phrase("{who} sparade ansökan efter att du öppnade den."),
    phrase("Det du skrev står kvar här. Öppna ansökan i en ny flik, för över det som ska med, och spara igen."),
)
ALREADY_SENT = Reason(
    "application_sent",
    phrase("Ansökan är inskickad och kan inte ändras."),
    phrase("Be stadskontoret om att få komplettera, eller ta tillbaka den."),
)
ONLY_SIGNATORY = Reason(
    "only_signatory",
    phrase("Bara den som tecknar organisationens firma kan skriva under."),
    phrase("Be er firmatecknare att logga in och skriva under."),
)
OTHERS_LAST_YEAR = Reason(
    "other_organisations_application", phrase("Ansökan ni vill utgå från är inte er."), phrase("Välj en av era egna.")
)
NO_COMPLETION_ASKED = Reason(
    "no_completion_asked",
    phrase("Stadskontoret har inte bett om någon komplettering."),
    phrase("Hör av er till handläggaren först."),
)
TEXT_NEEDED = Reason("text_needed", phrase("Det står ingenting."), phrase("Skriv några ord."))
DECIDED = Reason("application_decided", phrase("Ansökan är redan avgjord."), phrase("Öppna beslutet."))


def begin(*, by: Context, at: datetime | None = None, call_id: UUID, follows_id: UUID | None = None) -> UUID:
    """Begin a draft, empty or from one of the organisation's own earlier applications. Nobody else can read it."""
    access.require(by, Permission.APPLY_FOR_GRANTS)
    at = at or timezone.now()
    with transactions.write(by):
        call = GrantCall.objects.filter(id=call_id).first()
        if call is None:
            raise Refused(NO_CALL)
        content = Application(starts=f"{call.year}-01-01", ends=f"{call.year}-12-31")
        if follows_id is not None:
            earlier = GrantApplication.objects.filter(id=follows_id, organisation_id=by.organisation_id).first()
            if earlier is None:
                raise Refused(OTHERS_LAST_YEAR)
            content = grant_content.next_year(grant_content.read(earlier.content), call.year)
        made = GrantApplication.objects.create(
            organisation_id=by.organisation_id,
            call=call,
            follows_id=follows_id,
            content=content.as_json(),
            begun_at=at,
            begun_by=by.actor_name,
            changed_at=at,
            changed_by=by.actor_name,
        )
        told_within(by, at, "grant_application.begin", made)
        return made.id


def save(*, by: Context, at: datetime | None = None, application_id: UUID, content: Application, version: int) -> int:
    """Save a draft as it stands, finished or not. `version` is the one that was opened; returns the new one."""
    access.require(by, Permission.APPLY_FOR_GRANTS)
    at = at or timezone.now()
    with transactions.write(by):
        row = _own(by, application_id)
        if row.version != version:
            raise Refused(CHANGED_MEANWHILE, who=row.changed_by)
        row.content = grant_content.tidy(content).as_json()
        row.version += 1
        row.changed_at, row.changed_by = at, by.actor_name
        row.save(update_fields=["content", "version", "changed_at", "changed_by"])
        told_within(by, at, "grant_application.save", row, version=row.version)
        return row.version


def send(*, by: Context, at: datetime | None = None, application_id: UUID) -> str:
    """Sign and send: from now on the city can read it, and nobody can change it. Returns the number that it got.

    Raises Refused for the first thing that does not hold together, outside the call's days, and when the person does
    not sign for the organisation.
    """
    access.require(by, Permission.APPLY_FOR_GRANTS)
    if access.why_not(by, Permission.SIGN_FOR_ORGANISATION) is not None:
        raise Refused(ONLY_SIGNATORY)
    at = at or timezone.now()
    with transactions.write(by):
        row = _own(by, application_id)
        content = grant_content.read(row.content)
        if faults := grant_content.faults(content):
            raise faults[0]
        if refused := grant_terms.why_not_send(row.call.opens_date, row.call.closes_date, day_in_stockholm(at)):
            raise Refused(refused[0], day=refused[1].isoformat())
        row.digest = _digest(row)
        row.sent_at, row.sent_by = at, by.actor_name
        row.changed_at, row.changed_by = at, by.actor_name
        row.save(update_fields=["digest", "sent_at", "sent_by", "changed_at", "changed_by"])
        row.refresh_from_db(fields=["number", "number_year"])
        for aid in content.other_aid:
            AidReceived.objects.create(
                organisation_id=row.organisation_id,
                giver=aid.giver[:200],
                given_date=read_day(aid.given_date),
                euro_cents=aid.euro_cents,
                source=number_of(row),
                noted_at=at,
                noted_by=by.actor_name,
            )
        told_within(by, at, "grant_application.send", row, number=number_of(row), digest=row.digest)
        return number_of(row)


def complete(*, by: Context, at: datetime | None = None, application_id: UUID, text: str) -> None:
    """Answer the city office's request for completion, in words; files are added as attachments."""
    access.require(by, Permission.APPLY_FOR_GRANTS)
    at = at or timezone.now()
    if not text.strip():
        raise Refused(TEXT_NEEDED)
    with transactions.write(by):
        row = GrantApplication.objects.filter(id=application_id, organisation_id=by.organisation_id).first()
        if row is None or row.sent_at is None:
            raise Refused(NO_APPLICATION)
        last = row.events.filter(kind__in=["completion_asked", "completed"]).order_by("at").last()
        if last is None or last.kind != GrantEventKind.COMPLETION_ASKED:
            raise Refused(NO_COMPLETION_ASKED)
        note_within(by=by, at=at, application=row, kind=GrantEventKind.COMPLETED, text=text)


def withdraw(*, by: Context, at: datetime | None = None, application_id: UUID, reason: str) -> None:
    """Take back what is sent, before it is decided. It stays with the city as a received document."""
    access.require(by, Permission.APPLY_FOR_GRANTS)
    if access.why_not(by, Permission.SIGN_FOR_ORGANISATION) is not None:
        raise Refused(ONLY_SIGNATORY)
    at = at or timezone.now()
    if not reason.strip():
        raise Refused(TEXT_NEEDED)
    with transactions.write(by):
        row = GrantApplication.objects.filter(id=application_id, organisation_id=by.organisation_id).first()
        if row is None or row.sent_at is None:
            raise Refused(NO_APPLICATION)
        refuse_decided_within(row)
        note_within(by=by, at=at, application=row, kind=GrantEventKind.WITHDRAWN, text=reason)


def note_within(*, by: Context, at: datetime, application: GrantApplication, kind: GrantEventKind, text: str) -> None:
    """Write what happened to an application, in its history and in the trail. Inside a transaction."""
    GrantEvent.objects.create(application=application, kind=kind.value, text=text.strip(), at=at, by=by.actor_name)
    told_within(by, at, f"grant_application.{kind.value}", application)


def refuse_decided_within(application: GrantApplication) -> None:
    """Raise Refused when the application has been decided or taken back. Inside a transaction."""
    closed = application.events.filter(kind__in=["withdrawn", "rejected"]).exists()
    if closed or Grant.objects.filter(application=application).exists():
        raise Refused(DECIDED)


def number_of(row: GrantApplication) -> str:
    """The number in the register of received applications: `BID-2026-14`."""
    return f"BID-{row.number_year}-{row.number}"


def _own(by: Context, application_id: UUID) -> GrantApplication:
    """The organisation's own draft, held for this transaction."""
    row = (
        GrantApplication.objects.select_for_update(of=("self",))
        .select_related("call")
        .filter(id=application_id, organisation_id=by.organisation_id, sent_at__isnull=True)
        .first()
    )
    if row is None:
        sent = GrantApplication.objects.filter(id=application_id, organisation_id=by.organisation_id).exists()
        raise Refused(ALREADY_SENT if sent else NO_APPLICATION)
    return row


def _digest(row: GrantApplication) -> str:
    """What stands for the content and every attachment as they are sent."""
    files = list(row.attachments.order_by("name", "sha256").values_list("name", "sha256"))
    whole = json.dumps([row.content, files], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(whole.encode()).hexdigest()


def told_within(by: Context, at: datetime, action: str, row: GrantApplication, **content: object) -> None:
    """Write what was done with an application, inside the transaction of the action."""
    trail.record(
        by=by, at=at, action=action, subject_kind="money.grantapplication", subject_id=row.id,
        subject_name=number_of(row) if row.number else "", **content,
    )  # fmt: skip


def received_within(application_id: UUID) -> GrantApplication:
    """One that is sent. Raises Refused when there is none."""
    row = GrantApplication.objects.select_related("call").filter(id=application_id, sent_at__isnull=False).first()
    if row is None:
        raise Refused(NO_APPLICATION)
    return row
