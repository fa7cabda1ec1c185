"""What the frame around every page shows: where am I, who am I here, what waits for me."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from samkraft.audit.actions import transactions
from samkraft.offer.queries import summer_rounds
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.wording import phrase
from samkraft.web import language
from samkraft.web.inbox import sources

# label, route, icon, permission that shows it, prefixes of the routes that belong to it (the first that fits is where
# one is), key after g
NAVIGATION = (
    (phrase("Mitt team"), "people:board", "users-round", Permission.SEE_CASELOAD, ("people:board", "people:team"), "t"),
    (
        phrase("Deltagare"),
        "people:everyone",
        "user-round",
        Permission.SEE_CASELOAD,
        (
            "people:",
            "months:person",
            "months:sus_sheet",
            "offer:person",
            "employers:person",
            "invitations:",
            "imports:referrals",
        ),
        "d",
    ),
    (phrase("Månaden"), "months:home", "calendar-days", Permission.REPORT_TIME, "months:", "j"),
    (
        phrase("Läget"),
        "results:home",
        "chart-line",
        Permission.SEE_RESULTS,
        ("results:", "governance:", "calling:"),
        "s",
    ),
    (phrase("Ung i sommar"), "summer:rounds", "clipboard-list", Permission.RUN_SUMMER, "summer:", "u"),
    (phrase("Mina ungdomar"), "summer:supervising", "users-round", Permission.SUPERVISE_SUMMER, "summer:", "u"),
    (
        phrase("Platser"),
        "offer:home",
        "clipboard-list",
        Permission.SEE_OFFER,
        ("offer:", "vacancies:", "imports:occasions"),
        "p",
    ),
    (
        phrase("Träffar"),
        "offer:sessions",
        "calendar-days",
        Permission.HOLD_SESSIONS,
        ("offer:", "imports:attendance"),
        "n",
    ),
    (phrase("Arbetsgivare"), "employers:list", "building-2", Permission.SEE_EMPLOYERS, "employers:", "b"),
    (phrase("Min arbetsplats"), "employers:own", "building-2", Permission.SEE_OWN_WORKPLACE, "employers:", "b"),
    (phrase("Mina bidrag"), "grants:own", "file-text", Permission.APPLY_FOR_GRANTS, "grants:", "b"),
    (phrase("Medel"), "money:home", "coins", Permission.SEE_MONEY, ("money:", "eu:", "reports:"), "m"),
    (phrase("Bidrag"), "grants:home", "file-text", Permission.SEE_GRANTS, "grants:", "b"),
    (phrase("Årshjul"), "duties:wheel", "calendar-days", Permission.SEE_DUTIES, "duties:", "a"),
    (phrase("Mål"), "goals:tree", "target", Permission.SEE_GOALS, "goals:", "l"),
    (
        phrase("Personer"),
        "partners:people",
        "users-round",
        Permission.MANAGE_MEMBERS,
        (
            "partners:people",
            "partners:person",
            "partners:invite",
            "partners:give_role",
            "partners:change_role",
            "partners:change_account",
            "partners:paper_link",
        ),
        "e",
    ),
    (phrase("Organisationer"), "partners:organisations", "building-2", Permission.SEE_PARTNERS, "partners:", "o"),
    (phrase("Granskning"), "audit:events", "shield-check", Permission.REVIEW_AUDIT, "audit:", "r"),
)


@dataclass(slots=True)
class Shell:
    """Plain data for the frame's templates. A page sets `crumbs` itself."""

    nav: list[dict[str, Any]] = field(default_factory=list)
    inbox_count: int = 0
    inbox_url: str = ""
    search_url: str = ""
    help_url: str = ""
    home_url: str = ""
    accessibility_url: str = ""
    privacy_url: str = ""
    direction: str = "ltr"
    user_name: str = ""
    user_body: str = ""
    user_role: str = ""
    memberships: list[dict[str, Any]] = field(default_factory=list)
    membership_id: str = ""
    crumbs: list[dict[str, str]] = field(default_factory=list)
    demo: bool = False
    colour_scheme: str = "auto"
    language: str = "sv"
    signed_in: bool = False
    _likeness: str = ""

    def likeness(self) -> str:
        """All that the frame's parts are made of, as a key: alike in two requests, they look the same."""
        if not self._likeness:
            self._likeness = repr([getattr(self, one) for one in _MADE_OF])
        return self._likeness


