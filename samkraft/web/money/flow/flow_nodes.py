"""A page for each node of the flow: a budget, a decided point, a body, a use. Each leads on to its source."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samkraft.money.queries.decided_items import State
from samkraft.money.queries.flow import flow_nodes as queries
from samkraft.money.queries.flow.flow import FlowPath
from samkraft.money.rules.points import SUPPORT_LABELS
from samkraft.money.rules.uses import EFFORT_LABELS, STAGE_LABELS, EffortStatus
from samkraft.partners.rules.roles import Permission, may
from samkraft.web import shell
from samkraft.web.acting import page
from samkraft.web.money.flow import flow as flow_page
from samkraft.web.money.flow import flow_notes, flow_tree
from samkraft.web.money.space import INSIDE, Space

EFFORT_SHAPES = {EffortStatus.DONE: "ok", EffortStatus.PARTLY: "needs", EffortStatus.NOT_DONE: "closed"}


@page(needs=Permission.SEE_MONEY)
def point(request: Any, point_id: UUID) -> HttpResponse:
    """One point: its words, its rows, its vouchers and its source."""
    return point_answer(request, INSIDE, point_id)


@page(needs=Permission.SEE_MONEY)
def body(request: Any, code: str) -> HttpResponse:
    """One body: what it got, what it paid on, what it told, year by year."""
    return body_answer(request, INSIDE, code)


@page(needs=Permission.SEE_MONEY)
def use(request: Any, use_id: UUID) -> HttpResponse:
    """One use."""
    return use_answer(request, INSIDE, use_id)


@page(needs=Permission.SEE_MONEY)
def budget(request: Any, code: str, year: int) -> HttpResponse:
    """The council's budget for a fund's family in a year."""
    return budget_answer(request, INSIDE, code, year)


def point_answer(request: Any, space: Space, point_id: UUID) -> HttpResponse:
    """The page of a point in either space. The public sees decided points only: a proposal is a draft to them."""
    found = queries.point(by=request.by, point_id=point_id)
    if found is None or (space.is_public and found.is_proposal):
        raise Http404
    first = found.items[0] if found.items else None
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Medel"), "url": space.url("home")}]
    if first:
        frame.crumbs.append(
            {"label": _("Följ kronan"), "url": space.url("flow", ar=first.year, satsning=first.fund_code)}
        )
    matter_url = space.inside("matter", found.matter_id)
    frame.crumbs += [
        {"label": found.case_number, "url": matter_url},
        {"label": _("Punkt %(number)s") % {"number": found.number}, "url": ""},
    ]
    context = {
        "shell": frame, "layout": space.layout, "space": space, "point": found, "matter_url": matter_url,
        "document_url": space.inside("document", found.document_id) if found.document_id else "",
        "items": [_item(space, item) for item in found.items],
        "paid_items": [_item(space, item) for item in found.paid_items],
        "vouchers": [(row, space.inside("voucher", row.id)) for row in found.vouchers],
        "register_url": space.inside("matter", found.matter_id, anchor="registrera-beslut"),
    }  # fmt: skip
    return render(request, "money/flow/point.html", context)


def _item(space: Space, item: Any) -> dict[str, Any]:
    return {
        "item": item,
        "receiver_url": space.url("body", item.receiver.code) if item.receiver else "",
        "support": _(SUPPORT_LABELS[item.support]) if item.support else "",
        "point_url": space.url("point", item.point_id),
        "state": _state(item.state),
        "flow_url": space.url("flow", ar=item.year, satsning=item.fund_code),
    }


def _state(state: State) -> tuple[str, str]:
    if state is State.POSTED:
        return "ok", _("bokfört")
    if state is State.WAITING:
        return "needs", _("bundet, väntar på fullmäktiges budget")
    return "closed", _("vänt i bokföringen") if state is State.REVERSED else _("beloppet är okänt och inte bokfört")


def body_answer(request: Any, space: Space, code: str) -> HttpResponse:
    """The page of a body in either space."""
    found = queries.body(by=request.by, code=code)
    if found is None:
        raise Http404
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Medel"), "url": space.url("home")},
        {"label": _("Följ kronan"), "url": space.url("flow")},
        {"label": found.name, "url": ""},
    ]
    asked = request.GET.get("ar", "")
    context = {
        "shell": frame, "layout": space.layout, "space": space, "body": found,
        "years": [_year(space, found, year, asked) for year in found.years],
        "figures": [
            (row, space.inside("document", row.document_id), flow_notes.settled(row), flow_notes.where(row, space))
            for row in found.figures
        ],
        "organisation_url": may(request.by.role, Permission.SEE_PARTNERS)
        and space.inside("organisation", found.code, part="partners"),
    }  # fmt: skip
    return render(request, "money/flow/body.html", context)


def _year(space: Space, found: queries.BodyPage, year: queries.YearOfBody, asked: str) -> dict[str, Any]:
    flow = year.flow
    narrow = {"namnd": found.code} if year.paths and found.holds_frame else {"till": found.code}
    return {
        "number": flow.year,
        "name": flow_page.name_of(flow),
        "in_words": flow_tree.in_words(year.in_sum if year.paths else year.received_sum),
        "is_received": not year.paths,
        "paths": [_path(space, path) for path in _one_for_each_item(year)],
        "uses": [(use, space.url("use", use.id), status_of(use.status)) for use in _told(year)],
        "flow_url": flow_tree.address(flow, space, **narrow),
        "is_asked": str(flow.year) == asked,
    }


def _one_for_each_item(year: queries.YearOfBody) -> list[FlowPath]:
    """What an item brought stands once, however many uses it went to; what was paid on stands for itself."""
    kept: dict[UUID, FlowPath] = {}
    for path in year.kept:
        before = kept.get(path.item.id)
        whole = flow_tree.Amount().plus(path.amount_ore).plus(before.amount_ore if before else 0)
        kept[path.item.id] = replace(path, amount_ore=whole.ore)
    return [*kept.values(), *year.paid_on, *year.received]


def _told(year: queries.YearOfBody) -> list[Any]:
    return list({use.id: use for path in year.kept for use in path.uses}.values())


def _path(space: Space, path: Any) -> dict[str, Any]:
    item = path.outflow or path.item
    return {
        "path": path,
        "item": item,
        "amount": path.amount_ore,
        "point_url": space.url("point", item.point_id),
        "state": flow_tree.state_words(path),
        "what": _("vidare till %(name)s") % {"name": path.receiver_name} if path.outflow and not path.is_direct else "",
        "support": _(SUPPORT_LABELS[item.support]) if item.support else "",
    }


def status_of(status: str) -> tuple[str, str]:
    """How far an effort came, as shape and words; empty when nothing is told."""
    if not status:
        return "", ""
    kind = EffortStatus(status)
    return EFFORT_SHAPES[kind], _(EFFORT_LABELS[kind])


def use_answer(request: Any, space: Space, use_id: UUID) -> HttpResponse:
    """The page of a use in either space."""
    found = queries.use(by=request.by, use_id=use_id)
    if found is None:
        raise Http404
    told = found.use
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Medel"), "url": space.url("home")},
        {"label": _("Följ kronan"), "url": space.url("flow", ar=told.year, satsning=told.fund_code)},
        {"label": told.body.name, "url": space.url("body", told.body.code, ar=told.year)},
        {"label": told.title, "url": ""},
    ]
    context = {
        "shell": frame, "layout": space.layout, "space": space, "found": found, "use": told,
        "status": status_of(told.status),
        "stage": _(STAGE_LABELS[told.stage]),
        "support": _(SUPPORT_LABELS[told.support]),
        "paths": [_path(space, path) for path in found.paths],
        "joint_words": flow_tree.in_words(flow_tree.sum_of(found.paths)),
        "siblings": [(other, space.url("use", other.id), status_of(other.status)) for other in found.siblings],
        "body_url": space.url("body", told.body.code, ar=told.year),
        "document_url": space.inside("document", told.document_id) if told.document_id else "",
    }  # fmt: skip
    return render(request, "money/flow/use.html", context)


def budget_answer(request: Any, space: Space, code: str, year: int) -> HttpResponse:
    """The page of a year's budget in either space."""
    flow = queries.budget(by=request.by, fund_code=code, year=year)
    if flow is None:
        raise Http404
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Medel"), "url": space.url("home", ar=year)},
        {"label": _("Följ kronan"), "url": flow_tree.address(flow, space)},
        {"label": _("Budget %(year)d") % {"year": year}, "url": ""},
    ]
    context = {
        "shell": frame, "layout": space.layout, "space": space, "flow": flow, "name": flow_page.name_of(flow),
        "budget_words": flow_tree.in_words(flow.budget),
        "flow_url": flow_tree.address(flow, space),
        "waiting": sorted({path.item.case_number for path in flow.paths if path.is_waiting}),
    }  # fmt: skip
    return render(request, "money/flow/budget.html", context)
