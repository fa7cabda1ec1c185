"""Signing in through a party's own service, over real HTTP: who comes in, as whom, and every wrong answer refused."""

import html
import re
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Role
from tests.factories import identity_provider, partners, signed_in
from tests.factories.identity_provider import IdentityProvider

pytestmark = pytest.mark.django_db
CLAIM = "https://id.oidc.se/claim/orgNumber"
AFFILIATION = "https://id.oidc.se/claim/orgAffiliation"
IDENTITY = "https://id.oidc.se/claim/personalIdentityNumber"
CITY = "212000-1124"
ELSEWHERE = "202100-5521"


@pytest.fixture(autouse=True)
def _not_the_demo(settings: Any) -> None:
    settings.DEMO = False
    cache.clear()


@pytest.fixture
def service(settings: Any) -> Iterator[IdentityProvider]:
    """One service that may vouch for the city."""
    with identity_provider.serving() as answering:
        app = identity_provider.as_setting(answering, ["2120001124"])
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
        yield answering


@pytest.fixture
def member(service: IdentityProvider) -> partners.Member:
    """Someone with a role at an organisation with the city's number, and whom the service knows."""
    partners.organisation("kf", OrganisationKind.COUNCIL, organisation_number=CITY)
    someone = partners.member(Role.COUNCILLOR)
    service.person = {"sub": "s-1", "email": _email(someone), "name": "X", CLAIM: CITY}
    return someone


def _email(member: partners.Member) -> str:
    return str(get_user_model().objects.get(id=member.user_id).email)


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


def _out(client: Client, query: str = "") -> str:
    """Press the button; the address at the service that one is sent on to."""
    page = client.post(f"/logga-in/myndighet/malmo/{query}")
    assert page.status_code == 200, page.content.decode()
    told = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page.content.decode())
    assert told is not None
    return html.unescape(told[1])


def _at_the_service(address: str) -> str:
    """Sign in there; the address that one is sent back to."""
    try:
        urllib.request.build_opener(_Stays).open(address)
    except urllib.error.HTTPError as sent_on:
        with sent_on:
            return str(sent_on.headers["Location"]).removeprefix("http://testserver")
    raise AssertionError("the service sent nobody back")


def _come_in(client: Client) -> Any:
    return client.get(_at_the_service(_out(client)))


