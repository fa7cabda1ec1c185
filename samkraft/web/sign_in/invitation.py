"""The one-time link: choose a password, as new or because the old one is forgotten."""

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django import forms
from django.contrib import auth, messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from samkraft.partners.actions import invitations
from samkraft.values.refusal import Refused
from samkraft.web import refusals, secret_addresses


class PasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label=gettext_lazy("Nytt lösenord"),
        help_text=gettext_lazy("Minst 12 tecken. Gärna fyra ord efter varandra som bara du kommer på."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Samma lösenord en gång till"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both must be alike."""
        values = super().clean() or {}
        if values.get("password") and values.get("again") and values["password"] != values["again"]:
            self.add_error("again", _("Det är inte samma lösenord som i rutan ovanför. Skriv båda på nytt."))
        return values


class AddressForm(forms.Form):
    """Where the link is sent."""

    email = forms.EmailField(
        label=gettext_lazy("Din e-postadress"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


@never_cache
@sensitive_post_parameters("password", "again")
def accept(request: Any, user_id: UUID, token: str) -> HttpResponse:
    """Choose a password with a link that is still good; then sign in with it."""
    if not invitations.is_valid(user_id=user_id, token=token):
        return render(request, "sign_in/link_not_valid.html", status=410)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.accept(user_id=user_id, token=token, password=form.cleaned_data["password"])
        except Refused as refused:
            form.add_error("password", str(refusals.explain(refused)))
        else:
            auth.logout(request)
            messages.success(request, _("Lösenordet är sparat. Logga in med det."))
            return redirect("account_login")
    return secret_addresses.keep(render(request, "sign_in/choose_password.html", {"form": form}))


@never_cache
def ask_for_new_link(request: Any) -> HttpResponse:
    """Send a link to whoever has an account with the address. The answer is the same when nobody has."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if ratelimit.consume(request, action="reset_password", key=email.lower()):
            invitations.send_new_link(email)
        return render(request, "sign_in/link_sent.html", {"email": email})
    return render(request, "sign_in/forgot_password.html", {"form": form})
