"""The caseload board, the caseworker's first page; and the list of everyone whose case the reader is on.

The address is the choice: what is filtered, sorted and searched stands in it, and the export takes the same address.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions.reads import Read
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.queries import inboxes, opening
from samkraft.people.queries.boards import Frame, Team
from samkraft.people.queries.opening import Opened
from samkraft.people.rules import boards, naming
from samkraft.people.rules.boards import Line
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.web import exports, shell
from samkraft.web.acting import page
from samkraft.web.inbox import sources
from samkraft.web.people import bodies
from samkraft.web.people.board import board_choices, board_export, board_file, board_rows, board_several, board_words
from samkraft.web.people.board.board_choices import Address, Choice

ON_A_PAGE, OF_EVERYONE = 200, 100  # a team is one page; a whole programme is turned over, and stays a small page
LONGEST_SEARCH = 100


@page(needs=Permission.SEE_CASELOAD)
def show(request: Any, team_id: UUID | None = None) -> HttpResponse:
    """The team's caseload. Query: `visa` chips, `vilka` mina, `q` a name, `ordning` a column, `sida`, `fil`."""
    opened = _opened(request)
    frame = opened.frame
    team = next((one for one in frame.teams if one.id == team_id), None)
    if team_id is not None and team is None:
        raise Http404
    if team is None and len(frame.teams) == 1:
        team = frame.teams[0]
    return _answer(request, opened, team, is_team_page=True)


@page(needs=Permission.SEE_CASELOAD)
def everyone(request: Any) -> HttpResponse:
    """Everyone whose case the reader is on, whatever the team. The same query; `vilka` may also be `utskrivna`."""
    return _answer(request, _opened(request), None, is_team_page=False)


def _opened(request: Any) -> Opened:
    today = day_in_stockholm(timezone.now())
    return opening.board(request.by, today, left=request.GET.get("vilka") == "utskrivna")


def _answer(request: Any, opened: Opened, team: Team | None, *, is_team_page: bool) -> HttpResponse:
    frame = opened.frame
    choice = chosen(request.GET, frame, team, is_team_page)
    every = boards.lines(opened.rows, frame.day)
    if not choice.has_left:
        request.number_waiting = sources.number(request.by, frame.day.today, caseload=every, asked=opened.asked)
    every, mine = of_team(every, choice, request.by)
    scope = mine if choice.only_mine else every
    shown = boards.in_order(boards.narrowed(scope, choice.bits, choice.words), choice.sort)
    if file := exports.wanted(request):
        if len(shown) > board_file.MOST_ROWS_AT_ONCE:
            return _offer(request, file, len(shown), choice)
        return board_export.answer(request, file, frame, shown, board_words.file_name(choice.team))
    paged = Paginator(shown, ON_A_PAGE if is_team_page else OF_EVERYONE).get_page(request.GET.get("sida"))
    here: list[Line] = paged.object_list
    deeds = [] if choice.has_left else board_several.offered(request.by.role)
    request.reads.append(_read(choice, here))
    areas = {one.row.waits_area_id for one in here if one.row.waits_area_id is not None}
    said = board_rows.Said(
        frame.day.today, request.by.area_id, bodies.names(areas), came_from=_came_from(request), can_pick=bool(deeds)
    )
    context = {
        "shell": _frame(request, frame, choice, is_team_page),
        "may_refer": may(request.by.role, Permission.REFER),
        "referred": inboxes.referred_among(opened.asked),
        "choice": choice,
        # What the list's own menus are made of; a name that was typed is not kept.
        "alike": None if choice.typed else (choice.address, frame.views, choice.team, is_team_page),
        "came_from": _came_from(request),
        "frame": frame,
        "team_id": str(choice.team.id) if choice.team else "",
        "list_name": "team" if is_team_page else "deltagare",
        "saveable": any(key != "q" for key, _value in choice.address.query),
        "words": board_words.of(choice, frame, len(shown), len(scope)),
        "rows": board_rows.body(here, said),
        "forms": board_rows.forms(),
        "head": board_choices.head(choice.sort, choice.address, can_pick=bool(deeds)),
        "is_long": len(shown) > board_file.MOST_ROWS_AT_ONCE,
        "deeds": [(deed.code, _(deed.label)) for deed in deeds],
        "chips": board_choices.chips(
            boards.counts(scope, choice.bits),
            choice.bits,
            board_words.chip_labels(frame),
            choice.address,
            board_words.offered(frame),
        ),
        "tabs": _tabs(choice, len(every), len(mine), is_team_page),
        "teams": _teams(frame, choice) if is_team_page and len(frame.teams) > 1 else [],
        "page": paged,
        "now": timezone.now(),
        "today": frame.day.today,
    }
    return render(request, "people/board.html", context)


