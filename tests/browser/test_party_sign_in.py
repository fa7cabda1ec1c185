"""Out to a party's own sign-in service and back, in a real browser: the policy of our pages lets the person through."""

import json
from collections.abc import Iterator

import pytest

from tests.browser import city
from tests.browser.chrome import Chrome
from tests.browser.city import City
from tests.factories import identity_provider
from tests.factories.identity_provider import IdentityProvider

ORGANISATION = "212000-1124"


@pytest.fixture(scope="module")
def service() -> Iterator[IdentityProvider]:
    """The city's own service, which knows one person."""
    claim = "https://id.oidc.se/claim/orgNumber"
    with identity_provider.serving() as answering:
        answering.person = {"sub": "s-1", "email": "karin.wahl@exempel.invalid", claim: ORGANISATION}
        yield answering


@pytest.fixture(scope="module")
def town(service: IdentityProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A city that lets the service vouch for it."""
    one = {
        "id": "staden",
        "name": "Stadens inloggning",
        "address": service.address,
        "client": identity_provider.CLIENT,
        "secret": identity_provider.SECRET,
        "organisation_numbers": [ORGANISATION],
    }
    folder = tmp_path_factory.mktemp("city")
    with city.opened("party", folder, SAMKRAFT_SIGN_IN_SERVICES=json.dumps([one])) as served:
        yield served


def test_the_button_leads_to_the_service_and_back_into_the_persons_role(chrome: Chrome, town: City) -> None:
    watched = chrome.fresh()
    watched.go("/logga-in/")
    watched.page.get_by_role("button", name="Genom din myndighet").click()
    watched.page.wait_for_url(lambda address: "/logga-in/" not in address)
    assert "Karin Wahl" in watched.page.locator(".menu > summary").first.inner_text()
    assert [one for one in watched.complaints if not one.startswith("asks ")] == []
    assert city.faults(town) == []
