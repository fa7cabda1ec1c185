"""How the sign-in library behaves here: nobody signs up by themselves, parties are found by organisation number."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator at the partner."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class PartyAdapter(DefaultSocialAccountAdapter):
    """Sign-in through a party's own service opens an existing account only."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any) -> HttpResponse:
    """After too many wrong passwords: say how long to wait."""
    return render(request, "sign_in/locked_out.html", status=429)
