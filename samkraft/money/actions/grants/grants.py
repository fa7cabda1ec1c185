"""Grants: made from a decided point, or noted from a source; with their targets, reports and state aid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.actions import duties
from samkraft.money.actions.grants import applications
from samkraft.money.models import (
    Document,
    Grant,
    GrantApplication,
    GrantReport,
    GrantTarget,
    PointItem,
    Voucher,
)
from samkraft.money.queries import standing
from samkraft.money.queries.grants import grant_aid_given
from samkraft.money.rules.figures import Unit
from samkraft.money.rules.grants import grant_aid, grant_content
from samkraft.money.rules.grants.grant_kinds import GRANT_SUPPORTS, REPORT_LABELS, Aid, ReportKind
from samkraft.money.rules.points import POSTS, Outcome, Support, Verb
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NOT_DECIDED = Reason(
    "grant_not_decided",
    phrase("Punkten är inte beslutad, eller beslutet är återtaget."),
    phrase("Registrera beslutet i ärendet först."),
)
NO_GRANT_POINT = Reason(
    "grant_not_a_grant",
    phrase("Punkten ger inte pengar till en organisation."),
    phrase("Välj en punkt som beviljar pengar."),
)
MADE_ALREADY = Reason("grant_made", phrase("Bidraget är redan upplagt."), phrase("Öppna det i listan."))
OTHER_ORGANISATION = Reason(
    "grant_other_organisation",
    phrase("Ansökan kom från en annan organisation än den som fick pengarna."),
    phrase("Välj rätt ansökan."),
)
TARGET_WITHOUT_UNIT = grant_content.TARGET_WITHOUT_UNIT
REPORT_YEAR = Reason(
    "report_wrong_year",
    phrase("Rapporten gäller {year}, men bidraget gäller {grant_year}."),
    phrase("Välj bidragets år, eller året efter för en uppföljning."),
)
REPORT_THERE = Reason(
    "report_there", phrase("Den rapporten är redan begärd."), phrase("Flytta dess datum om det är fel.")
)
NO_GRANT = Reason("no_grant", phrase("Bidraget finns inte."), phrase("Gå till listan och välj ett annat."))


@dataclass(frozen=True, slots=True)
class Target:
    """What a grant shall lead to. `measure` is what it is called when it is followed from year to year."""

    label: str
    unit: Unit
    value: Decimal | None
    upper_value: Decimal | None = None
    measure: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class StateAid:
    """How the grant is judged: the kind, why, and for de minimis kronor for a euro on the day of the decision."""

    kind: Aid = Aid.UNKNOWN
    basis: str = ""
    rate: Decimal | None = None


UNTRIED = StateAid()


def establish(
    *,
    by: Context,
    at: datetime | None = None,
    point_item_id: UUID,
    application_id: UUID | None = None,
    performer_id: UUID | None = None,
    title: str = "",
    aid: StateAid = UNTRIED,
    targets: Sequence[Target] | None = None,
    report_due: date | None = None,
    plan_duty: bool = True,
    note: str = "",
) -> UUID:
    """Make a grant of a decided item. Its money is what the point posted; nothing is posted here.

    Targets and conditions come from the application and its proposal unless they are given. `report_due` asks for the
    final report and puts it in the year wheel, so that the organisation is reminded. Raises Refused for an item that is
    not decided, twice, and for de minimis over the ceiling.
    """
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    with transactions.write(by):
        item = _decided_item(point_item_id)
        application = _application_of(application_id, item)
        assert item.receiver_id
        assert item.amount_ore
        assert item.year
        assert item.point.decision
        decided = item.point.decision.date
        _refuse_aid(aid, item.receiver_id, item.amount_ore, decided)
        proposal = application.proposals.order_by("version").last() if application else None
        made = Grant.objects.create(
            organisation_id=item.receiver_id,
            performer_id=performer_id or item.receiver_id,
            application=application,
            point_item=item,
            support=_support_of(item),
            title=(title or _title_of(application) or item.purpose or item.point.text)[:300],
            year=item.year,
            amount_ore=item.amount_ore,
            conditions=proposal.conditions if proposal else [],
            aid=aid.kind.value,
            aid_basis=aid.basis.strip(),
            aid_rate=aid.rate if aid.kind is Aid.DE_MINIMIS else None,
            decided_date=decided,
            note=note.strip(),
            made_at=at,
            made_by=by.actor_name,
        )
        _complete(by, at, made, targets if targets is not None else _targets_of(application), report_due, plan_duty)
        return made.id


def note(
    *,
    by: Context,
    at: datetime | None = None,
    document_id: UUID,
    organisation_id: UUID,
    title: str,
    year: int,
    amount_ore: int,
    decided_date: date,
    support: Support = Support.GRANT,
    performer_id: UUID | None = None,
    targets: Sequence[Target] = (),
    report_due: date | None = None,
    plan_duty: bool = True,
    note: str = "",
) -> UUID:
    """Note a grant that a source tells of and whose decision is not here: it can be followed, but pays nothing out."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    with transactions.write(by):
        made = Grant.objects.create(
            organisation_id=organisation_id,
            performer_id=performer_id or organisation_id,
            document=Document.objects.get(id=document_id),
            support=support.value,
            title=title[:300],
            year=year,
            amount_ore=amount_ore,
            aid=Aid.UNKNOWN.value,
            decided_date=decided_date,
            note=note.strip(),
            made_at=at,
            made_by=by.actor_name,
        )
        _complete(by, at, made, targets, report_due, plan_duty)
        return made.id


