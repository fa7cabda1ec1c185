"""Follow the krona: a year as a picture and as a table, narrowed by what is clicked, with a permanent address."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.money.queries import fund_families
from samkraft.money.queries.flow import flow as queries
from samkraft.money.queries.flow.flow import Flow, Narrow
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import day_in_stockholm
from samkraft.web import exports, figures, shell
from samkraft.web.acting import page
from samkraft.web.charts import flow_picture
from samkraft.web.money import asked_year
from samkraft.web.money.flow import flow_notes, flow_rows, flow_tree
from samkraft.web.money.flow.flow_tree import Branch
from samkraft.web.money.space import INSIDE, Space


@page(needs=Permission.SEE_MONEY)
def show(request: Any) -> HttpResponse:
    """The flow of a year. Query: `ar`, `satsning`, `arende`, `namnd`, `del`, `till`, `visa=tabell`."""
    return answer(request, INSIDE)


def answer(request: Any, space: Space) -> HttpResponse:
    """The page in either space."""
    flow = read(request)
    if flow is None:
        return render(request, "money/flow/nothing.html", {"space": space, "layout": space.layout})
    table_only = request.GET.get("visa") == "tabell"
    today = day_in_stockholm(timezone.now())
    if file := exports.wanted(request):
        table = flow_rows.of(flow, space, today.year, may_register=False)
        name = f"folj-kronan-{flow.members[0].code}-{flow.year}"
        return exports.answer(file, name, flow_rows.HEADS, flow_rows.cells(flow, table))
    tree = flow_tree.grow(flow, space)
    frame = shell.of(request)
    frame.crumbs = crumbs(flow, space)
    drawing = None if table_only or not flow.shown else draw(flow, tree, today.year)
    here = {**flow_tree.query(flow), **_kept(request)}
    may_register = may(request.by.role, Permission.REGISTER_DECISIONS)
    return render(
        request,
        "money/flow/flow.html",
        {
            "shell": frame,
            "layout": space.layout,
            "space": space,
            "flow": flow,
            "tree": tree,
            "bars": list(bars(tree, flow)),
            "heading": heading(flow),
            "families": families(request, flow, space),
            "picture": drawing,
            "notes": flow_notes.of(flow, tree, drawing, space),
            "table": flow_rows.of(flow, space, today.year, may_register=may_register),
            "years": [(year, space.url("flow", **{**here, "ar": year})) for year in flow.family.years],
            "narrowed_to": narrowed_to(flow, space),
            "table_only": table_only,
            "toggle_url": space.url("flow", **{**here, "visa": "" if table_only else "tabell"}),
            "export_url": space.url("flow", **{**here, "visa": ""}),
            "remainder_words": flow_rows.remainder_words(flow, today.year),
            "remainder_heading": _("Kvar att fördela") if flow.year >= today.year else _("Kvar att förklara"),
            "budget_words": flow_tree.in_words(flow.budget),
            "shown_words": flow_tree.in_words(flow.total_shown),
        },
    )


def read(request: HttpRequest) -> Flow | None:
    """The flow that the address asks for. What is not understood in it is left out of account."""
    said = request.GET
    narrow = Narrow(said.get("arende", ""), said.get("namnd", ""), said.get("del", ""), said.get("till", ""))
    by = request.by
    return queries.read(by=by, fund_code=said.get("satsning", ""), year=asked_year.read(request), narrow=narrow)


def _kept(request: HttpRequest) -> dict[str, str]:
    return {key: request.GET.get(key, "") for key in ("arende", "namnd", "del", "till", "visa")}


def heading(flow: Flow) -> str:
    """The question in the reader's words."""
    if not flow.budgets:
        return _("Vad är redan bundet av %(year)d?") % {"year": flow.year}
    budget = flow.budget.ore
    if budget is None:
        return _("Vart tog pengarna vägen?")
    millions, rest = divmod(budget, 100_000_000)
    amount = _("%(count)d miljoner") % {"count": millions} if not rest and millions > 1 else figures.millions(budget)
    return _("Vart tog %(amount)s vägen?") % {"amount": amount}


