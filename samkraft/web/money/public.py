"""Money open to anybody, without signing in: the same flow and funds, no persons and no drafts."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from samkraft.web.acting import for_anybody
from samkraft.web.money import home as home_page
from samkraft.web.money.flow import flow as flow_page
from samkraft.web.money.flow import flow_nodes
from samkraft.web.money.funds import funds, keys
from samkraft.web.money.space import OPEN


@for_anybody
def home(request: Any) -> HttpResponse:
    """The year in short."""
    return home_page.answer(request, OPEN)


@for_anybody
def flow(request: Any) -> HttpResponse:
    """Follow the krona."""
    return flow_page.answer(request, OPEN)


@for_anybody
def fund_list(request: Any) -> HttpResponse:
    """All funds."""
    return funds.index_answer(request, OPEN)


@for_anybody
def fund(request: Any, code: str) -> HttpResponse:
    """One fund."""
    return funds.show_answer(request, OPEN, code)


@for_anybody
def key(request: Any, code: str) -> HttpResponse:
    """A fund's key with its arithmetic."""
    return keys.show_answer(request, OPEN, code)


@for_anybody
def point(request: Any, point_id: UUID) -> HttpResponse:
    """One decided point."""
    return flow_nodes.point_answer(request, OPEN, point_id)


@for_anybody
def body(request: Any, code: str) -> HttpResponse:
    """One body."""
    return flow_nodes.body_answer(request, OPEN, code)


@for_anybody
def use(request: Any, use_id: UUID) -> HttpResponse:
    """One use."""
    return flow_nodes.use_answer(request, OPEN, use_id)


@for_anybody
def budget(request: Any, code: str, year: int) -> HttpResponse:
    """A year's budget."""
    return flow_nodes.budget_answer(request, OPEN, code, year)
