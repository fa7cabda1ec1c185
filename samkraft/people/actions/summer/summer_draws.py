"""Who holds a round of Ung i sommar, and its lot: the list published once, drawn once, opened never again."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from samkraft.analysis.draws import fair
from samkraft.audit.actions import trail, transactions
from samkraft.offer.queries import summer_rounds
from samkraft.offer.queries.summer_rounds import RoundRow
from samkraft.offer.rules.summer_rounds import NO_SEED
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.models import SummerDraw
from samkraft.people.rules.summer import summer_draws as rules
from samkraft.people.rules.summer import summer_reasons
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

KIND = "people.summer_round"


def name_holder(
    *, by: Context, round_id: UUID, membership_id: UUID, handles_protected: bool = False, at: datetime | None = None
) -> None:
    """Name somebody of the own area on the round. Whoever planned it names themselves first, then others."""
    access.require(by, Permission.RUN_SUMMER)
    with transactions.write(by):
        guard.ask("people_summer_name", round_id, membership_id, handles_protected, by.actor_name)
        trail.record(
            by=by, at=at, action="summer.name_holder", subject_kind=KIND, subject_id=round_id,
            membership=membership_id, protected=handles_protected,
        )  # fmt: skip


def publish_list(*, by: Context, round_id: UUID, at: datetime | None = None) -> str:
    """Publish codes and groups, the places of each group, and the rule. Once. Returns the list's fingerprint.

    Those who go before the lot are not in it, and their places are taken off first.
    """
    access.require(by, Permission.RUN_SUMMER)
    at = at or timezone.now()
    held = summer_rounds.one(round_id)
    if at < held.closes:
        raise Refused(rules.NOT_CLOSED, date=held.closes.date().isoformat())
    if held.seed is None:
        raise Refused(NO_SEED)
    with transactions.write(by):
        if SummerDraw.objects.filter(round_id=round_id, step="list").exists():
            raise Refused(rules.ALREADY_PUBLISHED)
        rows = _codes_within(round_id)
        first = sum(is_first for _code, _stratum, is_first in rows)
        if first >= held.places:
            raise Refused(rules.NO_PLACES_LEFT, first=first, places=held.places)
        people = fair.listed(*_columns([row for row in rows if not row[2]]))
        source = held.seed.source + (f" (SHA-256 {held.seed.fingerprint})" if held.seed.fingerprint else "")
        rule = rules.rule(people, held.places - first, seed_source=source, at=at)
        said = {
            "source": held.seed.source, "fingerprint": held.seed.fingerprint,
            "published_at": held.seed.published_at.isoformat(),
        }  # fmt: skip
        published = rules.as_list(people, rule, seed=said, name=held.name)
        print_ = _publish_within(by, at, held, "list", published, rules.ALREADY_PUBLISHED)
        trail.record(
            by=by, at=at, action="summer.publish_list", subject_kind=KIND, subject_id=round_id, fingerprint=print_,
            codes=len(people), before=first,
        )  # fmt: skip
        return print_


def draw(*, by: Context, round_id: UUID, seed: str, seed_at: datetime | None = None, at: datetime | None = None) -> str:
    """Draw with the seed that has become known, and publish. Once: a lot is never opened again. Returns its fingerprint.

    `seed_at` is when the seed came into the world; a seed whose fingerprint was published comes into it now.
    """
    access.require(by, Permission.RUN_SUMMER)
    at = at or timezone.now()
    held = summer_rounds.one(round_id)
    if held.seed is None:
        raise Refused(NO_SEED)
    with transactions.read(by):
        if SummerDraw.objects.filter(round_id=round_id, step="lot").exists():
            raise Refused(rules.ALREADY_DRAWN)  # whichever seed is tried
    if reason := rules.why_not_seed(seed, held.seed.fingerprint):
        raise Refused(reason)
    known_at = at if held.seed.fingerprint or seed_at is None else seed_at
    if known_at > at:
        raise Refused(rules.SEED_IN_THE_FUTURE)
    with transactions.write(by):
        if SummerDraw.objects.filter(round_id=round_id, step="lot").exists():
            raise Refused(rules.ALREADY_DRAWN)
        listed = SummerDraw.objects.filter(round_id=round_id, step="list").first()
        if listed is None:
            raise Refused(summer_reasons.NO_LIST)
        rule = fair.Rule(**listed.published["rule"])
        drawn = fair.made(listed.published["list"], rule, seed=seed, seed_at=known_at)
        published = rules.as_lot(drawn, seed=seed, seed_at=known_at)
        print_ = _publish_within(by, at, held, "lot", published, rules.ALREADY_DRAWN)
        guard.ask("people_summer_take_turns", round_id)
        trail.record(
            by=by, at=at, action="summer.draw", subject_kind=KIND, subject_id=round_id, fingerprint=print_,
            drawn=len(drawn.drawn),
        )  # fmt: skip
        return print_


def _codes_within(round_id: UUID) -> list[tuple[str, str, bool]]:
    with guard.refusing(), connection.cursor() as cursor:
        cursor.execute("SELECT code, stratum, is_first FROM people_summer_codes(%s)", [round_id])
        return list(cursor.fetchall())


def _columns(rows: list[tuple[str, str, bool]]) -> tuple[list[str], list[str]]:
    return [row[0] for row in rows], [row[1] for row in rows]


def _publish_within(
    by: Context, at: datetime, held: RoundRow, step: str, published: dict[str, object], twice: object
) -> str:
    row = SummerDraw(
        round_id=held.id, area_id=held.area_id, step=step, published=published, published_at=at,
        published_by=by.actor_name, fingerprint=rules.fingerprint(published),
    )  # fmt: skip
    try:
        with guard.refusing(), transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(twice) from error  # type: ignore[arg-type]  # a reason
    return row.fingerprint
