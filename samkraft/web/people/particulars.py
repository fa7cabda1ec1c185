"""Who the person is to us: contact, the number behind its guard, who of us has the case, and jäv."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Permission, Role
from samkraft.people.actions import numbers, referrals
from samkraft.people.rules import number_reasons
from samkraft.people.rules.categories import WRITES, Category
from samkraft.people.rules.held import latest
from samkraft.values.refusal import Refused
from samkraft.web import refusals, sections
from samkraft.web.acting import page
from samkraft.web.people import case_staff, opened, person
from samkraft.web.people.content_forms import ContentForm
from samkraft.web.people.journey_begin import Building
from samkraft.web.sections import Plain, Section, data_for

_NUMBER = "number"


@page(needs=Permission.WORK_WITH_PEOPLE)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """One section for each. The number is shown once, in the answer to the question, and kept nowhere."""

    def build(data: Any) -> list[Section]:
        one = opened.open_page(request, person_id, what="particulars")
        request.opened_page = one
        made = Building(request, one, data)
        return [
            _card(made),
            _shown(made, None),
            *_change(made),
            *case_staff.with_us(made),
            *case_staff.jav(made),
            _protection(made),
        ]

    def render_all(found: list[Section]) -> HttpResponse:
        context = {"tabs": opened.tabs(person_id, "particulars"), "sections": found}
        return render(request, "people/person/sections.html", person.with_crumbs(request, request.opened_page, context))

    if request.method == "POST" and request.POST.get("do") == _NUMBER:
        return _answer(request, person_id, build, render_all)
    return sections.serve(request, build, render_all)


def _answer(request: Any, person_id: UUID, build: Any, render_all: Any) -> HttpResponse:
    told, refused = None, ""
    try:
        told = numbers.show(by=request.by, person_id=person_id, why=request.POST.get("why", "")) or _("Inget nummer.")
    except Refused as refusal:
        refused = str(refusals.explain(refusal))
    with transactions.read(request.by):
        found = sections.told_apart(build(None))
        made = Building(request, request.opened_page, request.POST)
        shown = _shown(made, told)
        if refused and shown.form is not None:
            shown.form.is_valid()
            shown.form.add_error(None, refused)
        answer = render_all([sections.told_apart([shown])[0] if one.key == _NUMBER else one for one in found])
    answer["Cache-Control"] = "no-store"
    return answer


def _card(made: Building) -> Section:
    own = [held for held in latest(made.page.opened.held, "card") if held.author_area_id == made.by.area_id]
    card = made.page.opened.card
    stands = own[-1].content if own else _as_stands(card)
    facts = [{"text": text, "src": label} for label, text in _lines(card)]
    heading = _("Namn och kontakt")
    if Category.CONTACT not in WRITES.get(Role(made.by.role), frozenset()):
        return Section("card", heading, facts=facts, text=_("Din roll läser kontaktuppgifter men ändrar dem inte."))
    form = ContentForm("card", data_for(made.request, "card", made.data), stands=stands)
    form.fields["based_on"] = forms.IntegerField(
        widget=forms.HiddenInput, required=False, initial=own[-1].version if own else None
    )

    def do(filled: ContentForm) -> str:
        referrals.update_card(
            by=made.by, person_id=made.person_id, card=filled.content(), based_on=filled.cleaned_data["based_on"]
        )
        return _("Uppgifterna är ändrade. Det som stod finns kvar i historiken.")

    text = "" if own else _("Det här har ni fått från en annan myndighet. Ändrar du blir det er egen uppgift.")
    return Section("card", heading, form, _("Ändra uppgifterna"), do, text=text, facts=facts)


def _as_stands(card: Any) -> dict[str, Any]:
    if card is None:
        return {}
    values = {key: getattr(card, key) for key in card.__dataclass_fields__}
    return {key: getattr(value, "value", value) for key, value in values.items() if value not in ("", None)}


def _lines(card: Any) -> list[tuple[str, str]]:
    if card is None:
        return []
    said = [
        (_("Namn"), f"{card.given_name} {card.family_name}"),
        (
            _("Språk"),
            _("{language}, tolk behövs").format(language=card.language) if card.interpreter else card.language,
        ),
        (_("Telefon"), card.phone),
        (_("E-post"), card.email),
        (_("Postadress"), card.postal_address),
    ]
    return [(label, text) for label, text in said if text]


def _shown(made: Building, told: str | None) -> Section:
    heading = _("Personnummer eller samordningsnummer")
    if told is not None:
        return Section(
            _NUMBER,
            heading,
            text=_("Visas bara nu. Att du läste det syns i Vem har tittat."),
            aside=True,
            facts=[{"text": told, "src": _("i dag"), "shape": ""}],
        )
    why = forms.ChoiceField(
        label=_("Vad behöver du det till?"),
        choices=[("", _("Välj")), *((one.value, _(name)) for one, name in number_reasons.NAMES.items())],
    )
    return Section(
        _NUMBER,
        heading,
        Plain({"why": why}, made.data if made.data and made.data.get("do") == _NUMBER else None),
        _("Visa numret"),
        lambda _filled: "",  # answered above, without a redirect: a number never lies in a session or an address
        text=_("Ligger bakom ett eget lås. Varje läsning antecknas med skäl, och du kan läsa högst 120 i timmen."),
        aside=True,
    )


def _change(made: Building) -> list[Section]:
    if Category.CONTACT not in WRITES.get(Role(made.by.role), frozenset()):
        return []
    number = forms.CharField(
        label=_("Det nya numret"), help_text=_("Tolv siffror."), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    form = Plain({"number": number}, made.sent("new-number"))

    def do(filled: Any) -> str:
        numbers.change(by=made.by, person_id=made.person_id, text=filled.cleaned_data["number"])
        return _("Numret är ändrat. Det gamla finns kvar i historiken.")

    return [
        Section(
            "new-number",
            _("Nytt nummer"),
            form,
            _("Ändra numret"),
            do,
            text=_(
                "När ett samordningsnummer har blivit ett personnummer, eller när det blev fel. Den som fått nya skyddade "
                "personuppgifter läggs upp som en ny person."
            ),
            aside=True,
        )
    ]


def _protection(made: Building) -> Section:
    """The way to protected identity, whether it stands or not."""
    return Section(
        "protection",
        _("Skyddade personuppgifter"),
        aside=True,
        text=_("Skydda personen, eller ändra vilka som står på listan."),
        facts=[
            {
                "text": _("Till skyddet"),
                "url": reverse("people:protection", args=[made.person_id]),
                "src": _("Gäller nu.") if made.page.opened.protection else "",
            }
        ],
    )
