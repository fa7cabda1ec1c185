"""Every address there is, asked by a stranger and by a member of each wrong role: each one that did not refuse is listed.

A new page is covered the moment it has a route. A view is marked by `acting.page`, or stands in the short list below
with its reason.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, URLPattern, URLResolver, get_resolver, resolve

from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, Role, may
from samkraft.values.refusal import Refused
from samkraft.web import acting
from tests.factories import partners, signed_in

pytestmark = pytest.mark.django_db

# Views that come before a role is known, with what they do for a stranger: "open" answers, "sign_in" sends there.
UNMARKED = {
    "sign_in": "open",
    "demo_sign_in": "open",
    "account_login": "open",
    "account_inactive": "open",
    "mfa_login_webauthn": "open",
    "forgot_password": "open",
    "invitation": "open",
    "socialaccount_login_cancelled": "open",
    "socialaccount_login_error": "open",
    "openid_connect_login": "open",
    "openid_connect_callback": "open",
    "sign_out": "open",
    "account_logout": "open",
    "choose_colour_scheme": "open",
    "choose_language": "open",
    "mfa_authenticate": "sign_in",
    "choose_membership": "sign_in",
    "account": "sign_in",
    "second_factor": "sign_in",
    "mfa_index": "sign_in",
    "account_change_password": "sign_in",
    "account_reauthenticate": "sign_in",
    "mfa_reauthenticate": "sign_in",
    "mfa_reauthenticate_webauthn": "sign_in",
    "mfa_activate_totp": "sign_in",
    "mfa_deactivate_totp": "sign_in",
    "mfa_list_webauthn": "sign_in",
    "mfa_add_webauthn": "sign_in",
    "mfa_remove_webauthn": "sign_in",
    "mfa_edit_webauthn": "sign_in",
    "mfa_view_recovery_codes": "sign_in",
    "mfa_generate_recovery_codes": "sign_in",
    "mfa_download_recovery_codes": "sign_in",
}
# Pages that anybody may see, and pages for anybody who has a role. To add to these is to decide it.
PUBLIC = {
    "accessibility",
    "data_handling",
    "duties:feed",
    "gallery",
    "goals:goal",
    "goals:initiative",
    "goals:initiatives",
    "goals:tree",
    "help:index",
    "help:page",
    "invitations:calendar",  # behind a personal link, as summer:own
    "invitations:choose",
    "results:study_lot",  # anybody may draw a study's lot again: codes only
    "results:study_lot_file",
    "summer:ask",  # asks for a link of one's own
    "summer:lot",
    "summer:open_round",
    "summer:open_rounds",
    "summer:own",  # behind a personal link: the link is the key
    "summer:own_answer",
    "summer:own_guardian",
    "summer:own_press",
    "summer:worker",
}
ANY_ROLE = {
    "home", "inbox", "search",
    # what one has asked for oneself; each kind asks its own permission
    "errands:again", "errands:errand", "errands:fetch", "errands:listed", "errands:put_away",
}  # fmt: skip
METHODS = ("get", "post")
IN_FULL = 6  # each sixth of the wrong roles, and of the right ones, asks in full; at the door everybody is asked
# One role for each set of rights: to ask as all of them would ask the same again and again.
ROLES = tuple(
    {frozenset(p for p in Permission if may(role, p)): role for role in Role if role is not Role.PUBLIC}.values()
)


@dataclass(frozen=True, slots=True)
class Route:
    """One address with something in each of its places."""

    name: str
    path: str
    view: Any


def _routes(resolver: Any = None, prefix: str = "", space: str = "") -> Iterator[Route]:
    for pattern in (resolver or get_resolver()).url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _routes(pattern, path, inner)
        elif isinstance(pattern, URLPattern):
            yield Route(f"{space}{pattern.name}", _filled("/" + path), pattern.callback)


def _filled(path: str) -> str:
    """Put a value of the right kind in each place; it points at nothing."""
    values = {"uuid": str(UUID(int=7)), "int": "7", "slug": "finns-inte", "str": "finns-inte", "path": "finns/inte"}
    filled = path
    while "<" in filled:
        before, _open, rest = filled.partition("<")
        inside, _close, after = rest.partition(">")
        kind = inside.partition(":")[0] if ":" in inside else "str"
        filled = before + values.get(kind, "7") + after
    return filled


ALL = tuple(_routes())


@cache
def _found(path: str) -> ResolverMatch:
    """What hangs behind an address: looked for once, though every role asks for it."""
    return resolve(path)


def _ask(client: Client, method: str, route: Route) -> Any:
    client.raise_request_exception = False
    return getattr(client, method)(route.path)


def _at_the_doors(client: Client, role: Role, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Route], str]:
    """Asks a view as a member of this role: the status, or what was raised. The door is the real one, and so is who asks;
    left out are the page that tells of a refusal and its line in the trail, which take a hundred times as long."""
    signed_in.as_role(client, role)
    met = client.get("/inkorg/").wsgi_request

    def told(request: Any, refusal: Refused) -> HttpResponse:
        return HttpResponse(status=403 if refusal.reason.code == access.NOT_ALLOWED.code else 409)

    monkeypatch.setattr(acting, "refusal_page", told)
    monkeypatch.setattr(acting, "_write_down", lambda request, refusals: None)

    def ask(method: str, route: Route) -> str:
        request: Any = getattr(RequestFactory(), method)(route.path)
        found = request.resolver_match = _found(route.path)
        for name in ("session", "user", "account", "memberships", "acting", "by", "htmx"):
            setattr(request, name, getattr(met, name))
        assert request.by.role == role.value
        try:
            return str(route.view(request, *found.args, **found.kwargs).status_code)
        except Exception as raised:
            return type(raised).__name__

    return ask


def _may_open(role: Role, route: Route) -> bool:
    needs = getattr(route.view, "page_needs", None)
    return needs is None or may(role, needs)


def _asks_in_full(role: Role, route: Route) -> bool:
    """Whether it is the first of the roles that may open the page, or one of each few after it."""
    opening = [one for one in ROLES if _may_open(one, route)]
    return hasattr(route.view, "page_needs") and role in opening[::IN_FULL]


def _sent_to_sign_in(response: Any) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith(("/logga-in/", "/konto/bekrafta/"))


def test_there_are_routes_and_each_has_a_name() -> None:
    assert len(ALL) > 40
    assert [route.path for route in ALL if route.name.endswith((":None", "None"))] == []


def test_every_view_says_what_it_needs_or_is_named_with_its_reason() -> None:
    unmarked = {route.name for route in ALL if not hasattr(route.view, "page_needs")}
    assert unmarked - set(UNMARKED) == set()
    assert set(UNMARKED) - unmarked == set(), "named as unmarked, but marked or gone"


def test_what_is_open_to_all_or_to_any_role_is_decided_by_name() -> None:
    public = {route.name for route in ALL if getattr(route.view, "page_public", False)}
    public -= {name for name in public if name.startswith("public:")}  # the public's own pages
    any_role = {route.name for route in ALL if getattr(route.view, "page_needs", "") is None}
    any_role -= {route.name for route in ALL if getattr(route.view, "page_public", False)}
    assert public == PUBLIC
    assert any_role == ANY_ROLE


@pytest.mark.parametrize("method", METHODS)
def test_a_stranger_is_sent_to_the_sign_in_everywhere(client: Client, method: str) -> None:
    let_in = []
    for route in ALL:
        if getattr(route.view, "page_public", False) or UNMARKED.get(route.name) == "open":
            continue
        response = _ask(client, method, route)
        if not _sent_to_sign_in(response) and response.status_code not in {403, 405}:
            let_in.append((route.name, response.status_code))
    assert let_in == []


@pytest.mark.parametrize("method", METHODS)
def test_public_pages_do_not_fail_for_a_stranger(client: Client, method: str) -> None:
    failed = []
    for route in ALL:
        if getattr(route.view, "page_public", False):
            status = _ask(client, method, route).status_code
            if status >= 500:
                failed.append((route.name, status))
    assert failed == []


@pytest.mark.parametrize("role", ROLES)
def test_a_member_without_the_permission_is_refused_at_every_door(
    client: Client, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each view itself, as it hangs behind its address, by GET and by POST. Beyond the door is a page, and that is a fault.

    What is told of the refusal is seen when it is asked for in full, below.
    """
    through = []
    asking = _at_the_doors(client, role, monkeypatch)
    for route in ALL:
        if not _may_open(role, route):
            through += [
                (method, route.name, came)
                for method in METHODS
                if (came := asking(method, route)) not in {"403", "405"}
            ]
    assert through == []


