"""The first page about money: this year in one sentence, what needs me, and what is mine."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.initiatives.queries import duties
from samkraft.initiatives.queries.duties import DutyRow
from samkraft.money.queries import keys, requests
from samkraft.money.queries import year_overview as queries
from samkraft.money.queries.flow import flow_nodes
from samkraft.money.queries.flow.flow import Flow
from samkraft.money.queries.year_overview import YearOverview
from samkraft.partners.rules.roles import Permission, Role, may
from samkraft.values.period import day_in_stockholm
from samkraft.web import figures, shell
from samkraft.web.acting import page
from samkraft.web.money import asked_year, home_facts
from samkraft.web.money.flow import flow as flow_page
from samkraft.web.money.flow import flow_notes, flow_tree
from samkraft.web.money.funds import request as request_page
from samkraft.web.money.space import INSIDE, Space


@dataclass(frozen=True, slots=True)
class YearCard:
    """One family of funds in the year: one sentence and a ladder of sums."""

    name: str
    sentence: str
    url: str
    fund_url: str
    rows: tuple[dict[str, Any], ...]
    budget_url: str


@page(needs=Permission.SEE_MONEY)
def show(request: Any) -> HttpResponse:
    """The first page. Query: `ar`."""
    return answer(request, INSIDE)


def answer(request: Any, space: Space) -> HttpResponse:
    """The first page in either space."""
    overview = queries.read(by=request.by, year=asked_year.read(request))
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Medel"), "url": ""}]
    context: dict[str, Any] = {"shell": frame, "layout": space.layout, "space": space, "overview": overview}
    if overview is None:
        return render(request, "money/home/nothing.html", context)
    today = day_in_stockholm(timezone.now())
    is_committee = not space.is_public and request.by.role == Role.COMMITTEE_CONTROLLER
    context |= {
        "years": [(year, space.url("home", ar=year)) for year in overview.years],
        "year_note": _year_note(overview, today.year),
        "sentence": _sentence(overview, today.year),
        "about": f"{flow_page.name_of(overview.flows[0])} {overview.year}." if overview.flows else "",
        "cards": [card(whole, space, today.year) for whole in overview.flows],
        "matters": [(row, space.inside("matter", row.id)) for row in _latest(request, space)],
        "links": _links(request, space),
        "is_public": space.is_public,
    }
    context["needs"] = None if space.is_public else home_facts.needs(request.by, today, space)
    if is_committee:
        context |= _mine(request, overview, today)
    return render(request, "money/home/committee.html" if is_committee else "money/home/home.html", context)


def _latest(request: Any, space: Space) -> list[queries.MatterLine]:
    """The latest matters; what is only proposed is a draft to the public."""
    return queries.latest_matters(by=request.by, only_decided=space.is_public)


def card(whole: Flow, space: Space, this_year: int) -> YearCard:
    """A family's year as a sentence and a ladder."""
    name = flow_page.name_of(whole)
    url = space.url("flow", ar=whole.year, satsning=whole.members[0].code)
    return YearCard(
        name=name,
        sentence=_card_sentence(whole, this_year),
        url=url,
        fund_url=space.url("fund", whole.members[0].code),
        rows=tuple(ladder(whole, space, this_year)),
        budget_url=space.url("budget", whole.members[0].code, whole.year),
    )


def ladder(whole: Flow, space: Space, this_year: int) -> list[dict[str, Any]]:
    """Matters with new money, what is left, the budget. Unknown is said, and then nothing is summed."""
    sums: dict[str, Any] = {}
    for path in whole.paths:
        key = path.item.case_number
        sums[key] = sums.get(key, flow_tree.Amount()).plus(path.amount_ore)
    assumed = {path.item.case_number for path in whole.paths if path.item.is_assumption}
    waiting = {path.item.case_number for path in whole.paths if path.is_waiting}
    rows = [
        {
            "label": case,
            "note": _matter_note(case, amount, assumed, waiting),
            "ore": amount.ore,
            "kind": "part",
            "url": space.url("flow", ar=whole.year, satsning=whole.members[0].code, arende=case),
        }
        for case, amount in sorted(sums.items(), key=lambda pair: -pair[1].known_ore)
    ]
    if whole.budgets:
        left = whole.unexplained_ore
        label = _("Kvar att fördela") if whole.year >= this_year else _("Kvar att förklara")
        if left is None:
            rows.append(
                {"label": _("Kvar"), "note": _("går inte att räkna ut"), "ore": None, "kind": "part", "url": ""}
            )
        elif left != 0:
            rows.append({"label": label, "note": "", "ore": left, "kind": "unexplained", "url": ""})
        label = _("Budget %(year)d") % {"year": whole.year}
        rows.append({"label": label, "note": "", "ore": whole.budget.ore, "kind": "total", "url": ""})
    elif rows:
        rows.append({"label": _("Summa bundet"), "note": "", "ore": whole.allocated.ore, "kind": "total", "url": ""})
    return rows


def _matter_note(case: str, amount: Any, assumed: set[str], waiting: set[str]) -> str:
    if case in waiting:
        return _("bundet, väntar på budget")
    if amount.unknown and amount.known_ore:
        return _("varav känt %(known)s") % {"known": figures.kronor(amount.known_ore)}
    return _("antaget beslut") if case in assumed else ""


