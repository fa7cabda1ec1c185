"""Pots that others draw on: call-offs for employments out of a committee's money, compensation for each supervised youth.

The money is already in the committee's frame, by a decided point. A draw moves it on in the ledger, under that point.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.actions import ledger
from samkraft.money.actions.contradictions import looking
from samkraft.money.actions.grants.applications import TEXT_NEEDED
from samkraft.money.models import PointItem, Pot, PotDraw, Transfer, Voucher
from samkraft.money.queries import standing
from samkraft.money.rules.accounts import AccountKind
from samkraft.money.rules.grants import grant_terms
from samkraft.money.rules.points import Support
from samkraft.money.rules.posting import Purse
from samkraft.partners.queries import frames, organisations
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values import kronor
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NOT_HOLDER = Reason("pot_not_holder", phrase("Potten hör till en annan nämnd."), phrase("Be {body} att göra det."))
NO_MONEY = Reason(
    "pot_without_money",
    phrase("Punkten har inte gett nämnden några pengar som går att avsätta."),
    phrase("Välj en beslutad punkt som är bokförd."),
)
OVER_POINT = Reason(
    "pot_over_point", phrase("Potten är större än det som nämnden har fått ({most})."), phrase("Sänk beloppet.")
)
UNIT_NEEDED = Reason(
    "pot_unit_needed",
    phrase("Ersättning per handledd ungdom behöver ett belopp per ungdom."),
    phrase("Skriv beloppet."),
)
NO_POT = Reason("no_pot", phrase("Potten finns inte."), phrase("Gå till listan och välj en annan."))
NOT_POSITIVE = Reason(
    "draw_not_positive", phrase("Antalet och beloppet måste vara större än noll."), phrase("Fyll i båda.")
)
OTHER_BODY = Reason(
    "draw_other_body",
    phrase("Du kan bara avropa för din egen förvaltning."),
    phrase("Be den andra förvaltningens controller."),
)
OVER_POT = Reason(
    "draw_over_pot",
    phrase("Det finns {left} kvar i potten, och avropet är {amount}."),
    phrase("Sänk beloppet, eller avslå."),
)
NO_DRAW = Reason("no_draw", phrase("Avropet finns inte."), phrase("Öppna potten på nytt."))
DECIDED = Reason("draw_decided", phrase("Avropet är redan avgjort."), phrase("Du behöver inte göra något."))
NOT_TO_ITSELF = Reason(
    "draw_to_itself", phrase("Nämnden kan inte avropa ur sin egen pott."), phrase("Använd pengarna direkt.")
)


def open_pot(
    *,
    by: Context,
    at: datetime | None = None,
    point_item_id: UUID,
    support: Support,
    title: str,
    amount_ore: int,
    unit_ore: int | None = None,
    note: str = "",
) -> UUID:
    """Set part of a committee's decided money aside for others to draw on: by the committee, or the city office."""
    at = at or timezone.now()
    if amount_ore <= 0:
        raise Refused(NOT_POSITIVE)
    if support is Support.COMPENSATION and not unit_ore:
        raise Refused(UNIT_NEEDED)
    with transactions.write(by):
        item = PointItem.objects.select_related("point__decision").filter(id=point_item_id).first()
        given = _given(item) if item else None
        if item is None or given is None or item.receiver_id is None or given.to_account.kind != AccountKind.FRAME:
            raise Refused(NO_MONEY)
        _require_holder(by, item.receiver_id)
        if amount_ore > given.amount_ore:
            raise Refused(OVER_POINT, most=kronor.in_words(given.amount_ore))
        made = Pot.objects.create(
            holder_id=item.receiver_id,
            point_item=item,
            support=support.value,
            title=title.strip()[:200],
            amount_ore=amount_ore,
            unit_ore=unit_ore,
            note=note.strip(),
            opened_at=at,
            opened_by=by.actor_name,
        )
        _told(by, at, "pot.open", made, amount_ore=amount_ore)
        return made.id


