"""Outside the demo a password alone opens nothing: without a second factor there is one page, and it sets one up."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
REACHABLE = {
    "second_factor",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_logout",
    "sign_out",
    "choose_language",
    "choose_colour_scheme",
    "invitation",
    "accessibility",
    "data_handling",
}


class SecondFactorMiddleware:
    """Sends whoever has signed in with only a password to the page that sets up a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Before any page is made."""
        if settings.DEMO or not request.user.is_authenticated or request.resolver_match.view_name in REACHABLE:
            return None
        return None if is_enough(request) else redirect("second_factor")


def is_enough(request: Any) -> bool:
    """Whether the person has a second factor, or came in through a party's own sign-in, which answers for its own."""
    records = get_authentication_records(request, request.user)
    if any(one["method"] == "socialaccount" for one in records):
        return True
    account = request.account
    return account.has_second_factor if account is not None else is_mfa_enabled(request.user, FACTORS)


@login_required
def show(request: Any) -> HttpResponse:
    """What a second factor is and the two ways to get one."""
    return render(request, "sign_in/second_factor.html")
