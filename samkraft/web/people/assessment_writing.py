"""Write to the assessment: an item, a conclusion; and beside an item: a change, a dissent, the person's correction."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.actions import assessments as actions
from samkraft.people.actions import withholding
from samkraft.people.actions.contributions import Withheld
from samkraft.people.queries import consents
from samkraft.people.rules import secrecy
from samkraft.people.rules import withholding as rules
from samkraft.people.rules.categories import Release, release_of
from samkraft.people.rules.contents.choices import LifeArea, name_of
from samkraft.people.rules.held import Held, latest
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, sections
from samkraft.web.acting import page
from samkraft.web.people import opened, person, plan_writing
from samkraft.web.people.content_forms import ContentForm
from samkraft.web.sections import Plain, Section, data_for

_KINDS = ("assessment_item", "conclusion")


@page(needs=Permission.WRITE_PLAN)
def add(request: Any, person_id: UUID) -> HttpResponse:
    """One thing that is known, in its area of life. It may be withheld from the person, with ground and decider."""
    if request.method != "POST":
        return _add_page(request, person_id, _item_form())
    form = _item_form(request.POST)
    if form.is_valid():
        ground, decider = form.cleaned_data.get("withheld_ground"), form.cleaned_data.get("withheld_by")
        try:
            actions.add_item(
                by=request.by,
                person_id=person_id,
                item=form.content(),
                withheld=Withheld(ground, decider or request.by.actor_name) if ground else None,
            )
        except Refused as refusal:
            refusals.put_in(form, refusal)
        else:
            messages.success(request, _("Sparat i kartläggningen."))
            return afterwards.to("people:assessment", person_id)
    with transactions.read(request.by):
        return _add_page(request, person_id, form)


def _item_form(data: Any = None) -> ContentForm:
    form = ContentForm("assessment_item", data)
    form.fields["withheld_ground"] = forms.CharField(
        label=_("Visas inte för personen, med stöd av"),
        required=False,
        help_text=_("Till exempel OSL 25 kap. 6 §. Lämna annars tomt."),
    )
    form.fields["withheld_by"] = forms.CharField(label=_("Beslutat av"), required=False)
    return form


def _add_page(request: Any, person_id: UUID, form: ContentForm) -> HttpResponse:
    one = opened.open_page(request, person_id, what="assessment")
    context = {"tabs": opened.tabs(person_id, "assessment"), "form": form}
    return render(request, "people/person/assessment_form.html", person.with_crumbs(request, one, context))


@page(needs=Permission.WRITE_PLAN)
def conclude(request: Any, person_id: UUID) -> HttpResponse:
    """What several bodies conclude together, and what it rests on."""

    def build(data: Any) -> list[Section]:
        one = opened.open_page(request, person_id, what="assessment")
        request.opened_page = one
        every = latest(one.opened.held, "assessment_item")
        items = [
            (str(held.lineage), f"{held.content['text'][:90]}")
            for held in every
            if release_of(held.category) is Release.STANDING
        ]
        form = ContentForm(
            "conclusion",
            data_for(request, "conclude", data),
            choices={
                "rests_on": items,
                "bodies": _bodies(request, one),
            },
            stands={"bodies": [str(request.by.area_id)]},
        )

        if len(items) < len(every):
            form.fields["rests_on"].help_text = _(
                "Uppgifter om hälsa och annat som lämnas ut en i taget står inte här: slutsatsen läses av alla parter."
            )

        def do(filled: ContentForm) -> str:
            actions.conclude(by=request.by, person_id=person_id, conclusion=filled.content())
            return _("Slutsatsen är sparad.")

        back = reverse("people:assessment", args=[person_id])
        return [Section("conclude", _("Gemensam slutsats"), form, _("Spara slutsatsen"), do, main=True, then=back)]

    return sections.serve(request, build, lambda found: _sections_page(request, person_id, found))


def _bodies(request: Any, one: opened.Page) -> list[tuple[str, str]]:
    """Who can stand behind a conclusion: those who the own area knows take part, and no party that knows nothing of it."""
    lines = consents.standing(request.by, one.opened.person_id)
    known = {area for line in lines for area in (line.from_area_id, line.to_area_id)}
    known |= {held.author_area_id for held in one.opened.held} | {request.by.area_id}
    return [(area, name) for area, name in plan_writing.parties_of(request, one.opened.held) if UUID(area) in known]


@page(needs=Permission.WRITE_PLAN)
def beside(request: Any, person_id: UUID, lineage: UUID) -> HttpResponse:
    """What can be said beside one item: the person's correction, another view, and a change by its author."""

    def build(data: Any) -> list[Section]:
        one = opened.open_page(request, person_id, what="assessment")
        request.opened_page = one
        held = next((found for found in latest(one.opened.held, *_KINDS) if found.lineage == lineage), None)
        if held is None:
            raise Refused(secrecy.NOT_FOUND)
        found = [_correct(request, person_id, held, data), _dissent(request, person_id, held, data)]
        if held.kind == "assessment_item" and not held.received:
            found.insert(0, _change(request, person_id, held, data))
        if not held.received and may(request.by.role, Permission.ASSESS):
            found.append(_withhold(request, person_id, held, data))
        return found

    return sections.serve(request, build, lambda found: _sections_page(request, person_id, found))


