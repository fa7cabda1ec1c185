"""The very first membership: nobody is there yet to give it."""

from datetime import datetime
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.partners.actions import memberships as giving
from samkraft.partners.actions import people
from samkraft.partners.models import Membership, Organisation, SecrecyArea
from samkraft.partners.rules import organisations as rules
from samkraft.partners.rules.people import ALREADY_BEGUN
from samkraft.partners.rules.roles import ROLES, Role
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused


def begin(
    *,
    email: str,
    name: str,
    organisation_name: str,
    organisation_kind: str = rules.OrganisationKind.CITY.value,
    organisation_code: str = "",
    organisation_number: str = "",
    area_code: str = "",
    area_name: str = "",
    at: datetime | None = None,
) -> Context:
    """Make the first organisation, its area and its system administrator; return the administrator's context.

    Works only while nobody has a membership; afterwards refused, always. The administrator is written in the trail
    as the one who began: the person who ran the command on the machine vouches for the name.
    """
    by = Context(
        actor_id=uuid4(),
        actor_name=name,
        membership_id=uuid4(),
        role=Role.SYSTEM_ADMINISTRATOR.value,
        organisation_id=uuid4(),
        area_id=uuid4(),
        purpose=ROLES[Role.SYSTEM_ADMINISTRATOR].purpose,
    )
    with transactions.write(by):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('partners begin'))")
        if Membership.objects.exists():
            raise Refused(ALREADY_BEGUN)
        organisation = Organisation.objects.create(
            id=by.organisation_id,
            code=organisation_code or rules.code_from(organisation_name),
            name=rules.tidy_name(organisation_name),
            kind=rules.kind_of(organisation_kind).value,
            organisation_number=rules.tidy_number(organisation_number),
            sort_key=rules.swedish_sort_key(organisation_name)[:220],
        )
        SecrecyArea.objects.create(
            id=by.area_id,
            code=area_code or organisation.code,
            name=area_name or organisation.name,
            authority=organisation,
            controller=organisation.name,
            archive_authority=organisation.name,
            sort_key=rules.swedish_sort_key(area_name or organisation.name)[:220],
        )
        user = people.make(email=email, name=name, user_id=by.actor_id)
        giving.add(
            by=by,
            user_id=user.id,
            organisation_id=organisation.id,
            area_id=by.area_id,
            role=by.role,
            start_date=day_in_stockholm(at or timezone.now()),
            at=at,
            membership_id=by.membership_id,
        )
        trail.record(
            by=by,
            at=at,
            action="installation.begun",
            subject_kind="partners.user",
            subject_id=user.id,
            subject_name=user.name,
            email=user.email,
            organisation=organisation.name,
        )
    return by
