"""The test of one document, the document as it leaves, and the letter that answers."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.money.actions import access_requests as actions
from samkraft.money.queries import access_requests as queries
from samkraft.money.rules.access_requests import GROUNDS, RESULT_LABELS, Mask, Result, Step
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.access.requests import crumbs, found
from samkraft.web.acting import page

PASSAGES = 6


class WeighForm(forms.Form):
    """What becomes of the document, what is covered and why."""

    result = forms.ChoiceField(label=gettext_lazy("Vad händer med handlingen?"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=gettext_lazy("Sekretessregel när den inte lämnas ut"), required=False)
    harm = forms.CharField(
        label=gettext_lazy("Skadeprövning"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Vilken skada skulle det göra, och för vem? Behövs när något hålls tillbaka."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = [("", _("välj regel")), *((key, _(words)) for key, words in GROUNDS.items())]
        self.fields["result"].choices = [(result.value, _(RESULT_LABELS[result])) for result in Result]
        self.fields["ground"].choices = grounds
        for number in range(1, PASSAGES + 1):
            self.fields[f"passage{number}"] = forms.CharField(
                label=_("Maska stycke %(number)s") % {"number": number}, required=False, max_length=2000,
                widget=forms.Textarea(attrs={"rows": 1}),
            )  # fmt: skip
            self.fields[f"why{number}"] = forms.ChoiceField(label=_("Regel"), required=False, choices=grounds)

    def row_words(self, name: str) -> str:
        """Which passage a field belongs to, for the list of what to put right."""
        number = name.removeprefix("why")
        return _("Stycke {number}").format(number=number) if number.isdigit() else ""

    def masks(self) -> list[Mask]:
        """The passages that were filled in."""
        data = self.cleaned_data
        return [
            Mask(data[f"passage{number}"], data[f"why{number}"])
            for number in range(1, PASSAGES + 1)
            if data[f"passage{number}"].strip()
        ]

    def pairs(self) -> list[tuple[Any, Any]]:
        """The fields of each passage beside each other."""
        return [(self[f"passage{number}"], self[f"why{number}"]) for number in range(1, PASSAGES + 1)]


@page(needs=Permission.HANDLE_ACCESS_REQUESTS)
def show(request: Any, request_id: UUID, document_id: UUID) -> HttpResponse:
    """Test one document."""
    with transactions.read(request.by):
        row = found(request, request_id)
        read = queries.text_of(by=request.by, document_id=document_id)
        if read is None:
            raise Http404
    before = next((one for one in row.documents if one.document_id == document_id), None)
    initial: dict[str, str] = (
        {"result": before.result.value, "ground": before.ground, "harm": before.harm} if before else {}
    )
    for number, mask in enumerate(before.masks if before else (), start=1):
        initial |= {f"passage{number}": mask.passage, f"why{number}": mask.ground}
    form = WeighForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.weigh(
                by=request.by, request_id=request_id, document_id=document_id, result=Result(data["result"]),
                masks=form.masks(), ground=data["ground"], harm=data["harm"],
            )  # fmt: skip
        except Refused as refusal:
            refusals.put_in(form, refusal)
        else:
            messages.success(request, _("Prövningen är sparad."))
            return afterwards.to("access:request", request_id)
    with transactions.read(request.by):
        context = {
            "shell": crumbs(request, row.name, read[0]), "row": row, "title": read[0], "text": read[1], "form": form,
            "back": reverse("access:request", args=[request_id]),
        }  # fmt: skip
        return render(request, "access/weigh.html", context, status=422 if form.errors else 200)


@page(needs=Permission.HANDLE_ACCESS_REQUESTS)
def out(request: Any, request_id: UUID, document_id: UUID) -> HttpResponse:
    """The document as it leaves, to print or save. What is covered is not in the page at all."""
    row = found(request, request_id)
    handed = queries.handed_out(by=request.by, request_id=request_id, document_id=document_id)
    if handed is None:
        raise Http404
    title, pieces = handed
    context = {
        "shell": crumbs(request, row.name, title), "row": row, "title": title,
        "pieces": [(piece.text, _(GROUNDS[piece.ground]) if piece.ground else "") for piece in pieces],
        "is_masked": any(piece.ground for piece in pieces),
    }  # fmt: skip
    return render(request, "access/out.html", context)


@page(needs=Permission.HANDLE_ACCESS_REQUESTS)
def letter(request: Any, request_id: UUID) -> HttpResponse:
    """The answer as a letter to print: what is handed out, what is not and by which rule, and how to go on."""
    row = found(request, request_id)
    decided = next((step for step in reversed(row.steps) if step.step is Step.DECIDED), None)
    answered = next((step for step in reversed(row.steps) if step.step is Step.ANSWERED), None)
    context = {
        "shell": crumbs(request, row.name, _("Svar")), "row": row, "authority": organisations.name_of(request.by.organisation_id),
        "today": timezone.localdate(), "decided": decided, "answered": answered,
        "documents": [
            (one, _(RESULT_LABELS[one.result]),
             [_(GROUNDS[ground]) for ground in one.grounds])
            for one in row.documents
        ],
        "keeps_back": row.answer in (Result.MASKED, Result.REFUSED),
    }  # fmt: skip
    return render(request, "access/letter.html", context)
