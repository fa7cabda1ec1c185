"""The next version of an EU project's budget: costs phase by phase, who pays, and what the document itself sums it to."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.money.actions.eu import eu_projects
from samkraft.money.actions.eu.eu_projects import RowDraft
from samkraft.money.queries.eu.eu_projects import BudgetPage
from samkraft.money.rules.eu.eu_budgets import COSTS, FINANCING, LABELS, Row, RowKind, Told
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.amount_fields import KronorField
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.eu import frames, registering, told_beside

PHASES = 3  # at least so many, and as many as the latest version has
SPARE = 4  # empty rows of financing after those that are there


class BudgetForm(forms.Form):
    """A field for each cost of each phase, and rows of financing. What is left empty is no row; zero is one."""

    use_required_attribute = False
    marks_optional = False

    decided_date = SwedishDateField(label=gettext_lazy("Beslutad"), required=False)
    source = forms.CharField(
        label=gettext_lazy("Varifrån budgeten kommer"),
        help_text=gettext_lazy("Till exempel beslut om stöd, bilaga 1."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    told_costs = KronorField(label=gettext_lazy("Kostnader"), required=False)
    told_support = KronorField(label=gettext_lazy("Stöd från EU"), required=False)
    told_cofinancing = KronorField(label=gettext_lazy("Medfinansiering"), required=False)
    told_total = KronorField(label=gettext_lazy("All finansiering"), required=False)

    def __init__(
        self, *args: Any, bodies: Sequence[tuple[str, str]], rows: int, phases: int, said: int, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.rows, self.phase_count, self.said = rows, phases, said
        kinds = [("", _("Välj")), *((kind.value, _(LABELS[kind])) for kind in FINANCING)]
        for phase in range(1, self.phase_count + 1):
            self.fields[f"phase_{phase}"] = forms.CharField(label=_("Fasens namn"), max_length=60, required=False)
            for kind in COSTS:
                self.fields[f"cost_{phase}_{kind.value}"] = KronorField(label=_(LABELS[kind]), required=False)
        for row in range(1, rows + 1):
            self.fields[f"kind_{row}"] = forms.ChoiceField(label=_("Slag"), choices=kinds, required=False)
            self.fields[f"body_{row}"] = forms.ChoiceField(
                label=_("Finansiär"), choices=[("", _("Nämns inte")), *bodies], required=False
            )
            self.fields[f"paid_{row}"] = KronorField(label=_("Belopp"), required=False)
        self.fields |= told_beside.fields(rows=said, bodies=bodies)

    def clean(self) -> dict[str, Any]:
        """A cost needs the name of its phase; a row of financing needs both its kind and its amount."""
        data = super().clean() or {}
        for phase in range(1, self.phase_count + 1):
            if not data.get(f"phase_{phase}") and any(data.get(f"cost_{phase}_{kind}") is not None for kind in COSTS):
                self.add_error(f"phase_{phase}", _("Skriv vad fasen heter."))
        for row in range(1, self.rows + 1):
            kind, amount = data.get(f"kind_{row}"), data.get(f"paid_{row}")
            if kind and amount is None and f"paid_{row}" not in self.errors:
                self.add_error(f"paid_{row}", _("Skriv beloppet, eller 0."))
            if amount is not None and not kind:
                self.add_error(f"kind_{row}", _("Välj vad det är för pengar."))
        for field, words in told_beside.faults(data, rows=self.said):
            if field not in self.errors:
                self.add_error(field, words)
        return data

    def row_words(self, name: str) -> str:
        """Which phase or which row of the financing a field belongs to, for the list of what to put right."""
        part, _sign, number = name.partition("_")
        if part in ("phase", "cost"):
            number = number.partition("_")[0]
            called = str(self.data.get(f"phase_{number}", "")).strip() if part == "cost" else ""
            return called or _("Fas {number}").format(number=number)
        return _("Finansiering, rad {number}").format(number=number) if part in ("kind", "body", "paid") else ""

    def drafts(self) -> list[RowDraft]:
        """The rows that were filled in."""
        data = self.cleaned_data
        costs = [
            RowDraft(kind, data[f"cost_{phase}_{kind}"], data[f"phase_{phase}"])
            for phase in range(1, self.phase_count + 1)
            for kind in COSTS
            if data[f"cost_{phase}_{kind}"] is not None
        ]
        paid = [
            RowDraft(RowKind(data[f"kind_{row}"]), data[f"paid_{row}"], "", UUID(body) if body else None)
            for row in range(1, self.rows + 1)
            if data[f"kind_{row}"]
            for body in [data[f"body_{row}"]]
        ]
        return [*costs, *paid]

    def phases(self) -> Iterator[dict[str, Any]]:
        """Each phase's name and costs, as fields; those after the first are folded while they are empty."""
        for phase in range(1, self.phase_count + 1):
            fields = [self[f"cost_{phase}_{kind}"] for kind in COSTS]
            name = self[f"phase_{phase}"]
            yield {
                "number": phase, "name": name, "fields": fields,
                "is_open": phase == 1 or any(each.value() not in (None, "") or each.errors for each in (name, *fields)),
            }  # fmt: skip

    def financing(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        """The rows of financing, as fields."""
        return [(self[f"kind_{row}"], self[f"body_{row}"], self[f"paid_{row}"]) for row in range(1, self.rows + 1)]

    def statements(self) -> list[dict[str, Any]]:
        """What the text beside says, as fields."""
        return told_beside.bound(self, rows=self.said)


@page(needs=Permission.MANAGE_EU_PROJECTS)
def new(request: Any, code: str) -> HttpResponse:
    """The next version, beginning as the latest stands. The earlier ones stay as they were."""
    with transactions.read(request.by):
        project = frames.found(request, code)
        bodies = registering.bodies()
        paid = [row for row in project.budget.rows if row.kind in FINANCING] if project.budget else []
        phases = _phases(project.budget)
        said_before = project.budget.statements if project.budget else ()
        form = BudgetForm(
            request.POST or None, bodies=bodies, rows=len(paid) + SPARE, phases=max(PHASES, len(phases)),
            said=len(said_before) + told_beside.SPARE,
            initial=_as_it_stands(project.budget, paid, bodies) | told_beside.as_they_stand(said_before, bodies),
        )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        told = Told(said["told_costs"], said["told_support"], said["told_cofinancing"], said["told_total"])
        try:
            eu_projects.note_budget(
                by=request.by, project_id=project.row.id, rows=form.drafts(), told=told,
                statements=told_beside.drafts(said, rows=form.said), decided_date=said["decided_date"],
                source=said["source"].strip(),
            )  # fmt: skip
        except Refused as refusal:
            refusals.put_in(form, refusal)
        else:
            messages.success(request, _("Budgeten är sparad. Se om summorna stämmer och om medfinansieringen räcker."))
            return afterwards.to("eu:budget", code)
    with transactions.read(request.by):
        heading = _("Ny version av budgeten") if project.budget else _("Budgeten som den är beslutad")
        context = {
            **frames.frame(request, project, label=heading), "form": form, "heading": heading,
            "has_earlier": project.budget is not None, "back": reverse("eu:budget", args=[code]),
        }  # fmt: skip
        return render(request, "eu/budget_new.html", context, status=422 if form.errors else 200)


def _phases(latest: BudgetPage | None) -> list[str]:
    return list(dict.fromkeys(row.phase for row in latest.rows if row.phase)) if latest else []


def _as_it_stands(latest: BudgetPage | None, paid: Sequence[Row], bodies: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The latest version's rows as what the form begins with: whoever decides a change seldom changes all of it."""
    if latest is None:
        return {"phase_1": _("Genomförande")}
    names = {name: key for key, name in bodies}
    phases = _phases(latest)
    found: dict[str, Any] = {f"phase_{number}": phase for number, phase in enumerate(phases, start=1)}
    for row in latest.rows:
        if row.phase in phases:
            found[f"cost_{phases.index(row.phase) + 1}_{row.kind}"] = row.amount_ore
    for number, row in enumerate(paid, start=1):
        found |= {
            f"kind_{number}": row.kind.value, f"body_{number}": names.get(row.financier, ""),
            f"paid_{number}": row.amount_ore,
        }  # fmt: skip
    return found
