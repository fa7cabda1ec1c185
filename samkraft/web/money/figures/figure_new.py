"""A committee, or the city office, writes down a figure or an effort with its source."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.money.actions import figures as actions
from samkraft.money.queries import figures as queries
from samkraft.money.queries.contradictions import sources
from samkraft.money.rules.figures import KIND_LABELS, UNIT_LABELS, FigureKind, Unit
from samkraft.money.rules.findings import ALLOCATED
from samkraft.money.rules.points import SUPPORT_LABELS, Support
from samkraft.money.rules.uses import EFFORT_LABELS, STAGE_LABELS, EffortStatus, UseStage
from samkraft.partners.queries import organisations
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values import kronor
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.money import crumbs
from samkraft.web.number_fields import YearField

NEW = "new"
UNITS = (Unit.PERSONS, Unit.PLACES, Unit.COMPANIES, Unit.EVENTS, Unit.PERCENT, Unit.MONTHS, Unit.OTHER, Unit.KRONOR)
FIELDS = {
    actions.NO_SOURCE.code: "source",
    actions.UPPER_BELOW.code: "upper",
    actions.NO_TITLE.code: "title",
    actions.AMOUNT_NOT_POSITIVE.code: "amount",
}


class NumberField(forms.CharField):
    """A number as people type it: `4 389`, `24,19`, `6 192 000`. Empty stays empty."""

    default_error_messages = {"not_a_number": gettext_lazy("Skriv ett tal med siffror, till exempel 4 389 eller 24,5.")}

    def clean(self, value: Any) -> Any:
        """The number, or None."""
        text = super().clean(value)
        plain = "".join(str(text or "").split()).replace("\u00a0", "").replace(",", ".")
        if not plain:
            return None
        try:
            number = Decimal(plain)
        except ArithmeticError:
            raise ValidationError(self.error_messages["not_a_number"], code="not_a_number") from None
        if not number.is_finite() or abs(number) >= 10**15:
            raise ValidationError(self.error_messages["not_a_number"], code="not_a_number")
        return number.quantize(Decimal("0.01"))


class _Base(forms.Form):
    """Whose it is, when and out of which fund. Choices are set from what the reader may."""

    use_required_attribute = False
    body = forms.ChoiceField(label=gettext_lazy("Nämnd"))
    year = YearField(label=gettext_lazy("År"), min_value=1990, max_value=2199)

    def __init__(self, request: Any, data: Any = None) -> None:
        super().__init__(data)
        self.bodies = _bodies(request)
        self.funds = sources.fund_names()
        self.fields["body"].choices = [(code, name) for code, (_key, name) in self.bodies.items()]
        if len(self.bodies) == 1:
            self.fields["body"].initial = next(iter(self.bodies))
        if "fund" in self.fields:
            known = [(code, name) for code, (_key, name) in self.funds.items()]
            blank = [] if self.fields["fund"].required else [("", _("Ingen särskild"))]
            self.fields["fund"].choices = [*blank, *known]


class FigureForm(_Base):
    """A figure."""

    measure = forms.ChoiceField(
        label=gettext_lazy("Vad räknas?"),
        help_text=gettext_lazy("Finns den redan? Välj den, så kan åren jämföras."),
    )
    label = forms.CharField(
        label=gettext_lazy("Ny uppgift: vad heter den?"),
        help_text=gettext_lazy("Till exempel ”Elever i orienteringskursen”."),
        required=False,
        max_length=200,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Vad är det för siffra?"),
        choices=[
            (kind.value, gettext_lazy(KIND_LABELS[kind]))
            for kind in (FigureKind.OUTCOME, FigureKind.TARGET, FigureKind.STATED)
        ],
        widget=forms.RadioSelect,
    )
    value = NumberField(
        label=gettext_lazy("Värde"), help_text=gettext_lazy("Lämna tomt om källan inte säger det."), required=False
    )
    upper = NumberField(
        label=gettext_lazy("Till och med"),
        help_text=gettext_lazy("Om källan säger ett spann: 1 100–1 200."),
        required=False,
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Enhet"), choices=[(unit.value, gettext_lazy(UNIT_LABELS[unit])) for unit in UNITS]
    )
    rounded_to = forms.TypedChoiceField(
        label=gettext_lazy("Hur exakt?"),
        choices=[
            (0, gettext_lazy("exakt")), (10, gettext_lazy("tiotal")), (100, gettext_lazy("hundratal")),
            (1_000, gettext_lazy("tusental")), (100_000, gettext_lazy("hundratusental")),
            (1_000_000, gettext_lazy("miljoner")),
        ],
        coerce=int,
    )  # fmt: skip
    fund = forms.ChoiceField(label=gettext_lazy("Satsning"), required=False)
    source = forms.CharField(
        label=gettext_lazy("Källa"),
        help_text=gettext_lazy("Vad dokumentet heter, till exempel ”Årsanalys 2025”."),
        error_messages={"required": gettext_lazy("Skriv var uppgiften kommer ifrån.")},
        max_length=300,
    )
    quote = forms.CharField(
        label=gettext_lazy("Meningen, ord för ord"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, request: Any, data: Any = None) -> None:
        super().__init__(request, data)
        own = next(iter(self.bodies), "") if len(self.bodies) == 1 else ""
        known = queries.measures(by=request.by, body_code=own)
        self.labels = {**dict(known), ALLOCATED: _("Medel som nämnden fått")}
        self.fields["measure"].choices = [
            (NEW, _("En ny uppgift")), (ALLOCATED, _("Hur mycket nämnden fått")), *known
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A new figure has a name; what a committee was given is money that is told, of a fund."""
        data = super().clean() or {}
        if data.get("measure") == NEW and not (data.get("label") or "").strip():
            self.add_error("label", _("Skriv vad uppgiften heter."))
        if data.get("measure") == ALLOCATED:
            data["kind"], data["unit"] = FigureKind.STATED.value, Unit.KRONOR.value
            if not data.get("fund"):
                self.add_error("fund", _("Välj satsningen som pengarna hör till."))
        return data


