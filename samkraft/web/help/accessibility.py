"""How accessible the pages are, and a way to tell that something is not."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samkraft.partners.actions import fault_reports
from samkraft.partners.rules import fault_reports as rules
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.help import guides


class ReportForm(forms.Form):
    """What does not work, and how to answer."""

    text = forms.CharField(
        label=gettext_lazy("Vad fungerar inte för dig?"),
        help_text=gettext_lazy("Skriv inget om andra personer."),
        max_length=rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    where = forms.CharField(label=gettext_lazy("På vilken sida?"), required=False, max_length=200)
    reply_to = forms.EmailField(label=gettext_lazy("Din e-postadress, om du vill ha svar"), required=False)


@page(public=True)
def show(request: Any) -> HttpResponse:
    """The statement with its form."""
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            fault_reports.send(by=request.by, text=data["text"], reply_to=data["reply_to"], page=data["where"])
        except Refused as refusal:
            form.add_error("text", str(refusals.explain(refusal)))
        else:
            messages.success(request, _("Tack. Den som sköter systemet har fått ditt meddelande."))
            return afterwards.to("accessibility")
    language = "en" if (get_language() or "sv").startswith("en") else "sv"
    guide = guides.read("om", "tillganglighet", language)
    status = 422 if request.method == "POST" else 200
    return render(request, "help/accessibility.html", {"guide": guide, "form": form}, status=status)
