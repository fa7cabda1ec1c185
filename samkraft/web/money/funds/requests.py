"""Requests for money (äskanden) side by side per committee, and a proposal made of what is proposed."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.money.actions import drafting
from samkraft.money.queries import requests as queries
from samkraft.money.queries.requests import Row, YearOfRequests
from samkraft.money.rules.flow.flow_paths import Amount
from samkraft.money.rules.requests import RequestEventKind
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, exports, figures, refusals, shell
from samkraft.web.acting import page
from samkraft.web.exports import Head
from samkraft.web.money import asked_year
from samkraft.web.money.flow import flow_tree
from samkraft.web.money.funds import request as request_page
from samkraft.web.money.funds.keys import SplitForm

HEADS = (
    Head(phrase("Satsning")),
    Head(phrase("År"), "number"),
    Head(phrase("Nämnd")),
    Head(phrase("Ändamål")),
    Head(phrase("Äskat, kr"), "ore"),
    Head(phrase("Föreslaget, kr"), "ore"),
    Head(phrase("Beslutat, kr"), "ore"),
    Head(phrase("Läge")),
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address narrows to."""

    fund: str
    year: int | None
    body: str


@page(needs=Permission.SEE_MONEY)
def index(request: Any) -> HttpResponse:
    """All requests. Query: `satsning`, `ar`, `namnd`, `fil`."""
    chosen = Chosen(request.GET.get("satsning", ""), asked_year.read(request), request.GET.get("namnd", ""))
    return _index(request, chosen)


def _index(request: Any, chosen: Chosen, failed: tuple[str, int, SplitForm] | None = None) -> HttpResponse:
    groups = queries.listed(by=request.by, fund_code=chosen.fund, year=chosen.year, body_code=chosen.body)
    if file := exports.wanted(request):
        return exports.answer(file, "askanden", HEADS, _cells(groups))
    may_propose = may(request.by.role, Permission.REGISTER_DECISIONS)
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Medel"), "url": reverse("money:home")}, {"label": _("Äskanden"), "url": ""}]
    everything = queries.listed(by=request.by)
    context = {
        "shell": frame,
        "groups": [_group(group, may_propose, failed) for group in groups],
        "chosen": chosen,
        "bodies": _bodies(everything),
        "years": sorted({group.year for group in everything}, reverse=True),
        "funds": dict.fromkeys((group.fund_code, group.fund_name) for group in everything),
        "may_ask": may(request.by.role, Permission.REQUEST_MONEY) or may(request.by.role, Permission.MANAGE_FUNDS),
        "failed": failed[2] if failed else None,
    }
    return render(request, "money/requests/index.html", context, status=422 if failed else 200)


def _bodies(groups: list[YearOfRequests]) -> list[tuple[str, str]]:
    found = {row.body.code: row.body.name for group in groups for row in group.rows}
    return sorted(found.items(), key=lambda pair: pair[1])


def _group(group: YearOfRequests, may_propose: bool, failed: tuple[str, int, SplitForm] | None) -> dict[str, Any]:
    is_failed = failed is not None and failed[:2] == (group.fund_code, group.year)
    prefix = f"{group.fund_code}-{group.year}"
    money = group.money
    return {
        "group": group,
        "bodies": [_body(each) for each in group.bodies],
        "given": flow_tree.in_words(_given_sum(group)) if group.given else "",
        "asked": flow_tree.in_words(group.asked),
        "proposed": flow_tree.in_words(group.proposed) if any(row.has_proposal for row in group.standing) else "",
        "budget": flow_tree.in_words(money.budget) if money and money.has_budget else _("inte registrerad"),
        "left": figures.kronor(money.left_ore) if money else figures.unknown(),
        "over": bool(money and money.left_ore is not None and group.waiting and _waiting_sum(group) > money.left_ore),
        "form": (failed[2] if is_failed and failed else SplitForm(prefix=prefix))
        if may_propose and group.waiting
        else None,
        "url": reverse("money:requests_propose", args=[group.fund_code, group.year]),
    }


def _given_sum(group: YearOfRequests) -> Amount:
    """What is decided for the bodies that have asked."""
    asking = {row.body.id for row in group.rows}
    amounts = [given for body, given in group.given.items() if body in asking]
    return Amount(sum(each.known_ore for each in amounts), sum(each.unknown for each in amounts))


def _body(one: queries.BodySum) -> dict[str, Any]:
    """A body's sums and its requests."""
    return {
        "body": one.body,
        "url": reverse("money:body", args=[one.body.code]),
        "asked": flow_tree.in_words(one.asked),
        "proposed": flow_tree.in_words(one.proposed) if one.proposed else "",
        "given": flow_tree.in_words(one.given) if one.given else "",
        "rows": [_row(row, is_answered_whole=one.is_answered_whole) for row in one.rows],
    }


def _waiting_sum(group: YearOfRequests) -> int:
    return sum(row.proposed_ore or 0 for row in group.waiting)


def _row(row: Row, *, is_answered_whole: bool) -> dict[str, Any]:
    return {
        "row": row,
        "url": reverse("money:request", args=[row.id]),
        "state": ("closed", _("ingår i nämndens hela summa")) if is_answered_whole else request_page.state_of(row),
        "opinions": sum(event.kind is RequestEventKind.OPINION for event in row.events),
        "asked": figures.kronor(row.asked_ore),
        "proposed": figures.kronor(row.proposed_ore) if row.has_proposal else "",
        "decided": figures.kronor(row.decided_ore) if row.has_decision else "",
    }


def _cells(groups: list[YearOfRequests]) -> Any:
    for group in groups:
        for row in group.rows:
            proposed = row.proposed_ore if row.has_proposal else ""
            decided = row.decided_ore if row.has_decision else ""
            state = request_page.state_of(row)[1]
            yield [row.fund_name, row.year, row.body.name, row.purpose, row.asked_ore, proposed, decided, state]


@require_POST
@page(needs=Permission.REGISTER_DECISIONS)
def propose(request: Any, code: str, year: int) -> HttpResponse:
    """Make a proposal of what is proposed for the year's requests."""
    form = SplitForm(request.POST, prefix=f"{code}-{year}")
    if form.is_valid():
        data = form.cleaned_data
        try:
            drafting.propose_requested(
                by=request.by,
                fund_id=request_page.fund_id_of(code),
                year=year,
                case_number=data["case_number"],
                title=data["title"],
            )
        except Refused as refusal:
            refusals.put_in(form, refusal)
        else:
            messages.success(
                request, _("Förslaget är registrerat. Inga pengar har flyttats: det gör först ett beslut.")
            )
            return afterwards.to("money:matters")
    with transactions.read(request.by):
        return _index(request, Chosen(code, year, ""), (code, year, form))
