"""Läs in beslut: take in a text, answer what it leaves open, and register it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.money.actions import drafts as actions
from samkraft.money.queries import drafts as queries
from samkraft.money.queries.drafts import DraftPage
from samkraft.money.rules import case_numbers
from samkraft.money.rules.documents import document_text
from samkraft.money.rules.registration.registration_questions import Ask
from samkraft.partners.queries import organisations
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.money import asked_fields, crumbs
from samkraft.web.money.reading import reading_words

MEDIA_TYPES = {
    ".txt": "text/plain; charset=utf-8",
    ".text": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
QUESTIONS_LEFT = Reason(
    "questions_left",
    phrase("Det finns frågor kvar om texten."),
    phrase("Gå tillbaka till utkastet och svara på dem först."),
)
DECIDING_KINDS = (
    OrganisationKind.COUNCIL,
    OrganisationKind.BOARD,
    OrganisationKind.WORKING_COMMITTEE,
    OrganisationKind.COMMITTEE,
)


class ReadInForm(forms.Form):
    """A pasted text or a file; exactly one of them."""

    use_required_attribute = False

    text = asked_fields.AskedText(
        label=gettext_lazy("Klistra in beslutet eller tjänsteskrivelsen"),
        help_text=gettext_lazy("Hela texten går bra. Bara besluten registreras, resten sparas som källa."),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    file = asked_fields.AskedFile(
        label=gettext_lazy("Eller välj en fil"),
        help_text=gettext_lazy("Word (.docx), PDF med text eller .txt, högst 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf"}),
        allow_empty_file=True,  # an empty one is refused with words of our own
    )

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two, said beside the field that it concerns."""
        data = super().clean() or {}
        if data.get("text", "").strip() and data.get("file"):
            self.add_error("file", _("Välj antingen texten eller filen. Ta bort den ena."))
        return data


@page(needs=Permission.REGISTER_DECISIONS)
def start(request: Any) -> HttpResponse:
    """Take in a text or a file. GET shows the form and the drafts that wait."""
    form = ReadInForm()
    if request.method == "POST":
        form = ReadInForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                draft_id = _begin(request, form.cleaned_data)
            except Refused as refusal:
                form.add_error("file" if form.cleaned_data.get("file") else "text", str(refusals.explain(refusal)))
            else:
                return afterwards.to("money:draft", draft_id)
    with transactions.read(request.by):
        return render(
            request,
            "money/read_in.html",
            {
                "shell": _frame(request, _("Läs in beslut")),
                "form": form,
                "drafts": queries.listed(by=request.by),
                "limit": document_text.LARGEST_MB,
            },
            status=422 if form.errors else 200,
        )


def _begin(request: Any, data: dict[str, Any]) -> UUID:
    uploaded = data.get("file")
    if not uploaded:
        return actions.begin(by=request.by, text=data["text"])
    if uploaded.size > document_text.LARGEST_BYTES:  # before it is read into memory
        raise Refused(document_text.TOO_LARGE, limit=document_text.LARGEST_MB)
    ending = "." + uploaded.name.rsplit(".", 1)[-1].lower()
    return actions.begin(
        by=request.by,
        file_name=uploaded.name,
        media_type=MEDIA_TYPES.get(ending, "application/octet-stream"),
        content=uploaded.read(),
    )


@page(needs=Permission.REGISTER_DECISIONS)
def draft(request: Any, draft_id: UUID) -> HttpResponse:
    """The text with its marks, the questions, the rows and the sum. Query: `del` chooses among several matters."""
    return show(request, draft_id)


@require_POST
@page(needs=Permission.REGISTER_DECISIONS)
def answer(request: Any, draft_id: UUID) -> HttpResponse:
    """Answer one question, with a ready-made answer or with typed words."""
    with transactions.read(request.by):
        shown = _page(request, draft_id)
    key, value, typed = (request.POST.get(name, "") for name in ("key", "value", "typed"))
    ask = next((each for each in shown.asked if each.key == key), None)
    if ask is None:
        return show(request, draft_id, problem=_("Frågan finns inte längre. Så här ser utkastet ut nu."), status=409)
    try:
        value, label = _answer_of(ask, value, typed.strip())
    except ValueError as fault:
        return show(request, draft_id, wrong={key: (typed, str(fault))}, status=422)
    except Refused as refusal:
        return show(request, draft_id, wrong={key: (typed, str(refusals.explain(refusal)))}, status=422)
    return _change(request, draft_id, ask, typed, actions.answer, key=key, value=value, label=label, text=ask.text)


