"""Grants that are given: what is paid and what is left, agreements, reports against targets with earlier years beside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from samkraft.money.models import Grant, GrantReport, PointItem
from samkraft.money.queries import standing
from samkraft.money.queries.grants import grant_aid_given
from samkraft.money.queries.grants.grant_instalments import (
    InstalmentRow,
    RecoveryRow,
    instalment,
    instalments_of,
    recovery,
)
from samkraft.money.rules.figures import Unit
from samkraft.money.rules.grants import grant_aid, grant_terms
from samkraft.money.rules.grants.grant_aid import Given, Standing
from samkraft.money.rules.grants.grant_kinds import Aid, ReportKind
from samkraft.money.rules.points import POSTS, Support, Verb
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report that shall come or has come. `is_late` on the day that was asked about."""

    id: UUID
    grant_id: UUID
    grant_title: str
    organisation: str
    kind: ReportKind
    year: int
    first_due_date: date
    due_date: date
    sent_at: datetime | None
    sent_by: str
    filed_at: datetime | None
    filed_by: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One version, and who has signed it."""

    version: int
    text: str
    reason: str
    starts_on: date
    ends_on: date
    made_at: datetime
    made_by: str
    city_signed_at: datetime | None
    city_signed_by: str
    receiver_signed_at: datetime | None
    receiver_signed_by: str

    @property
    def is_signed(self) -> bool:
        """By both."""
        return self.city_signed_at is not None and self.receiver_signed_at is not None


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target of the grant."""

    id: UUID
    measure: str
    label: str
    unit: Unit
    value: Decimal | None
    upper_value: Decimal | None
    words: str


@dataclass(frozen=True, slots=True)
class GrantRow:
    """One grant. `paid_ore` is what has left, `recovered_ore` what is decided to come back."""

    id: UUID
    organisation: str
    organisation_id: UUID
    performer: str
    title: str
    year: int
    support: Support
    amount_ore: int
    paid_ore: int
    prepared_ore: int
    recovered_ore: int
    aid: Aid
    case_number: str
    matter_id: UUID | None
    is_assumption: bool
    has_decision: bool
    decided_date: date
    is_signed: bool
    late_reports: int
    open_reports: int
    note: str

    @property
    def left_ore(self) -> int:
        """What is granted and has not been paid out."""
        return self.amount_ore - self.paid_ore