_OWN_KEYS = ("inbox_count", "crumbs", "_likeness")  # parts that show these say so, or are not kept
_MADE_OF = tuple(one.name for one in fields(Shell) if one.name not in _OWN_KEYS)


def describe(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` in every template; what the page made itself where it did."""
    return {"shell": getattr(request, "shell", None) or of(request)}


def of(request: Any) -> Shell:
    """The frame for this request; also works where there is no session, as on an error page."""
    shell = Shell(demo=settings.DEMO, colour_scheme=language.colour_scheme(request), language=get_language() or "sv")
    request.shell = shell
    shell.help_url = _url("help:index")
    shell.home_url = _url("home")
    shell.accessibility_url = _url("accessibility")
    shell.privacy_url = _url("data_handling")
    by = getattr(request, "by", None)
    if by is None:
        return shell
    here = getattr(request, "resolver_match", None)
    name = here.view_name if here else ""
    with contextlib.suppress(DatabaseError), _as_the_reader(request, by):
        shell.nav = _navigation(by, name)
        _tell_who(request, shell)
    return shell


@contextlib.contextmanager
def _as_the_reader(request: Any, by: Context) -> Iterator[None]:
    """What is beside the pages that are read (a fault, a refusal, one's account) asks as the person too."""
    if getattr(request, "is_reading", False) or connection.needs_rollback:
        yield
        return
    with transactions.read(by):
        yield


def _tell_who(request: Any, shell: Shell) -> None:
    """Who has signed in, as what, and what waits; nothing for a visitor."""
    acting = getattr(request, "acting", None)
    if acting is None:
        return
    shell.signed_in = True
    shell.user_name = acting.user_name
    shell.user_body = acting.organisation_short
    shell.user_role = gettext(acting.role_name)
    shell.membership_id = str(acting.id)
    shell.search_url = _url("search")
    shell.inbox_url = _url("inbox")
    shell.inbox_count = _number_waiting(request)
    shell.memberships = [
        {
            "id": str(row.id),
            "label": f"{gettext(row.role_name)}, {row.organisation_name}",
            "current": row.id == acting.id,
        }
        for row in request.memberships
    ]


def _navigation(by: Context, here: str) -> list[dict[str, Any]]:
    """The parts that the role has, and in which of them the page is."""
    shown = [row for row in NAVIGATION if may(by.role, row[3]) and _url(row[1]) and _is_here(by, row[1], here)]
    current = next((row for row in shown if here.startswith(row[4])), None)
    return [
        {"label": gettext(row[0]), "url": _url(row[1]), "icon": row[2], "current": row is current, "key": row[5]}
        for row in shown
    ]


def _is_here(by: Context, route: str, here: str) -> bool:
    """Ung i sommar is in the bar where the area has a round, or one is on its pages; a first round is begun from Platser."""
    if route != "summer:rounds" or here.startswith("summer:"):
        return True
    if connection.needs_rollback or by.area_id is None:
        return False
    with contextlib.suppress(DatabaseError):
        return summer_rounds.has_any(by.area_id)
    return False


def _number_waiting(request: Any) -> int:
    """How much waits in the inbox; asked once for each page, and never the reason that a page about a fault fails."""
    if not hasattr(request, "number_waiting"):
        request.number_waiting = 0
        if not connection.needs_rollback:
            with contextlib.suppress(DatabaseError):
                request.number_waiting = sources.number(request.by, day_in_stockholm(timezone.now()))
    return int(request.number_waiting)


def _url(route: str) -> str:
    return _address(route, settings.ROOT_URLCONF)


@lru_cache(maxsize=200)
def _address(route: str, _urlconf: str) -> str:
    """Empty while there is no such page."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
