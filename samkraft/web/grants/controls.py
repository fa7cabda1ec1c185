"""Random samples for control: draw with a seed, write down what each control showed, and see that it can be drawn again."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.money.actions.grants import grant_controls as actions
from samkraft.money.queries.grants import grant_reports
from samkraft.money.queries.grants.grant_reports import ControlRow
from samkraft.money.rules.grants.grant_kinds import CONTROL_LABELS, ControlOutcome
from samkraft.partners.rules.roles import Permission
from samkraft.web import sections
from samkraft.web.acting import page
from samkraft.web.grants import frames
from samkraft.web.number_fields import WholeNumberField, YearField
from samkraft.web.sections import Plain, Section, data_for

SHAPES = {ControlOutcome.FINE: "ok", ControlOutcome.REMARK: "needs", ControlOutcome.RECOVER: "overdue"}


@page(needs=Permission.PREPARE_GRANTS)
def show(request: Any) -> HttpResponse:
    """Every sample, a form for the next, and a form for each control that is not written down."""

    def build(data: Any) -> list[Section]:
        waiting = [one for row in grant_reports.samples(by=request.by) for one in row.controls if one.outcome is None]
        return [_draw(request, data), *(_note(request, one, data) for one in waiting)]

    def render_all(found: list[Section]) -> HttpResponse:
        rows = [
            {
                "row": row,
                "controls": [
                    {
                        "row": one,
                        "url": reverse("grants:grant", args=[one.grant_id]),
                        "state": (SHAPES[one.outcome], frames.word(CONTROL_LABELS, one.outcome))
                        if one.outcome
                        else ("needs", _("ska kontrolleras")),
                    }
                    for one in row.controls
                ],
            }
            for row in grant_reports.samples(by=request.by)
        ]
        context = {"tabs": frames.tabs(request, "controls"), "rows": rows, "sections": found}
        return frames.draw(request, "grants/controls.html", context, (_("Stickprov"), ""))

    return sections.serve(request, build, render_all)


def _draw(request: Any, data: Any) -> Section:
    fields: dict[str, forms.Field] = {
        "year": YearField(
            label=_("Bidrag för år"), initial=timezone.localdate().year - 1, min_value=1990, max_value=2199
        ),
        "size": WholeNumberField(
            label=_("Hur många?"), initial=2, min_value=1, max_value=500
        ),
        "seed": forms.CharField(
            label=_("Frö"), max_length=100,
            help_text=_("Ett tal som ingen kunde välja, till exempel en lottodragning. Med fröet kan vem som helst dra om."),
        ),
    }  # fmt: skip

    def do(sent: Any) -> str:
        actions.draw(by=request.by, **sent.cleaned_data)
        return _("Dragningen är gjord och fröet sparat.")

    form = Plain(fields, data_for(request, "dra", data))
    return Section("dra", _("Dra ett stickprov"), form, _("Dra"), do, main=True)


def _note(request: Any, one: ControlRow, data: Any) -> Section:
    key = f"k-{str(one.id)[:8]}"
    fields: dict[str, forms.Field] = {
        "outcome": forms.ChoiceField(
            label=_("Resultat"), choices=frames.choices(CONTROL_LABELS), widget=forms.RadioSelect
        ),
        "text": forms.CharField(
            label=_("Vad visade kontrollen?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
        ),
    }

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        actions.note(by=request.by, control_id=one.id, outcome=ControlOutcome(said["outcome"]), text=said["text"])
        return _("Kontrollen är antecknad.")

    form = Plain(fields, data_for(request, key, data))
    heading = _("Kontroll: %(who)s") % {"who": one.organisation}
    return Section(key, heading, form, _("Anteckna kontrollen"), do, text=one.grant_title, aside=True)
