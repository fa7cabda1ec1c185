"""One employer: what waits, what they offer, and everything that has happened, the newest first."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.offer.actions import employers as actions
from samkraft.offer.actions.employers import ContactDraft, EmployerDraft, OpeningDraft
from samkraft.offer.queries import employers
from samkraft.offer.queries.employers import EmployerRow, OpeningRow
from samkraft.offer.rules import employers as rules
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.queries import recruitment
from samkraft.people.queries.places import place_lists
from samkraft.values.wording import phrase
from samkraft.web import days, sections
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.employers import adding, frames, happened, meetings, words
from samkraft.web.number_fields import WholeNumberField
from samkraft.web.offer.words import choices, of
from samkraft.web.sections import Plain, Section, data_for

NOT_ABOUT_PEOPLE = phrase("Skriv inget om deltagare. Alla parter läser det här.")


@dataclass(frozen=True, slots=True)
class Making:
    """What the sections are made from."""

    request: Any
    row: EmployerRow
    data: Any
    today: date

    def form(self, key: str, fields: dict[str, forms.Field], **initial: Any) -> Plain:
        """A form for a section, with what was typed when it is the one that was sent."""
        return Plain(fields, data_for(self.request, key, self.data), initial=initial)


@page(needs=Permission.SEE_EMPLOYERS)
def show(request: Any, employer_id: UUID) -> HttpResponse:
    """The facts, what can be done, and the timeline."""

    def build(data: Any) -> list[Section]:
        today = timezone.localdate()
        row = employers.one(employer_id, on=today)
        if row is None:
            raise Http404
        request.employer = row
        made = Making(request, row, data, today)
        if not may(request.by.role, Permission.KEEP_EMPLOYERS):
            return []
        return [_contact(made), _opening(made), meetings.plan(made), *_close(made), _particulars(made)]

    return sections.serve(request, build, lambda found: _draw(request, found))


def _draw(request: Any, found: list[Section]) -> HttpResponse:
    row: EmployerRow = request.employer
    today = timezone.localdate()
    numbers = {one.occasion_id: one for one in place_lists.numbers(request.by)}
    invited = recruitment.numbers(request.by)
    placements = employers.placements(employer_id=row.id)
    held = employers.meetings(employer_id=row.id)
    context = {
        "employer": row, "sections": found, "today": today, "industry": of(rules.INDUSTRY_NAMES, row.industry),
        "shape": words.shape_of(row.next_date, today),
        "openings": [opening_line(one) for one in employers.openings(employer_id=row.id, on=today)],
        "adverts": employers.advertised(row.organisation_number, row.name, on=today),
        "placements": [
            {
                "row": one, "numbers": numbers.get(one.occasion_id), "terms": words.listed(rules.TERM_NAMES, one.terms),
                "afterwards": of(rules.AFTERWARDS_NAMES, one.afterwards),
                "url": reverse("offer:occasion", args=[one.occasion_id]),
            }
            for one in placements
        ],
        "meetings": [meetings.line(one, invited) for one in held if one.ends_at >= timezone.now()],
        "events": happened.events(row.id, placements, held),
        "can_place": may(request.by.role, Permission.COORDINATE_PLACES),
        "placing_url": reverse("employers:placing", args=[row.id]),
    }  # fmt: skip
    return frames.draw(request, "employers/employer.html", context, (row.name, ""))


def opening_line(row: OpeningRow) -> dict[str, Any]:
    """A job that was told of, with what it asks for in words."""
    return {
        "row": row, "needs": words.facts_of_opening(row), "scope": words.percent(row.scope_from, row.scope_to),
        "url": reverse("employers:employer", args=[row.employer_id]),
    }  # fmt: skip


def _contact(made: Making) -> Section:
    fields: dict[str, forms.Field] = {
        "how": forms.ChoiceField(label=_("Hur"), choices=choices(rules.KIND_NAMES)),
        "about": forms.ChoiceField(label=_("Om vad"), choices=choices(rules.ABOUT_NAMES)),
        "text": forms.CharField(
            label=_("Vad kom ni fram till"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_(NOT_ABOUT_PEOPLE),
        ),
        "led_to": forms.ChoiceField(label=_("Vad ledde det till"), choices=choices(rules.LED_NAMES)),
        "on_date": SwedishDateField(label=_("Vilken dag")),
        "next_date": SwedishDateField(
            label=_("Nästa kontakt"), required=False, help_text=_("Den dagen står det i din inkorg.")
        ),
    }  # fmt: skip

    def do(sent: Any) -> str:
        actions.note_contact(by=made.request.by, employer_id=made.row.id, draft=ContactDraft(**sent.cleaned_data))
        return _("Kontakten är sparad.")

    form = made.form("kontakt", fields, on_date=made.today.isoformat(), led_to="nothing_yet")
    return Section("kontakt", _("Skriv en kontakt"), form, _("Spara kontakten"), do, main=True)


def _opening(made: Making) -> Section:
    adverts = employers.advertised(made.row.organisation_number, made.row.name, on=made.today)
    fields: dict[str, forms.Field] = {
        "headline": forms.CharField(label=_("Vad är det för jobb"), max_length=120),
        "places": WholeNumberField(label=_("Hur många söker de"), min_value=1, max_value=rules.MOST_PLACES),
        "needs": forms.CharField(
            label=_("Vad krävs"), required=False, max_length=400, help_text=_("Skriv kraven med komma emellan.")
        ),
        "scope_from": WholeNumberField(label=_("Minst procent av heltid"), required=False, min_value=1, max_value=100),
        "scope_to": WholeNumberField(label=_("Mest procent av heltid"), required=False, min_value=1, max_value=100),
        "needs_experience": forms.BooleanField(label=_("Erfarenhet av yrket krävs"), required=False),
        "needs_licence": forms.BooleanField(label=_("Körkort krävs"), required=False),
        "last_date": SwedishDateField(label=_("Sök senast"), required=False),
    }  # fmt: skip
    if adverts:
        fields["vacancy"] = forms.ChoiceField(
            label=_("Är det en av deras annonser"), required=False,
            choices=[("", _("Nej, det är inte annonserat")), *((str(one.id), one.headline) for one in adverts)],
        )  # fmt: skip

    def do(sent: Any) -> str:
        said = dict(sent.cleaned_data)
        vacancy = said.pop("vacancy", "")
        needs = tuple(part.strip() for part in said.pop("needs").split(",") if part.strip())
        draft = OpeningDraft(needs=needs, vacancy_id=UUID(vacancy) if vacancy else None, **said)
        actions.tell_opening(by=made.request.by, employer_id=made.row.id, draft=draft)
        return _("Jobbet är sparat. Det jämförs med deltagarnas mål.")

    form = made.form("jobb", fields, places=1)
    return Section("jobb", _("Ett jobb som de har berättat om"), form, _("Lägg in ett jobb"), do, aside=True)


def _close(made: Making) -> list[Section]:
    found = []
    for one in employers.openings(employer_id=made.row.id):
        if one.closed_at is not None:
            continue

        def do(_sent: Any, opening_id: UUID = one.id) -> str:
            actions.close_opening(by=made.request.by, opening_id=opening_id)
            return _("Jobbet visas inte längre.")

        text = _("Berättat {day} av {name}.").format(day=days.dated(one.told_at), name=one.told_by)
        found.append(
            Section(
                f"stang-{one.id}",
                _("Är ”{what}” tillsatt?").format(what=one.headline),
                None,
                _("Tillsatt eller återtaget"),
                do,
                text=text,
                aside=True,
            )
        )
    return found


def _particulars(made: Making) -> Section:
    row = made.row

    def do(sent: Any) -> str:
        actions.change(by=made.request.by, employer_id=row.id, draft=EmployerDraft(**sent.cleaned_data))
        return _("Uppgifterna är ändrade.")

    form = made.form(
        "uppgifter", adding.particulars(), industry=row.industry, district=row.district, contact_name=row.contact_name,
        contact_phone=row.contact_phone, contact_email=row.contact_email,
    )  # fmt: skip
    return Section("uppgifter", _("Bransch och vem vi frågar efter"), form, _("Ändra uppgifterna"), do, aside=True)
