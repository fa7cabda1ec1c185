"""Money open to anybody, without signing in: the same flow and funds, no persons and no drafts."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from samkraft.web.acting import PUBLIC, page
from samkraft.web.money import home as home_page
from samkraft.web.money.flow import flow as flow_page
from samkraft.web.money.flow import flow_nodes
from samkraft.web.money.funds import funds, keys
from samkraft.web.money.space import OPEN


@page(public=True)
def home(request: Any) -> HttpResponse:
    """The year in short."""
    request.by = PUBLIC  # the same for whoever looks, signed in or not
    return home_page.answer(request, OPEN)


@page(public=True)
def flow(request: Any) -> HttpResponse:
    """Follow the krona."""
    request.by = PUBLIC  # the same for whoever looks, signed in or not
    return flow_page.answer(request, OPEN)


@page(public=True)
def fund_list(request: Any) -> HttpResponse:
    """All funds."""
    request.by = PUBLIC  # the same for whoever looks, signed in or not
    return funds.index_answer(request, OPEN)


@page(public=True)
def fund(request: Any, code: str) -> HttpResponse:
    """One fund."""
    request.by = PUBLIC  # the same for whoever looks, signed in or not
    return funds.show_answer(request, OPEN, code)


@page(public=True)
def key(request: Any, code: str) -> HttpResponse:
    """A fund's key with its arithmetic."""
    request.by = PUBLIC  # the same for whoever looks, signed in or not
    return keys.show_answer(request, OPEN, code)


@page(public=True)
def point(request: Any, point_id: UUID) -> HttpResponse:
    """One decided point."""
    request.by = PUBLIC  # the same for whoever looks, signed in or not
    return flow_nodes.point_answer(request, OPEN, point_id)


@page(public=True)
def body(request: Any, code: str) -> HttpResponse:
    """One body."""
    request.by = PUBLIC  # the same for whoever looks, signed in or not
    return flow_nodes.body_answer(request, OPEN, code)


@page(public=True)
def use(request: Any, use_id: UUID) -> HttpResponse:
    """One use."""
    request.by = PUBLIC  # the same for whoever looks, signed in or not
    return flow_nodes.use_answer(request, OPEN, use_id)


@page(public=True)
def budget(request: Any, code: str, year: int) -> HttpResponse:
    """A year's budget."""
    request.by = PUBLIC  # the same for whoever looks, signed in or not
    return flow_nodes.budget_answer(request, OPEN, code, year)
