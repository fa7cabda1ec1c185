"""The application form behind a personal link: phone first, few questions, nothing typed is lost."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.offer.queries import summer_rounds
from samkraft.offer.rules import working_time
from samkraft.offer.rules.summer_rounds import SCHOOL_YEAR_NAMES, SchoolYear
from samkraft.people.actions.summer import summer_applications
from samkraft.people.actions.summer.summer_applications import Wishes
from samkraft.people.queries.summer import summer_links, summer_people
from samkraft.people.queries.summer.summer_links import Link
from samkraft.people.queries.summer.summer_people import ApplicantRow
from samkraft.people.rules.summer import summer_applications as rules
from samkraft.people.rules.summer.summer_applications import Application, Guardian
from samkraft.values import identity_number
from samkraft.values.refusal import Refused
from samkraft.web import refusals
from samkraft.web.number_fields import DecimalsField
from samkraft.web.summer import crumbs, open_rounds

# Which field a refusal stands beside.
FIELDS = {
    rules.NAME_MISSING.code: "given_name",
    rules.NO_WAY_TO_REACH.code: "email",
    rules.GUARDIAN_MISSING.code: "guardian1",
    rules.SAME_GUARDIAN.code: "guardian2_email",
    rules.GUARDIAN_IS_SELF.code: "guardian1_email",
    rules.OTHER_HOURS.code: "other_hours",
    rules.UNKNOWN_SCHOOL_YEAR.code: "school_year",
    "summer_other_school_year": "school_year",
    "summer_too_young": "number",
    "summer_too_old": "number",
}
WISHES = 3


class ApplicationForm(forms.Form):
    """What is asked. The number is asked once, when the application is sent the first time."""

    given_name = forms.CharField(label=gettext_lazy("Förnamn"), max_length=80)
    family_name = forms.CharField(label=gettext_lazy("Efternamn"), max_length=80)
    number = forms.CharField(
        label=gettext_lazy("Personnummer"),
        help_text=gettext_lazy("Tolv siffror. Vi behöver det för att veta din ålder och kunna betala lön."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        max_length=20,
    )
    school_year = forms.ChoiceField(label=gettext_lazy("Vilken årskurs går du i nu?"))
    email = forms.EmailField(
        label=gettext_lazy("E-post"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = forms.CharField(
        label=gettext_lazy("Mobilnummer"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    district = forms.CharField(
        label=gettext_lazy("Var i staden bor du?"),
        help_text=gettext_lazy("Till exempel Kirseberg. Skriv ingen adress."),
        required=False,
        max_length=60,
    )
    guardian1 = forms.CharField(label=gettext_lazy("Vårdnadshavarens namn"), required=False, max_length=160)
    guardian1_email = forms.EmailField(label=gettext_lazy("Vårdnadshavarens e-post"), required=False)
    guardian2 = forms.CharField(
        label=gettext_lazy("Den andra vårdnadshavarens namn"),
        help_text=gettext_lazy("Har du två vårdnadshavare måste båda säga ja. Har du en lämnar du tomt."),
        required=False,
        max_length=160,
    )
    guardian2_email = forms.EmailField(label=gettext_lazy("Den andra vårdnadshavarens e-post"), required=False)
    other_hours = DecimalsField(
        label=gettext_lazy("Har du ett annat jobb i sommar? Hur många timmar i veckan?"),
        help_text=gettext_lazy("Skriv 0 om du inte har något. Är du under 18 räknas timmarna ihop."),
        min_value=0,
        max_value=80,
        initial=0,
    )
    protected = forms.BooleanField(
        label=gettext_lazy("Jag har skyddade personuppgifter"),
        help_text=gettext_lazy("Då ser bara några få utsedda personer din ansökan. Du lottas precis som alla andra."),
        required=False,
    )

    def __init__(self, *args: Any, link: Link, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [one for one in SchoolYear if one.value in link.round.limits.school_years]
        self.fields["school_year"].choices = [("", _("Välj"))] + [
            (one.value, _(SCHOOL_YEAR_NAMES[one])) for one in years
        ]
        if not is_new:
            del self.fields["number"]
        places = [(str(row.id), f"{row.name}: {row.does}") for row in summer_rounds.workplaces(link.round.id)]
        for place in range(1, WISHES + 1):
            self.fields[f"wish{place}"] = forms.ChoiceField(
                label=_("Önskemål {number}").format(number=place),
                choices=[("", _("Spelar ingen roll")), *places],
                required=False,
            )
        weeks = [
            (str(row.id), _("v. {first}–{last}").format(first=row.weeks[0], last=row.weeks[1]))
            for row in link.round.periods
        ]
        self.fields["periods"] = forms.MultipleChoiceField(
            label=_("Vilka veckor kan du?"),
            help_text=_("Kryssa i alla som går. Kryssar du ingen räknar vi med att alla går."),
            choices=weeks,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def wishes(self) -> Wishes:
        """As the action takes them, each once."""
        chosen = [self.cleaned_data[f"wish{place}"] for place in range(1, WISHES + 1)]
        return Wishes(
            tuple(UUID(one) for one in dict.fromkeys(chosen) if one),
            tuple(UUID(one) for one in self.cleaned_data["periods"]),
        )

    @property
    def guardians(self) -> tuple[Guardian, ...]:
        """Those who are named."""
        said = self.cleaned_data
        pairs = [(said["guardian1"], said["guardian1_email"]), (said["guardian2"], said["guardian2_email"])]
        return tuple(Guardian(name.strip(), email) for name, email in pairs if name.strip() or email)

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The fields under headings, in the order of the form."""
        wanted = [
            (_("Du"), ["given_name", "family_name", "number", "school_year", "district"]),
            (_("Så når vi dig"), ["email", "phone"]),
            (_("Det här vill du"), [*(f"wish{place}" for place in range(1, WISHES + 1)), "periods", "other_hours"]),
            (
                _("Är du under 18 år: dina vårdnadshavare"),
                ["guardian1", "guardian1_email", "guardian2", "guardian2_email"],
            ),
            (_("Skydd"), ["protected"]),
        ]
        return [
            {"heading": heading, "fields": [self[name] for name in names if name in self.fields]}
            for heading, names in wanted
        ]