def ask_report(
    *,
    by: Context,
    at: datetime | None = None,
    grant_id: UUID,
    due_date: date,
    kind: ReportKind = ReportKind.INTERIM,
    year: int | None = None,
) -> UUID:
    """Ask for one more report, of the grant's year or the year after. Puts it in the year wheel."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    with transactions.write(by):
        grant = Grant.objects.select_related("point_item__point__decision__matter").filter(id=grant_id).first()
        if grant is None:
            raise Refused(NO_GRANT)
        wanted = year or grant.year
        if wanted not in (grant.year, grant.year + 1):
            raise Refused(REPORT_YEAR, year=wanted, grant_year=grant.year)
        if grant.reports.filter(year=wanted, kind=kind.value).exists():
            raise Refused(REPORT_THERE)
        return _ask_report(by, at, grant, wanted, kind, due_date, plan_duty=True).id


def _decided_item(point_item_id: UUID) -> PointItem:
    """The item, held so that two who make the same grant meet. Raises Refused when it is not in force."""
    found = PointItem.objects.select_related("point__decision__matter", "receiver").filter(id=point_item_id).first()
    if found is None or found.point.decision is None or Outcome(found.point.decision.outcome) not in POSTS:
        raise Refused(NOT_DECIDED)
    if Verb(found.point.verb) is not Verb.GRANTS or not (found.receiver_id and found.amount_ore and found.year):
        raise Refused(NO_GRANT_POINT)
    posted = Voucher.objects.filter(point_id=found.point_id).exists()
    if posted and not standing.in_force(point_id=found.point_id).exists():
        raise Refused(NOT_DECIDED)
    if Grant.objects.filter(point_item=found).exists():
        raise Refused(MADE_ALREADY)
    return found


def _application_of(application_id: UUID | None, item: PointItem) -> GrantApplication | None:
    if application_id is None:
        return None
    row = GrantApplication.objects.filter(id=application_id, sent_at__isnull=False).first()
    if row is None:
        raise Refused(applications.NO_APPLICATION)
    if row.organisation_id != item.receiver_id:
        raise Refused(OTHER_ORGANISATION)
    applications.refuse_decided_within(row)
    return row


def _refuse_aid(aid: StateAid, organisation_id: UUID, amount_ore: int, day: date) -> None:
    """De minimis needs its rate and stays under the ceiling; an exemption needs its ground."""
    if aid.kind is Aid.EXEMPTED and not aid.basis.strip():
        raise Refused(grant_aid.BASIS_NEEDED)
    if aid.kind is not Aid.DE_MINIMIS:
        return
    if aid.rate is None or aid.rate <= 0:
        raise Refused(grant_aid.RATE_NEEDED)
    given = grant_aid_given.of(organisation_id)
    new = grant_aid.Given(day, grant_aid.euro_cents(amount_ore, aid.rate))
    after = grant_aid.standing([*given, new], day)
    if after.left_cents < 0:
        euro = f"{after.sum_cents // 100:,}".replace(",", "\u00a0")
        most = f"{after.ceiling_cents // 100:,}".replace(",", "\u00a0")
        raise Refused(grant_aid.OVER_CEILING, sum=euro, ceiling=most, source=after.source)


def _support_of(item: PointItem) -> str:
    known = item.support in {kind.value for kind in GRANT_SUPPORTS}
    return item.support if known else Support.GRANT.value


def _title_of(application: GrantApplication | None) -> str:
    return str(application.content.get("title", "")) if application else ""


def _targets_of(application: GrantApplication | None) -> list[Target]:
    if application is None:
        return []
    content = grant_content.read(application.content)
    return [Target(one.label, Unit(one.unit), grant_content.number(one.value)) for one in content.targets]


def _complete(
    by: Context, at: datetime, made: Grant, targets: Sequence[Target], report_due: date | None, plan_duty: bool
) -> None:
    GrantTarget.objects.bulk_create(
        GrantTarget(
            grant=made,
            position=position,
            measure=target.measure or target.label[:100],
            label=target.label[:300],
            unit=target.unit.value,
            value=target.value,
            upper_value=target.upper_value,
            words=target.words[:300],
        )
        for position, target in enumerate(targets, start=1)
    )
    trail.record(
        by=by, at=at, action="grant.make", subject_kind="money.grant", subject_id=made.id, subject_name=made.title,
        amount_ore=made.amount_ore, aid=made.aid, targets=len(targets),
    )  # fmt: skip
    if report_due is not None:
        _ask_report(by, at, made, made.year, ReportKind.FINAL, report_due, plan_duty=plan_duty)


def _ask_report(
    by: Context, at: datetime, grant: Grant, year: int, kind: ReportKind, due_date: date, *, plan_duty: bool
) -> GrantReport:
    report = GrantReport.objects.create(
        grant=grant,
        kind=kind.value,
        year=year,
        first_due_date=due_date,
        due_date=due_date,
        asked_at=at,
        asked_by=by.actor_name,
    )
    if plan_duty:
        item = grant.point_item
        duties.plan_within(
            by=by,
            at=at,
            title=f"{REPORT_LABELS[kind].capitalize()} {year}: {grant.title}"[:300],
            body_id=grant.organisation_id,
            due_date=due_date,
            binding=True,
            basis=item.point.decision.matter.case_number if item and item.point.decision else "",
            link=f"/mina-bidrag/rapport/{report.id}/",
            source_key=duty_key(report.id),
        )
    trail.record(
        by=by, at=at, action="grant_report.ask", subject_kind="money.grantreport", subject_id=report.id,
        subject_name=grant.title, due_date=due_date,
    )  # fmt: skip
    return report


def duty_key(report_id: UUID) -> str:
    """What a report's place in the year wheel is known by."""
    return f"grant-report:{report_id}"
