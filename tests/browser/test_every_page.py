"""Every page that the demo's people can reach by links: it opens, and is whole before any script has run. Then examples
of each kind in a real Chromium, as they are met at a desk: accessible, quiet, whole, and reachable by keyboard."""

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
    "home": "sends on to the first page of one's role",
    "governance:handbooks": "sends on to the handbook in force",
    "results:home": "sends on to the initiative",
    "months:own_hours": "sends on to the month",
    "months:progression_home": "sends on to the initiative",
    "invitations:choose": "a personal link, comes in a letter",
    "invitations:calendar": "a file behind a personal link",
    "mfa_index": "the sign-in library's name for one's own account",
    "summer:own": "a personal link, comes by e-mail",
    "summer:own_answer": "answers a form behind a personal link",
    "summer:own_guardian": "answers a form behind a personal link",
    "summer:own_press": "answers a form behind a personal link",
    "summer:worker": "a program that the page behind a personal link asks for",
}
NEEDS_SOMETHING_FIRST = {
    "errands:errand": "something asked for that takes time",
    "errands:again": "an errand that did not finish",
    "errands:fetch": "a file that is ready",
    "errands:put_away": "an errand that is done",
    "people:board_file": "a list of more than two thousand",
    "grants:begin": "a call that is open, and that the organisation has not begun to answer",
    "mfa_deactivate_totp": "a code",
    "mfa_list_webauthn": "a key",
    "mfa_remove_webauthn": "a key",
    "mfa_edit_webauthn": "a key",
    "mfa_view_recovery_codes": "a second factor",
    "mfa_generate_recovery_codes": "a second factor",
    "mfa_download_recovery_codes": "a second factor",
    "account_change_password": "a password",
    "openid_connect_login": "a party's own sign-in service",
    "duties:feed": "a private calendar address",
    "duties:reopen": "a duty that is done, and somebody who may open it",
    "governance:adjust": "minutes that wait; of those who may adjust them the walk opens one meeting, which is to come",
    "governance:give_back": "minutes that wait; of those who may adjust them the walk opens one meeting, which is to come",
    "governance:lay_out": "an initiative without an activity plan, among those with figures",
    "governance:send": "an activity plan that is decided and not yet sent",
    "governance:answer": "an activity plan that is sent and not yet answered",
    "governance:write_handbook": "a draft that no meeting has before it",
    "offer:offer_letter": "an offer that waits for an answer, of one of those whom the walk opens",
    "money:document_file": "a document that came as a file",
    "money:draft_part": "a text with several matters",
    "money:key_propose": "a year whose budget is not shared out",
    "money:requests_propose": "a request with a proposed amount",
    "results:forecast_choose": "two changes tried on one snapshot, each with its forecast: they are made beside the pages",
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


def test_a_few_people_meet_every_kind_of_page(steps: list[walk.Step]) -> None:
    kinds = {step.route for step in steps if step.status == 200}
    verdict.is_clean(sorted(kinds - {step.route for step in steps if step.status == 200 and step.person in walk.FEW}))


def test_some_link_or_form_leads_to_every_route(steps: list[walk.Step]) -> None:
    reached = {step.route for step in steps} | {route for step in steps for route in step.sends_to}
    verdict.is_clean(sorted(_routes() - reached - WITHOUT_LINKS.keys() - NEEDS_SOMETHING_FIRST.keys()))


def test_every_exception_is_still_one(steps: list[walk.Step]) -> None:
    verdict.is_clean(sorted({step.route for step in steps} & WITHOUT_LINKS.keys()))


def test_no_page_left_a_fault_in_the_servers_log(steps: list[walk.Step], walked_town: City) -> None:
    assert steps
    verdict.is_clean(cities.faults(walked_town))


def test_enough_pages_are_measured(steps: list[walk.Step]) -> None:
    chosen = walk.examples(steps)
    assert {step.route for step in chosen} == {step.route for step in steps if step.status == 200 and step.is_page}
    assert len(chosen) > 60


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("keyboard", "the keyboard goes past the menu to the content, and a ring shows where it is"),
        ("opens", "each page opens with the same heading as without script"),
        ("violations", "axe finds nothing"),
        ("width", "no page scrolls sideways, and what scrolls by itself says what it is"),
        ("amounts", "no amount is broken over two lines"),
        ("complaints", "the browser has nothing to complain about, and asks nobody else for anything"),
    ],
)
def test_pages_in_light_at_a_desk(seen: dict[str, list[str]], measure: str, words: str) -> None:
    verdict.is_clean(seen[measure], words)
