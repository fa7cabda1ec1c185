"""A browser session of someone who has signed in, for tests of pages."""

from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.test import Client

from samkraft.partners.rules.roles import Role
from samkraft.web import acting
from tests.factories import partners

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(client: Client, membership: partners.Member) -> Client:
    """Let the client act in this membership: the session is what sign-in and choice leave in it."""
    user = get_user_model().objects.get(id=membership.user_id)
    session = client.session
    session.clear()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[acting.SESSION_KEY] = str(membership.membership_id)
    session.save()
    return client


def as_role(client: Client, role: Role, code: str = "") -> partners.Member:
    """Make someone with this role, sign them in, and return them."""
    made = partners.member(role, code)
    sign_in(client, made)
    return made


def html(client: Client, address: str, status: int = 200) -> str:
    """The page at an address, which must answer as told."""
    answer = client.get(address)
    text: str = answer.content.decode()
    assert answer.status_code == status, f"{address}: {text[:500]}"
    return text


def post(client: Client, address: str, membership: partners.Member, **typed: Any) -> Any:
    """Send a form in the context of one membership."""
    return client.post(address, {acting.FORM_FIELD: str(membership.membership_id), **typed})


def send(client: Client, address: str, **typed: Any) -> Any:
    """Send a form in the context that the session acts in."""
    return client.post(address, {acting.FORM_FIELD: client.session[acting.SESSION_KEY], **typed})