def _words(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_button_is_there_only_when_a_service_is(client: Client, service: IdentityProvider, settings: Any) -> None:
    assert "Genom din myndighet" in _words(client.get("/logga-in/"))
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "Genom din myndighet" not in _words(client.get("/logga-in/"))
    assert client.post("/logga-in/myndighet/malmo/").status_code == 404


def test_someone_with_a_role_comes_in_without_our_second_factor(
    client: Client, service: IdentityProvider, member: partners.Member
) -> None:
    answer = _come_in(client)
    assert answer.headers["Location"] == "/"
    assert client.get("/organisationer/").status_code == 200
    assert client.session["party"] == "2120001124"
    assert SocialAccount.objects.get(user_id=member.user_id).uid == "s-1"
    assert service.asked == [
        "/.well-known/openid-configuration", "/authorize",
        "/.well-known/openid-configuration", "/token", "/jwks", "/userinfo",
    ]  # fmt: skip


def test_the_organisation_may_come_as_an_affiliation_instead(
    client: Client, service: IdentityProvider, member: partners.Member
) -> None:
    service.person = {"sub": "s-1", "email": _email(member), AFFILIATION: f"ab12@{CITY.replace('-', '')}"}
    assert _come_in(client).headers["Location"] == "/"


def test_the_second_time_the_person_is_known_whatever_the_address_says(
    client: Client, service: IdentityProvider, member: partners.Member
) -> None:
    _come_in(client)
    client.post("/logga-ut/")
    service.person["email"] = "nytt.namn@exempel.invalid"
    _come_in(client)
    assert client.session["_auth_user_id"] == str(member.user_id)


def test_whoever_comes_in_through_a_party_acts_for_that_party_only(
    client: Client, service: IdentityProvider, member: partners.Member
) -> None:
    elsewhere = partners.member(Role.STEERING_GROUP, user_id=member.user_id)
    _come_in(client)
    answer = client.post("/logga-in/roll/", {"choose": str(elsewhere.membership_id)})
    assert answer.status_code == 409
    assert "Styrgrupp" not in _words(client.get("/organisationer/")).partition("<main")[0]


def test_coming_in_through_a_party_on_top_of_another_sign_in_is_as_narrow(
    client: Client, service: IdentityProvider, member: partners.Member, settings: Any
) -> None:
    settings.DEMO = True  # where somebody else may be signed in with no second factor
    elsewhere = partners.member(Role.STEERING_GROUP, user_id=member.user_id)
    signed_in.as_role(client, Role.FUND_OFFICER)
    _come_in(client)
    assert client.session["_auth_user_id"] == str(member.user_id)
    assert client.session["party"] == "2120001124"
    assert client.post("/logga-in/roll/", {"choose": str(elsewhere.membership_id)}).status_code == 409


def test_nothing_is_kept_of_what_the_service_tells_beyond_what_is_needed(
    client: Client, service: IdentityProvider, member: partners.Member
) -> None:
    service.person[IDENTITY] = "199001012385"
    service.in_token = {IDENTITY: "199001012385", "name": "X"}
    _come_in(client)
    kept = SocialAccount.objects.get(user_id=member.user_id).extra_data
    assert kept == {
        "id_token": {"sub": "s-1"},
        "userinfo": {"sub": "s-1", "email": _email(member), CLAIM: CITY},
    }


# --- who has no business here


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ({CLAIM: ""}, "säger inte vilken organisation"),
        ({CLAIM: "2120001124x"}, "säger inte vilken organisation"),
        ({CLAIM: ELSEWHERE}, f"får inte intyga organisationsnumret {ELSEWHERE}"),
        ({"email": "ingen@exempel.invalid"}, "Du har ingen roll i"),
        ({"email": ""}, "Du har ingen roll i"),
        ({"email_verified": False}, "har inte bekräftat adressen"),
    ],
)
def test_others_are_refused_in_words(
    client: Client, service: IdentityProvider, member: partners.Member, person: dict[str, Any], said: str
) -> None:
    service.person |= person
    answer = _come_in(client)
    assert answer.status_code == 403
    assert said in _words(answer)
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.exists()


def test_an_organisation_that_nobody_knows_is_refused_in_words(
    client: Client, service: IdentityProvider, member: partners.Member, settings: Any
) -> None:
    app = identity_provider.as_setting(service, [ELSEWHERE.replace("-", "")])
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
    service.person[CLAIM] = ELSEWHERE
    assert "hör inte till någon organisation i Samkraft" in _words(_come_in(client))


def test_an_address_at_the_party_without_a_role_there_is_not_enough(
    client: Client, service: IdentityProvider, member: partners.Member
) -> None:
    outsider = partners.member(Role.INSURANCE_OFFICER)
    service.person |= {"email": _email(outsider)}
    answer = _come_in(client)
    assert answer.status_code == 403
    assert "Du har ingen roll i" in _words(answer)


