"""The conversation with a party's own sign-in service: out with a question that nobody else can answer, back with the
answer checked in full. What the answer means for us is `parties`."""

import secrets
from collections.abc import Callable
from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from requests import RequestException

from samkraft.values.refusal import Refused
from samkraft.web import refusals
from samkraft.web.sign_in import identity_tokens, parties

_WELL_KNOWN = "/.well-known/"
_ADDRESSES = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class ServiceAdapter(OpenIDConnectOAuth2Adapter):
    """Asks the service, and believes only what it has signed."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the service publishes about itself. Raises Refused when it does not, or speaks of another service."""
        service = self.get_provider().app
        config: dict[str, Any] = self._asked(lambda: super(ServiceAdapter, self).openid_config)
        if any(not isinstance(config.get(name), str) for name in _ADDRESSES):
            raise Refused(identity_tokens.NO_ANSWER, service=service.name)
        if config["issuer"].rstrip("/") != service.settings["server_url"].partition(_WELL_KNOWN)[0].rstrip("/"):
            raise Refused(identity_tokens.NOT_FROM_THE_SERVICE, service=service.name)
        return config

    def complete_login(self, request: Any, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        """The person as the service tells it, in the signed answer and in what is asked for afterwards."""
        config = self.openid_config
        signed = identity_tokens.read(
            str(kwargs["response"].get("id_token") or ""),
            keys=self._asked(lambda: _fetch(config["jwks_uri"])),
            issuer=config["issuer"],
            audience=app.client_id,
            nonce=self.nonce,
            service=app.name,
        )
        more = self._asked(lambda: self._fetch_user_info(token.token))
        identity_tokens.require_same_person(signed, more, service=app.name)
        return self.get_provider().sociallogin_from_response(request, {"id_token": signed, "userinfo": more})

    def parse_token(self, data: Any) -> SocialToken:
        """What opens the service's own answer about the person. It is used at once and never stored."""
        if not isinstance(data, dict) or not isinstance(data.get("access_token"), str):
            raise Refused(identity_tokens.NO_ANSWER, service=self.get_provider().app.name)
        return SocialToken(token=data["access_token"])

    def _asked(self, ask: Callable[[], Any]) -> dict[str, Any]:
        """An answer that is an object. Anything else is no answer. Raises Refused."""
        try:
            answer = ask()
        except (RequestException, ValueError) as fault:
            raise Refused(identity_tokens.NO_ANSWER, service=self.get_provider().app.name) from fault
        if not isinstance(answer, dict):
            raise Refused(identity_tokens.NO_ANSWER, service=self.get_provider().app.name)
        return answer


class ServiceProvider(OpenIDConnectProvider):
    """A service that is asked through `ServiceAdapter`, and of whose answer only what is needed is kept."""

    oauth2_adapter_class = ServiceAdapter

    def get_redirect_from_request_kwargs(self, request: Any) -> dict[str, Any]:
        """A number that is used once goes with the question and waits in the session for the answer. What is asked for
        is decided here and by nothing in the address."""
        asked = super().get_redirect_from_request_kwargs(request)
        nonce = secrets.token_urlsafe(32)
        return {
            **asked,
            "process": "login",
            "scope": self.get_scope(),
            "auth_params": {**self.get_auth_params(), "nonce": nonce},
            "nonce": nonce,
        }

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Services may tell much more, identity numbers among it. None of that is kept."""
        return {
            part: {name: value for name, value in claims.items() if name in parties.KEPT_CLAIMS}
            for part, claims in data.items()
        }


class _Answer(OAuth2CallbackView):
    """The library's way through the answer, with the number that was used once."""

    def _get_state(self, request: Any, provider: Any) -> tuple[dict[str, Any] | None, HttpResponse | None]:
        state, response = super()._get_state(request, provider)
        if state is not None:
            self.adapter.nonce = str(state.get("nonce") or "")
        return state, response


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def go(request: Any, provider_id: str) -> HttpResponse:
    """On to the service. A page in between that goes on by itself, because a form may only lead to our own addresses."""
    provider = _provider(request, provider_id)
    if request.method != "POST":
        return redirect("sign_in")  # a link from elsewhere signs nobody in
    try:
        address = provider.redirect_from_request(request).headers["Location"]
    except Refused as refused:
        return refusal(request, refused)
    return render(request, "sign_in/to_party.html", {"address": address, "service": provider.app.name})


@never_cache
@login_not_required
@require_safe
def come_back(request: Any, provider_id: str) -> HttpResponse:
    """The service has answered: in, or refused in words."""
    _provider(request, provider_id)
    try:
        view = _Answer.adapter_view(ServiceAdapter(request, provider_id))
        return view(request)
    except Refused as refused:
        return refusal(request, refused)


def refusal(request: Any, refused: Refused) -> HttpResponse:
    """A page that says why not and what to do instead."""
    return render(request, "sign_in/party_refused.html", {"refusal": refusals.explain(refused)}, status=403)


def _provider(request: Any, provider_id: str) -> Any:
    try:
        return get_adapter().get_provider(request, provider_id)
    except SocialApp.DoesNotExist as fault:
        raise Http404 from fault


def _fetch(address: str) -> Any:
    with get_adapter().get_requests_session() as session:
        answer = session.get(address)
        answer.raise_for_status()
    return answer.json()