def _answer_of(ask: Ask, value: str, typed: str) -> tuple[str, str]:
    """The value and the words of an answer. Raises ValueError, or Refused, in words when it cannot be used."""
    ready = next((each for each in ask.answers if each.value == value), None)
    if value and ready:
        return ready.value, ready.label
    if ask.field == "years" and typed:
        years = typed.replace(",", " ").replace("–", " ").split()
        if years and all(year.isdecimal() and len(year) == 4 and "1990" <= year <= "2199" for year in years):
            return " ".join(years), ", ".join(years)
        raise ValueError(_("Skriv år med fyra siffror, till exempel 2024 eller 2024, 2025."))
    if ask.field == "case" and typed:
        tidy = case_numbers.tidy(typed)
        return tidy, tidy
    if ask.field == "organisation" and value:
        chosen = next((row for row in _bodies() if str(row[0]) == value), None)
        if chosen:
            return value, chosen[1]
    raise ValueError(_("Välj ett svar, eller skriv ett."))


@require_POST
@page(needs=Permission.REGISTER_DECISIONS)
def take_back(request: Any, draft_id: UUID) -> HttpResponse:
    """Open an answered question again."""
    return _change(request, draft_id, None, "", actions.take_back, key=request.POST.get("key", ""))


@require_POST
@page(needs=Permission.REGISTER_DECISIONS)
def choose_part(request: Any, draft_id: UUID) -> HttpResponse:
    """Choose which of several matters in the text to go on with."""
    part = request.POST.get("part", "")
    return _change(request, draft_id, None, "", actions.choose_part, part=int(part) if part.isdecimal() else 0)


@require_POST
@page(needs=Permission.REGISTER_DECISIONS)
def discard(request: Any, draft_id: UUID) -> HttpResponse:
    """Throw the draft away."""
    try:
        actions.discard(by=request.by, draft_id=draft_id, version=version_in(request))
    except Refused as refusal:
        return show(request, draft_id, problem=str(refusals.explain(refusal)), status=409)
    messages.success(request, _("Utkastet är borttaget. Inget är registrerat."))
    return afterwards.to("money:read_in")


def _change(request: Any, draft_id: UUID, ask: Ask | None, typed: str, run: Any, **values: Any) -> HttpResponse:
    """Run one change of the draft; then back to the page, or the page again with what was typed and why not."""
    try:
        run(by=request.by, draft_id=draft_id, version=version_in(request), **values)
    except Refused as refusal:
        wrong = {ask.key: (typed, "")} if ask and typed else {}
        return show(request, draft_id, wrong=wrong, problem=str(refusals.explain(refusal)), status=409)
    return afterwards.at(f"{reverse('money:draft', args=[draft_id])}#fragor")


def version_in(request: Any) -> int:
    """The version that the form was made from; 0, which no draft has, when it is not a number."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else 0


def show(
    request: Any,
    draft_id: UUID,
    *,
    wrong: dict[str, tuple[str, str]] | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The confirm page, as it stands now. `wrong` is what was typed to a question, and why it could not be used."""
    with transactions.read(request.by):
        shown = _page(request, draft_id)
        context = reading_words.context(shown, wrong or {})
        bodies = _bodies() if any(ask.field == "organisation" for ask in shown.open_questions) else []
        context |= {
            "shell": _frame(request, shown.now.case_number or _("Utkast")),
            "problem": problem,
            "bodies": bodies,
        }
        return render(request, "money/draft.html", context, status=status)


def _page(request: Any, draft_id: UUID) -> DraftPage:
    found = queries.page(by=request.by, draft_id=draft_id)
    if found is None:
        raise Refused(actions.NO_DRAFT)
    return found


def _bodies() -> list[tuple[UUID, str]]:
    return [(row.id, row.name) for kind in DECIDING_KINDS for row in organisations.listed(kind=kind.value)]


def _frame(request: Any, last: str) -> shell.Shell:
    first = _("Läs in beslut")
    steps = [(first, reverse("money:read_in"))]
    return crumbs.frame(request, *steps, *([(last, "")] if last != first else []))
