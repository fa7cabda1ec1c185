"""One's own account: how one signs in, and what one has chosen."""

from typing import Any

from allauth.account import views
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from samkraft.partners.queries import people


@never_cache
@login_required
def show(request: Any) -> HttpResponse:
    """Ways to sign in that are set up, and those that can be."""
    authenticators = list(Authenticator.objects.filter(user=request.user).order_by("created_at", "id"))
    context = {
        "person": people.one(request.user.id),
        "has_codes": any(one.type == Authenticator.Type.TOTP for one in authenticators),
        "keys": sum(one.type == Authenticator.Type.WEBAUTHN for one in authenticators),
        "has_recovery_codes": any(one.type == Authenticator.Type.RECOVERY_CODES for one in authenticators),
        "is_secured": is_mfa_enabled(request.user),
        "may_have_recovery_codes": get_adapter() is not None and is_mfa_enabled(request.user),
    }
    return render(request, "sign_in/account.html", context)


def change_password(request: Any) -> HttpResponse:
    """Change the password; whoever has none asks for a one-time link instead."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        return redirect("forgot_password")
    response: HttpResponse = views.password_change(request)
    return response
