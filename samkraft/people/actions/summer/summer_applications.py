"""Applying to Ung i sommar without an account: a personal link, the application, and taking it back."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.queries import summer_rounds
from samkraft.partners.rules import access
from samkraft.partners.rules.organisations import swedish_sort_key
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.models import SummerApplicant, SummerEvent
from samkraft.people.queries.summer import summer_links
from samkraft.people.queries.summer.summer_links import Link
from samkraft.people.rules.summer import summer_applications as rules
from samkraft.people.rules.summer.summer_applications import Application, Ground
from samkraft.people.rules.summer.summer_reasons import NOT_YOUR_ROUND
from samkraft.values.context import Context
from samkraft.values.identity_number import IdentityNumber
from samkraft.values.refusal import Refused

KIND = "people.summer_applicant"
LINK_DAYS = 14
LONG_LINK_DAYS = 300


@dataclass(frozen=True, slots=True)
class Wishes:
    """Workplaces in order of liking, and the periods that suit (none chosen: any)."""

    workplace_ids: tuple[UUID, ...] = ()
    period_ids: tuple[UUID, ...] = ()


def ask_for_link(*, by: Context, round_id: UUID, email: str, at: datetime | None = None) -> str | None:
    """A new link for somebody who wants to apply, to be sent to the address. None when there have been too many: the page
    says the same. Raises Refused when the round takes no applications now."""
    at = at or timezone.now()
    held = summer_rounds.one(round_id)
    if reason := rules.why_not_now(held.opens, held.closes, at):
        raise Refused(reason, date=(held.opens if reason is rules.NOT_OPEN_YET else held.closes).date().isoformat())
    token = summer_links.new_token()
    with transactions.write(by):
        made = make_link_within(round_id, "apply", token=token, sent_to=email, days=LINK_DAYS)
        trail.record(by=by, at=at, action="summer.ask_for_link", subject_kind="people.summer_link", subject_id=round_id)
    return token if made else None


def send(
    *,
    by: Context,
    link: Link,
    application: Application,
    wishes: Wishes,
    number: IdentityNumber | None,
    is_protected: bool = False,
    at: datetime | None = None,
) -> UUID:
    """Send an application, or change the one that the link has sent already (`number` is then None).

    Raises Refused for what the form may not hold, and when the round is closed. A number that has applied already is taken
    like any other: those who hold the round see it, and it is drawn once.
    """
    at = at or timezone.now()
    held = link.round
    if reason := rules.why_not_now(held.opens, held.closes, at):
        raise Refused(reason, date=held.closes.date().isoformat())
    if wrong := rules.why_not_send(application, held.limits, first_day=held.first_day):
        raise Refused(wrong[0], **wrong[1])
    _require_wishes(held.id, wishes)
    said = _as_row(application, wishes, held.strata.value)
    guardians = [
        {"number": place, "name": one.name, "email": one.email, "phone": one.phone}
        for place, one in enumerate(application.guardians, 1)
    ]
    with transactions.write(by), summer_links.carried(link):
        made: UUID = guard.ask(
            "people_summer_apply",
            number.digits if number else None,
            number.kind.value if number else None,
            is_protected,
            json.dumps(said, default=str),
            json.dumps(guardians),
        )
        kind = "changed" if link.kind == "youth" else "applied"
        write_event_within(by, at, made, held, kind)
        trail.record(by=by, at=at, action=f"summer.{kind}", subject_kind=KIND, subject_id=made)
    return made


def withdraw(*, by: Context, link: Link, at: datetime | None = None) -> None:
    """Take the application back while the round is open. Afterwards a place is declined instead."""
    at = at or timezone.now()
    assert link.applicant_id is not None
    with transactions.write(by), summer_links.carried(link):
        guard.ask("people_summer_apply", None, None, False, json.dumps({"has_withdrawn": True}), "[]")
        write_event_within(by, at, link.applicant_id, link.round, "withdrawn")
        trail.record(by=by, at=at, action="summer.withdrawn", subject_kind=KIND, subject_id=link.applicant_id)


def prioritise(*, by: Context, applicant_id: UUID, ground: Ground | None, at: datetime | None = None) -> None:
    """Decide that somebody has a place before the lot, on a ground; or that they do not (None). Not once it is published."""
    access.require(by, Permission.RUN_SUMMER)
    at = at or timezone.now()
    with transactions.write(by), guard.refusing():
        held = SummerApplicant.objects.select_for_update().filter(id=applicant_id).first()
        if held is None:
            raise Refused(NOT_YOUR_ROUND)
        SummerApplicant.objects.filter(id=applicant_id).update(ground=ground.value if ground else "")
        word = ground.value if ground else "none"
        write_event_within(by, at, applicant_id, summer_rounds.one(held.round_id), "prioritised", word=word)
        trail.record(by=by, at=at, action="summer.prioritised", subject_kind=KIND, subject_id=applicant_id, ground=word)


def send_link_again(*, by: Context, applicant_id: UUID, at: datetime | None = None) -> str:
    """A new link for a young person who has lost theirs, to be handed over or sent by whoever holds the round."""
    access.require(by, Permission.RUN_SUMMER)
    token = summer_links.new_token()
    with transactions.write(by):
        held = SummerApplicant.objects.filter(id=applicant_id).first()
        if held is None:
            raise Refused(NOT_YOUR_ROUND)
        make_link_within(held.round_id, "youth", token=token, applicant_id=applicant_id, days=LONG_LINK_DAYS)
        trail.record(by=by, at=at, action="summer.link_again", subject_kind=KIND, subject_id=applicant_id)
    return token


def name_on_list(*, by: Context, applicant_id: UUID, membership_id: UUID, at: datetime | None = None) -> None:
    """One more who may see a protected young person: somebody who holds the round, or supervises where they are placed."""
    access.require(by, Permission.RUN_SUMMER)
    with transactions.write(by):
        guard.ask("people_summer_name_on_list", applicant_id, membership_id, by.actor_name)
        trail.record(
            by=by,
            at=at,
            action="summer.name_on_list",
            subject_kind=KIND,
            subject_id=applicant_id,
            membership=membership_id,
        )


def make_link_within(
    round_id: UUID, kind: str, *, token: str, sent_to: str = "", applicant_id: UUID | None = None,
    guardian_id: UUID | None = None, days: int,
) -> bool:  # fmt: skip
    """Inside the transaction: keep a link's digest. False when too many have been sent to the same receiver lately."""
    receiver = hashlib.sha256(sent_to.strip().casefold().encode()).hexdigest() if sent_to.strip() else ""
    made: bool = guard.ask(
        "people_summer_make_link", round_id, kind, applicant_id, guardian_id, summer_links.digest(token), receiver, days
    )
    return made


