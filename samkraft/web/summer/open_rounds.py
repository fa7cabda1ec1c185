"""Open pages: which rounds there are, how the lot is drawn, the published file, and asking for a personal link."""

import json
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.core import mail
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from samkraft.audit.actions import transactions
from samkraft.offer.queries import summer_rounds
from samkraft.offer.queries.summer_rounds import RoundRow
from samkraft.offer.rules.summer_rounds import FORM_NAMES, SCHOOL_YEAR_NAMES
from samkraft.people.actions.summer import summer_applications
from samkraft.people.queries.summer import summer_course, summer_links
from samkraft.people.rules.summer import summer_applications as rules
from samkraft.people.rules.summer import summer_draws
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.summer import crumbs


class AddressForm(forms.Form):
    """Where the personal link is sent."""

    email = forms.EmailField(
        label=gettext_lazy("Din e-postadress"),
        help_text=gettext_lazy("Vi skickar en länk dit. Den är bara din. Där fyller du i ansökan."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


@page(public=True)
def listed(request: Any) -> HttpResponse:
    """Every round, the latest first."""
    now = timezone.now()
    rows = [_shown(row, now) for row in summer_rounds.listed()]
    return render(request, "summer/open_rounds.html", {"rows": rows})


@page(public=True)
def show(request: Any, code: str) -> HttpResponse:
    """One round: who may apply, when, what the places are, and the lot with all that is needed to draw it again."""
    held = _round(code)
    steps = summer_course.published(held.id)
    lot = steps.get("lot")
    drawn = set(lot.published["drawn"]) if lot else set()
    context = {
        **_shown(held, timezone.now()),
        "workplaces": summer_rounds.workplaces(held.id),
        "school_years": [_(SCHOOL_YEAR_NAMES[one]) for one in held.school_years],
        "list": steps.get("list"),
        "lot": lot,
        "algorithm": _(summer_draws.ALGORITHM),
        "groups": _groups(lot.published, drawn) if lot else [],
        "crumbs_made": crumbs.public(request, held.name),
    }
    return render(request, "summer/open_round.html", context)


@page(public=True)
def lot(request: Any, code: str) -> HttpResponse:
    """The published file: list, rule and, when it is drawn, seed and order. Codes and groups, nothing else."""
    steps = summer_course.published(_round(code).id)
    if "list" not in steps:
        raise Http404
    whole = {**steps["list"].published, "list_fingerprint": steps["list"].fingerprint}
    if "lot" in steps:
        whole |= {**steps["lot"].published, "lot_fingerprint": steps["lot"].fingerprint}
    text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@never_cache
@page(public=True)
def ask(request: Any, code: str) -> HttpResponse:
    """Ask for a link. The answer is the same whether one was sent or too many have been."""
    with transactions.read(request.by):
        held = _round(code)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        token = None
        try:
            if ratelimit.consume(request, action="summer_link"):
                token = summer_applications.ask_for_link(by=summer_links.STRANGER, round_id=held.id, email=email)
        except Refused as refused:
            refusals.put_in(form, refused)
        else:
            address = own_address(token) if token else ""
            if token:
                _send(held, email, address)
            return render(
                request, "summer/link_sent.html",
                {"round": held, "email": email, "demo_address": address if settings.DEMO else "",
                 "crumbs_made": crumbs.public(request, held.name)},
            )  # fmt: skip
    with transactions.read(request.by):
        context = {**_shown(held, timezone.now()), "form": form, "crumbs_made": crumbs.public(request, held.name)}
        return render(request, "summer/ask.html", context)


def own_address(token: str) -> str:
    """The whole address of a personal link."""
    return settings.SITE_URL + reverse("summer:own", args=[token])


def to_own(token: str) -> HttpResponse:
    """Back to the page behind the link."""
    return afterwards.to("summer:own", token)


def _send(held: RoundRow, email: str, address: str) -> None:
    text = _(
        "Hej!\n\nHär är din länk till {name}:\n\n{link}\n\nLänken är bara din. Skicka den inte vidare. Den går att använda i "
        "14 dagar för att söka, och sedan hela sommaren om du har sökt.\n\nVar det inte du som bad om den kan du slänga brevet.\n"
    )
    mail.send_mail(
        _("Din länk till Ung i sommar"), text.format(name=held.name, link=address), None, [email], fail_silently=True
    )


def _round(code: str) -> RoundRow:
    held = summer_rounds.by_code(code)
    if held is None:
        raise Http404
    return held


def _shown(held: RoundRow, now: Any) -> dict[str, Any]:
    reason = rules.why_not_now(held.opens, held.closes, now)
    return {
        "round": held,
        "form_name": _(FORM_NAMES[held.form]),
        "is_open": reason is None,
        "opens_later": reason is rules.NOT_OPEN_YET,
        "last_day": held.closes,
    }


def _groups(published: dict[str, Any], drawn: set[str]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "chance": published["chance"].get(name),
            "codes": [{"code": one, "is_drawn": one in drawn} for one in codes],
            "many": len(codes),
            "places": sum(one in drawn for one in codes),
        }
        for name, codes in published["order"].items()
    ]
