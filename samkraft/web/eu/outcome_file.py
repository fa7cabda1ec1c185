"""An EU project's outcome out of the economy system: a SIE file that is tried and then taken in, and its account table."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samkraft.audit.actions import transactions
from samkraft.money.actions import economy_accounts
from samkraft.money.actions.economy_accounts import TakenIn
from samkraft.money.queries.eu import eu_projects as queries
from samkraft.money.rules.economy_accounts import Range
from samkraft.money.rules.eu.eu_budgets import CASH, COSTS, LABELS, RowKind
from samkraft.money.rules.sie.reading import LARGEST
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, figures, refusals
from samkraft.web.acting import page
from samkraft.web.eu import frames

NEW_ROWS = 2


class FileForm(forms.Form):
    """The file and the project's code in it."""

    file = forms.FileField(label=gettext_lazy("SIE-fil (typ 4)"))
    code = forms.CharField(label=gettext_lazy("Projektets beteckning i ekonomisystemet"), max_length=40)


class RangeForm(forms.Form):
    """Accounts from one number to another and the row that they belong to. Empty numbers: no such line."""

    first = forms.CharField(label=gettext_lazy("Från konto"), max_length=10, required=False)
    last = forms.CharField(label=gettext_lazy("Till konto"), max_length=10, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Rad i budgeten"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(kind.value, _(LABELS[kind])) for kind in (*COSTS, *CASH)]
        self.fields["kind"].choices = [("", _("räknas inte här")), *rows]


@page(needs=Permission.MANAGE_EU_PROJECTS)
def show(request: Any, code: str) -> HttpResponse:
    """POST `gor`: `prova` or `las-in` with a file, or `konton` with the account table."""
    with transactions.read(request.by):
        project = frames.found(request, code)
        ranges = queries.account_ranges(by=request.by, project_id=project.row.id)
    deed = request.POST.get("gor", "")
    is_file = deed in ("prova", "las-in")
    form = FileForm(request.POST if is_file else None, request.FILES if is_file else None)
    table = _table(request.POST if deed == "konton" else None, ranges)
    tried: TakenIn | None = None
    if is_file and form.is_valid():
        try:
            tried = _take_in(request, project.row.id, form, is_trial=deed == "prova")
        except Refused as refusal:
            form.add_error("file", str(refusals.explain(refusal)))
        else:
            if not tried.is_trial:
                messages.success(request, _said(tried))
                return afterwards.to("eu:project", code)
    failed: forms.Form | None = form if form.errors else None
    if deed == "konton":
        failed = _keep(request, project.row.id, table)
        if failed is None:
            messages.success(request, _("Kontotabellen är sparad."))
            return afterwards.to("eu:outcome_file", code)
    with transactions.read(request.by):
        context = {
            **frames.frame(request, project, label=_("Läs in utfall")), "form": form, "table": table, "failed": failed,
            "tried": [
                (one.row.day, one.text, one.row.account, _(LABELS[one.kind]) if one.kind else "",
                 figures.kronor(one.row.amount_ore))
                for one in tried.taken
            ] if tried else None,
            "tried_words": _said(tried) if tried else "",
        }  # fmt: skip
        return render(request, "eu/outcome_file.html", context, status=422 if failed else 200)


def _take_in(request: Any, project_id: Any, form: FileForm, *, is_trial: bool) -> TakenIn:
    file = form.cleaned_data["file"]
    content = file.read(LARGEST + 1)
    return economy_accounts.take_in(
        by=request.by, project_id=project_id, content=content, code=form.cleaned_data["code"].strip(), is_trial=is_trial
    )


def _said(tried: TakenIn) -> str:
    count = len(tried.taken)
    words = {"count": count, "sum": figures.kronor(tried.sum_ore)}
    if tried.is_trial:
        template = ngettext(
            "%(count)s rad, %(sum)s, skulle läsas in.", "%(count)s rader, %(sum)s, skulle läsas in.", count
        )
    else:
        template = ngettext("%(count)s rad, %(sum)s, är inläst.", "%(count)s rader, %(sum)s, är inlästa.", count)
    return template % words


def _table(data: Any, ranges: list[Range]) -> list[RangeForm]:
    initial = [{"first": one.first, "last": one.last, "kind": one.kind.value if one.kind else ""} for one in ranges]
    count = max(len(initial) + NEW_ROWS, int(data.get("rader", 0)) if data and data.get("rader", "").isdigit() else 0)
    rows: list[dict[str, str]] = [*initial, *({} for _row in range(min(count, 200) - len(initial)))]
    return [RangeForm(data, prefix=f"r{number}", initial=row) for number, row in enumerate(rows)]


def _keep(request: Any, project_id: Any, table: list[RangeForm]) -> forms.Form | None:
    """Save the whole table, or the form with what is wrong."""
    for form in table:
        if not form.is_valid():
            return form
    lines = [
        Range(one["first"], one["last"] or one["first"], RowKind(one["kind"]) if one["kind"] else None)
        for one in (form.cleaned_data for form in table)
        if one["first"]
    ]
    try:
        economy_accounts.say_ranges(by=request.by, project_id=project_id, ranges=lines)
    except Refused as refusal:
        refusals.put_in(table[0], refusal)
        return table[0]
    return None