def write_event_within(
    by: Context, at: datetime, applicant_id: UUID, held: summer_rounds.RoundRow, kind: str, *,
    about: UUID | None = None, word: str = "",
) -> None:  # fmt: skip
    """Inside the transaction: what happened, for the history of the application."""
    with guard.refusing():
        SummerEvent(
            applicant_id=applicant_id, round_id=held.id, area_id=held.area_id, kind=kind, about=about, word=word, at=at,
            by=by.actor_name,
        ).save(force_insert=True)  # fmt: skip


def _require_wishes(round_id: UUID, wishes: Wishes) -> None:
    if len(wishes.workplace_ids) > rules.MOST_WISHES:
        raise Refused(rules.TOO_MANY_WISHES, most=rules.MOST_WISHES)
    there = {row.id for row in summer_rounds.workplaces(round_id)}
    periods = {row.id for row in summer_rounds.one(round_id).periods}
    if set(wishes.workplace_ids) - there or set(wishes.period_ids) - periods:
        raise Refused(rules.NO_SUCH_WISH)


def _as_row(application: Application, wishes: Wishes, strata: str) -> dict[str, object]:
    worker = application.worker
    return {
        "code": rules.code(secrets.token_bytes(8)),
        "given_name": " ".join(application.given_name.split()),
        "family_name": " ".join(application.family_name.split()),
        "sort_key": swedish_sort_key(f"{application.family_name} {application.given_name}".strip()),
        "birth_date": application.born,
        "sex": application.sex,
        "phone": application.phone,
        "email": application.email,
        "school_year": application.school_year,
        "has_finished_school": application.has_finished_school,
        "district": application.district,
        "stratum": rules.stratum(application, strata),
        "wishes": [str(one) for one in wishes.workplace_ids],
        "period_wishes": [str(one) for one in wishes.period_ids],
        "other_day_minutes": worker.other_day_minutes,
        "other_week_minutes": worker.other_week_minutes,
        "guardians_needed": max(1, len(application.guardians)),
        "ground": "",
        "is_double": False,
        "has_withdrawn": False,
        "is_drawn": False,
    }