class EffortForm(_Base):
    """What money is meant for or has been used for."""

    fund = forms.ChoiceField(label=gettext_lazy("Satsning"))
    title = forms.CharField(label=gettext_lazy("Insats"), max_length=300)
    text = forms.CharField(label=gettext_lazy("Beskrivning"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    stage = forms.ChoiceField(
        label=gettext_lazy("Skede"),
        choices=[(stage.value, gettext_lazy(STAGE_LABELS[stage])) for stage in UseStage],
        widget=forms.RadioSelect,
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Hur det gick"),
        choices=[
            ("", gettext_lazy("inte sagt")),
            *((status.value, gettext_lazy(EFFORT_LABELS[status])) for status in EffortStatus),
        ],
        required=False,
    )
    support = forms.ChoiceField(
        label=gettext_lazy("Slags stöd"), choices=[(kind.value, gettext_lazy(SUPPORT_LABELS[kind])) for kind in Support]
    )
    amount = forms.CharField(
        label=gettext_lazy("Belopp"),
        help_text=gettext_lazy("Hela kronor. Lämna tomt om källan inte säger hur mycket."),
        required=False,
    )
    source = forms.CharField(label=gettext_lazy("Källa"), required=False, max_length=300)

    def clean_amount(self) -> int | None:
        """Öre, or None where nothing is said."""
        text = self.cleaned_data["amount"].strip()
        if not text:
            return None
        try:
            return kronor.parse(text)
        except ValueError:
            raise ValidationError(_("Skriv beloppet med siffror, till exempel 500 000.")) from None


def _bodies(request: Any) -> dict[str, tuple[Any, str]]:
    """Code → (id, name) of whom the reader may write for: every body with a frame, or only the own committee."""
    rows = organisations.listed()
    if access.why_not(request.by, Permission.REGISTER_DECISIONS) is None:
        return {row.code: (row.id, row.name) for row in rows}
    return {row.code: (row.id, row.name) for row in rows if row.id == request.by.organisation_id}


@page(needs=Permission.SEE_MONEY)
def figure(request: Any) -> HttpResponse:
    """Write down a figure."""
    return _answer(request, FigureForm, _note_figure, _("Lämna en uppgift"), "money/figures/new.html")


@page(needs=Permission.SEE_MONEY)
def effort(request: Any) -> HttpResponse:
    """Write down an effort."""
    return _answer(request, EffortForm, _note_use, _("Skriv in en insats"), "money/figures/effort_new.html")


def _answer(request: Any, kind: type[_Base], note: Any, title: str, template: str) -> HttpResponse:
    _require_writer(request)
    if request.method != "POST":
        return _render(request, kind(request), title, template)
    with transactions.read(request.by):
        form = kind(request, request.POST)
        is_valid = form.is_valid()
    if is_valid:
        try:
            target = note(request, form)
        except Refused as refusal:
            refusals.put_in(form, refusal, FIELDS)
        else:
            return afterwards.at(target)
    with transactions.read(request.by):
        return _render(request, form, title, template)


def _require_writer(request: Any) -> None:
    if access.why_not(request.by, Permission.REGISTER_DECISIONS) is not None:
        access.require(request.by, Permission.ANSWER_FOR_COMMITTEE)


def _note_figure(request: Any, form: FigureForm) -> str:
    data = form.cleaned_data
    is_new = data["measure"] == NEW
    noted = actions.note_figure(
        by=request.by,
        measure=slugify(data["label"])[:100] if is_new else data["measure"],
        label=data["label"].strip() if is_new else form.labels[data["measure"]],
        kind=FigureKind(data["kind"]),
        unit=Unit(data["unit"]),
        value=data["value"],
        upper_value=data["upper"],
        organisation_id=form.bodies[data["body"]][0],
        fund_id=form.funds[data["fund"]][0] if data["fund"] else None,
        year=data["year"],
        rounded_to=data["rounded_to"],
        quote=data["quote"].strip(),
        source_title=data["source"],
    )
    messages.success(request, _("Uppgiften är inskriven. Säger en annan källa något annat syns det snart här."))
    return reverse("money:figure", args=[noted])


def _note_use(request: Any, form: EffortForm) -> str:
    data = form.cleaned_data
    actions.note_use(
        by=request.by,
        organisation_id=form.bodies[data["body"]][0],
        fund_id=form.funds[data["fund"]][0],
        year=data["year"],
        stage=UseStage(data["stage"]),
        title=data["title"],
        text=data["text"],
        support=Support(data["support"]),
        amount_ore=data["amount"],
        status=EffortStatus(data["status"]) if data["status"] else None,
        source_title=data["source"],
    )
    messages.success(request, _("Insatsen är inskriven."))
    return f"{reverse('money:efforts')}?namnd={data['body']}&ar={data['year']}"


def _render(request: Any, form: _Base, title: str, template: str) -> HttpResponse:
    frame = crumbs.frame(request, (_("Uppgifter"), reverse("money:figures")), (title, ""))
    context = {"shell": frame, "form": form, "title": title}
    return render(request, template, context, status=422 if form.is_bound else 200)
