"""One-time links: the way in for someone who has no password yet, or has forgotten it.

A link dies when it is used (it is bound to the password that it replaces), when the account is closed, and after
three days (`PASSWORD_RESET_TIMEOUT`). It lets someone choose a password, never past the second factor.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from samkraft.audit.actions import trail, transactions
from samkraft.partners.models import User
from samkraft.partners.queries import memberships, reach
from samkraft.partners.rules import access
from samkraft.partners.rules import people as rules
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

PATH = "/valkommen/{user_id}/{token}/"


class _Tokens(PasswordResetTokenGenerator):
    key_salt = "samkraft.partners.invitations"


_tokens = _Tokens()


def link(user_id: UUID) -> str:
    """The whole address of a one-time link for this person."""
    user = User.objects.get(id=user_id)
    return settings.SITE_URL + PATH.format(user_id=user.id, token=_tokens.make_token(user))


def is_valid(*, user_id: UUID, token: str) -> bool:
    """Whether the link can be used."""
    user = User.objects.filter(id=user_id, is_active=True).first()
    return user is not None and _tokens.check_token(user, token)


def reach_people() -> bool:
    """Whether letters leave this installation at all: without an address to send them through they are only printed."""
    return not str(settings.EMAIL_BACKEND).endswith("console.EmailBackend")


def send(user_id: UUID) -> None:
    """Send the link. An outside effect: call it after the transaction that made the account."""
    user = User.objects.get(id=user_id)
    text = _(
        "Hej {name}!\n\nDu har fått en plats i Samkraft. Öppna länken och välj ett lösenord:\n\n{link}\n\n"
        "Länken går att använda en gång, inom tre dagar. Väntade du dig inte det här kan du slänga brevet.\n"
    )
    mail.send_mail(_("Välkommen till Samkraft"), text.format(name=user.name, link=link(user_id)), None, [user.email])


def send_again(*, by: Context, user_id: UUID, at: datetime | None = None) -> None:
    """Send a new link because an administrator asks for it. Refused for someone out of the administrator's reach."""
    access.require(by, Permission.MANAGE_MEMBERS)
    with transactions.write(by):
        for organisation_id in reach.organisations_of(user_id):
            reach.require(by=by, organisation_id=organisation_id)
        user = User.objects.get(id=user_id)
        trail.record(
            by=by,
            at=at,
            action="person.sent_link",
            subject_kind="partners.user",
            subject_id=user.id,
            subject_name=user.name,
        )
    send(user_id)


def send_new_link(email: str) -> None:
    """For someone who has forgotten the password. Says nothing about whether there is such a person."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        return
    text = _(
        "Hej {name}!\n\nNågon, troligen du, vill välja ett nytt lösenord till Samkraft. Öppna länken:\n\n{link}\n\n"
        "Länken går att använda en gång, inom tre dagar. Var det inte du behöver du inte göra något.\n"
    )
    mail.send_mail(
        _("Nytt lösenord till Samkraft"), text.format(name=user.name, link=link(user.id)), None, [user.email]
    )


def accept(*, user_id: UUID, token: str, password: str, at: datetime | None = None) -> None:
    """Choose a password with a one-time link. Refused when the link is spent or the password too weak.

    There is no `by`: the link is what says who acts, so the person is the actor.
    """
    user = User.objects.filter(id=user_id, is_active=True).first()
    if user is None or not _tokens.check_token(user, token):
        raise Refused(rules.LINK_NOT_VALID)
    try:
        password_validation.validate_password(password, user)
    except ValidationError as fault:
        raise Refused(rules.WEAK_PASSWORD, why=" ".join(fault.messages)) from fault
    with transactions.write(_as_oneself(user)):
        locked = User.objects.select_for_update().get(id=user_id)
        if not _tokens.check_token(locked, token):
            raise Refused(rules.LINK_NOT_VALID)
        locked.set_password(password)
        locked.save(update_fields=["password"])
        trail.record(
            by=_as_oneself(user),
            at=at,
            action="person.chose_password",
            subject_kind="partners.user",
            subject_id=user.id,
            subject_name=user.name,
        )


def _as_oneself(user: User) -> Context:
    """The person's first membership; without one, an actor with no rights at all."""
    held = memberships.of_user(user.id)
    return held[0].context() if held else memberships.nobody_in_particular(user.id, user.name)
