"""Supervision of one's own year: what is not yet reported, transferred or paid, for the city office or one's committee."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.initiatives.queries import duties
from samkraft.initiatives.rules.duties import OPEN
from samkraft.money.models import Decision, Fund, GrantInstalment, GrantRecovery, GrantReport, PotDraw
from samkraft.money.queries import decided_items
from samkraft.money.queries.decided_items import State
from samkraft.money.queries.grants import grants_given
from samkraft.money.rules.grants.grant_kinds import REPORT_LABELS, ReportKind
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is not done: what, about whom, how much, since when or by when, and where."""

    what: str
    who: str
    amount_ore: int | None
    day: date | None
    is_late: bool
    route: str
    args: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnYear:
    """A year in three parts, each with what is not done; and how much of each."""

    year: int
    reported: tuple[Row, ...]
    transferred: tuple[Row, ...]
    paid: tuple[Row, ...]


def years(*, by: Context) -> list[int]:
    """The years that something is decided for, the latest first."""
    access.require(by, Permission.SEE_GRANTS)
    found = set(Decision.objects.values_list("points__items__year", flat=True))
    return sorted((one for one in found if one), reverse=True)


def of(*, by: Context, year: int, today: date) -> OwnYear:
    """What is not done: all for the city office, else what concerns the reader's own body."""
    access.require(by, Permission.SEE_GRANTS)
    own = None if may(by.role, Permission.PREPARE_GRANTS) else by.organisation_id
    return OwnYear(
        year, tuple(_reported(own, year, today)), tuple(_transferred(by, own, year)), tuple(_paid(by, own, year, today))
    )


def _reported(own: UUID | None, year: int, today: date) -> list[Row]:
    """Duties that are open and late, or due in the year: reports of committees and organisations alike."""
    rows = [
        row
        for row in duties.everything(today=today)
        if row.state in OPEN
        and (own is None or row.body_id == own)
        and (row.due_date.year == year or (row.days < 0 and row.due_date.year < year))
    ]
    found = [
        Row(row.title, row.body_name, None, row.due_date, row.days < 0, "duties:duty", (str(row.id),)) for row in rows
    ]
    later = GrantReport.objects.filter(grant__year=year, sent_at__isnull=True).select_related("grant__organisation")
    for report in later if own is None else later.filter(grant__organisation_id=own):
        if report.due_date.year != year:
            what = f"{REPORT_LABELS[ReportKind(report.kind)].capitalize()} {report.year}: {report.grant.title}"
            late = report.due_date < today
            found.append(
                Row(
                    what,
                    report.grant.organisation.name,
                    None,
                    report.due_date,
                    late,
                    "grants:report",
                    (str(report.id),),
                )
            )
    return sorted(found, key=lambda one: one.day or today)


def _transferred(by: Context, own: UUID | None, year: int) -> list[Row]:
    """Decided money that waits for its year's budget, and draws that wait for a decision."""
    found = [
        Row(
            item.purpose or item.fund_name,
            item.receiver_name,
            item.amount_ore,
            None,
            False,
            "money:point",
            (str(item.point_id),),
        )
        for item in decided_items.of_year(fund_ids=list(Fund.objects.values_list("id", flat=True)), year=year)
        if item.state is State.WAITING
        and item.from_appropriation  # what it pays for in its turn is the same money
        and (own is None or (item.receiver is not None and item.receiver.id == own))
    ]
    draws = PotDraw.objects.filter(is_given__isnull=True, pot__point_item__year=year).select_related(
        "pot", "organisation"
    )
    for draw in draws:
        if own is None or own in (draw.pot.holder_id, draw.organisation_id):
            found.append(
                Row(
                    draw.pot.title,
                    draw.organisation.name,
                    draw.amount_ore,
                    None,
                    False,
                    "grants:pot",
                    (str(draw.pot_id),),
                )
            )
    return found


def _paid(by: Context, own: UUID | None, year: int, today: date) -> list[Row]:
    """Instalments that have not left, grants without instalments for all of it, recoveries that are not back."""
    if own is not None and not may(by.role, Permission.SEE_GRANTS):
        return []
    found: list[Row] = []
    for grant in grants_given.listed(by=by, today=today, year=year):
        if own is None and grant.has_decision:
            unplanned = grant.left_ore - grant.prepared_ore
            if unplanned > 0:
                found.append(
                    Row("unplanned", grant.organisation, unplanned, None, False, "grants:grant", (str(grant.id),))
                )
    if own is None:
        waiting = GrantInstalment.objects.filter(paid_at__isnull=True, grant__year=year)
        for row in waiting.select_related("grant__organisation").order_by("due_date"):
            what = "stopped" if row.stopped_at else "decided" if row.decided_at else "prepared"
            late = row.due_date < today
            found.append(
                Row(
                    what,
                    row.grant.organisation.name,
                    row.amount_ore,
                    row.due_date,
                    late,
                    "grants:grant",
                    (str(row.grant_id),),
                )
            )
        for back in GrantRecovery.objects.filter(repaid_date__isnull=True, grant__year=year).select_related(
            "grant__organisation"
        ):
            found.append(
                Row(
                    "recovery",
                    back.grant.organisation.name,
                    back.amount_ore,
                    back.due_date,
                    back.due_date < today,
                    "grants:grant",
                    (str(back.grant_id),),
                )
            )
    return found
