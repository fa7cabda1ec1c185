"""Requests for documents: the authority's own list, a new one, and one with its documents and next step."""

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
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.money.actions import access_requests as actions
from samkraft.money.queries import access_requests as queries
from samkraft.money.queries.access_requests import RequestRow
from samkraft.money.rules.access_requests import (
    NEXT_STEPS,
    RESULT_LABELS,
    STEP_LABELS,
    WAY_LABELS,
    Result,
    Step,
    Way,
)
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page

STEP_WORDS = {
    "besvara": Step.ANSWERED,
    "myndigheten": Step.TO_AUTHORITY,
    "besluta": Step.DECIDED,
    "lamna-ut": Step.HANDED_OUT,
    "aterta": Step.WITHDRAWN,
}
BUTTONS = {
    Step.ANSWERED: phrase("Besvara begäran"),
    Step.TO_AUTHORITY: phrase("Den som frågar vill ha ett skriftligt beslut"),
    Step.DECIDED: phrase("Fatta myndighetens beslut"),
    Step.HANDED_OUT: phrase("Markera som utlämnad"),
    Step.WITHDRAWN: phrase("Begäran är återtagen"),
}
RESULT_TONES = {Result.WHOLE: "ok", Result.MASKED: "needs", Result.REFUSED: "overdue"}
STEP_TONES = {
    Step.RECEIVED: "needs",
    Step.ANSWERED: "needs",
    Step.TO_AUTHORITY: "needs",
    Step.DECIDED: "needs",
    Step.HANDED_OUT: "ok",
    Step.WITHDRAWN: "closed",
}


class NewForm(forms.Form):
    """A new request. Nobody asks who it is."""

    words = forms.CharField(
        label=gettext_lazy("Vad begäran gäller"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    way = forms.ChoiceField(label=gettext_lazy("Hur den kom in"))
    answer_to = forms.CharField(
        label=gettext_lazy("Dit svaret ska"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Fråga inte vem det är eller varför. Lämna tomt om handlingarna hämtas."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [(way.value, _(WAY_LABELS[way])) for way in Way]


class StepForm(forms.Form):
    """Reasons or a note with a step."""

    text = forms.CharField(
        label=gettext_lazy("Skäl eller anteckning"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@page(needs=Permission.HANDLE_ACCESS_REQUESTS)
def index(request: Any) -> HttpResponse:
    """Everything that has been asked for, the latest first."""
    today = timezone.localdate()
    rows = [
        {
            "row": row, "url": reverse("access:request", args=[row.id]), "state": state_of(row),
            "is_late": row.due is not None and row.due < today,
        }
        for row in queries.listed(by=request.by)
    ]  # fmt: skip
    return render(request, "access/list.html", {"shell": crumbs(request), "rows": rows})


@page(needs=Permission.HANDLE_ACCESS_REQUESTS)
def new(request: Any) -> HttpResponse:
    """Take in a request."""
    form = NewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.receive(
                by=request.by, way=Way(data["way"]), words=data["words"], answer_to=data["answer_to"]
            )
        except Refused as refusal:
            refusals.put_in(form, refusal)
        else:
            messages.success(request, _("Begäran är registrerad. Sök fram handlingarna."))
            return afterwards.to("access:request", made)
    with transactions.read(request.by):
        context = {"shell": crumbs(request, _("Ny begäran")), "form": form}
        return render(request, "access/new.html", context, status=422 if form.errors else 200)


@page(needs=Permission.HANDLE_ACCESS_REQUESTS)
def show(request: Any, request_id: UUID) -> HttpResponse:
    """One request. Query: `sok` words to find documents by."""
    return _show(request, request_id)


@require_POST
@page(needs=Permission.HANDLE_ACCESS_REQUESTS)
def move(request: Any, request_id: UUID, step: str) -> HttpResponse:
    """The next step."""
    if step not in STEP_WORDS:
        raise Http404
    form = StepForm(request.POST, prefix=step)
    if form.is_valid():
        try:
            actions.move(by=request.by, request_id=request_id, step=STEP_WORDS[step], text=form.cleaned_data["text"])
        except Refused as refusal:
            refusals.put_in(form, refusal)
        else:
            messages.success(request, _("Begäran är nu %(state)s.") % {"state": _(STEP_LABELS[STEP_WORDS[step]])})
            return afterwards.to("access:request", request_id)
    with transactions.read(request.by):
        return _show(request, request_id, form)


def _show(request: Any, request_id: UUID, failed: StepForm | None = None) -> HttpResponse:
    row = found(request, request_id)
    searched = request.GET.get("sok", "").strip()
    may_weigh = row.standing in (Step.RECEIVED, Step.TO_AUTHORITY)
    context = {
        "shell": crumbs(request, row.name),
        "row": row,
        "way": _(WAY_LABELS[row.way]),
        "state": state_of(row),
        "is_late": row.due is not None and row.due < timezone.localdate(),
        "documents": [
            {
                "one": one, "state": (RESULT_TONES[one.result], _(RESULT_LABELS[one.result])),
                "url": reverse("access:weigh", args=[row.id, one.document_id]) if may_weigh else "",
                "out": "" if one.result is Result.REFUSED else reverse("access:out", args=[row.id, one.document_id]),
                "grounds": one.grounds,
            }
            for one in row.documents
        ],
        "searched": searched,
        "hits": [
            (one, reverse("access:weigh", args=[row.id, one.id]))
            for one in queries.find(by=request.by, words=searched)
        ] if searched and may_weigh else [],
        "may_weigh": may_weigh,
        "forms": [_form(row, step, failed) for step in NEXT_STEPS[row.standing] if _fits(row, step)],
        "failed": failed,
        "history": [
            {"when": one.at, "heading": _heading(one.step), "text": one.text, "source": one.by,
             "kind": STEP_TONES[one.step]}
            for one in row.steps
        ],
    }  # fmt: skip
    return render(request, "access/request.html", context, status=422 if failed else 200)


def found(request: Any, request_id: UUID) -> RequestRow:
    """The request, or 404 alike for what is not there and what is another authority's."""
    row = queries.page(by=request.by, request_id=request_id)
    if row is None:
        raise Http404
    return row


def crumbs(request: Any, *labels: str) -> Any:
    """The frame with the way back to the list."""
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Medel"), "url": reverse("money:home")},
        {"label": _("Begäran om handlingar"), "url": reverse("access:requests") if labels else ""},
        *({"label": label, "url": ""} for label in labels),
    ]
    return frame


def state_of(row: RequestRow) -> tuple[str, str]:
    """Where it is, as a tone and words."""
    return STEP_TONES[row.standing], _(STEP_LABELS[row.standing])


def _fits(row: RequestRow, step: Step) -> bool:
    if step is Step.TO_AUTHORITY:
        return row.answer in (Result.MASKED, Result.REFUSED)
    return not (step is Step.HANDED_OUT and row.answer in (None, Result.REFUSED))


def _form(row: RequestRow, step: Step, failed: StepForm | None) -> dict[str, Any]:
    slug = next(word for word, each in STEP_WORDS.items() if each is step)
    return {
        "form": failed if failed and failed.prefix == slug else StepForm(prefix=slug),
        "url": reverse("access:move", args=[row.id, slug]),
        "button": _(BUTTONS[step]),
        "asks": step in (Step.DECIDED, Step.ANSWERED),
        "is_quiet": step in (Step.WITHDRAWN, Step.TO_AUTHORITY),
    }


def _heading(step: Step) -> str:
    words = _(STEP_LABELS[step])
    return words[0].upper() + words[1:]