@pytest.mark.parametrize("role", ROLES)
def test_a_member_without_the_permission_is_refused(client: Client, role: Role) -> None:
    """In full, with all that stands before and after the door: each address by several of the wrong roles, each in turn."""
    signed_in.as_role(client, role)
    let_in = []
    for number, route in enumerate(ALL, ROLES.index(role)):
        if number % IN_FULL or _may_open(role, route):
            continue
        for method in METHODS:
            status = _ask(client, method, route).status_code
            if status not in {403, 405}:
                let_in.append((method, route.name, status))
    assert let_in == []


def test_each_address_is_asked_for_in_full_by_a_wrong_role() -> None:
    """Only what every role may open has no wrong role to be asked by."""
    asked = {
        route.name
        for role in ROLES
        for number, route in enumerate(ALL, ROLES.index(role))
        if number % IN_FULL == 0 and not _may_open(role, route)
    }
    assert {route.name for route in ALL if not all(_may_open(role, route) for role in ROLES)} - asked == set()


@pytest.mark.parametrize("role", ROLES)
def test_a_member_with_the_permission_meets_no_fault_behind_any_door(
    client: Client, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not exist is not found; a page never falls over."""
    failed = []
    asking = _at_the_doors(client, role, monkeypatch)
    for route in ALL:
        if hasattr(route.view, "page_needs") and _may_open(role, route):
            came = asking("get", route)
            if came != "Http404" and not "200" <= came < "500":
                failed.append((route.name, came))
    assert failed == []


@pytest.mark.parametrize("role", ROLES)
def test_a_member_with_the_permission_meets_no_fault(client: Client, role: Role) -> None:
    """In full, with what is shown instead of what does not exist: each address by several of the roles that may open it."""
    signed_in.as_role(client, role)
    failed = []
    for route in ALL:
        if _asks_in_full(role, route):
            status = _ask(client, "get", route).status_code
            if status >= 500:
                failed.append((route.name, status))
    assert failed == []


@pytest.mark.parametrize("method", METHODS)
def test_pages_before_the_role_meet_no_fault_for_someone_signed_in(client: Client, method: str) -> None:
    failed = []
    for route in ALL:
        if route.name in UNMARKED:
            signed_in.as_role(client, Role.COUNCILLOR)
            status = _ask(client, method, route).status_code
            if status >= 500:
                failed.append((route.name, status))
    assert failed == []


@pytest.mark.parametrize("method", METHODS)
def test_pages_before_the_role_meet_no_fault_for_a_stranger(client: Client, method: str) -> None:
    failed = []
    for route in ALL:
        if route.name in UNMARKED:
            status = _ask(client, method, route).status_code
            if status >= 500:
                failed.append((route.name, status))
    assert failed == []


@pytest.mark.parametrize("role", ROLES)
def test_a_form_without_its_context_is_refused_at_every_door(
    client: Client, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A POST that does not say in which role it was opened changes nothing, in any role that may open the page."""
    through = []
    asking = _at_the_doors(client, role, monkeypatch)
    for route in ALL:
        if hasattr(route.view, "page_needs") and _may_open(role, route):
            came = asking("post", route)
            if came not in {"403", "404", "405", "409"}:
                through.append((route.name, came))
    assert through == []


@pytest.mark.parametrize("role", ROLES)
def test_a_form_without_its_context_is_refused_everywhere(client: Client, role: Role) -> None:
    """In full: each address by several of the roles that may open it."""
    signed_in.as_role(client, role)
    let_in = []
    for route in ALL:
        if not _asks_in_full(role, route):
            continue
        status = _ask(client, "post", route).status_code
        if status not in {403, 404, 405, 409}:
            let_in.append((route.name, status))
    assert let_in == []


def test_a_view_that_lets_somebody_by_is_seen_at_the_door(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that asks for a right and yet answers before it is seen to be held, and one that falls over instead."""

    def answers(request: Any) -> HttpResponse:
        return HttpResponse("here you are")

    def falls(request: Any) -> HttpResponse:
        raise KeyError("nothing was checked")

    needs = acting.page(needs=Permission.REVIEW_AUDIT)
    asking = _at_the_doors(client, Role.COUNCILLOR, monkeypatch)
    real = next(route for route in ALL if route.name == "audit:events")
    assert asking("get", real) == asking("post", real) == "403"
    assert asking("get", replace(real, view=needs(answers))) == "403"
    assert asking("get", replace(real, view=answers)) == "200"
    assert asking("get", replace(real, view=falls)) == "KeyError"


def test_someone_whose_role_has_ended_is_refused_at_the_next_click(client: Client) -> None:
    from datetime import date, timedelta

    from samkraft.partners.actions import memberships

    member = signed_in.as_role(client, Role.FUND_OFFICER)
    assert client.get("/organisationer/").status_code == 200
    memberships.end(
        by=partners.administrator(),
        membership_id=member.membership_id,
        last_date=date.today() - timedelta(days=1),
    )
    assert client.get("/organisationer/").headers["Location"].startswith("/logga-in/roll/")


def test_someone_whose_account_is_closed_is_out_at_the_next_click(client: Client) -> None:
    from samkraft.partners.actions import people

    member = signed_in.as_role(client, Role.FUND_OFFICER)
    people.deactivate(by=partners.administrator(), user_id=member.user_id)
    assert client.get("/organisationer/").headers["Location"].startswith("/logga-in/")
