"""A new round, a new workplace in it, and somebody who supervises there."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.offer.actions import summer_rounds as actions
from samkraft.offer.actions.summer_rounds import RoundDraft, WorkplaceDraft
from samkraft.offer.rules import summer_rounds as rules
from samkraft.offer.rules.summer_rounds import FORM_NAMES, SCHOOL_YEAR_NAMES, STRATA_NAMES, Form, SchoolYear, Strata
from samkraft.offer.rules.working_time import TASK_NAMES
from samkraft.partners.queries import colleagues
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions.summer import summer_draws
from samkraft.people.queries.summer import summer_course
from samkraft.values.period import STOCKHOLM
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.date_fields import ClockField, SwedishDateField
from samkraft.web.number_fields import WholeNumberField, YearField
from samkraft.web.summer import crumbs
from samkraft.web.summer.workplaces import held_or_404

FIELDS = {
    rules.NO_NAME.code: "name",
    rules.NAME_TAKEN.code: "name",
    rules.CLOSES_BEFORE_IT_OPENS.code: "closes",
    rules.BORN_BACKWARDS.code: "born_to",
    rules.NOT_WHOLE_WEEKS.code: "weeks",
    rules.OVERLAPPING.code: "weeks",
    rules.WEEKS_BEFORE_CLOSING.code: "closes",
    rules.NO_PLACES.code: "places",
    rules.HOURS_OUT_OF_ORDER.code: "ends",
}


class RoundForm(forms.Form):
    """What a round is. When it has opened, the conditions stand."""

    name = forms.CharField(
        label=gettext_lazy("Namn"), help_text=gettext_lazy("Till exempel Sommarjobb 2027."), max_length=120
    )
    form = forms.ChoiceField(label=gettext_lazy("Form"))
    opens = SwedishDateField(label=gettext_lazy("Ansökan öppnar"))
    closes = SwedishDateField(
        label=gettext_lazy("Ansökan stänger"), help_text=gettext_lazy("Sista dagen, till midnatt.")
    )
    year = YearField(label=gettext_lazy("År"), min_value=2020, max_value=2100)
    weeks = forms.CharField(
        label=gettext_lazy("Veckor"),
        help_text=gettext_lazy("En period på varje rad, till exempel 25–28. Veckorna är som i kalendern."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    born_from = YearField(label=gettext_lazy("Född från och med år"), min_value=1990, max_value=2100)
    born_to = YearField(label=gettext_lazy("Född till och med år"), min_value=1990, max_value=2100)
    school_years = forms.MultipleChoiceField(
        label=gettext_lazy("Går i"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Kryssar du ingen kan alla söka."),
    )  # fmt: skip
    strata = forms.ChoiceField(label=gettext_lazy("Lottning"))
    answer_days = WholeNumberField(
        label=gettext_lazy("Så många dagar har man på sig att svara"), initial=5, min_value=1, max_value=60
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [(one.value, _(FORM_NAMES[one])) for one in Form]
        self.fields["school_years"].choices = [(one.value, _(SCHOOL_YEAR_NAMES[one])) for one in SchoolYear]
        self.fields["strata"].choices = [(one.value, _(STRATA_NAMES[one])) for one in Strata]

    def clean_weeks(self) -> list[tuple[int, int]]:
        """Pairs of week numbers."""
        found = []
        for line in self.cleaned_data["weeks"].replace("–", "-").lower().replace("v.", "").split("\n"):
            first, _dash, last = line.partition("-")
            if not line.strip():
                continue
            if not first.strip().isdigit() or not (last.strip() or first.strip()).isdigit():
                raise forms.ValidationError(_("Skriv veckorna med siffror, till exempel 25–28."))
            found.append((int(first), int(last or first)))
        return found

    def draft(self) -> RoundDraft:
        """As the action takes it. The last day counts to midnight."""
        said = self.cleaned_data
        return RoundDraft(
            code=slugify(said["name"])[:40], name=said["name"], form=Form(said["form"]),
            opens=datetime.combine(said["opens"], time(), STOCKHOLM),
            closes=datetime.combine(said["closes"] + timedelta(days=1), time(), STOCKHOLM),
            weeks=tuple((said["year"], first, last) for first, last in said["weeks"]), born_from=said["born_from"],
            born_to=said["born_to"], strata=Strata(said["strata"]), answer_days=said["answer_days"],
            school_years=tuple(SchoolYear(one) for one in said["school_years"]) or tuple(SchoolYear),
        )  # fmt: skip


class WorkplaceForm(forms.Form):
    """A workplace as it is lent to the round, with the one who supervises there."""

    name = forms.CharField(label=gettext_lazy("Arbetsplats"), max_length=120)
    does = forms.CharField(label=gettext_lazy("Vad gör man där?"), max_length=300)
    street = forms.CharField(label=gettext_lazy("Adress"), max_length=120, required=False)
    district = forms.CharField(label=gettext_lazy("Stadsdel"), max_length=60, required=False)
    tasks = forms.MultipleChoiceField(
        label=gettext_lazy("Det här ingår"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Det som är förbjudet i en ålder stänger platsen för den åldern."),
    )  # fmt: skip
    least_age = WholeNumberField(label=gettext_lazy("Minsta ålder"), initial=16, min_value=13, max_value=20)
    starts = ClockField(label=gettext_lazy("Börjar"), initial=time(8, 30))
    ends = ClockField(label=gettext_lazy("Slutar"), initial=time(15, 30))
    break_minutes = WholeNumberField(label=gettext_lazy("Rast, minuter"), initial=60, min_value=0, max_value=240)
    places = WholeNumberField(label=gettext_lazy("Platser i varje period"), initial=2, min_value=0, max_value=500)
    supervisor = forms.ChoiceField(label=gettext_lazy("Handledare"))

    def __init__(self, *args: Any, choices: list[colleagues.Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tasks"].choices = [(code, _(name)) for code, name in TASK_NAMES.items()]
        self.fields["supervisor"].choices = [
            (str(one.membership_id), f"{one.name}, {one.title or one.role_name}, {one.organisation_name}")
            for one in choices
        ]


@page(needs=Permission.RUN_SUMMER)
def add(request: Any) -> HttpResponse:
    """A new round; whoever makes it holds it."""
    form = RoundForm(request.POST or None, initial={"year": timezone.localdate().year + 1})
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        try:
            made = actions.plan(by=request.by, draft=draft)
            summer_draws.name_holder(
                by=request.by, round_id=made, membership_id=request.by.membership_id, handles_protected=True
            )
        except Refused as refused:
            refusals.put_in(form, refused, FIELDS)
        else:
            messages.success(
                request, _("Omgången finns. Lägg till arbetsplatser, och bestäm fröet innan ansökan stänger.")
            )
            return afterwards.to("summer:round", draft.code)
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Ung i sommar"), "url": reverse("summer:rounds")},
        {"label": _("Ny omgång"), "url": ""},
    ]
    with transactions.read(request.by):
        return render(request, "summer/round_form.html", {"form": form})


@page(needs=Permission.RUN_SUMMER)
def add_workplace(request: Any, code: str) -> HttpResponse:
    """One more workplace in a round."""
    with transactions.read(request.by):
        held = held_or_404(request, code)
        choices = _who_can_supervise()
    form = WorkplaceForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        who = next(one for one in choices if str(one.membership_id) == said["supervisor"])
        try:
            made = actions.add_workplace(
                by=request.by,
                round_id=held.id,
                draft=WorkplaceDraft(
                    name=said["name"], organisation_id=who.organisation_id, area_id=who.area_id, does=said["does"],
                    places={one.number: said["places"] for one in held.periods}, street=said["street"],
                    district=said["district"], tasks=frozenset(said["tasks"]), least_age=said["least_age"],
                    hours=tuple((day, said["starts"], said["ends"], said["break_minutes"]) for day in range(1, 6)),
                ),
            )  # fmt: skip
            last = max(one.period.end_date or one.period.start_date for one in held.periods)
            actions.add_supervisor(
                by=request.by, workplace_id=made, membership_id=who.membership_id, start_date=timezone.localdate(),
                last_day=last + timedelta(days=30),
            )  # fmt: skip
        except Refused as refused:
            refusals.put_in(form, refused, FIELDS)
        else:
            messages.success(request, _("Arbetsplatsen är tillagd. Be handledaren om utdrag ur belastningsregistret."))
            return afterwards.to("summer:workplaces", code)
    with transactions.read(request.by):
        context = {
            "form": form, "round": held, "has_supervisors": bool(choices),
            "crumbs_made": crumbs.held(request, held.code, held.name, _("Ny arbetsplats")),
        }  # fmt: skip
        return render(request, "summer/workplace_form.html", context)


@page(needs=Permission.RUN_SUMMER)
def change_places(request: Any, code: str, workplace_id: UUID, period_id: UUID) -> HttpResponse:
    """As many places as said; never fewer than are somebody's."""
    if request.method != "POST":
        raise Http404
    with transactions.read(request.by):
        held = held_or_404(request, code)
        numbers = summer_course.held_numbers(workplace_id, period_id)
    said = request.POST.get("platser", "")
    if period_id not in {one.id for one in held.periods} or not said.isdigit():
        messages.error(request, _("Skriv antalet platser med siffror."))
    else:
        try:
            actions.change_places(
                by=request.by, workplace_id=workplace_id, period_id=period_id, places=min(int(said), 500),
                held_numbers=numbers,
            )  # fmt: skip
        except Refused as refused:
            refusals.tell(request, refused)
        else:
            messages.success(request, _("Antalet platser är ändrat."))
    return afterwards.to("summer:workplaces", code)


def _who_can_supervise() -> list[colleagues.Colleague]:
    return colleagues.having(Permission.SUPERVISE_SUMMER, on=timezone.localdate())