# --- answers that cannot be believed


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"key": identity_provider.OTHER_KEY}, "inte underskrivet"),
        ({"algorithm": "none"}, "inte underskrivet"),
        ({"algorithm": "HS256"}, "inte underskrivet"),
        ({"in_token": {"aud": "somebody-else"}}, "annan mottagare"),
        ({"in_token": {"aud": ["samkraft", "b"], "azp": "b"}}, "annan mottagare"),
        ({"in_token": {"nonce": "from-another-sign-in"}}, "annan inloggning"),
        ({"in_token": {"nonce": None}}, "annan inloggning"),
        ({"in_token": {"iss": "https://idp.invalid"}}, "kommer inte från tjänsten"),
        ({"in_token": {"exp": int(time.time()) - 600}}, "gäller inte längre"),
        ({"in_token": {"iat": int(time.time()) + 3600}}, "gäller inte längre"),
        ({"in_token": {"sub": "s-2"}}, "två olika personer"),
        ({"about_another": {"sub": None}}, "två olika personer"),
        (
            {"published": {"issuer": "https://idp.invalid"}, "in_token": {"iss": "https://idp.invalid"}},
            "kommer inte från tjänsten",
        ),
    ],
)
def test_an_answer_that_cannot_be_believed_lets_nobody_in(
    client: Client, service: IdentityProvider, member: partners.Member, wrong: dict[str, Any], said: str
) -> None:
    address = _out(client)
    for name, value in wrong.items():
        setattr(service, name, value)
    answer = client.get(_at_the_service(address))
    assert answer.status_code == 403
    assert said in _words(answer)
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.exists()


def test_a_key_without_a_name_is_enough_when_there_is_only_one(
    client: Client, service: IdentityProvider, member: partners.Member
) -> None:
    service.names_key = False
    assert _come_in(client).headers["Location"] == "/"


@pytest.mark.parametrize("way", ["/token", "/jwks", "/userinfo", "/.well-known/openid-configuration"])
def test_a_service_that_does_not_answer_is_said_to_not_answer(
    client: Client, service: IdentityProvider, member: partners.Member, way: str
) -> None:
    back = _at_the_service(_out(client))
    service.silent = frozenset({way})
    answer = client.get(back)
    assert answer.status_code == 403
    assert "Malmö stads inloggning svarar inte som den ska" in _words(answer)
    assert "_auth_user_id" not in client.session


def test_a_service_that_is_away_is_said_to_be_away_before_one_is_sent_there(
    client: Client, service: IdentityProvider
) -> None:
    service.silent = frozenset({"/.well-known/openid-configuration"})
    answer = client.post("/logga-in/myndighet/malmo/")
    assert answer.status_code == 403
    assert "svarar inte som den ska" in _words(answer)


def test_the_answer_to_somebody_elses_sign_in_lets_nobody_in(
    client: Client, service: IdentityProvider, member: partners.Member
) -> None:
    back = _at_the_service(_out(client))
    other = Client()
    for state in (back, re.sub(r"state=[^&]+", "state=made-up", back), re.sub(r"&?state=[^&]+", "", back)):
        answer = other.get(state)
        assert answer.status_code == 403
        assert "började i en annan webbläsare" in _words(answer)
    assert "_auth_user_id" not in other.session


def test_an_answer_is_used_once(client: Client, service: IdentityProvider, member: partners.Member) -> None:
    back = _at_the_service(_out(client))
    client.get(back)
    client.post("/logga-ut/")
    assert client.get(back).status_code == 403
    assert "_auth_user_id" not in client.session


def test_whoever_turns_back_at_the_service_meets_a_calm_page(client: Client, service: IdentityProvider) -> None:
    state = re.search(r"state=([^&]+)", _out(client))
    assert state is not None
    answer = client.get(f"/logga-in/myndighet/malmo/svar/?error=access_denied&state={state[1]}", follow=True)
    assert "Du avbröt inloggningen" in _words(answer)


def test_what_is_asked_of_the_service_is_not_decided_by_the_address(client: Client, service: IdentityProvider) -> None:
    address = _out(client, "?scope=everything&process=connect&auth_params=nonce%3D1")
    assert "everything" not in address
    (nonce,) = re.findall(r"nonce=([^&]+)", address)
    assert len(nonce) > 30


def test_whoever_comes_to_the_way_out_by_address_is_shown_the_ways_in(
    client: Client, service: IdentityProvider
) -> None:
    assert client.get("/logga-in/myndighet/malmo/").headers["Location"] == "/logga-in/"
