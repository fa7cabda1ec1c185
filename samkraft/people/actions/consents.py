"""Consent: given for one pair of areas, category by category, and taken back at once."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID, uuid4

from django.db import IntegrityError, connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from samkraft.audit.actions import trail, transactions
from samkraft.partners.queries import areas
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.models import Consent, ConsentScope
from samkraft.people.rules import consents
from samkraft.people.rules.consents import ConsentDraft
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM
from samkraft.values.refusal import Refused

PERSON = "people.person"


def give(*, by: Context, person_id: UUID, draft: ConsentDraft, at: datetime | None = None) -> UUID:
    """Register a consent that lets the own area hand over to another. What stands in standing categories goes at once.

    Raises Refused when something is missing, when it has lapsed already, or when such a consent stands already.
    """
    access.require(by, Permission.WORK_WITH_PEOPLE)
    with transactions.write(by):
        return give_within(by=by, person_id=person_id, draft=draft, at=at)


def give_several(
    *, by: Context, person_id: UUID, drafts: Sequence[ConsentDraft], at: datetime | None = None
) -> list[UUID]:
    """Register what the person said of several receivers in one sitting: a consent and an event of its own for each.

    All of them or none. Raises Refused as `give` does, naming every receiver where such a consent stands already.
    """
    access.require(by, Permission.WORK_WITH_PEOPLE)
    receivers = [draft.to_area_id for draft in drafts]
    if len(set(receivers)) < len(receivers):
        raise Refused(consents.NAMED_TWICE)
    with transactions.write(by):
        moment = _clock()
        for draft in drafts:
            consents.require(draft, own_area_id=by.area_id, today=moment.astimezone(STOCKHOLM).date())
        if len(drafts) > 1:
            _require_new(by, person_id, drafts, moment)
        return [give_within(by=by, person_id=person_id, draft=draft, at=at) for draft in drafts]


def _require_new(by: Context, person_id: UUID, drafts: Sequence[ConsentDraft], moment: datetime) -> None:
    """Told of all at once; of two who register at the same moment the database stops the second, as with a single one."""
    rows = ConsentScope.objects.filter(
        person_id=person_id, from_area_id=by.area_id, withdrawn_at=None, period__contains=moment
    )
    standing = set(rows.values_list("to_area_id", "category"))
    names = areas.labels()
    taken = [
        names[draft.to_area_id].name
        for draft in drafts
        if any((draft.to_area_id, category) in standing for category in draft.categories)
    ]
    if taken:
        raise Refused(consents.STANDS_ALREADY_WITH, whom=", ".join(taken))


def give_within(*, by: Context, person_id: UUID, draft: ConsentDraft, at: datetime | None = None) -> UUID:
    """The same, inside the transaction of another action."""
    moment = _clock()
    today = moment.astimezone(STOCKHOLM).date()
    consents.require(draft, own_area_id=by.area_id, today=today)
    consent = Consent(
        id=uuid4(),
        person_id=person_id,
        from_area_id=by.area_id,
        to_area_id=draft.to_area_id,
        purpose=draft.purpose,
        given_at=draft.given_at or at or moment,
        how=draft.how,
        giver=draft.giver,
        giver_ground=draft.giver_ground,
        giver_scope=draft.giver_scope,
        language=draft.language,
        text_version=draft.text_version,
        interpreter=draft.interpreter,
        document=draft.document,
        registered_at=at or moment,
        registered_by=by.actor_name,
        registered_membership_id=by.membership_id,
    )
    period = DateTimeTZRange(moment, _end_of(draft.last_date))
    scopes = [
        ConsentScope(
            id=uuid4(),
            consent_id=consent.id,
            person_id=person_id,
            from_area_id=by.area_id,
            to_area_id=draft.to_area_id,
            category=category,
            period=period,
        )
        for category in draft.categories
    ]
    with guard.refusing():
        try:
            consent.save(force_insert=True)
            ConsentScope.objects.bulk_create(scopes)
        except IntegrityError as error:
            if "people_consentscope_no_overlap" in str(error):
                raise Refused(consents.STANDS_ALREADY) from error
            raise
    handed_over = sum(guard.ask("people_release_current", scope.id) for scope in scopes)
    trail.record(
        by=by,
        at=at,
        action="consent.given",
        subject_kind=PERSON,
        subject_id=person_id,
        consent_id=consent.id,
        to_area_id=draft.to_area_id,
        categories=list(draft.categories),
        last_date=draft.last_date,
        handed_over=handed_over,
    )
    return consent.id


def withdraw(
    *, by: Context, person_id: UUID, scope_ids: Sequence[UUID], voice: str = "participant", at: datetime | None = None
) -> int:
    """Take back a consent or a part of it. Holds for the next statement. Returns how many scopes it ended.

    What was already received stays with the receiver, read-only and marked.
    """
    access.require(by, Permission.WORK_WITH_PEOPLE)
    with transactions.write(by):
        about = ConsentScope.objects.filter(id__in=scope_ids, person_id=person_id).values_list("id", flat=True)
        ended: int = guard.ask("people_withdraw", list(about), voice, by.actor_name)
        if not ended:
            raise Refused(consents.NOTHING_TO_WITHDRAW)
        trail.record(
            by=by,
            at=at,
            action="consent.withdrawn",
            subject_kind=PERSON,
            subject_id=person_id,
            scope_ids=list(scope_ids),
            voice=voice,
            ended=ended,
        )
    return ended


def _clock() -> datetime:
    """The database's own clock: the policies compare with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), tzinfo=STOCKHOLM)
