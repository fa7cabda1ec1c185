"""A small joint team in which something of everything has happened, for what is proved about the walls around people.

`everything()` leaves a row in each table about people. Every area that writes plants its own word in every text.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import consents, disclosures, emergencies, protection
from samkraft.people.queries import consents as asked
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from tests.factories import partners, people
from tests.factories.partners import Member
from tests.factories.people import Setting

ANOTHER = "199107172380"  # as people.number(), from the tax agency's published list
THIRD = "200001052380"


@dataclass(frozen=True, slots=True)
class World:
    """The people of one team: `shared` is known to two areas, `alone` to the social services only, `guarded` is protected."""

    setting: Setting
    reviewer: Member
    steward: Member
    shared: UUID
    alone: UUID
    guarded: UUID
    doubled: UUID
    health: UUID
    health_scope: UUID
    enrolment: UUID

    @property
    def members(self) -> dict[str, Member]:
        """Everybody who could ask, by a short name."""
        given = self.setting
        return {
            "officer": given.officer,
            "social": given.social,
            "labour": given.labour,
            "insurance": given.insurance,
            "care": given.care,
            "outsider": given.outsider,
            "leader": given.leader,
            "reviewer": self.reviewer,
            "steward": self.steward,
        }


def everything() -> World:
    """Build it through the actions."""
    setting = people.joint()
    social, officer = setting.social.context, setting.officer.context
    reviewer = partners.member(Role.DATA_PROTECTION_OFFICER, name="Dora Granskar")
    steward = partners.member(Role.DUPLICATE_STEWARD, name="Dag Dubblett")
    shared = people.participant(social, text="199006022397", given="Sanna", family="Sociala-Ord")
    enrolment = people.enrolled(setting, social, shared)
    people.join_team(setting, social, shared, setting.officer)
    people.write(social, shared, "referral", {"how": "remittering", "received_on": "2026-01-05", "reason": "bistånd"})
    health = people.write(
        social, shared, "assessment_item", {"life_area": "health", "text": "orkar halva dagar", "source": "samtal"}
    )
    people.consent(social, shared, setting.officer.area_id, "health")
    with transactions.read(social):
        scope = next(line for line in asked.standing(social, shared) if line.category == "health")
    disclosures.release(
        by=social, person_id=shared, contribution_id=health.id, to_area_id=setting.officer.area_id, scope_id=scope.id
    )
    people.write(officer, shared, "need", {"text": "egna ord", "life_area": "work"}, enrolment_id=enrolment)
    alone = people.participant(social, text=ANOTHER, given="Ensam", family="Här")
    people.enrolled(setting, social, alone)
    guarded = people.participant(social, text=THIRD, given="Gömd", family="Skyddad")
    people.enrolled(setting, social, guarded)
    protection.protect(by=social, person_id=guarded, level="marked", membership_ids=[])
    doubled = people.participant(officer, text=ANOTHER, given="Ensam", family="Där")
    colleague = partners.member(Role.SOCIAL_SECRETARY, name="Kim Kollega")
    emergencies.open_case(
        by=colleague.context, number=people.number(ANOTHER), reason="fara för personens liv och hälsa"
    )
    people.recuse(by=officer, person_id=doubled, user_id=setting.outsider.user_id, ground="close")
    return World(setting, reviewer, steward, shared, alone, guarded, doubled, health.id, scope.id, enrolment)


def rows(by: Context | None, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """What the serving role gets when it asks in raw SQL, in this context or in none."""
    with transaction.atomic(), connection.cursor() as cursor:
        if by is None:
            cursor.execute(sql, values)
            return list(cursor.fetchall())
        with transactions.read(by):
            cursor.execute(sql, values)
            return list(cursor.fetchall())


def count(by: Context | None, table: str, condition: str = "true", *values: object) -> int:
    """How many rows of a table this context can see."""
    return int(rows(by, f"SELECT count(*) FROM {table} WHERE {condition}", *values)[0][0])


def refusal(act: Any, *positional: Any, **named: Any) -> str:
    """The code of the refusal that an act meets; empty when it is not refused."""
    try:
        act(*positional, **named)
    except Refused as refused:
        return refused.reason.code
    return ""


def refused(by: Context, sql: str, *values: object) -> str:
    """What refuses a statement that writes, in one line; empty when nothing does. Nothing stays."""
    try:
        with transactions.write(by), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(error).splitlines()[0]
    return ""


def known(number: str) -> tuple[Setting, UUID]:
    """Somebody whom the social services have enrolled; no other area knows yet."""
    setting = people.joint()
    person = people.participant(setting.social.context, text=number)
    people.enrolled(setting, setting.social.context, person)
    return setting, person


def withdraw(by: Context, person_id: UUID, *categories: str) -> None:
    """Take back what stands in these categories."""
    with transactions.read(by):
        scopes = [line.id for line in asked.standing(by, person_id) if line.category in categories]
    consents.withdraw(by=by, person_id=person_id, scope_ids=scopes)


def tables() -> list[str]:
    """Every table of the schema."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def now() -> Any:
    """The moment, aware."""
    return timezone.now()
