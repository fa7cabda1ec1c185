"""To whom the method handbook has been spread: a list for whoever reads the handbook, notes by who leads."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import spreads as actions
from samkraft.initiatives.queries import handbooks
from samkraft.initiatives.queries import spreads as queries
from samkraft.initiatives.queries.spreads import SpreadRow
from samkraft.initiatives.rules import spreads as rules
from samkraft.initiatives.rules.spreads import KIND_NAMES, SpreadKind
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import day_in_stockholm
from samkraft.values.wording import phrase
from samkraft.web import exports, figures
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.exports import Head
from samkraft.web.governance import frames
from samkraft.web.number_fields import WholeNumberField

HEADS = (
    Head(phrase("Dag"), "date"),
    Head(phrase("Mottagare")),
    Head(phrase("Hur")),
    Head(phrase("Version")),
    Head(phrase("Antal personer"), "number"),
    Head(phrase("Vad det gällde")),
)
FIELDS = {rules.NOT_YET.code: "on_date", rules.NOT_DECIDED_THEN.code: "version"}


class SpreadForm(forms.Form):
    """One note."""

    receiver = forms.ChoiceField(label=gettext_lazy("Vem tog emot?"))
    kind = forms.ChoiceField(label=gettext_lazy("Hur?"))
    version = forms.ChoiceField(label=gettext_lazy("Vilken version?"))
    on_date = SwedishDateField(label=gettext_lazy("Dag"))
    people = WholeNumberField(
        label=gettext_lazy("Antal personer"), help_text=gettext_lazy("Lämna tomt om ingen räknade."), min_value=1,
        max_value=rules.MOST_PEOPLE, required=False,
    )  # fmt: skip
    about = forms.CharField(label=gettext_lazy("Vad gällde det?"), max_length=300, required=False)

    def __init__(
        self, *args: Any, versions: list[tuple[str, str]], receivers: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, _(name)) for kind, name in KIND_NAMES.items()]
        self.fields["version"].choices = versions
        self.fields["receiver"].choices = [("", _("Välj …")), *receivers]


@page(needs=Permission.SEE_HANDBOOK)
def show(request: Any, code: str) -> HttpResponse:
    """Everybody it has reached, the latest first; `fil` the same as a file; a form for whoever leads the initiative."""
    row, today = frames.initiative(request, code), day_in_stockholm(timezone.now())
    with transactions.read(request.by):
        listed = queries.of_initiative(row.id, until=today)[::-1]
        versions = [(str(one.id), one.number) for one in handbooks.put_in_force(row.id)][::-1]
        receivers = [(str(one.id), one.name) for one in organisations.listed()]
        if file := exports.wanted(request):
            return exports.answer(file, f"{_('spridning')} {code}", HEADS, [_cells(one) for one in listed])
    form = SpreadForm(request.POST or None, versions=versions, receivers=receivers, initial={"on_date": today})

    def save(data: dict[str, Any]) -> None:
        actions.note(
            by=request.by, version_id=UUID(data["version"]), receiver_id=UUID(data["receiver"]), kind=SpreadKind(data["kind"]),
            on_date=data["on_date"], people=data["people"], about=data["about"],
        )  # fmt: skip

    return frames.edit(
        request, row, "handbook", form, save, heading=_("Spridning av metodstödet"), said=_("Spridningen är antecknad."),
        back=reverse("governance:spread", args=[code]), fields=FIELDS, template="governance/spread.html",
        more={
            "rows": [(one, _(KIND_NAMES[one.kind]), figures.number(one.people) if one.people else "") for one in listed],
            "receivers": len({one.receiver_id for one in listed}), "has_versions": bool(versions),
        },
        crumbs=((_("Metodstöd"), reverse("governance:handbook", args=[code])),),
    )  # fmt: skip


@require_POST
@page(needs=Permission.MANAGE_STEERING)
def take_back(request: Any, code: str, spread_id: UUID) -> HttpResponse:
    """A note was wrong."""
    row = frames.initiative(request, code)
    with transactions.read(request.by):
        found = queries.one(spread_id, until=day_in_stockholm(timezone.now()))
    if found is not None and found[0] != row.id:
        raise Http404
    back = reverse("governance:spread", args=[code])
    return frames.done(
        request,
        lambda: actions.take_back(by=request.by, spread_id=spread_id),
        _("Anteckningen är tillbakatagen."),
        back,
    )


def _cells(one: SpreadRow) -> tuple[object, ...]:
    return one.on_date, one.receiver_name, _(KIND_NAMES[one.kind]), one.version_number, one.people, one.about
