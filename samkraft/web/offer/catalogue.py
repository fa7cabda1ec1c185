"""The catalogue: everything there is to have a place in, and which of it suits, with the reasons for each."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.offer.queries import catalogue
from samkraft.offer.rules import activities as rules
from samkraft.offer.rules import matching
from samkraft.offer.rules.matching import Wish
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.queries.places import place_match, place_waits
from samkraft.web import days
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.number_fields import WholeNumberField
from samkraft.web.offer import frames, match_lines, words

MOST_SHOWN = 40


@page(needs=Permission.SEE_OFFER)
def show(request: Any) -> HttpResponse:
    """The form is in the address, so that a choice can be shared; nothing in it is about a person."""
    today = timezone.localdate()
    form = _form(request.GET if request.GET else None)
    wish, text = _wish(form)
    waited = place_waits.measured(request.by, since=today - timedelta(days=365), until=today)
    waits = place_waits.medians_to_offer(waited)
    names = {one.id: one for one in catalogue.activities()}
    found = [
        one for one in matching.match(wish, place_match.candidates(request.by, on=today, median_waits=waits))
        if text in names[one.candidate.activity_id].name.lower()
    ]  # fmt: skip
    occasions = {
        one.id: one for one in catalogue.occasions(ids={one.candidate.occasion_id for one in found[:MOST_SHOWN]})
    }  # fmt: skip
    shown = [match_lines.line(wish, one, names, occasions) for one in found[:MOST_SHOWN]]
    with_any = {one.candidate.activity_id for one in found}
    without = [
        one for one in names.values() if one.id not in with_any and text in one.name.lower() and _kind(wish, one)
    ]
    context = {
        "form": form, "lines": shown, "suits": sum(one.suits for one in found), "many": len(found),
        "without": [{"activity": one, "url": reverse("offer:activity", args=[one.code])} for one in without],
        "tabs": frames.home_tabs(request, "catalogue"), "asked": bool(request.GET), "active": _active(request, form),
        "can_add": may(request.by.role, Permission.MANAGE_OFFER),
    }  # fmt: skip
    return frames.draw(request, "offer/catalogue.html", context, (_("Katalog"), ""))


def _kind(wish: Wish, one: Any) -> bool:
    return not wish.kind or one.kind == wish.kind


class CatalogueForm(forms.Form):
    """What is looked for; all of it may be left out."""

    use_required_attribute = False
    ord = forms.CharField(required=False, max_length=60)
    slag = forms.ChoiceField(required=False)
    timmar = WholeNumberField(required=False, min_value=1, max_value=40)
    sprak = forms.ChoiceField(required=False)
    fran = SwedishDateField(required=False)
    stadsdel = forms.ChoiceField(required=False)
    km = WholeNumberField(required=False, min_value=1, max_value=50)
    behov = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)


def _form(data: Any) -> CatalogueForm:
    form = CatalogueForm(data)
    districts = {code: name for code, (name, _lat, _lon) in matching.DISTRICTS.items()}
    labels = {
        "ord": _("Namn"), "slag": _("Slag"), "timmar": _("Högst timmar i veckan"), "sprak": _("Språk"),
        "fran": _("Kan börja tidigast"), "stadsdel": _("Reser från"), "km": _("Högst kilometer"), "behov": _("Behöver"),
    }  # fmt: skip
    for name, label in labels.items():
        form.fields[name].label = label
    choices = {
        "slag": words.choices(rules.KIND_NAMES, empty=_("Alla slag")),
        "sprak": words.choices(rules.LANGUAGES, empty=_("Alla språk")),
        "stadsdel": words.choices(districts, empty=_("Hela staden")),
        "behov": words.choices(rules.ACCESS),
    }
    for name, known in choices.items():
        form.fields[name].choices = known  # type: ignore[attr-defined]  # these four are choice fields
    return form


def _active(request: Any, form: CatalogueForm) -> list[dict[str, str]]:
    """Each condition that is set, in words, with the address without it. A field that is wrong stands in the form."""
    if not form.is_bound or not form.is_valid():
        return []
    found = []
    for name, value in form.cleaned_data.items():
        for one in value if isinstance(value, list) else [value] if value else []:
            said = dict(getattr(form.fields[name], "choices", ())).get(one, days.dated(one) if name == "fran" else one)
            label = _("{condition}: {value}").format(condition=form.fields[name].label, value=said)
            found.append({"label": label, "url": _without(request, name, str(one))})
    return found


def _without(request: Any, name: str, value: str) -> str:
    """The page's own address without one condition; of several needs only that one goes."""
    query = request.GET.copy()
    kept = [each for each in query.getlist(name) if name == "behov" and each != value]
    query.setlist(name, kept)
    for empty in [key for key in query if not any(query.getlist(key))]:
        del query[empty]
    return f"?{query.urlencode()}" if query else request.path


def _wish(form: CatalogueForm) -> tuple[Wish, str]:
    if not form.is_bound or not form.is_valid():
        return Wish(), ""
    said = form.cleaned_data
    earliest: date | None = said["fran"]
    wish = Wish(
        kind=said["slag"], most_hours=said["timmar"], languages=frozenset([said["sprak"]] if said["sprak"] else []),
        earliest=earliest, needs=frozenset(said["behov"]), district=said["stadsdel"],
        most_km=float(said["km"]) if said["km"] and said["stadsdel"] else None,
    )  # fmt: skip
    return wish, said["ord"].strip().lower()
