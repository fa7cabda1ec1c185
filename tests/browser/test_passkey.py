"""A key from beginning to end in a real browser: added to the account, then enough by itself to sign in."""

import pytest
from playwright.sync_api import CDPSession, Page

from tests.browser.chrome import Chrome, Watched

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def watched(chrome: Chrome) -> Watched:
    """Keys belong to a host name, so the city is asked for as localhost here."""
    return chrome.fresh()


def _address(watched: Watched, path: str) -> str:
    return watched.city.address.replace("127.0.0.1", "localhost") + path


def _with_key(page: Page) -> tuple[CDPSession, str]:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]


def test_a_key_is_added_and_signs_in_by_itself(watched: Watched) -> None:
    page = watched.page
    session, key = _with_key(page)
    page.goto(_address(watched, "/logga-in/"))
    page.locator('button[value="karin.wahl@exempel.invalid"]').click()
    page.goto(_address(watched, "/konto/nycklar/ny/"))
    page.fill("#id_name", "Jobbdatorn")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda address: not address.endswith("/ny/"))
    page.wait_for_load_state("load")
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]) == 1
    page.goto(_address(watched, "/konto/nycklar/"))
    assert page.locator("tbody th").inner_text() == "Jobbdatorn"
    page.locator(".menu > summary").click()
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url("**/logga-in/")
    page.click("#passkey_login")
    page.wait_for_url(lambda address: "/logga-in/" not in address)
    assert "Karin Wahl" in page.locator(".menu > summary").first.inner_text()


def test_a_browser_without_a_key_says_so_in_words(watched: Watched) -> None:
    page = watched.page
    session, key = _with_key(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.goto(_address(watched, "/logga-in/"))
    assert page.locator("#key_fault").is_hidden()
    page.click("#passkey_login")
    page.locator("#key_fault").wait_for(state="visible")
    assert "välj ett annat sätt" in page.locator("#key_fault").inner_text()
