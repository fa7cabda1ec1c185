"""One-time links: the way in for someone who has no password yet, or has forgotten it.

A link dies when it is used (it is bound to the password that it replaces), when the account is closed, and after
three days (`PASSWORD_RESET_TIMEOUT`). It lets someone choose a password, never past the second factor. One that is
handed over on paper lives for a day, and is made only for whoever has no password yet: else it would open an account in use.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.http import base36_to_int
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
ON_PAPER = timedelta(days=1)


class _Tokens(PasswordResetTokenGenerator):
    key_salt = "samkraft.partners.invitations"


class _PaperTokens(_Tokens):
    key_salt = "samkraft.partners.invitations.on_paper"

    def check_token(self, user: User | None, token: str | None) -> bool:
        """Good for a shorter time than those that are sent."""
        if not super().check_token(user, token) or token is None:
            return False
        made = base36_to_int(token.partition("-")[0])
        return bool(self._num_seconds(self._now()) - made <= ON_PAPER.total_seconds())


_tokens = _Tokens()
_paper_tokens = _PaperTokens()


def link(user_id: UUID) -> str:
    """The whole address of a one-time link for this person."""
    user = User.objects.get(id=user_id)
    return settings.SITE_URL + PATH.format(user_id=user.id, token=_tokens.make_token(user))


def is_valid(*, user_id: UUID, token: str) -> bool:
    """Whether the link can be used."""
    user = User.objects.filter(id=user_id, is_active=True).first()
    return user is not None and _is_good(user, token)


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


def hand_over(*, by: Context, user_id: UUID, at: datetime | None = None) -> tuple[str, datetime]:
    """A link to hand over on paper where no letter comes, and when it stops working. It is shown now and kept nowhere.

    Refused for someone out of the administrator's reach, for oneself, for a closed account, and for whoever has a
    password already.
    """
    access.require(by, Permission.MANAGE_MEMBERS)
    at = at or timezone.now()
    with transactions.write(by):
        user = User.objects.select_for_update().get(id=user_id)
        if refused := rules.why_not_on_paper(
            is_oneself=user.id == by.actor_id, is_active=user.is_active, has_password=user.has_usable_password()
        ):
            raise Refused(refused, name=user.name)
        for organisation_id in reach.organisations_of(user_id):
            reach.require(by=by, organisation_id=organisation_id)
        trail.record(
            by=by, at=at, action="person.handed_link", subject_kind="partners.user", subject_id=user.id,
            subject_name=user.name,
        )  # fmt: skip
    address = settings.SITE_URL + PATH.format(user_id=user.id, token=_paper_tokens.make_token(user))
    return address, timezone.now() + ON_PAPER


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
    if user is None or not _is_good(user, token):
        raise Refused(rules.LINK_NOT_VALID)
    try:
        password_validation.validate_password(password, user)
    except ValidationError as fault:
        raise Refused(rules.WEAK_PASSWORD, why=" ".join(fault.messages)) from fault
    with transactions.write(_as_oneself(user)):
        locked = User.objects.select_for_update().get(id=user_id)
        if not _is_good(locked, token):
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


def _is_good(user: User, token: str) -> bool:
    return _tokens.check_token(user, token) or _paper_tokens.check_token(user, token)


def _as_oneself(user: User) -> Context:
    """The person's first membership; without one, an actor with no rights at all."""
    held = memberships.of_user(user.id)
    return held[0].context() if held else memberships.nobody_in_particular(user.id, user.name)
