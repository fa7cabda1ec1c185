"""Every page that the demo's people can reach by links: it opens, and is whole before any script has run."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser import city as cities
from tests.browser import verdict, walk
from tests.browser.city import City

# Routes that no link on a page leads to, and why. Everything else must be found by somebody's walk.
WITHOUT_LINKS = {
    "account_inactive": "where the sign-in library sends a closed account",
    "account_logout": "answers a form",
    "account_reauthenticate": "asked for before a change of the account",
    "choose_membership": "where someone with several roles comes at sign-in",
    "invitation": "comes by e-mail",
    "mfa_authenticate": "the second step of signing in",
    "mfa_reauthenticate": "asked for before a change of the account",
    "mfa_reauthenticate_webauthn": "asked for before a change of the account",
    "mfa_login_webauthn": "answers a form",
    "openid_connect_callback": "where the party's own sign-in comes back",
    "second_factor": "outside the demo, where a password alone opens nothing",
    "socialaccount_login_cancelled": "where the party's own sign-in comes back",
    "socialaccount_login_error": "where the party's own sign-in comes back",
    "gallery": "for those who build pages",
}
NEEDS_SOMETHING_FIRST = {
    "mfa_deactivate_totp": "a code",
    "mfa_list_webauthn": "a key",
    "mfa_remove_webauthn": "a key",
    "mfa_edit_webauthn": "a key",
    "mfa_view_recovery_codes": "a second factor",
    "mfa_generate_recovery_codes": "a second factor",
    "mfa_download_recovery_codes": "a second factor",
    "account_change_password": "a password",
}


def _routes(patterns: list[URLPattern | URLResolver] | None = None, prefix: str = "") -> set[str]:
    found: set[str] = set()
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            found |= _routes(one.url_patterns, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        else:
            found.add(f"{prefix}{one.name}")
    return found


@pytest.mark.parametrize("person", [walk.NOBODY, *walk.PEOPLE])
def test_every_link_leads_to_a_page_that_opens(steps: list[walk.Step], person: str) -> None:
    met = [step for step in steps if step.person == person]
    assert len(met) >= 4, "the walk has hardly begun"
    closed = [f"{step.status} {step.address} (linked from {step.found_on})" for step in met if step.status != 200]
    verdict.is_clean(closed)


@pytest.mark.parametrize("person", [walk.NOBODY, *walk.PEOPLE])
def test_every_page_is_whole_without_any_script(steps: list[walk.Step], person: str) -> None:
    met = [step for step in steps if step.person == person]
    verdict.is_clean([f"{step.address}: {fault}" for step in met for fault in step.faults])


def test_everyone_gets_somewhere_after_signing_in(steps: list[walk.Step]) -> None:
    assert {step.person for step in steps} == {walk.NOBODY, *walk.PEOPLE}


def test_some_link_or_form_leads_to_every_route(steps: list[walk.Step]) -> None:
    reached = {step.route for step in steps} | {route for step in steps for route in step.sends_to}
    verdict.is_clean(sorted(_routes() - reached - WITHOUT_LINKS.keys() - NEEDS_SOMETHING_FIRST.keys()))


def test_every_exception_is_still_one(steps: list[walk.Step]) -> None:
    verdict.is_clean(sorted({step.route for step in steps} & WITHOUT_LINKS.keys()))


def test_no_page_left_a_fault_in_the_servers_log(steps: list[walk.Step], town: City) -> None:
    assert steps
    verdict.is_clean(cities.faults(town))
