"""How the sign-in library behaves here: nobody signs up by themselves, and it speaks our words."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samkraft.web.sign_in import notices


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator at the partner."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Kontot är stängt. Be den som ger behörigheter hos dig."),
        "email_password_mismatch": _("Adressen eller lösenordet stämmer inte. Skriv båda en gång till."),
        "enter_current_password": _("Det är inte ditt lösenord nu. Skriv det en gång till."),
        "incorrect_code": _("Koden stämmer inte. Vänta på nästa i appen och skriv den."),
        "incorrect_password": _("Lösenordet stämmer inte. Skriv det en gång till."),
        "invalid_login": _("Inloggningen gick inte. Försök en gång till."),
        "rate_limited": _("Det har gått för fort. Vänta fem minuter och försök igen."),
        "same_as_current": _("Det nya ska vara ett annat än det du har."),
        "too_many_login_attempts": _("För många försök. Vänta fem minuter och försök igen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page of the role."""
        return reverse("home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account."""
        return reverse("account")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in during the last minutes has just shown who they are, and need not do it again."""
        request = context.request
        records = get_authentication_records(request, request.user)
        return not any(time.time() - one["at"] < app_settings.REAUTHENTICATION_TIMEOUT for one in records)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """The way to sign in has changed: tell the person."""
        notices.tell(template_prefix, user_id=user.pk, name=user.name, email=user.email)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The same ways as the library's, in our words."""
        words = {
            "account_reauthenticate": _("Med lösenordet"),
            "mfa_reauthenticate": _("Med en kod"),
            "mfa_reauthenticate_webauthn": _("Med nyckeln"),
        }
        names = {reverse(name): text for name, text in words.items()}
        return [
            {**method, "description": names.get(method["url"], method["description"])}
            for method in super().get_reauthentication_methods(user)
        ]


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes and keys, in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Den sista faktorn går inte att ta bort. Lägg till en annan först."),
        "cannot_generate_recovery_codes": _("Reservkoder finns för den som har en kod eller en nyckel."),
        "incorrect_code": _("Koden stämmer inte. Vänta på nästa i appen och skriv den."),
        "unverified_email": _("E-postadressen är inte bekräftad. Be den som ger behörigheter hos dig."),
    }

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Outside the demo nobody is left with a password alone."""
        from allauth.mfa.models import Authenticator

        if settings.DEMO or authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        factors = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=factors)
        return others.exclude(id=authenticator.id).exists()


def address_typed(request: Any, credentials: dict[str, Any] | None = None) -> str:
    """The address that failed sign-ins are counted for."""
    typed = (credentials or {}).get("email") or (request.POST.get("login", "") if request is not None else "")
    return str(typed).strip().lower()


def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any) -> HttpResponse:
    """After too many wrong passwords: say how long to wait."""
    return render(request, "sign_in/locked_out.html", status=429)
