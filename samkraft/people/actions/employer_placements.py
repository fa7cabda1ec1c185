"""A place at an employer: an occasion like all others, with what is agreed about it. The database gives its places."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.offer.actions import employers
from samkraft.offer.actions.employers import TermsDraft
from samkraft.offer.actions.occasions import OccasionDraft
from samkraft.offer.queries import catalogue
from samkraft.offer.rules import employers as rules
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions.places import place_coordination
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

AT_WORK = ("workplace", "matching")


def agree(
    *,
    by: Context,
    employer_id: UUID,
    draft: OccasionDraft,
    terms: TermsDraft,
    places: int,
    at: datetime | None = None,
) -> UUID:
    """Add a placement with so many places, as place coordinator of its activity, and return the occasion.

    `draft.provider_id` is replaced by the employer's organisation: it is the employer that the persons come to.
    """
    access.require(by, Permission.COORDINATE_PLACES)
    moment = at or timezone.now()
    with transactions.write(by):
        activity = catalogue.activity_by_id(draft.activity_id)
        if activity is None or activity.kind not in AT_WORK:
            raise Refused(rules.NOT_AN_ACTIVITY)
        organisation_id, _name = employers.organisation_of(employer_id)
        held_by = OccasionDraft(
            activity_id=draft.activity_id, name=draft.name, provider_id=organisation_id, starts_on=draft.starts_on,
            ends_on=draft.ends_on, hours_a_week=draft.hours_a_week, place_name=draft.place_name,
            languages=draft.languages, district=draft.district, accessible=draft.accessible,
            answer_days=draft.answer_days,
        )  # fmt: skip
        made = place_coordination.add_occasion_within(by=by, draft=held_by, places=places, at=moment)
        employers.agree_within(by=by, employer_id=employer_id, occasion_id=made, draft=terms, at=moment)
        return made