def _card_sentence(whole: Flow, this_year: int) -> str:
    if not whole.budgets:
        return _("%(amount)s är redan bundet. Budgeten för %(year)d är inte registrerad.") % {
            "amount": flow_tree.in_words(whole.allocated), "year": whole.year,
        }  # fmt: skip
    left = whole.unexplained_ore
    if left is None:
        return _unknown_sentence(whole)
    if left == 0:
        return _("Allt är fördelat och stämmer med budgeten på %(budget)s.") % {
            "budget": figures.kronor(whole.budget.ore)
        }
    names = {"left": figures.kronor(left), "budget": figures.kronor(whole.budget.ore)}
    if whole.year >= this_year:
        return _("%(left)s av %(budget)s är kvar att fördela.") % names
    return _("%(left)s av %(budget)s är kvar att förklara: inget beslut är hittat för dem.") % names


def _unknown_sentence(whole: Flow) -> str:
    """When budget or some amounts are not told by any source."""
    known, unknown = figures.kronor(whole.allocated.known_ore), whole.allocated.unknown
    if not unknown:
        return _("%(known)s är fördelat. Hela budgeten står inte i källorna, så resten går inte att räkna ut.") % {
            "known": known
        }
    words = ngettext(
        "Minst %(known)s är fördelat. %(count)d belopp står inte i källorna, så resten går inte att räkna ut.",
        "Minst %(known)s är fördelat. %(count)d belopp står inte i källorna, så resten går inte att räkna ut.",
        unknown,
    )
    return words % {"known": known, "count": unknown}


def _sentence(overview: YearOverview, this_year: int) -> str:
    """The year in one sentence, about the weightiest family."""
    if not overview.flows:
        return _("Ingenting är registrerat för %(year)d.") % {"year": overview.year}
    return _card_sentence(overview.flows[0], this_year)


def _year_note(overview: YearOverview, this_year: int) -> str:
    """Why this year is shown."""
    if overview.year == overview.latest_budget_year and overview.year != this_year:
        return _("Sidan visar %(year)d, som är det senaste året med en registrerad budget.") % {"year": overview.year}
    return ""


def _links(request: Any, space: Space) -> list[tuple[str, str, str]]:
    """Where one can go from here: (icon, words, address)."""
    links = [("coins", _("Satsningar"), space.url("funds")), ("arrow-right", _("Följ kronan"), space.url("flow"))]
    if space.is_public:
        return [*links, ("download", _("Öppna data"), space.url("data"))]
    wanted = [
        ("upload", _("Läs in beslut"), "money:read_in", Permission.REGISTER_DECISIONS),
        ("file-text", _("Ärenden"), "money:matters", Permission.SEE_MONEY),
        ("table", _("Bokföring"), "money:accounts", Permission.SEE_MONEY),
        ("message-square", _("Äskanden"), "money:requests", Permission.SEE_MONEY),
        ("clipboard-list", _("Redovisningar"), "reports:index", Permission.SEE_MONEY),
        ("chart-line", _("EU-projekt"), "eu:projects", Permission.SEE_MONEY),
        ("file-text", _("Begäran om handlingar"), "access:requests", Permission.HANDLE_ACCESS_REQUESTS),
        ("arrow-left-right", _("Uppgifter som skiljer sig"), "money:contradictions", Permission.SEE_MONEY),
    ]
    for icon, words, route, permission in wanted:
        if may(request.by.role, permission) and (url := _url(route)):
            links.append((icon, words, url))
    return links


def _url(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def _mine(request: Any, overview: YearOverview, today: Any) -> dict[str, Any]:
    """The committee's own money and duties."""
    code = home_facts.own_code(request.by)
    own = queries.of_body(by=request.by, organisation_id=request.by.organisation_id, year=overview.year)
    rows: Sequence[DutyRow] = duties.of_body(body_id=request.by.organisation_id, today=today)
    waiting = [row for row in rows if row.state.value != "done"]
    waiting.sort(key=lambda row: row.due_date)
    late = sum(row.days < 0 for row in waiting)
    words = _("Inget är försenat.")
    if late:
        words = ngettext("%(count)d uppgift är försenad.", "%(count)d uppgifter är försenade.", late) % {"count": late}
    return {
        "money": [
            {
                "row": row,
                "received": flow_tree.in_words(row.received),
                "waiting": flow_tree.in_words(row.waiting) if row.waiting != flow_tree.Amount() else "",
                "paid_on": flow_tree.in_words(row.paid_on) if row.paid_on != flow_tree.Amount() else "",
                "told": flow_tree.in_words(row.told) if row.told else "",
                "left": flow_tree.in_words(row.left),
                "url": INSIDE.url("flow", ar=row.year, satsning=row.fund_code, namnd=code),
                "fund_url": INSIDE.url("fund", row.fund_code),
            }
            for row in own
        ],
        "duties": waiting[:6],
        "late_words": words,
        "organisation": request.acting.organisation_name,
        "expected": keys.expected_of(by=request.by, organisation_id=request.by.organisation_id),
        "requests": [
            {"purpose": row.purpose, "url": reverse("money:request", args=[row.id]), "words": _request_words(row)}
            for row in requests.of_body(by=request.by, organisation_id=request.by.organisation_id)[:6]
        ],
        "figures": _figures(request, code),
        "ask_url": reverse("money:request_new"),
        "body_url": INSIDE.url("body", code),
    }


def _request_words(row: requests.Row) -> str:
    named = {"fund": row.fund_name, "year": row.year, "state": request_page.state_of(row)[1]}
    return _("%(fund)s %(year)d: %(state)s") % named


def _figures(request: Any, code: str) -> list[tuple[Any, str, str, str]]:
    """Sums that the committee's own reports tell, with their source."""
    found = flow_nodes.body(by=request.by, code=code)
    return [
        (row, INSIDE.inside("document", row.document_id), flow_notes.settled(row), flow_notes.where(row, INSIDE))
        for row in (found.figures if found else ())
    ]
