"""Guardians: asked by a personal link, told of the risks, and the yes or no that holds until another."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.queries import summer_rounds
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.actions.summer.summer_applications import LONG_LINK_DAYS, make_link_within, write_event_within
from samkraft.people.models import SummerConsent, SummerGuardian
from samkraft.people.queries.summer import summer_links
from samkraft.people.queries.summer.summer_links import Link
from samkraft.people.rules.summer import summer_guardians as rules
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

KIND = "people.summer_guardian"


def ask(
    *, by: Context, applicant_id: UUID, guardian_id: UUID, link: Link | None = None, at: datetime | None = None
) -> str | None:
    """A personal link for a guardian, to be sent. By the young person's own link, or by whoever holds the round.

    None when it has been sent too often lately.
    """
    if link is None:
        access.require(by, Permission.RUN_SUMMER)
    token = summer_links.new_token()
    with transactions.write(by), summer_links.carried(link):
        guardian = SummerGuardian.objects.filter(id=guardian_id, applicant_id=applicant_id).first()
        if guardian is None:
            raise Refused(rules.NO_SUCH_GUARDIAN)
        made = make_link_within(
            guardian.round_id, "guardian", token=token, sent_to=guardian.email or guardian.phone,
            applicant_id=applicant_id, guardian_id=guardian_id, days=LONG_LINK_DAYS,
        )  # fmt: skip
        trail.record(by=by, at=at, action="summer.ask_guardian", subject_kind=KIND, subject_id=guardian_id)
    return token if made else None


def answer(*, by: Context, link: Link, says_yes: bool, knows_risks: bool, at: datetime | None = None) -> None:
    """A guardian's yes or no by their own link. A yes needs that the text about risks has been read. The latest holds."""
    if says_yes and not knows_risks:
        raise Refused(rules.RISKS_NOT_READ)
    at = at or timezone.now()
    assert link.applicant_id is not None
    assert link.guardian_id is not None
    with transactions.write(by), guard.refusing(), summer_links.carried(link):
        name = SummerGuardian.objects.get(id=link.guardian_id).name
        _write_within(at, link.applicant_id, link.guardian_id, link.round, says_yes, knows_risks, "link", name)
        kind = "guardian_yes" if says_yes else "guardian_no"
        write_event_within(by, at, link.applicant_id, link.round, kind, about=link.guardian_id)
        trail.record(by=by, at=at, action=f"summer.{kind}", subject_kind=KIND, subject_id=link.guardian_id)


def register_paper(*, by: Context, guardian_id: UUID, says_yes: bool, at: datetime | None = None) -> None:
    """A form that a guardian has signed on paper, with the text about risks on it."""
    access.require(by, Permission.RUN_SUMMER)
    at = at or timezone.now()
    with transactions.write(by), guard.refusing():
        guardian = SummerGuardian.objects.filter(id=guardian_id).first()
        if guardian is None:
            raise Refused(rules.NO_SUCH_GUARDIAN)
        row = summer_rounds.one(guardian.round_id)
        _write_within(at, guardian.applicant_id, guardian_id, row, says_yes, says_yes, "paper", guardian.name)
        kind = "guardian_yes" if says_yes else "guardian_no"
        write_event_within(by, at, guardian.applicant_id, row, kind, about=guardian_id, word="paper")
        trail.record(by=by, at=at, action=f"summer.{kind}", subject_kind=KIND, subject_id=guardian_id, how="paper")


def _write_within(
    at: datetime, applicant_id: UUID, guardian_id: UUID, held: summer_rounds.RoundRow, says_yes: bool, knows_risks: bool,
    how: str, name: str,
) -> None:  # fmt: skip
    last = SummerConsent.objects.filter(guardian_id=guardian_id).aggregate(last=Max("number"))["last"] or 0
    SummerConsent(
        applicant_id=applicant_id, guardian_id=guardian_id, round_id=held.id, area_id=held.area_id, number=last + 1,
        says_yes=says_yes, knows_risks=knows_risks, text_version=rules.TEXT_VERSION, how=how, given_at=at, given_by=name,
    ).save(force_insert=True)  # fmt: skip
