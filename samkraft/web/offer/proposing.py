"""Proposals: the provider hands them in and takes them back; the coordinator answers on the activity's page."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.offer.actions import proposals as actions
from samkraft.offer.actions.proposals import ProposalDraft
from samkraft.offer.queries import catalogue
from samkraft.offer.queries import proposals as queries
from samkraft.offer.queries.proposals import ProposalRow
from samkraft.offer.rules import proposals as rules
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions.places import place_proposals
from samkraft.people.actions.places.place_proposals import Entered
from samkraft.web import days, sections
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.number_fields import WholeNumberField
from samkraft.web.offer import frames, words
from samkraft.web.sections import Plain, Section, data_for

SHAPES = {"asked": "needs", "agreed": "ok", "refused": "closed", "taken_back": "closed"}


@page(needs=Permission.HOLD_SESSIONS)
def show(request: Any) -> HttpResponse:
    """The provider's proposals, and a form for one more."""

    def build(data: Any) -> list[Section]:
        own = queries.listed(provider_id=request.by.organisation_id)
        made = [_new(request, data)]
        if not own:
            text = _(
                "Här står era förslag, och vad platssamordnaren har svarat. Ett godkänt förslag läggs in av sig självt."
            )
            made.append(Section("inga", _("Inga förslag än"), text=text, aside=True))
        for row in own:
            key = f"f-{row.id}"
            waits = row.state == "asked"
            made.append(Section(
                key, _title(row), None, _("Ta tillbaka") if waits else "", _taking_back(request, row) if waits else None,
                facts=facts(row), aside=True,
            ))  # fmt: skip
        return made

    def render_all(found: list[Section]) -> HttpResponse:
        crumbs = ((_("Träffar"), reverse("offer:sessions")), (_("Förslag"), ""))
        return frames.draw(request, "offer/proposals.html", {"sections": found}, *crumbs)

    return sections.serve(request, build, render_all)


def _new(request: Any, data: Any) -> Section:
    held = [
        (str(one.id), f"{activity.name}: {one.name}")
        for one in catalogue.occasions(since=timezone.localdate())
        if one.provider_id == request.by.organisation_id
        and one.cancelled_at is None
        and (activity := catalogue.activity_by_id(one.activity_id))
    ]
    fields: dict[str, forms.Field] = {
        "kind": forms.ChoiceField(label=_("Vad"), choices=words.choices(rules.KIND_NAMES), widget=forms.RadioSelect),
        "occasion": forms.ChoiceField(label=_("Tillfälle det gäller, eller liknar"), choices=[("", _("Välj")), *held]),
        "starts_on": SwedishDateField(label=_("Första dagen"), required=False),
        "ends_on": SwedishDateField(label=_("Sista dagen"), required=False),
        "places": WholeNumberField(label=_("Antal platser"), required=False, min_value=1, max_value=500),
        "words": forms.CharField(
            label=_("Vad ni föreslår och varför"), widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Skriv inget om enskilda deltagare."),
        ),
    }  # fmt: skip

    def do(sent: Any) -> str:
        said = dict(sent.cleaned_data)
        actions.propose(by=request.by, draft=ProposalDraft(occasion_id=UUID(said.pop("occasion")), **said))
        return _("Förslaget är lämnat till platssamordnaren.")

    form = Plain(fields, data_for(request, "nytt", data))
    return Section("nytt", _("Lämna ett förslag"), form, _("Lämna förslaget"), do, main=True)


def _taking_back(request: Any, row: ProposalRow) -> Any:
    def do(_sent: Any) -> str:
        actions.take_back(by=request.by, proposal_id=row.id)
        return _("Förslaget är återtaget.")

    return do


def to_answer(request: Any, activity_id: UUID, data: Any) -> list[Section]:
    """For the activity's coordinator: each proposal with an answer to give, and the latest that were answered."""
    found = []
    for row in queries.listed(activity_id=activity_id, most=6):
        key = f"forslag-{str(row.id)[:8]}"
        if row.state != "asked":
            found.append(Section(key, _title(row), facts=facts(row), aside=True))
            continue
        fields: dict[str, forms.Field] = {
            "agrees": forms.ChoiceField(
                label=_("Svar"),
                choices=[("yes", _("Godkänn, och lägg in det")), ("no", _("Avslå"))],
                widget=forms.RadioSelect,
            ),
            "words": forms.CharField(label=_("Ord på vägen"), required=False, max_length=500),
        }
        form = Plain(fields, data_for(request, key, data))
        found.append(Section(key, _title(row), form, _("Svara"), _answering(request, row), facts=facts(row)))
    return found


def _answering(request: Any, row: ProposalRow) -> Any:
    def do(sent: Any) -> str:
        said = sent.cleaned_data
        if said["agrees"] != "yes":
            actions.answer(by=request.by, proposal_id=row.id, agrees=False, words=said["words"])
            return _("Förslaget är avslaget. Utföraren ser varför.")
        entered = place_proposals.agree(by=request.by, proposal_id=row.id, words=said["words"])
        return _entered(entered)

    return do


def _entered(one: Entered) -> str:
    if one.kind == rules.ProposalKind.START:
        return _("Förslaget är godkänt och tillfället är inlagt. Öppna det när platserna ska erbjudas.")
    if one.sessions_cancelled:
        return ngettext(
            "Förslaget är godkänt och inlagt. {n} träff ligger utanför dagarna och är inställd.",
            "Förslaget är godkänt och inlagt. {n} träffar ligger utanför dagarna och är inställda.",
            one.sessions_cancelled,
        ).format(n=one.sessions_cancelled)
    return _("Förslaget är godkänt och inlagt.")


def _title(row: ProposalRow) -> str:
    return _("Förslag: {what}").format(what=words.of(rules.KIND_NAMES, row.kind).lower())


def facts(row: ProposalRow) -> list[dict[str, str]]:
    """The proposal in lines."""
    what = [days.dated(row.starts_on) if row.starts_on else "", days.dated(row.ends_on) if row.ends_on else ""]
    lines = [
        {"text": words.of(rules.STATE_NAMES, row.state), "shape": SHAPES[row.state],
         "src": f"{row.provider}, {row.asked_by} · {words.when(row.asked_at)}"},
        {"text": row.words, "src": f"{row.activity}: {row.occasion}"},
    ]  # fmt: skip
    if any(what):
        lines.append({"text": " – ".join(part for part in what if part)})
    if row.places:
        lines.append({"text": _("{n} platser").format(n=row.places)})
    if row.answered_by:
        lines.append({"text": row.answer or "–", "src": _("Svar av {name}").format(name=row.answered_by)})
    return lines
