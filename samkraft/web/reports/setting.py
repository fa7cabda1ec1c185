"""Set the questions of a fund's year, and open the reports for those who got money."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.money.actions.reports import report_years
from samkraft.money.queries.contradictions import sources
from samkraft.money.queries.reports import reports
from samkraft.money.queries.reports.reports import Asked
from samkraft.partners.queries import organisations
from samkraft.partners.rules.organisations import HOLDS_FRAME
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.reports import frame

FIRST, LAST = 1990, 2199


class QuestionForm(forms.Form):
    """A question to add."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("Fråga"),
        max_length=400,
        error_messages={"required": gettext_lazy("Skriv frågan som nämnderna ska läsa den.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    parent = forms.ChoiceField(label=gettext_lazy("Står under"), required=False)
    body = forms.ChoiceField(label=gettext_lazy("Vem svarar?"), required=False)

    def __init__(self, asked: list[Asked], data: Any = None) -> None:
        super().__init__(data)
        top = [each for each in asked if not each.parent]
        self.fields["parent"].choices = [
            ("", _("Ingen: det är en huvudfråga")), *((str(each.id), each.text) for each in top)
        ]  # fmt: skip
        bodies = [(str(row.id), row.name) for row in organisations.listed() if row.kind in HOLDS_FRAME]
        self.fields["body"].choices = [("", _("Alla som har fått pengar")), *bodies]


class OpenForm(forms.Form):
    """The last day."""

    use_required_attribute = False
    due = SwedishDateField(label=gettext_lazy("Sista dag"))


@page(needs=Permission.MANAGE_FUNDS)
def show(request: Any, code: str, year: int) -> HttpResponse:
    """The questions, a form for one more, and the reports that are open."""
    if request.method != "POST":
        return _render(request, code, year)
    with transactions.read(request.by):
        fund_id = _fund(code, year)[0]
        form = QuestionForm(reports.questions(by=request.by, fund_id=fund_id, year=year), request.POST)
        is_valid = form.is_valid()
    if is_valid:
        data = form.cleaned_data
        try:
            report_years.ask(
                by=request.by,
                fund_id=fund_id,
                year=year,
                text=data["text"],
                parent_id=data["parent"] or None,
                organisation_id=data["body"] or None,
            )
        except Refused as refusal:
            form.add_error("text", str(refusals.explain(refusal)))
        else:
            messages.success(request, _("Frågan är med i uppsättningen."))
            return afterwards.to("reports:setting", code, year)
    with transactions.read(request.by):
        return _render(request, code, year, form=form)


@require_POST
@page(needs=Permission.MANAGE_FUNDS)
def open_year(request: Any, code: str, year: int) -> HttpResponse:
    """Open the reports."""
    form = OpenForm(request.POST)
    if form.is_valid():
        with transactions.read(request.by):
            fund_id = _fund(code, year)[0]
        try:
            opened = report_years.open_year(
                by=request.by, fund_id=fund_id, year=year, due_date=form.cleaned_data["due"]
            )
        except Refused as refusal:
            refusals.put_in(form, refusal)
        else:
            messages.success(request, _("%(count)s redovisningar är öppnade.") % {"count": len(opened)})
            return afterwards.at(f"{reverse('reports:index')}?ar={year}&satsning={code}")
    with transactions.read(request.by):
        return _render(request, code, year, opening=form)


def _render(
    request: Any, code: str, year: int, *, form: QuestionForm | None = None, opening: OpenForm | None = None
) -> HttpResponse:
    fund_id, name = _fund(code, year)
    asked = reports.questions(by=request.by, fund_id=fund_id, year=year)
    title = _("Frågor om %(fund)s %(year)s") % {"fund": name, "year": year}
    opened = reports.listed(by=request.by, year=year, fund_code=code)
    context = {
        "shell": frame.of(request, (title, "")),
        "title": title,
        "code": code,
        "year": year,
        "asked": asked,
        "form": form or QuestionForm(asked),
        "opening": opening or OpenForm(initial={"due": date(year + 1, 1, 31)}),
        "opened": [(row, *frame.state(row)) for row in opened],
        "failed": form if form is not None and form.errors else opening if opening is not None else None,
    }
    return render(request, "reports/setting.html", context, status=422 if form or opening else 200)


def _fund(code: str, year: int) -> tuple[Any, str]:
    """Id and name of the fund. 404 for one that is not there, and for a year that no calendar of ours has."""
    known = sources.fund_names().get(code)
    if known is None or not FIRST <= year <= LAST:
        raise Http404
    return known
