"""Writing what each party has promised in staff: how many in a role, and for how many months each."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import promises as actions
from samkraft.initiatives.queries import staffing, undertakings
from samkraft.initiatives.rules import staffing as rules
from samkraft.initiatives.rules import undertakings as undertaking_rules
from samkraft.initiatives.rules.undertakings import STAFF_ORDER
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import ROLES, Permission, Role, may
from samkraft.values.period import day_in_stockholm
from samkraft.web.acting import page
from samkraft.web.governance import frames
from samkraft.web.number_fields import WholeNumberField

FIELDS = {
    undertaking_rules.NOBODY_PROMISED.code: "heads",
    rules.PROMISE_FILLED.code: "heads",
    rules.LASTS_TOO_LONG.code: "months",
}


class PromiseForm(forms.Form):
    """One promise. Who promised and in which role stands once it is written."""

    employer = forms.ChoiceField(label=gettext_lazy("Vem lovar?"))
    role = forms.ChoiceField(label=gettext_lazy("Roll"))
    title = forms.CharField(
        label=gettext_lazy("Vad posten kallas"), help_text=gettext_lazy("Lämna tomt om den heter som rollen."), max_length=100,
        required=False,
    )  # fmt: skip
    heads = WholeNumberField(label=gettext_lazy("Antal personer"), min_value=0, max_value=9_999)
    months = WholeNumberField(
        label=gettext_lazy("Månader för var och en"), help_text=gettext_lazy("Räknat från insatsens första månad."),
        min_value=0, max_value=999,
    )  # fmt: skip
    source = forms.CharField(
        label=gettext_lazy("Var står det?"), help_text=gettext_lazy("Till exempel en avsiktsförklaring eller ett missiv."),
        max_length=500, required=False,
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, bodies: list[tuple[str, str]], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employer"].choices = [("", _("Välj …")), *bodies]
        self.fields["role"].choices = [("", _("Välj …")), *_roles()]
        if not is_new:
            del self.fields["employer"], self.fields["role"]


def _roles() -> list[tuple[str, str]]:
    return [(role.value, _(ROLES[role].name)) for role in STAFF_ORDER if role is not Role.PUBLIC]


@page(needs=Permission.MANAGE_GOALS)
def add(request: Any, code: str) -> HttpResponse:
    """What one more party, or the same in one more role, has promised."""
    row = frames.initiative(request, code)
    with transactions.read(request.by):
        bodies = [(str(one.id), one.name) for one in organisations.listed()]
    form = PromiseForm(request.POST or None, bodies=bodies, is_new=True)

    def save(data: dict[str, Any]) -> None:
        role = Role(data["role"])
        actions.promise_staff(
            by=request.by, initiative_id=row.id, employer_id=UUID(data["employer"]), role=role,
            title=data["title"] or ROLES[role].name, heads=data["heads"], months=data["months"], source=data["source"],
        )  # fmt: skip

    return frames.edit(
        request, row, "staffing", form, save, heading=_("Skriv vad en part har lovat"), said=_("Löftet är antecknat."),
        back=_back(request, code), fields=FIELDS, crumbs=((_("Bemanning"), _back(request, code)),),
    )  # fmt: skip


@page(needs=Permission.MANAGE_GOALS)
def change(request: Any, code: str, promise_id: UUID) -> HttpResponse:
    """Other numbers, another name, or where it stands."""
    row, today = frames.initiative(request, code), day_in_stockholm(timezone.now())
    with transactions.read(request.by):
        found, source = staffing.post(promise_id, today=today), undertakings.source_of_promise(promise_id)
    if found is None or found.initiative_id != row.id:
        raise Http404
    seen = f"{found.heads}:{found.lasts}"
    initial = {"title": found.title, "heads": found.heads, "months": found.lasts, "source": source, "seen": seen}
    form = PromiseForm(request.POST or None, bodies=[], is_new=False, initial=initial)

    def save(data: dict[str, Any]) -> None:
        heads, months = data["seen"].split(":") if ":" in data["seen"] else (found.heads, found.lasts)
        if request.POST.get("seen") != seen:  # the page shows what holds now: the next try is made knowing it
            form.data = form.data.copy()
            form.data["seen"] = seen
        actions.change(
            by=request.by, promise_id=promise_id, title=data["title"] or found.role_name, heads=data["heads"],
            months=data["months"], source=data["source"], seen=(int(heads), int(months)),
        )  # fmt: skip

    heading = _("Ändra vad %(employer)s har lovat") % {"employer": found.employer_name}
    return frames.edit(
        request, row, "staffing", form, save, heading=heading, said=_("Löftet är ändrat."), back=_back(request, code),
        fields=FIELDS, crumbs=((_("Bemanning"), _back(request, code)),),
    )  # fmt: skip


def _back(request: Any, code: str) -> str:
    """The staffing for who sees the steering, else the initiative."""
    if may(request.by.role, Permission.SEE_STEERING):
        return reverse("governance:staffing", args=[code])
    return reverse("goals:initiative", args=[code])