def name_of(flow: Flow) -> str:
    """The funds of the year by name."""
    names = [member.name for member in flow.members]
    return (
        names[0]
        if len(names) == 1
        else _("%(first)s och %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
    )


def draw(flow: Flow, tree: Branch, this_year: int) -> flow_picture.Picture:
    """The picture of the tree."""
    branches = [(branch, parent.key if parent else "", branch.amount.known_ore) for branch, parent in walk(tree)]
    is_whole = not flow.narrow.is_used and bool(flow.budgets)
    return flow_picture.draw(
        branches,
        [_("Fullmäktige"), _("Ärende"), _("Nämnd"), _("Används till")],
        remainder_ore=flow.unexplained_ore if is_whole else None,
        remainder_unknown=is_whole and flow.unexplained_ore is None,
    )


def walk(branch: Branch, parent: Branch | None = None) -> Iterator[tuple[Branch, Branch | None]]:
    """Every branch with its parent, parents first."""
    yield branch, parent
    for part in branch.parts:
        yield from walk(part, branch)


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the flow as a list, for narrow screens and for those who prefer it."""

    depth: int
    branch: Branch
    share: str


def bars(tree: Branch, flow: Flow) -> Iterator[Bar]:
    """The tree as lines with a bar each."""
    depths = {tree.key: 0}
    for branch, parent in walk(tree):
        depths[branch.key] = depths[parent.key] + 1 if parent else 0
        yield Bar(depths[branch.key], branch, f"{max(1.0, 100 * flow_tree.share_of(branch, flow)):.1f}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One family of funds to look at."""

    name: str
    url: str
    is_current: bool


def families(request: Any, flow: Flow, space: Space) -> list[Choice]:
    """The families there are, each with its latest year; nothing to choose when there is one."""
    listed = fund_families.listed()
    choices = []
    for family in listed:
        year = flow.year if flow.year in family.years else family.latest_year
        members = family.of_year(year) if year else family.members
        is_current = family.members[0].id == flow.family.members[0].id
        url = space.url("flow", ar=year, satsning=members[0].code)
        choices.append(Choice(members[0].name, url, is_current))
    return choices if len(choices) > 1 else []


@dataclass(frozen=True, slots=True)
class Narrowed:
    """One thing that the view is narrowed to, and the view without it."""

    label: str
    name: str
    without_url: str
    page_url: str


def narrowed_to(flow: Flow, space: Space) -> list[Narrowed]:
    """What the reader has narrowed to, each to be taken away."""
    narrow, paths = flow.narrow, flow.shown or flow.paths
    parts = {"arende": narrow.matter, "namnd": narrow.body, "del": narrow.fund, "till": narrow.receiver}
    first = paths[0] if paths and flow.shown else None
    names = {
        "arende": (_("Ärende"), narrow.matter, space.inside("matter", first.item.matter_id) if first else ""),
        "namnd": (
            _("Nämnd"),
            first.body.name if first else narrow.body,
            space.url("body", narrow.body, ar=flow.year) if narrow.body and first else "",
        ),
        "del": (
            _("Satsning"),
            first.item.fund_name if first else narrow.fund,
            space.url("fund", narrow.fund) if narrow.fund and first else "",
        ),
        "till": (
            _("Mottagare"),
            first.receiver_name if first else narrow.receiver,
            space.url("body", narrow.receiver, ar=flow.year) if narrow.receiver and first else "",
        ),
    }
    found = []
    for key, value in parts.items():
        if value:
            label, name, url = names[key]
            rest = {other: text for other, text in parts.items() if text and other != key}
            found.append(Narrowed(label, name, flow_tree.address(flow, space, **rest), url))
    return found


def crumbs(flow: Flow, space: Space) -> list[dict[str, str]]:
    """Where am I: money, the fund, the year, the flow, and what is narrowed to."""
    member = flow.members[0]
    trail = [
        {"label": _("Medel"), "url": space.url("home")},
        {"label": member.name, "url": space.url("fund", member.code)},
        {"label": str(flow.year), "url": space.url("home", ar=flow.year)},
        {"label": _("Följ kronan"), "url": flow_tree.address(flow, space)},
    ]
    trail += [{"label": part.name, "url": ""} for part in narrowed_to(flow, space)]
    trail[-1]["url"] = ""
    return trail