def _offer(request: Any, file: str, number: int, choice: Choice) -> HttpResponse:
    """A list so long that its file is made beside the pages: say so, with the button that asks for it."""
    found = shell.of(request)
    found.crumbs = [{"label": _("Till listan"), "url": choice.address.with_(fil="")}, {"label": _("Fil"), "url": ""}]
    kept = parse_qsl(_came_from(request))
    query = urlencode([(key, value) for key, value in kept if key != "fil"])
    context = {"shell": found, "file": file, "from": query, "shown": number, "choice": choice}
    return render(request, "people/board_file.html", {**context, **named(choice)})


def named(choice: Choice) -> dict[str, str]:
    """Which list it is, for a form that asks for the same rows."""
    return {
        "team_id": str(choice.team.id) if choice.team else "",
        "list_name": "deltagare" if choice.address.path == reverse("people:everyone") else "team",
    }


def of_team(every: list[Line], choice: Choice, by: Context) -> tuple[list[Line], list[Line]]:
    """Those of the team that was chosen, or all; and those among them whose process the reader leads."""
    if choice.team is not None:
        every = [one for one in every if one.row.team_id == choice.team.id]
    return every, [one for one in every if one.row.lead_membership_id == by.membership_id]


def chosen(asked: Mapping[str, str], frame: Frame, team: Team | None, is_team_page: bool) -> Choice:
    """What an address says. What it cannot mean is left out."""
    bits = boards.chosen_bits(asked.get("visa", "").split(","))
    typed = asked.get("q", "").strip()[:LONGEST_SEARCH]
    sort = asked.get("ordning", "")
    sort = sort if sort.removeprefix("-") in boards.SORTS else ""
    which = asked.get("vilka", "")
    path = reverse("people:everyone")
    if is_team_page:
        path = reverse("people:team", args=[team.id]) if team and len(frame.teams) > 1 else reverse("people:board")
    kept = {
        "visa": ",".join(chip.code for chip in boards.CHIPS if chip.bit & bits),
        "vilka": which if which in ("mina", "utskrivna") else "",
        "q": typed,
        "ordning": sort,
    }
    return Choice(
        team=team,
        address=Address(path, tuple((key, value) for key, value in kept.items() if value)),
        bits=bits,
        only_mine=which == "mina",
        has_left=which == "utskrivna",
        typed=typed,
        words=tuple(naming.words(typed)),
        sort=sort,
    )


def _came_from(request: Any) -> str:
    """The list's query when something is chosen, so that a person's page leads back to the same list."""
    return str(request.META.get("QUERY_STRING", ""))[:300]


def _read(choice: Choice, here: Sequence[Line]) -> Read:
    """One trace of the list, with whom it showed: whoever asks who has looked finds lists too."""
    return Read(
        "caseload.listed",
        "people.caseload",
        str(choice.team.id) if choice.team else "",
        content={"shown": [str(one.row.person_id) for one in here]},
    )


def _frame(request: Any, frame: Frame, choice: Choice, is_team_page: bool) -> shell.Shell:
    found = shell.of(request)
    if choice.team is not None:
        found.crumbs = [{"label": choice.team.initiative_name, "url": ""}, {"label": choice.team.name, "url": ""}]
    else:
        found.crumbs = [{"label": _("Mina team") if is_team_page else _("Deltagare"), "url": ""}]
    return found


def _tabs(choice: Choice, every: int, mine: int, is_team_page: bool) -> list[dict[str, Any]]:
    address = choice.address
    tabs = [
        {"label": _("Alla"), "url": address.with_(vilka=""), "current": not choice.only_mine and not choice.has_left,
         "count": None if choice.has_left else every},
        {"label": _("Mina"), "url": address.with_(vilka="mina"), "current": choice.only_mine,
         "count": None if choice.has_left else mine},
    ]  # fmt: skip
    if not is_team_page:
        tabs.append({"label": _("Utskrivna"), "url": address.with_(vilka="utskrivna"), "current": choice.has_left,
                     "count": every if choice.has_left else None})  # fmt: skip
    return tabs


def _teams(frame: Frame, choice: Choice) -> list[dict[str, Any]]:
    chosen = choice.team.id if choice.team else None
    every = [{"label": _("Alla team"), "url": reverse("people:board"), "current": chosen is None}]
    return every + [
        {"label": one.name, "url": reverse("people:team", args=[one.id]), "current": one.id == chosen}
        for one in frame.teams
    ]
