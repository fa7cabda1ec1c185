"""Consents and disclosures as the reader's area may know them: only pairs in which it is one of the two."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from samkraft.people.models import ConsentScope, Disclosure
from samkraft.people.rules.consents import REMIND_DAYS_BEFORE
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM


@dataclass(frozen=True, slots=True)
class ScopeLine:
    """One category of one consent: the pair, from when to when, who gave it, and whether it was taken back."""

    id: UUID
    consent_id: UUID
    from_area_id: UUID
    to_area_id: UUID
    category: str
    since: datetime
    until: datetime
    withdrawn_at: datetime | None
    withdrawn_by: str
    purpose: str
    giver: str
    giver_ground: str
    giver_scope: str
    how: str
    language: str
    text_version: str
    interpreter: str
    document: str
    registered_by: str

    def stands(self, at: datetime) -> bool:
        """Whether it is a basis for handing something over now."""
        return self.withdrawn_at is None and self.since <= at < self.until

    def lapses_soon(self, at: datetime) -> bool:
        """Whether it stands, and ends so soon that the person should be asked again."""
        return self.stands(at) and self.until - at < timedelta(days=REMIND_DAYS_BEFORE)


@dataclass(frozen=True, slots=True)
class DisclosureLine:
    """One act: which version of what went from whom to whom, on what basis, by whom."""

    id: UUID
    from_area_id: UUID
    to_area_id: UUID
    category: str
    contribution_id: UUID
    lineage: UUID
    version: int
    basis: str
    standing: bool
    disclosed_at: datetime
    disclosed_by: str


def of_person(by: Context, person_id: UUID) -> list[ScopeLine]:
    """Newest first."""
    scopes = ConsentScope.objects.filter(person_id=person_id).select_related("consent").order_by("-period", "category")
    return [_line(scope) for scope in scopes]


def standing(by: Context, person_id: UUID, *, category: str | None = None) -> list[ScopeLine]:
    """Those on which the own area may hand something over now."""
    now = timezone.now()
    return [
        line
        for line in of_person(by, person_id)
        if line.stands(now) and line.from_area_id == by.area_id and category in (None, line.category)
    ]


def telling(by: Context, person_id: UUID, *, category: str) -> set[UUID]:
    """The areas that may hand something of the category over to the own area now."""
    now = timezone.now()
    return {
        line.from_area_id
        for line in of_person(by, person_id)
        if line.stands(now) and line.to_area_id == by.area_id and line.category == category
    }


def last_day(line: ScopeLine) -> date:
    """The last day on which it stands, in Sweden."""
    return line.until.astimezone(STOCKHOLM).date()


def disclosures(by: Context, person_id: UUID) -> list[DisclosureLine]:
    """Newest first."""
    rows = Disclosure.objects.filter(person_id=person_id).order_by("-disclosed_at", "id")
    return [
        DisclosureLine(
            id=row.id,
            from_area_id=row.from_area_id,
            to_area_id=row.to_area_id,
            category=row.category,
            contribution_id=row.contribution_id,
            lineage=row.lineage,
            version=row.version,
            basis="consent" if row.scope_id else row.statute,
            standing=row.standing,
            disclosed_at=row.disclosed_at,
            disclosed_by=row.disclosed_by,
        )
        for row in rows
    ]


def _line(scope: ConsentScope) -> ScopeLine:
    consent = scope.consent
    return ScopeLine(
        id=scope.id,
        consent_id=consent.id,
        from_area_id=scope.from_area_id,
        to_area_id=scope.to_area_id,
        category=scope.category,
        since=scope.period.lower,
        until=scope.period.upper,
        withdrawn_at=scope.withdrawn_at,
        withdrawn_by=scope.withdrawn_by,
        purpose=consent.purpose,
        giver=consent.giver,
        giver_ground=consent.giver_ground,
        giver_scope=consent.giver_scope,
        how=consent.how,
        language=consent.language,
        text_version=consent.text_version,
        interpreter=consent.interpreter,
        document=consent.document,
        registered_by=consent.registered_by,
    )
