"""What waits for somebody who works with grants, in one list: late first. The inbox and the first page show the same."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from samkraft.audit.queries import statements
from samkraft.money.models import GrantInstalment, GrantRecovery, PotDraw
from samkraft.money.queries.grants import grant_applications, grant_reports, grants_given
from samkraft.money.rules.grants.grant_kinds import ApplicationState, GrantEventKind
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits. `kind` says what, `route` and `args` where; `can_wait`: nobody waits for it."""

    kind: str
    route: str
    args: tuple[Any, ...] = ()
    who: str = ""
    what: str = ""
    amount_ore: int | None = None
    day: date | None = None
    many: int = 0
    is_late: bool = False


def of(*, by: Context, today: date) -> list[Need]:
    """Everything that waits for the reader."""
    found: list[Need] = []
    if may(by.role, Permission.ASSESS_GRANTS):
        found += [
            Need("assess", "application", (row.id,), row.organisation, row.title)
            for row in grant_applications.to_assess(by=by)
        ]
    if may(by.role, Permission.ANSWER_FOR_COMMITTEE) and may(by.role, Permission.SEE_GRANTS):
        found += [
            Need("opinion", "application", (row.id,), row.organisation, row.title, day=day, is_late=day < today)
            for row, day in grant_applications.opinions_asked(by=by)
        ]
        found += _draws(by)
    if may(by.role, Permission.PREPARE_GRANTS):
        found += [*_reports(by, today), *_applications(by), *_money(by)]
    return sorted(found, key=lambda one: (not one.is_late, one.day or date.max))


# What stands in the inbox too: the rest waits on the first page about grants. Each is cheap to count.
IN_INBOX = frozenset(
    {"assess", "opinion", "decide_draw", "late_report", "read_report", "decide_payment", "pay", "decide_recovery"}
)


def in_inbox(*, by: Context, today: date) -> list[Need]:
    """Those that stand in the inbox."""
    return [one for one in of(by=by, today=today) if one.kind in IN_INBOX]


_ENDED = [GrantEventKind.WITHDRAWN.value, GrantEventKind.REJECTED.value]
# As the lists say it; planned once, since it is asked on every page of whoever works with grants.
_CLOSED = (
    "EXISTS (SELECT FROM money_grantevent e WHERE e.application_id = {}.application_id AND e.kind = ANY (%(closed)s))"
)
_GIVEN = "EXISTS (SELECT FROM money_grant g WHERE g.application_id = {}.application_id)"
_TO_ASSESS = f"""(SELECT count(*) FROM money_grantassessor a WHERE a.membership_id = %(membership)s AND a.recused_at IS NULL
    AND NOT EXISTS (SELECT FROM money_grantassessment d WHERE d.assessor_id = a.id)
    AND NOT {_GIVEN.format("a")} AND NOT {_CLOSED.format("a")})"""  # noqa: S608 - pieces of our own
_TO_ANSWER = f"""(SELECT count(*) FROM money_grantopinion o WHERE o.organisation_id = %(body)s AND o.answered_at IS NULL
    AND NOT {_GIVEN.format("o")} AND NOT {_CLOSED.format("o")})
+ (SELECT count(*) FROM money_potdraw d JOIN money_pot p ON p.id = d.pot_id
    WHERE d.is_given IS NULL AND p.holder_id = %(body)s AND d.asked_actor <> %(me)s)"""  # noqa: S608 - pieces of our own
_TO_PREPARE = """(SELECT count(*) FROM money_grantreport
    WHERE CASE WHEN sent_at IS NULL THEN due_date < %(today)s ELSE filed_at IS NULL END)
+ (SELECT count(*) FROM money_grantinstalment WHERE paid_at IS NULL AND stopped_at IS NULL
    AND (decided_at IS NOT NULL OR prepared_actor <> %(me)s))
+ (SELECT count(*) FROM money_grantrecovery WHERE decided_at IS NULL AND prepared_actor <> %(me)s)"""


def number(*, by: Context, today: date) -> int:
    """How many stand in the inbox, counted without being read."""
    asked: dict[str, object] = {}
    counted = []
    if may(by.role, Permission.ASSESS_GRANTS):
        counted, asked = [_TO_ASSESS], {"membership": by.membership_id, "closed": _ENDED}
    if may(by.role, Permission.ANSWER_FOR_COMMITTEE) and may(by.role, Permission.SEE_GRANTS):
        counted.append(_TO_ANSWER)
        asked |= {"body": by.organisation_id, "me": by.actor_id, "closed": _ENDED}
    if may(by.role, Permission.PREPARE_GRANTS):
        counted.append(_TO_PREPARE)
        asked |= {"today": today, "me": by.actor_id}
    if not counted:
        return 0
    ((many,),) = statements.rows(f"SELECT {' + '.join(counted)}", asked)
    return int(many)


def _unpaid() -> "QuerySet[GrantInstalment]":
    return GrantInstalment.objects.filter(paid_at__isnull=True, stopped_at__isnull=True)


def _waiting_draws(by: Context) -> "QuerySet[PotDraw]":
    found = PotDraw.objects.filter(is_given__isnull=True, pot__holder_id=by.organisation_id)
    return found.exclude(asked_actor=by.actor_id)


def _reports(by: Context, today: date) -> list[Need]:
    rows = grant_reports.listed(by=by, today=today)
    late = [
        Need("late_report", "report", (row.id,), row.organisation, row.grant_title, day=row.due_date, is_late=True)
        for row in rows
        if row.is_late
    ]
    came = [
        Need("read_report", "report", (row.id,), row.organisation, row.grant_title)
        for row in rows
        if row.sent_at is not None and row.filed_at is None
    ]
    return late + came


def _applications(by: Context) -> list[Need]:
    found = []
    for row in grant_applications.received(by=by):
        named: dict[str, Any] = {"args": (row.id,), "who": row.organisation, "what": row.title}
        page = None
        if row.state is ApplicationState.RECEIVED:
            page = grant_applications.page(by=by, application_id=row.id)
            if page and not [seat for seat in page.seats if seat.recused_at is None]:
                found.append(Need("no_assessor", "application", **named))
        elif row.state is ApplicationState.ASSESSED:
            found.append(Need("to_propose", "application", **named))
    return found


def _money(by: Context) -> list[Need]:
    found = []
    if many := len(grants_given.decided_without_grant(by=by)):
        found.append(Need("no_grant", "establish", many=many))
    for row in _unpaid().select_related("grant__organisation").order_by("due_date"):
        named: dict[str, Any] = {
            "args": (row.grant_id,), "who": row.grant.organisation.name, "amount_ore": row.amount_ore, "day": row.due_date
        }  # fmt: skip
        if row.decided_at is not None:
            found.append(Need("pay", "grant", **named))
        elif row.prepared_actor != by.actor_id:
            found.append(Need("decide_payment", "grant", **named))
    recoveries = GrantRecovery.objects.filter(decided_at__isnull=True).exclude(prepared_actor=by.actor_id)
    found += [
        Need("decide_recovery", "grant", (row.grant_id,), row.grant.organisation.name, amount_ore=row.amount_ore)
        for row in recoveries.select_related("grant__organisation")
    ]
    return found


def _draws(by: Context) -> list[Need]:
    return [
        Need("decide_draw", "pot", (row.pot_id,), row.organisation.name, amount_ore=row.amount_ore)
        for row in _waiting_draws(by).select_related("organisation")
    ]