def _sections_page(request: Any, person_id: UUID, found: list[Section]) -> HttpResponse:
    context = {"tabs": opened.tabs(person_id, "assessment"), "sections": found, "writes_freely": True}
    return render(request, "people/person/sections.html", person.with_crumbs(request, request.opened_page, context))


def _words(label: str) -> dict[str, forms.Field]:
    return {"text": forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 3}))}


def _correct(request: Any, person_id: UUID, held: Held, data: Any) -> Section:
    def do(filled: Any) -> str:
        actions.correct(by=request.by, person_id=person_id, about=held.lineage, text=filled.cleaned_data["text"])
        return _("Det personen säger står nu bredvid.")

    form = Plain(_words(_("Vad är fel? Med personens egna ord")), data_for(request, "correct", data))
    return Section("correct", _("Personen säger att det är fel"), form, _("Anteckna"), do, text=held.content["text"])


def _dissent(request: Any, person_id: UUID, held: Held, data: Any) -> Section:
    def do(filled: Any) -> str:
        actions.dissent(by=request.by, person_id=person_id, about=held.lineage, text=filled.cleaned_data["text"])
        if release_of(held.category) is Release.STANDING:
            return _("Den avvikande meningen är antecknad.")
        return _("Den avvikande meningen är antecknad. Bara din myndighet läser den tills ni lämnar ut den.")

    form = Plain(_words(_("Hur ser ni det?")), data_for(request, "dissent", data))
    return Section("dissent", _("Vi ser det på ett annat sätt"), form, _("Anteckna avvikande mening"), do)


def _withhold(request: Any, person_id: UUID, held: Held, data: Any) -> Section:
    """What the person may not see is withheld with ground and decider, or shown again."""
    heading = _("Visas inte för personen")
    if held.withheld_ground:

        def show_again(_form: Any) -> str:
            withholding.show(by=request.by, person_id=person_id, lineage=held.lineage)
            return _("Uppgiften visas för personen igen.")

        text = _("Med stöd av {ground}, beslutat av {who}.").format(ground=held.withheld_ground, who=held.withheld_by)
        return Section("show", heading, None, _("Visa för personen igen"), show_again, text=text, aside=True)

    def withhold(filled: Any) -> str:
        withholding.withhold(by=request.by, person_id=person_id, lineage=held.lineage, **filled.cleaned_data)
        return _("Uppgiften visas inte för personen, och inte i Vem har tittat eller utdraget.")

    grounds = [(_(section), _(says)) for section, says in rules.GROUNDS.items()]
    form = Plain(
        {
            "ground": forms.CharField(
                label=_("Med stöd av"), help_text=_("Till exempel {section}.").format(section=grounds[0][0])
            ),
            "decided_by": forms.CharField(label=_("Beslutat av"), help_text=_("Namn och befattning.")),
        },
        data_for(request, "withhold", data),
    )
    facts = [{"text": section, "src": says} for section, says in grounds]
    return Section("withhold", heading, form, _("Visa inte för personen"), withhold, facts=facts, aside=True)


def _change(request: Any, person_id: UUID, held: Held, data: Any) -> Section:
    form = ContentForm("assessment_item", data_for(request, "change", data), stands=held.content)
    form.fields["based_on"] = forms.IntegerField(widget=forms.HiddenInput, initial=held.version)

    def do(filled: ContentForm) -> str:
        actions.change_item(
            by=request.by,
            person_id=person_id,
            lineage=held.lineage,
            item=filled.content(),
            based_on=filled.cleaned_data["based_on"],
        )
        return _("Ändringen är sparad. Det som stod finns kvar i historiken.")

    heading = _("Ändra: {what}").format(what=_(_life_area(held)))
    return Section("change", heading, form, _("Spara ändringen"), do, main=True)


def _life_area(held: Held) -> str:
    return name_of(LifeArea(held.content["life_area"]))
