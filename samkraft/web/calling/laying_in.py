"""Reading in: the list of those who may be called, and what all on it did at the follow-up, drawn or not alike."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.knowledge.queries import studies
from samkraft.knowledge.queries.studies import StudyRow
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import call_lists as actions
from samkraft.people.rules import call_lists as rules
from samkraft.values.refusal import Refused
from samkraft.web import figures, refusals
from samkraft.web.acting import page
from samkraft.web.calling import lists
from samkraft.web.date_fields import SwedishDateField

MOST_BYTES = 30_000_000


class ListForm(forms.Form):
    """A file as the own system gives it, or its lines pasted."""

    file = forms.FileField(required=False)
    text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}))

    def __init__(self, *args: Any, headings: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Fil")
        self.fields["text"].label = _("Eller klistra in raderna")
        self.fields["text"].help_text = _("En rad för varje person, med semikolon mellan: %(headings)s") % {
            "headings": headings
        }

    def lines(self) -> str:
        """The text of the file, else what was pasted. An unreadable file is an error of the field."""
        sent = self.cleaned_data.get("file")
        if sent is None:
            return str(self.cleaned_data.get("text", ""))
        if sent.size > MOST_BYTES:
            self.add_error("file", _("Filen är för stor."))
            return ""
        content = sent.read()
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                return str(content.decode(encoding))
            except UnicodeDecodeError:
                continue
        self.add_error("file", _("Filen går inte att läsa som text. Spara den som CSV."))
        return ""


class FollowUpForm(ListForm):
    """The same, with the day that the lines tell of."""

    day = SwedishDateField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, headings=rules.FOLLOW_UP_HEADINGS, **kwargs)
        self.fields["day"].label = _("Dagen som läget gäller")
        self.order_fields(["day", "file", "text"])


@page(needs=Permission.KEEP_CALL_LISTS)
def show(request: Any, registration_id: UUID) -> HttpResponse:
    """Lay in the list of a registered study."""
    if request.method != "POST":
        return _drawn(request, _waiting(registration_id), ListForm(headings=rules.HEADINGS))
    with transactions.read(request.by):
        study = _waiting(registration_id)
    form = ListForm(request.POST, request.FILES, headings=rules.HEADINGS)
    if form.is_valid() and (text := form.lines()):
        try:
            laid = actions.lay_in(
                by=request.by, registration=registration_id, initiative_id=study.initiative_id, text=text
            )
        except Refused as refused:
            refusals.put_in(form, refused)
        else:
            said = _("%(listed)s personer står på listan.")
            messages.success(request, said % {"listed": figures.number(laid.listed)})
            return redirect("calling:list", laid.list_id)
    elif not form.errors:
        form.add_error("text", _("Välj en fil eller klistra in raderna."))
    with transactions.read(request.by):
        return _drawn(request, study, form, status=422)


@page(needs=Permission.KEEP_CALL_LISTS)
def follow_up(request: Any, list_id: UUID) -> HttpResponse:
    """Read in what all on a list did at the follow-up."""
    if request.method != "POST":
        held = lists.one_of_mine(list_id)
        study = studies.of_registrations([held.registration]).get(held.registration)
        return _followed(request, list_id, FollowUpForm(initial={"day": study.held.follow_up_date if study else None}))
    form = FollowUpForm(request.POST, request.FILES)
    if form.is_valid() and (text := form.lines()):
        try:
            found = actions.follow_up(by=request.by, list_id=list_id, text=text, on=form.cleaned_data["day"])
        except Refused as refused:
            refusals.put_in(form, refused)
        else:
            messages.success(request, _("Läget för %(found)s på listan är inläst.") % {"found": figures.number(found)})
            return redirect("calling:list", list_id)
    elif not form.errors:
        form.add_error("text", _("Välj en fil eller klistra in raderna."))
    with transactions.read(request.by):
        return _followed(request, list_id, form, status=422)


def _waiting(registration_id: UUID) -> StudyRow:
    found = next((one for one in studies.waiting_for_list() if one.registration_id == registration_id), None)
    if found is None:
        raise Http404
    return found


def _drawn(request: Any, study: StudyRow, form: ListForm, status: int = 200) -> HttpResponse:
    context = {"study": study, "form": form, "failed": form if status == 422 else None, "fewest": rules.FEWEST}
    return lists.draw(request, "calling/new.html", context, (_("Läs in en lista"), ""), status=status)


def _followed(request: Any, list_id: UUID, form: FollowUpForm, status: int = 200) -> HttpResponse:
    lists.one_of_mine(list_id)
    context = {"form": form, "failed": form if status == 422 else None}
    crumbs = (_("Ringlista"), reverse("calling:list", args=[list_id])), (_("Uppföljning"), "")
    return lists.draw(request, "calling/follow_up.html", context, *crumbs, status=status)
