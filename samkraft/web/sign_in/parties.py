"""Sign-in through a party's own service (OpenID Connect): found by organisation number, never by e-mail domain.

A service vouches only for the organisation numbers that it is set up for, and whoever comes in that way acts only in
roles at those organisations. The claims follow the Swedish profile (oidc.se).
"""

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthError
from django.contrib import auth
from django.http import HttpRequest
from django.shortcuts import render

from samkraft.partners.queries import memberships, organisations
from samkraft.values import organisation_number
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase
from samkraft.web import acting, refusals
from samkraft.web.sign_in import identity_tokens

CLAIM = "https://id.oidc.se/claim/orgNumber"
AFFILIATION_CLAIM = "https://id.oidc.se/claim/orgAffiliation"  # id@organisation number
KEPT_CLAIMS = frozenset({"sub", "email", "email_verified", CLAIM, AFFILIATION_CLAIM})

NO_NUMBER = Reason(
    "no_organisation_number",
    phrase("Din inloggningstjänst säger inte vilken organisation du hör till."),
    phrase("Be den som sköter tjänsten att lämna ut organisationsnumret, eller logga in med lösenord och kod."),
)
UNKNOWN_PARTY = Reason(
    "unknown_party",
    phrase("Organisationsnumret {number} hör inte till någon organisation i Samkraft."),
    phrase("Be din organisation att gå med, eller logga in genom den organisation där du har en roll."),
)
NOT_VOUCHED_FOR = Reason(
    "not_vouched_for",
    phrase("Inloggningstjänsten {service} får inte intyga organisationsnumret {number}."),
    phrase("Logga in genom din egen organisations tjänst."),
)
NO_ROLE = Reason(
    "no_role_at_party",
    phrase("Du har ingen roll i {organisation} i dag."),
    phrase("Be den som ger behörigheter i {organisation} om en roll för {email}."),
)
NOT_CONFIRMED = Reason(
    "address_not_confirmed",
    phrase("Inloggningstjänsten {service} har inte bekräftat adressen {email}."),
    phrase("Bekräfta adressen hos tjänsten och logga in igen."),
)


class PartyAdapter(DefaultSocialAccountAdapter):
    """Opens an existing account of someone who has a role at the party. Never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up."""
        return False

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """The conversation broke. Whoever turned back is met by the library; to everybody else we say what happened."""
        if error == AuthError.CANCELLED:
            return
        if exception is None and "state_id" in (extra_context or {}):
            _refuse(request, Refused(identity_tokens.NOT_BEGUN_HERE))
        _refuse(request, Refused(identity_tokens.NO_ANSWER, service=provider.app.name))

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        """Find the party and the person, or refuse in words."""
        try:
            number = _party(sociallogin)
            user = _person(sociallogin, number)
        except Refused as refused:
            _refuse(request, refused)
        if request.user.is_authenticated:
            auth.logout(request)  # whoever was signed in before leaves nothing, and takes nothing of this with them
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)
        request.session[acting.PARTY_KEY] = number


def _party(sociallogin: Any) -> str:
    """The organisation number that the service vouches for. Raises Refused."""
    said = _claims(sociallogin)
    text = str(said.get(CLAIM) or str(said.get(AFFILIATION_CLAIM, "")).rpartition("@")[2])
    try:
        number = organisation_number.tidy(text)
    except ValueError as fault:
        raise Refused(NO_NUMBER) from fault
    service = sociallogin.provider.app
    in_words = organisation_number.in_words(number)
    if number not in service.settings.get("organisation_numbers", []):
        raise Refused(NOT_VOUCHED_FOR, service=service.name, number=in_words)
    if not organisations.by_number(number):
        raise Refused(UNKNOWN_PARTY, number=in_words)
    return number


def _person(sociallogin: Any, number: str) -> Any:
    """The account with a role at the party: the one linked before, or the one with the address. Raises Refused."""
    said = _claims(sociallogin)
    email = str(said.get("email", "")).strip().lower()
    if not sociallogin.is_existing and said.get("email_verified", True) in (False, "false"):
        raise Refused(NOT_CONFIRMED, service=sociallogin.provider.app.name, email=email or "–")
    users = auth.get_user_model().objects.filter(is_active=True)
    user = sociallogin.user if sociallogin.is_existing else users.filter(email__iexact=email).first() if email else None
    if user is None or not memberships.of_number(user_id=user.pk, organisation_number=number):
        names = [row.name for row in organisations.by_number(number)]
        top = next((row.name for row in organisations.by_number(number) if not row.parent_name), names[0])
        raise Refused(NO_ROLE, organisation=top, email=email or "–")
    return user


def _claims(sociallogin: Any) -> dict[str, Any]:
    told = sociallogin.account.extra_data
    parts = [told[part] for part in ("id_token", "userinfo") if part in told]
    return {key: value for part in parts or [told] for key, value in part.items()}


def _refuse(request: HttpRequest, refused: Refused) -> NoReturn:
    page = render(request, "sign_in/party_refused.html", {"refusal": refusals.explain(refused)}, status=403)
    raise ImmediateHttpResponse(page)