@dataclass(frozen=True, slots=True)
class AidPage:
    """State aid of an organisation: every part of it and where it stands on a day."""

    given: tuple[Given, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class GrantPage:
    """Everything about one grant."""

    row: GrantRow
    conditions: tuple[str, ...]
    aid_basis: str
    aid_rate: Decimal | None
    aid: AidPage
    document_title: str
    document_id: UUID | None
    application_id: UUID | None
    point_id: UUID | None
    targets: tuple[TargetRow, ...]
    agreements: tuple[AgreementRow, ...]
    instalments: tuple[InstalmentRow, ...]
    recoveries: tuple[RecoveryRow, ...]
    reports: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class DecidedItem:
    """A decided point's item that grants money to an organisation and has no grant yet."""

    id: UUID
    organisation_id: UUID
    organisation: str
    amount_ore: int
    year: int
    purpose: str
    case_number: str
    decided_date: date


def listed(*, by: Context, today: date, year: int | None = None) -> list[GrantRow]:
    """The grants that the reader may see: the city all, an organisation its own. The latest year first, by name."""
    found = _visible(by)
    if year is not None:
        found = found.filter(year=year)
    return _rows(found.order_by("-year", "organisation__sort_key", "title"), today)


def page(*, by: Context, grant_id: UUID, today: date) -> GrantPage | None:
    """One grant; None when there is none for this reader."""
    found = _visible(by).filter(id=grant_id).first()
    if found is None:
        return None
    (row,) = _rows(_visible(by).filter(id=grant_id), today)
    given = grant_aid_given.of(found.organisation_id)
    item = found.point_item
    return GrantPage(
        row=row,
        conditions=tuple(found.conditions),
        aid_basis=found.aid_basis,
        aid_rate=found.aid_rate,
        aid=AidPage(tuple(given), grant_aid.standing(given, today)),
        document_title=found.document.title if found.document else "",
        document_id=found.document_id,
        application_id=found.application_id,
        point_id=item.point_id if item else None,
        targets=targets_of(found.id),
        agreements=tuple(_agreement(one) for one in found.agreements.order_by("-version")),
        instalments=tuple(instalment(one, is_signed=row.is_signed, today=today) for one in instalments_of(found)),
        recoveries=tuple(recovery(one) for one in found.recoveries.order_by("prepared_at")),
        reports=tuple(reports_of(found.reports.select_related("grant__organisation").order_by("due_date"), today)),
    )


def targets_of(grant_id: UUID) -> tuple[TargetRow, ...]:
    """The targets of a grant in order."""
    rows = Grant.objects.get(id=grant_id).targets.order_by("position")
    return tuple(
        TargetRow(one.id, one.measure, one.label, Unit(one.unit), one.value, one.upper_value, one.words) for one in rows
    )


def reports_of(rows: Iterable[GrantReport], today: date) -> list[ReportRow]:
    """Reports as plain data."""
    return [
        ReportRow(
            row.id, row.grant_id, row.grant.title, row.grant.organisation.name, ReportKind(row.kind), row.year,
            row.first_due_date, row.due_date, row.sent_at, row.sent_by, row.filed_at, row.filed_by,
            grant_terms.is_late(row.due_date, has_come=row.sent_at is not None, today=today),
        )
        for row in rows
    ]  # fmt: skip


def decided_without_grant(*, by: Context) -> list[DecidedItem]:
    """Decided items that grant money to organisations outside the city and are not grants yet, the latest first."""
    access.require(by, Permission.PREPARE_GRANTS)
    supports = [kind.value for kind in (Support.GRANT, Support.CONTRACT, Support.PROCUREMENT, Support.UNKNOWN)]
    rows = (
        PointItem.objects.filter(
            point__decision__outcome__in=[kind.value for kind in POSTS],
            point__verb=Verb.GRANTS.value,
            support__in=supports,
            receiver__isnull=False,
            amount_ore__isnull=False,
            year__isnull=False,
            grant__isnull=True,
        )
        .select_related("receiver", "point__decision__matter")
        .order_by("-point__decision__date", "receiver__sort_key", "year")
    )
    undone = standing.undone({row.point.decision_id for row in rows})
    return [
        DecidedItem(
            row.id, row.receiver_id, row.receiver.name, row.amount_ore, row.year, row.purpose,
            row.point.decision.matter.case_number, row.point.decision.date,
        )
        for row in rows
        if row.point.decision_id not in undone
    ]  # fmt: skip


def _visible(by: Context):  # type: ignore[no-untyped-def]  # a query of grants
    """Grants that the reader may see, with what belongs to a row."""
    found = Grant.objects.select_related("organisation", "performer", "document", "point_item__point__decision__matter")
    if may(by.role, Permission.APPLY_FOR_GRANTS):
        return found.filter(Q(organisation_id=by.organisation_id) | Q(performer_id=by.organisation_id))
    access.require(by, Permission.SEE_GRANTS)
    return found


def _rows(found, today: date) -> list[GrantRow]:  # type: ignore[no-untyped-def]  # a query of grants
    made = []
    for row in found.prefetch_related("instalments", "recoveries", "reports", "agreements"):
        decision = row.point_item.point.decision if row.point_item else None
        latest = max(row.agreements.all(), key=lambda one: one.version, default=None)
        waits = [one for one in row.reports.all() if one.sent_at is None]
        made.append(
            GrantRow(
                id=row.id,
                organisation=row.organisation.name,
                organisation_id=row.organisation_id,
                performer=row.performer.name if row.performer_id != row.organisation_id else "",
                title=row.title,
                year=row.year,
                support=Support(row.support),
                amount_ore=row.amount_ore,
                paid_ore=sum(one.amount_ore for one in row.instalments.all() if one.paid_at),
                prepared_ore=sum(one.amount_ore for one in row.instalments.all() if not one.paid_at),
                recovered_ore=sum(one.amount_ore for one in row.recoveries.all() if one.decided_at),
                aid=Aid(row.aid),
                case_number=decision.matter.case_number if decision else "",
                matter_id=decision.matter_id if decision else None,
                is_assumption=bool(decision and decision.is_assumption),
                has_decision=decision is not None,
                decided_date=row.decided_date,
                is_signed=bool(latest and latest.city_signed_at and latest.receiver_signed_at),
                late_reports=sum(one.due_date < today for one in waits),
                open_reports=len(waits),
                note=row.note,
            )
        )
    return made


def _agreement(row) -> AgreementRow:  # type: ignore[no-untyped-def]  # a GrantAgreement
    return AgreementRow(
        row.version, row.text, row.reason, row.starts_on, row.ends_on, row.made_at, row.made_by, row.city_signed_at,
        row.city_signed_by, row.receiver_signed_at, row.receiver_signed_by,
    )  # fmt: skip
