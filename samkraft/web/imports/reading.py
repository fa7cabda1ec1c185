"""Läs in från fil: choose a file, see what would become of it and what is wrong where, then read in all of it or nothing."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import imports
from samkraft.people.actions.imports import ReadIn
from samkraft.people.queries import imports as asked
from samkraft.people.rules.imports import faults, shapes, tables
from samkraft.people.rules.imports.shapes import Kind
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, exports, refusals, shell
from samkraft.web.acting import page
from samkraft.web.imports import carried

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Words:
    """What a kind is called on its page: heading, lead, where one comes from, and what the systems' files are good for."""

    heading: str
    lead: str
    back_label: str
    back: str
    systems: str


WORDS = {
    Kind.REFERRALS: Words(
        phrase("Läs in remitteringar"),
        phrase("En fil med personer som ska remitteras eller anvisas. Det du läser in stannar i din myndighet."),
        phrase("Deltagare"),
        "people:everyone",
        phrase("Vår mall, eller en fil från AIS, Procapita, Lifecare eller SUS. Kolumnerna känns igen på sina namn."),
    ),
    Kind.OCCASIONS: Words(
        phrase("Läs in tillfällen"),
        phrase(
            "En fil med tillfällen och platser för aktiviteter som du samordnar. Inga platser erbjuds förrän du öppnar."
        ),
        phrase("Platser"),
        "offer:home",
        phrase("Vår mall, eller en fil från AIS, Procapita eller Lifecare. Kolumnerna känns igen på sina namn."),
    ),
    Kind.ATTENDANCE: Words(
        phrase("Läs in närvaro"),
        phrase(
            "En fil med närvaro vid era träffar. Skriv deltagarens kod, aldrig personnummer eller varför någon är borta."
        ),
        phrase("Träffar"),
        "offer:sessions",
        phrase("Vår mall, eller en egen lista med samma kolumner. Koderna står på listan för varje träff."),
    ),
}


class FileForm(forms.Form):
    """One file."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy("Excel (.xlsx) eller CSV, högst 2 MB. Den första raden ska ha kolumnernas namn."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        allow_empty_file=True,  # an empty one is refused with words of our own
        error_messages={"required": gettext_lazy("Välj en fil.")},
    )


@page(needs=Permission.REFER)
def referrals(request: Any) -> HttpResponse:
    """Referrals."""
    return _serve(request, Kind.REFERRALS)


@page(needs=Permission.COORDINATE_PLACES)
def occasions(request: Any) -> HttpResponse:
    """Occasions with places."""
    return _serve(request, Kind.OCCASIONS)


@page(needs=Permission.HOLD_SESSIONS)
def attendance(request: Any) -> HttpResponse:
    """Attendance."""
    return _serve(request, Kind.ATTENDANCE)


def _serve(request: Any, kind: Kind) -> HttpResponse:
    if request.method != "POST":
        wanted = exports.wanted(request)
        if wanted:
            heads = [exports.Head(one) for one in shapes.template(kind)]
            return exports.answer(wanted, _(WORDS[kind].heading), heads, [])
        return _draw(request, kind, FileForm())
    is_trial = carried.FIELD not in request.POST
    form = FileForm(request.POST, request.FILES) if is_trial else FileForm()
    done, content, name = None, b"", request.POST.get("name", "")
    if not is_trial or form.is_valid():
        try:
            content, name = _file(form) if is_trial else (carried.unpack(request.POST[carried.FIELD]), name)
            done = imports.read_in(by=request.by, kind=kind, content=content, name=name, is_trial=is_trial)
        except Refused as refusal:
            if not is_trial:
                form = FileForm({})
                form.full_clean()
                form.errors.clear()
            form.add_error("file", str(refusals.explain(refusal)))
    if done is not None and done.is_kept:
        said = ngettext("%(rows)s rad är inläst.", "%(rows)s rader är inlästa.", done.rows) % {"rows": done.rows}
        messages.success(request, said)
        return afterwards.at(request.path)
    with transactions.read(request.by):
        return _draw(request, kind, form, done, content, name)


def _file(form: FileForm) -> tuple[bytes, str]:
    uploaded = form.cleaned_data["file"]
    if uploaded.size > tables.LARGEST_BYTES:  # before it is read into memory
        raise Refused(faults.TOO_LARGE, limit=tables.LARGEST_MB)
    return uploaded.read(), uploaded.name


def _draw(
    request: Any, kind: Kind, form: FileForm, done: ReadIn | None = None, content: bytes = b"", name: str = ""
) -> HttpResponse:
    words = WORDS[kind]
    frame = shell.of(request)
    frame.crumbs = [{"label": _(words.back_label), "url": reverse(words.back)}, {"label": _(words.heading)}]
    is_ready = done is not None and not done.faults
    context = {
        "shell": frame, "words": words, "form": form, "done": done, "name": name, "is_ready": is_ready,
        "shape": _(done.shape_name) if done else "", "faults": _told(done) if done else [],
        "more": max(len(done.faults) - MOST_SHOWN, 0) if done else 0,
        "wrong_rows": len({fault.row for fault in done.faults}) if done else 0,
        "carried_name": carried.FIELD, "carried": carried.pack(content) if is_ready else "",
        "columns": [_column(kind, one) for one in shapes.ALL[kind][0].columns if one.name != "whole_name"],
        "most": imports.MOST_ROWS[kind], "latest": asked.latest(request.by, kind),
    }  # fmt: skip
    return render(
        request, "imports/reading.html", context, status=422 if form.errors or (done and done.faults) else 200
    )


def _told(done: ReadIn) -> list[dict[str, Any]]:
    """Faults in words, as many as a person can take in."""
    told = []
    for fault in done.faults[:MOST_SHOWN]:
        said = refusals.explain(fault.refusal())
        told.append({"row": fault.row, "column": fault.column, "text": said.text, "way_out": said.way_out})
    return told


def _column(kind: Kind, column: shapes.Column) -> dict[str, Any]:
    is_name = kind is Kind.REFERRALS and column.name in ("given_name", "family_name")
    return {"heading": column.headings[0], "needed": column.needed or is_name}
