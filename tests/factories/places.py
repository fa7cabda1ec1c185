"""Activities, occasions and queues for tests, built through the actions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from samkraft.audit.actions import transactions
from samkraft.offer.actions import activities
from samkraft.offer.actions.activities import ActivityDraft
from samkraft.offer.actions.occasions import OccasionDraft
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Role
from samkraft.people.actions.places import place_coordination
from samkraft.people.models import PlaceEntry, PlaceEvent, PlaceHold
from samkraft.people.rules.places import place_states
from samkraft.people.rules.places.place_states import State
from samkraft.values.period import day_in_stockholm
from tests.factories import joint_work, partners
from tests.factories.joint_work import Way
from tests.factories.partners import Member
from tests.factories.people import Setting

PROVIDER = "utforaren"


@dataclass
class Offered:
    """A joint team, an activity of the employment service, its coordinator and provider."""

    setting: Setting
    activity_id: UUID
    coordinator: Member
    provider: Member
    provider_id: UUID

    def occasion(self, way: Way, *, places: int = 1, starts_in: int = 30, weeks: int = 12, **more: Any) -> UUID:
        """An occasion with places, not open for offers yet."""
        starts_on = day_in_stockholm(way.moment) + timedelta(days=starts_in)
        draft = OccasionDraft(
            activity_id=self.activity_id,
            name=f"Start {starts_on:%d %B}",
            provider_id=self.provider_id,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(weeks=weeks),
            hours_a_week=20,
            place_name="Föreningsgatan 35",
            **more,
        )
        return place_coordination.add_occasion(by=self.coordinator.context, draft=draft, places=places, at=way.at)

    def open(self, way: Way, occasion_id: UUID) -> int:
        """Open the occasion for offers."""
        return place_coordination.open_offering(by=self.coordinator.context, occasion_id=occasion_id, at=way.at)


def offered(made: Setting | None = None, *, at: datetime | None = None, **said: Any) -> Offered:
    """An activity that is there to be queued for, with a coordinator appointed at a moment."""
    made = made or joint_work.setting()
    provider_id = partners.organisation(PROVIDER, OrganisationKind.SUPPLIER)
    provider = partners.member(Role.PROVIDER, PROVIDER, name="Ulla Utförare")
    coordinator = partners.member(Role.PLACE_COORDINATOR, "af", name="Pia Plats")
    activity_id = activity(made, **said)
    place_coordination.appoint(
        by=made.leader.context, activity_id=activity_id, membership_id=coordinator.membership_id, at=at
    )
    return Offered(made, activity_id, coordinator, provider, provider_id)


def activity(made: Setting, **said: Any) -> UUID:
    """An activity of the initiative's owner."""
    draft: dict[str, Any] = {
        "name": f"Språkpraktik {uuid4().hex[:6]}",
        "kind": "workplace",
        "owner_id": made.leader.organisation_id,
        "start_form": "joint",
        "reveals": "plan",
        "decided_by": "employment_officer",
        "outcomes": ("Klarar arbetsdagens längd", "Känner till yrket"),
    }
    return activities.add(by=made.leader.context, draft=ActivityDraft(**{**draft, **said}))


def entry_of(way: Way, member: Member) -> PlaceEntry:
    """The newest entry of the person that the member may see."""
    with transactions.read(member.context):
        return PlaceEntry.objects.filter(person_id=way.person_id).order_by("-joined_at")[0]


def hold_of(way: Way, member: Member) -> PlaceHold:
    """The newest hold of the person that the member may see."""
    with transactions.read(member.context):
        return PlaceHold.objects.filter(person_id=way.person_id).order_by("-offered_at", "-id")[0]


def kinds(way: Way, member: Member) -> list[str]:
    """What happened with the person's places, in order, as the member may see it."""
    with transactions.read(member.context):
        rows = PlaceEvent.objects.filter(person_id=way.person_id).order_by("entry__joined_at", "order")
        return [row.kind for row in rows]


def state(way: Way, member: Member) -> State | None:
    """Where the person's newest entry is."""
    entry = entry_of(way, member)
    with transactions.read(member.context):
        rows = PlaceEvent.objects.filter(entry=entry).order_by("order").values_list("kind", flat=True)
        return place_states.fold(list(rows))


def monday_after(day: date) -> date:
    """The first Monday after a day."""
    return day + timedelta(days=7 - day.weekday())


def asked(member: Member, question: Any, *arguments: Any) -> Any:
    """The answer of a query, in the member's context."""
    with transactions.read(member.context):
        return question(member.context, *arguments)
