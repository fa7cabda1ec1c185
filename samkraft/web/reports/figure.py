"""Write down a figure in a report: what it counts, its value or that it is unknown, its year and where it comes from."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.money.actions.reports import report_writing
from samkraft.money.queries.reports import reports
from samkraft.money.rules.figures import UNIT_LABELS, Unit
from samkraft.money.rules.reports import reports as rules
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.money.figures.figure_new import NEW, UNITS, NumberField
from samkraft.web.number_fields import YearField
from samkraft.web.reports import frame

FIELDS = {
    rules.LABEL_EMPTY.code: "label",
    rules.SOURCE_EMPTY.code: "source",
    rules.WRONG_YEAR.code: "year",
}


class FigureForm(forms.Form):
    """A figure. Unknown is said, never guessed: an empty value must be meant."""

    use_required_attribute = False
    measure = forms.ChoiceField(
        label=gettext_lazy("Vad räknas?"),
        help_text=gettext_lazy("Finns den redan? Välj den, så står tidigare år bredvid."),
    )
    label = forms.CharField(
        label=gettext_lazy("Ny siffra: vad räknar den?"),
        help_text=gettext_lazy("Till exempel ”Elever i orienteringskursen”."),
        required=False,
        max_length=200,
    )
    value = NumberField(label=gettext_lazy("Värde"), required=False)
    is_unknown = forms.BooleanField(label=gettext_lazy("Vi vet inte"), required=False)
    unit = forms.ChoiceField(
        label=gettext_lazy("Enhet"), choices=[(unit.value, gettext_lazy(UNIT_LABELS[unit])) for unit in UNITS]
    )
    rounded_to = forms.TypedChoiceField(
        label=gettext_lazy("Hur exakt?"),
        choices=[
            (0, gettext_lazy("exakt")), (5, gettext_lazy("på fem när")), (10, gettext_lazy("tiotal")),
            (100, gettext_lazy("hundratal")), (1_000, gettext_lazy("tusental")),
            (100_000, gettext_lazy("hundratusental")), (1_000_000, gettext_lazy("miljoner")),
        ],
        coerce=int,
    )  # fmt: skip
    year = YearField(label=gettext_lazy("År"), min_value=1990, max_value=2199)
    group = forms.CharField(
        label=gettext_lazy("Grupp"), help_text=gettext_lazy("Om siffran bara gäller några, till exempel kvinnor."),
        required=False, max_length=100,
    )  # fmt: skip
    source = forms.CharField(
        label=gettext_lazy("Var kommer siffran ifrån?"),
        help_text=gettext_lazy("System, lista eller vem som har räknat."),
        max_length=300,
        error_messages={"required": gettext_lazy("Skriv vilket system, vilken lista eller vem som räknade.")},
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, known: list[reports.Measure], data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.known = {each.measure: each for each in known}
        self.fields["measure"].choices = [(NEW, _("En ny siffra")), *((each.measure, each.label) for each in known)]

    def clean(self) -> dict[str, Any]:
        """A value, or that there is none; a name for what is new."""
        data = super().clean() or {}
        if "value" in data and data["value"] is None and not data.get("is_unknown"):
            self.add_error("value", _("Skriv ett tal, eller kryssa för att ni inte vet."))
        if data.get("value") is not None and data.get("is_unknown"):
            self.add_error("value", _("Antingen ett tal eller att ni inte vet, inte båda."))
        if data.get("measure") == NEW and not (data.get("label") or "").strip():
            self.add_error("label", _("Skriv vad den räknar."))
        return data


@page(needs=Permission.ANSWER_FOR_COMMITTEE)
def show(request: Any, report_id: UUID, question_id: UUID, number: int) -> HttpResponse:
    """The form; number 0 is a new figure."""
    if request.method != "POST":
        return _render(request, report_id, question_id, number, None)
    with transactions.read(request.by):
        form = FigureForm(reports.measures(by=request.by), request.POST)
        is_valid = form.is_valid()
    if is_valid:
        try:
            written = _write(request, report_id, question_id, number, form)
        except Refused as refusal:
            refusals.put_in(form, refusal, FIELDS)
        else:
            done = (
                _("Siffran är borttagen.")
                if "remove" in request.POST
                else _("Siffran är sparad. Skriv [[%(number)s]] i texten där den ska stå.")
            )
            messages.success(request, done % {"number": written})
            return afterwards.to("reports:report", report_id)
    with transactions.read(request.by):
        return _render(request, report_id, question_id, number, form)


def _write(request: Any, report_id: UUID, question_id: UUID, number: int, form: FigureForm) -> int:
    data = form.cleaned_data
    is_new = data["measure"] == NEW
    return report_writing.write_figure(
        by=request.by,
        report_id=report_id,
        question_id=question_id,
        number=number,
        version=data["version"],
        measure=slugify(data["label"])[:100] if is_new else data["measure"],
        label=data["label"] if is_new else form.known[data["measure"]].label,
        unit=Unit(data["unit"]),
        value=data["value"],
        year=data["year"],
        source=data["source"],
        group=data["group"],
        rounded_to=data["rounded_to"],
        is_removed="remove" in request.POST,
    )


def _render(request: Any, report_id: UUID, question_id: UUID, number: int, form: FigureForm | None) -> HttpResponse:
    found, content = frame.content_or_404(request, report_id)
    held = next((each for each in content.figures if each.number == number), None)
    known = any(each.id == question_id for each in content.questions)
    if not found.may_write or not known or (number and held is None and form is None):
        raise Http404
    measures = reports.measures(by=request.by)
    given: dict[str, Any] = {"version": 0, "year": found.row.year, "measure": NEW, "unit": Unit.PERSONS.value}
    if held:
        given = {
            "measure": held.measure, "value": _typed(held.value), "is_unknown": held.value is None,
            "unit": held.unit.value, "rounded_to": held.rounded_to, "year": held.year, "group": held.group,
            "source": held.source, "version": held.version,
        }  # fmt: skip
    title = _("Siffra %(number)s") % {"number": number} if number else _("Ny siffra")
    context = {
        "shell": frame.inside(request, found, (title, "")),
        "row": found.row,
        "title": title,
        "form": form or FigureForm(measures, initial=given),
        "held": held,
        "is_new": not number,
    }
    return render(request, "reports/figure.html", context, status=422 if form else 200)


def _typed(value: Any) -> str:
    return "" if value is None else f"{value:f}".rstrip("0").rstrip(".").replace(".", ",")
