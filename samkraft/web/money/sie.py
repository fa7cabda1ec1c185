"""The book as a file for the economy system (SIE 4i), and which accounts it uses there."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.money.actions import economy_accounts
from samkraft.money.queries import ledger, sie_files
from samkraft.money.rules.accounts import LABELS, AccountKind
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page


class AccountForm(forms.Form):
    """The city's own account for a kind of account in our book."""

    number = forms.CharField(label=gettext_lazy("Kontonummer"), max_length=10)
    name = forms.CharField(label=gettext_lazy("Kontots namn"), max_length=100)


@page(needs=Permission.MANAGE_FUNDS)
def show(request: Any) -> HttpResponse:
    """Years to take out, and the accounts that they use. POST `kind`: says an account."""
    kind = request.POST.get("kind", "")
    form = AccountForm(request.POST if kind else None, prefix=kind or None)
    if request.method == "POST" and kind not in {one.value for one in AccountKind}:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            economy_accounts.say_account(by=request.by, kind=AccountKind(kind), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("number", str(refusals.explain(refusal)))
        else:
            messages.success(request, _("Kontot är sparat."))
            return afterwards.to("money:sie")
    with transactions.read(request.by):
        return render(request, "money/sie.html", _context(request, kind, form), status=422 if form.errors else 200)


def _context(request: Any, tried: str, form: AccountForm) -> dict[str, Any]:
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Medel"), "url": reverse("money:home")},
        {"label": _("Bokföring"), "url": reverse("money:accounts")},
        {"label": _("Till ekonomisystemet"), "url": ""},
    ]
    return {
        "shell": frame,
        "failed": form if form.errors else None,
        "years": [(year, reverse("money:sie_file", args=[year])) for year in ledger.years()],
        "accounts": [
            {
                "kind": kind.value, "label": _(LABELS[kind]), "assumed": assumed, "number": number, "name": name,
                "form": form if tried == kind.value else AccountForm(
                    prefix=kind.value, initial={"number": number, "name": name}
                ),
            }
            for kind, number, name, assumed in sie_files.accounts(by=request.by)
        ],
    }  # fmt: skip


@page(needs=Permission.MANAGE_FUNDS)
def download(request: Any, year: int) -> HttpResponse:
    """A year as SIE 4i. Its name tells what it is."""
    if year not in ledger.years():
        raise Http404
    content = sie_files.of_year(by=request.by, year=year, made=timezone.localdate())
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="samkraft-{year}.si"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
