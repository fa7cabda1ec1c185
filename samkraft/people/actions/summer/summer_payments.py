"""The basis for wages: attested minutes that have not been paid, times the wage that was decided. Made, never changed."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.queries import summer_rounds
from samkraft.offer.rules.summer_rounds import Form
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.models import SummerApplicant, SummerPayment, SummerPlacement
from samkraft.people.queries.summer import summer_days
from samkraft.people.rules.summer import summer_places as rules
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

KIND = "people.summer_round"


def make(*, by: Context, round_id: UUID, through: date, at: datetime | None = None) -> UUID:
    """What is to be paid for days through this one: the difference between what is attested now and what was paid before.

    So a corrected day comes in the next basis with its difference, up or down. Raises Refused for a programme, which pays
    nothing; when nothing is new; and when an age has no wage.
    """
    access.require(by, Permission.RUN_SUMMER)
    at = at or timezone.now()
    held = summer_rounds.one(round_id)
    if held.form is not Form.JOB:
        raise Refused(rules.NOT_PAID)
    wages = [(row.from_age, row.hourly_ore) for row in summer_rounds.wages(round_id)]
    with transactions.write(by), guard.refusing():
        if not guard.ask("people_summer_meets_all", round_id):
            raise Refused(rules.NEEDS_ALL)
        before = list(SummerPayment.objects.filter(round_id=round_id).order_by("number"))
        rows = _rows(round_id, through, wages, before)
        if not rows:
            raise Refused(rules.NOTHING_TO_PAY, date=through.isoformat())
        made = SummerPayment(
            id=uuid4(), round_id=round_id, area_id=held.area_id, number=len(before) + 1, through=through, rows=rows,
            total_ore=sum(int(str(row["amount_ore"])) for row in rows), made_at=at, made_by=by.actor_name,
        )  # fmt: skip
        made.save(force_insert=True)
        trail.record(
            by=by, at=at, action="summer.make_payment", subject_kind=KIND, subject_id=round_id, number=made.number,
            rows=len(rows), total_ore=made.total_ore,
        )  # fmt: skip
        return made.id


def read_numbers(*, by: Context, round_id: UUID, at: datetime | None = None) -> dict[UUID, str]:
    """Identity numbers of those with attested hours, for the file to whoever pays. Counted, limited and written down."""
    access.require(by, Permission.RUN_SUMMER)
    with transactions.write(by), guard.refusing(), connection.cursor() as cursor:
        cursor.execute("SELECT applicant_id, number FROM people_summer_numbers(%s)", [round_id])
        found = dict(cursor.fetchall())
        trail.record(
            by=by, at=at, action="summer.read_numbers", subject_kind=KIND, subject_id=round_id, many=len(found)
        )
        return found


def _rows(
    round_id: UUID, through: date, wages: list[tuple[int, int]], before: list[SummerPayment]
) -> list[dict[str, object]]:
    paid: dict[tuple[str, str], int] = {}
    for payment in before:
        for row in payment.rows:
            for day, minutes in row["days"].items():
                key = (row["placement"], day)
                paid[key] = paid.get(key, 0) + minutes
    placements = {row.id: row for row in SummerPlacement.objects.filter(round_id=round_id)}
    people = SummerApplicant.objects.in_bulk({row.applicant_id for row in placements.values()})
    # A row for each year worked in: the wage follows the age of the year.
    news: dict[tuple[UUID, int], dict[str, int]] = {}
    for one in summer_days.attested(round_id, through=through):
        change = (one.minutes or 0) - paid.get((str(one.placement_id), one.day.isoformat()), 0)
        if change:
            news.setdefault((one.placement_id, one.day.year), {})[one.day.isoformat()] = change
    rows: list[dict[str, object]] = []
    for (placement_id, year), days in sorted(news.items(), key=lambda item: (str(item[0][0]), item[0][1])):
        who = people[placements[placement_id].applicant_id]
        hourly = rules.hourly_for(who.birth_date, year, wages)
        if hourly is None:
            raise Refused(rules.NO_WAGE, age=year - who.birth_date.year)
        minutes = sum(days.values())
        rows.append({
            "placement": str(placement_id), "applicant": str(who.id), "days": days, "minutes": minutes,
            "hourly_ore": hourly, "amount_ore": rules.wage_ore(minutes, hourly),
        })  # fmt: skip
    return rows