def ask(
    *,
    by: Context,
    at: datetime | None = None,
    pot_id: UUID,
    organisation_id: UUID,
    quantity: int,
    amount_ore: int | None = None,
    words: str = "",
) -> UUID:
    """Ask to draw: an administration for itself; for an association, the committee that supervises with it.

    Compensation is so many youths at the pot's own rate. Numbers only: no names are asked for or kept.
    """
    access.require(by, Permission.ANSWER_FOR_COMMITTEE)
    at = at or timezone.now()
    with transactions.write(by):
        pot = _held(pot_id)
        if pot.support == Support.COMPENSATION:
            _require_holder(by, pot.holder_id)
            amount_ore = quantity * (pot.unit_ore or 0)
        elif by.organisation_id != organisation_id:
            raise Refused(OTHER_BODY)
        if organisation_id == pot.holder_id:
            raise Refused(NOT_TO_ITSELF)
        if quantity <= 0 or not amount_ore or amount_ore <= 0:
            raise Refused(NOT_POSITIVE)
        made = PotDraw.objects.create(
            pot=pot,
            organisation_id=organisation_id,
            quantity=quantity,
            amount_ore=amount_ore,
            words=words.strip()[:300],
            asked_actor=by.actor_id,
            asked_at=at,
            asked_by=by.actor_name,
        )
        _told(by, at, "pot.ask", pot, amount_ore=amount_ore, quantity=quantity)
        return made.id


def decide(*, by: Context, at: datetime | None = None, draw_id: UUID, gives: bool, reason: str = "") -> None:
    """Give or refuse: somebody at the holder, or the city office, and never the one who asked. What is given is posted."""
    at = at or timezone.now()
    if not gives and not reason.strip():
        raise Refused(TEXT_NEEDED)
    with transactions.write(by):
        known = PotDraw.objects.filter(id=draw_id).first()
        if known is None:
            raise Refused(NO_DRAW)
        pot = _held(known.pot_id)
        row = PotDraw.objects.select_for_update().get(id=draw_id)
        _require_holder(by, pot.holder_id)
        if row.asked_actor == by.actor_id:
            raise Refused(grant_terms.SAME_PERSON)
        if row.decided_at is not None:
            raise Refused(DECIDED)
        if gives:
            left = pot.amount_ore - sum(one.amount_ore for one in pot.draws.filter(is_given=True))
            if row.amount_ore > left:
                raise Refused(OVER_POT, left=kronor.in_words(left), amount=kronor.in_words(row.amount_ore))
            row.voucher = _post(by, at, pot, row)
        row.is_given, row.reason = gives, reason.strip()
        row.decided_actor, row.decided_at, row.decided_by = by.actor_id, at, by.actor_name
        row.save()
        _told(by, at, "pot.give" if gives else "pot.refuse", pot, amount_ore=row.amount_ore)
        looking.soon()


def _post(by: Context, at: datetime, pot: Pot, row: PotDraw) -> Voucher:
    item = pot.point_item
    given = _given(item)
    if given is None or item.year is None:
        raise Refused(NO_MONEY)
    holds = frames.which_hold([row.organisation_id]).get(row.organisation_id)
    kind = AccountKind.FRAME if holds else AccountKind.RECEIVER
    target = ledger.account_of(Purse(kind, item.year, item.fund_id, organisation_id=row.organisation_id))
    assert target is not None
    return ledger.post_within(
        by=by,
        at=at,
        posted_date=max(given.posted_date, day_in_stockholm(at)),
        text=f"{pot.title}: {organisations.name_of(row.organisation_id)}"[:300],
        lines=[ledger.Line(given.to_account, target, row.amount_ore)],
        point=item.point,
    )


def _given(item: PointItem) -> Transfer | None:
    """The transfer in force that gave the committee its money."""
    return (
        Transfer.objects.select_related("from_account", "to_account")
        .filter(standing.giving("voucher__", point=item.point_id), point_item=item)
        .order_by("posted_date")
        .last()
    )


def _require_holder(by: Context, holder_id: UUID) -> None:
    if access.why_not(by, Permission.PREPARE_GRANTS) is None:
        return
    access.require(by, Permission.ANSWER_FOR_COMMITTEE)
    if by.organisation_id != holder_id:
        raise Refused(NOT_HOLDER, body=organisations.name_of(holder_id))


def _held(pot_id: UUID) -> Pot:
    """The pot, held for this transaction: the database's own check of the sum takes the same lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"pot {pot_id}"])
    found = Pot.objects.select_related("point_item__point").filter(id=pot_id).first()
    if found is None:
        raise Refused(NO_POT)
    return found


def _told(by: Context, at: datetime, action: str, pot: Pot, **content: object) -> None:
    trail.record(
        by=by, at=at, action=action, subject_kind="money.pot", subject_id=pot.id, subject_name=pot.title, **content
    )
