"""Tell young people what waits for them: by e-mail with a fresh personal link, or on paper where there is no address.

What is told is only that something has happened and where to read it; what it is stands behind the link.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.queries import summer_rounds
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions.summer.summer_applications import LONG_LINK_DAYS, make_link_within, write_event_within
from samkraft.people.models import SummerApplicant
from samkraft.people.queries.summer import summer_letters, summer_links
from samkraft.people.queries.summer.summer_letters import Untold
from samkraft.values.context import Context

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one young person, with the link that is made for it and known nowhere else."""

    untold: Untold
    email: str
    phone: str
    token: str


def write(*, by: Context, round_id: UUID, how: str, at: datetime | None = None) -> list[Letter]:
    """The letters that wait, of those with an e-mail address (`email`) or without (`paper`), and note that they are told.

    So many at once; asked again it goes on with the next. A letter that is written is not written again for the same thing.
    """
    access.require(by, Permission.RUN_SUMMER)
    assert how in ("email", "paper")
    at = at or timezone.now()
    held = summer_rounds.one(round_id)
    letters = []
    with transactions.write(by):
        waiting = [one for one in summer_letters.untold(round_id) if one.has_email == (how == "email")][:MOST_AT_ONCE]
        people = SummerApplicant.objects.select_for_update().in_bulk([one.applicant_id for one in waiting])
        for one in waiting:
            who = people[one.applicant_id]
            token = summer_links.new_token()
            make_link_within(round_id, "youth", token=token, applicant_id=who.id, days=LONG_LINK_DAYS)
            write_event_within(by, at, who.id, held, "told", about=one.placement_id, word=how)
            letters.append(Letter(one, who.email, who.phone, token))
        if letters:
            trail.record(
                by=by, at=at, action="summer.told", subject_kind="people.summer_round", subject_id=round_id,
                how=how, many=len(letters),
            )  # fmt: skip
    return letters
