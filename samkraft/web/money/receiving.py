"""A document that has come in, put into its matter with its file: a source, and nothing is posted of it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.money.actions import matters as actions
from samkraft.money.queries import documents as queries
from samkraft.money.rules import case_numbers
from samkraft.money.rules.documents import document_text
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.money import asked_fields, crumbs
from samkraft.web.money.reading.reading import MEDIA_TYPES

# What comes in, as a registry calls it. Stored in Swedish, as the document is.
KINDS = (
    phrase("Skrivelse"),
    phrase("Tjänsteskrivelse"),
    phrase("Protokollsutdrag"),
    phrase("Remiss"),
    phrase("Remissvar"),
    phrase("Rapport"),
    phrase("Avtal"),
    phrase("Annan handling"),
)
FIELDS: dict[str, str | None] = {
    case_numbers.NOT_A_CASE_NUMBER.code: "case_number",
    actions.NO_TITLE.code: "title",
    actions.NO_KIND.code: "kind",
    actions.ALREADY_RECEIVED.code: "file",
    **{reason.code: "file" for reason in document_text.REASONS},
}


class ReceiveForm(forms.Form):
    """What is known about a document when it comes in. Who sent it and when may be unknown."""

    use_required_attribute = False

    case_number = forms.CharField(
        label=gettext_lazy("Diarienummer"),
        help_text=gettext_lazy("Finns ärendet läggs handlingen dit. Annars öppnas det."),
        max_length=60,
    )
    matter_title = forms.CharField(
        label=gettext_lazy("Ärendets rubrik"),
        help_text=gettext_lazy("Bara för ett nytt ärende. Lämna tomt om det ska heta som handlingen."),
        max_length=300,
        required=False,
    )
    kind = forms.ChoiceField(label=gettext_lazy("Vad är det för handling?"))
    title = forms.CharField(label=gettext_lazy("Handlingens rubrik"), max_length=300)
    author = forms.ChoiceField(label=gettext_lazy("Vem kommer den från?"), required=False)
    dated = SwedishDateField(
        label=gettext_lazy("Handlingens dag"), help_text=gettext_lazy("Lämna tomt om det inte står."), required=False
    )
    file = asked_fields.AskedFile(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy("Word (.docx), PDF eller .txt, högst 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf"}),
        allow_empty_file=True,  # an empty one is refused with words of our own
    )
    text = asked_fields.AskedText(
        label=gettext_lazy("Eller texten"), strip=False, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args: Any, bodies: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = [("", _("Välj")), *((kind, _(kind)) for kind in KINDS)]
        self.fields["author"].choices = [("", _("Vet inte, eller en privatperson")), *bodies]

    def clean(self) -> dict[str, Any]:
        """Something of the document itself, and not two things that could differ."""
        data = super().clean() or {}
        has_text, has_file = bool((data.get("text") or "").strip()), bool(data.get("file"))
        if has_text and has_file:
            self.add_error("file", _("Välj antingen texten eller filen. Ta bort den ena."))
        if not has_text and not has_file and "file" not in self.errors:
            self.add_error("file", _("Välj filen, eller klistra in texten."))
        return data


@page(needs=Permission.REGISTER_DECISIONS)
def show(request: Any) -> HttpResponse:
    """The form. Query: `arende` the case number of the matter that one came from."""
    with transactions.read(request.by):
        bodies = [(str(body.id), body.name) for body in organisations.listed()]
    initial = {"case_number": request.GET.get("arende", "")[:60]}
    form = ReceiveForm(request.POST or None, request.FILES or None, bodies=bodies, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            document_id = _receive(request, form.cleaned_data)
        except Refused as refusal:
            refusals.put_in(form, refusal, FIELDS)
        else:
            return _onwards(request, document_id)
    with transactions.read(request.by):
        steps = ((_("Ärenden"), reverse("money:matters")), (_("Inkommen handling"), ""))
        context = {"shell": crumbs.frame(request, *steps), "form": form}
        return render(request, "money/receive.html", context, status=422 if form.errors else 200)


def _receive(request: Any, data: dict[str, Any]) -> UUID:
    said = {
        "kind": data["kind"], "title": data["title"], "case_number": data["case_number"], "dated": data["dated"],
        "matter_title": data["matter_title"], "author_id": UUID(data["author"]) if data["author"] else None,
    }  # fmt: skip
    uploaded = data.get("file")
    if not uploaded:
        return actions.receive(by=request.by, text=data["text"], **said)
    if uploaded.size > document_text.LARGEST_BYTES:  # before it is read into memory
        raise Refused(document_text.TOO_LARGE, limit=document_text.LARGEST_MB)
    content = uploaded.read()
    ending = "." + uploaded.name.rsplit(".", 1)[-1].lower()
    return actions.receive(
        by=request.by, text=_text_of(content, uploaded.name), file_name=uploaded.name[:255],
        media_type=MEDIA_TYPES.get(ending, "application/octet-stream"), content=content, **said,
    )  # fmt: skip


def _text_of(content: bytes, name: str) -> str:
    """What can be read in the file. Pages that are pictures are kept too: they are a source, only not read."""
    try:
        return document_text.extract(content, name)
    except Refused as refusal:
        if refusal.reason is document_text.SCANNED:
            return ""
        raise


def _onwards(request: Any, document_id: UUID) -> HttpResponse:
    """To the matter, with what can be done next."""
    with transactions.read(request.by):
        found = queries.page(by=request.by, document_id=document_id)
    assert found is not None
    if found.line.file_name and not found.text.strip():
        messages.warning(request, _("Handlingen är inlagd. Filen har bilder av sidor men ingen text att läsa."))
    else:
        messages.success(request, _("Handlingen är inlagd. Inget är bokfört: det gör bara ett beslut."))
    return afterwards.to("money:matter", found.matter_id)
