"""Who has signed in: the account and its memberships, read together. Anything unusual is left to Django's own reading."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from samkraft.partners.queries import accounts
from samkraft.values.period import day_in_stockholm


class SignedInMiddleware(AuthenticationMiddleware):
    """Puts `user` on the request, and `account` beside it once somebody has asked who it is."""

    def process_request(self, request: HttpRequest) -> None:
        request.account = None  # type: ignore[attr-defined]  # read by the middleware that finds the membership
        request.user = SimpleLazyObject(lambda: user_of(request))  # type: ignore[assignment]  # lazy, as Django's own


def user_of(request: Any) -> Any:
    """The person, when the session is whole: a known way in, an open account, and the password that it began with.

    Everything else (no session, another password since, a key that was changed) goes the way that Django has for it.
    """
    session = request.session
    if session.get(auth.BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS:
        user_id = UUID(session[auth.SESSION_KEY])
        account = session.account  # read with the session, when it is known whose it is
        if account is None or account.user.pk != user_id:
            account = accounts.of(user_id, day_in_stockholm(timezone.now()))
        begun_with = session.get(auth.HASH_SESSION_KEY, "")
        if account is not None and constant_time_compare(begun_with, account.user.get_session_auth_hash()):
            request.account = account
            return account.user
    return auth.get_user(request)
