"""People who can sign in: invite, deactivate, and what they choose for themselves."""

from datetime import datetime
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from django.conf import settings

from samkraft.audit.actions import trail, transactions
from samkraft.partners.models import User
from samkraft.partners.queries import reach
from samkraft.partners.rules import access
from samkraft.partners.rules import people as rules
from samkraft.partners.rules.organisations import swedish_sort_key
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

COLOUR_SCHEMES = ("auto", "light", "dark")


def invite(*, by: Context, email: str, name: str, language: str = "sv", at: datetime | None = None) -> UUID:
    """Make an account without a password and return its id. Send the link afterwards with `invitations.send`.

    The account can do nothing until somebody gives it a membership.
    """
    access.require(by, Permission.MANAGE_MEMBERS)
    with transactions.write(by):
        user = make(email=email, name=name, language=language)
        trail.record(
            by=by,
            at=at,
            action="person.invited",
            subject_kind="partners.user",
            subject_id=user.id,
            subject_name=user.name,
            email=user.email,
        )
    return user.id


def deactivate(*, by: Context, user_id: UUID, at: datetime | None = None) -> None:
    """Close an account at once: the person is out at the next click. Roles keep their history."""
    _set_active(by=by, user_id=user_id, is_active=False, action="person.deactivated", at=at)


def reactivate(*, by: Context, user_id: UUID, at: datetime | None = None) -> None:
    """Open a closed account again."""
    _set_active(by=by, user_id=user_id, is_active=True, action="person.reactivated", at=at)


def choose_language(*, by: Context, language: str, at: datetime | None = None) -> None:
    """The person's own choice, kept for the next computer."""
    if language not in {code for code, _name in settings.LANGUAGES}:
        raise Refused(rules.NO_SUCH_CHOICE, value=language)
    _choose(by=by, at=at, language=language)


def choose_colour_scheme(*, by: Context, scheme: str, at: datetime | None = None) -> None:
    """The person's own choice: auto, light or dark."""
    if scheme not in COLOUR_SCHEMES:
        raise Refused(rules.NO_SUCH_CHOICE, value=scheme)
    _choose(by=by, at=at, colour_scheme=scheme)


def make(*, email: str, name: str, language: str = "sv", user_id: UUID | None = None) -> User:
    """The rows of an account, inside a transaction that somebody else opened. Refused when the address is taken."""
    email = rules.tidy_email(email)
    name = rules.tidy_name(name)
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(rules.EMAIL_TAKEN, email=email)
    user = User(
        id=user_id or uuid4(),
        email=email,
        name=name,
        language=language,
        sort_key=swedish_sort_key(rules.sort_name(name))[:220],
    )
    user.set_unusable_password()
    user.save(force_insert=True)
    # The administrator vouches for the address, and the link that goes there proves it.
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _choose(*, by: Context, at: datetime | None, **choice: str) -> None:
    with transactions.write(by):
        User.objects.filter(id=by.actor_id).update(**choice)
        trail.record(
            by=by,
            at=at,
            action="person.chose",
            subject_kind="partners.user",
            subject_id=by.actor_id,
            subject_name=by.actor_name,
            **choice,
        )


def _set_active(*, by: Context, user_id: UUID, is_active: bool, action: str, at: datetime | None) -> None:
    access.require(by, Permission.MANAGE_MEMBERS)
    if by.actor_id == user_id:
        raise Refused(rules.OWN_ACCOUNT)
    with transactions.write(by):
        user = User.objects.select_for_update().get(id=user_id)
        require_reach(by=by, user_id=user_id)
        user.is_active = is_active
        user.save(update_fields=["is_active"])
        trail.record(
            by=by, at=at, action=action, subject_kind="partners.user", subject_id=user.id, subject_name=user.name
        )


def require_reach(*, by: Context, user_id: UUID) -> None:
    """Refuse to touch someone who has a role, now or later, in a body whose roles the administrator does not give."""
    for organisation_id in reach.organisations_of(user_id):
        reach.require(by=by, organisation_id=organisation_id)