def show(request: Any, link: Link) -> HttpResponse:
    """Fill in, send, change; or take back."""
    me = _me(link)
    if request.method == "POST" and "ta_tillbaka" in request.POST and me is not None:
        return _taken_back(request, link)
    form = ApplicationForm(
        request.POST or None, link=link, is_new=me is None, initial=_initial(link, me), label_suffix=""
    )
    if request.method == "POST" and form.is_valid() and _sent(form, link, me):
        messages.success(request, _("Tack! Din ansökan är sparad."))
        return open_rounds.to_own(link.token)
    reason = rules.why_not_now(link.round.opens, link.round.closes, timezone.now())
    context = {
        "form": form,
        "link": link,
        "round": link.round,
        "me": me,
        "is_open": reason is None,
        "rules": working_time.RULES[-2:],
        "crumbs_made": crumbs.public(request, link.round.name),
    }
    return render(request, "summer/apply.html", context)


def _sent(form: ApplicationForm, link: Link, me: ApplicantRow | None) -> bool:
    said = form.cleaned_data
    try:
        number = identity_number.read(said["number"], timezone.localdate()) if me is None else None
        born = number.birth_date if number else me.born if me else None
        if born is None:
            raise Refused(rules.NUMBER_WITHOUT_DAY)
        summer_applications.send(
            by=link.by,
            link=link,
            number=number,
            is_protected=said["protected"],
            wishes=form.wishes,
            application=Application(
                given_name=said["given_name"], family_name=said["family_name"], born=born,
                sex=number.sex.value if number else me.sex if me else "", school_year=said["school_year"],
                phone=said["phone"].strip(), email=said["email"], district=said["district"].strip(),
                guardians=form.guardians, other_hours_a_week=said["other_hours"] or 0.0,
            ),
        )  # fmt: skip
    except Refused as refused:
        code = refused.reason.code
        field = (
            "number"
            if code.startswith("identity_number") or code == rules.NUMBER_WITHOUT_DAY.code
            else FIELDS.get(code)
        )
        form.add_error(field if field in form.fields else None, str(refusals.explain(refused)))
        return False
    return True


def _taken_back(request: Any, link: Link) -> HttpResponse:
    try:
        summer_applications.withdraw(by=link.by, link=link)
    except Refused as refused:
        refusals.tell(request, refused)
    else:
        messages.success(
            request, _("Din ansökan är tillbakatagen. Ändrar du dig kan du söka igen så länge det är öppet.")
        )
    return open_rounds.to_own(link.token)


def _me(link: Link) -> ApplicantRow | None:
    if link.applicant_id is None:
        return None
    with summer_links.reading(link):
        return summer_people.one(link.applicant_id)


def _initial(link: Link, me: ApplicantRow | None) -> dict[str, Any]:
    if me is None:
        return {}
    named = {one.number: one for one in me.guardians}
    wishes = [str(one) for one in me.wishes]
    return {
        "given_name": me.given_name, "family_name": me.family_name, "school_year": me.school_year, "email": me.email,
        "phone": me.phone, "district": me.district, "other_hours": me.other_week_minutes / 60,
        "periods": [str(one) for one in me.period_wishes],
        **{f"wish{place}": wish for place, wish in enumerate(wishes, 1)},
        **{f"guardian{number}": one.name for number, one in named.items()},
        **{f"guardian{number}_email": one.email for number, one in named.items()},
    }  # fmt: skip
