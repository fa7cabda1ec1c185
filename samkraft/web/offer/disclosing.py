"""Who outside is told what about the person: fields one by one, shown to the person first, for as long as the place lasts."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from samkraft.partners.queries import areas
from samkraft.people.actions.places import places
from samkraft.people.queries.places.person_places import PlaceRow
from samkraft.people.rules.places import place_states as rules
from samkraft.people.rules.places.place_states import Receiver, State
from samkraft.web import days
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.offer import words
from samkraft.web.sections import Section


def facts(row: PlaceRow) -> list[dict[str, str]]:
    """What each receiver is told now. Without a line they see the code alone."""
    return [
        {
            "text": _("{who} får veta: {what}").format(
                who=words.of(rules.RECEIVER_NAMES, one.receiver),
                what=words.listed(rules.FIELDS, one.fields).lower() or _("att personen väntar på beslut"),
            ),
            "src": _("Visat för personen {day} · utlämnat av {name}").format(
                day=days.dated(one.shown_date), name=one.given_by
            ),
        }
        for one in row.told
        if one.ended_at is None
    ]


def tell(made: Any, row: PlaceRow, key: str) -> list[Section]:
    """One form: to whom, which fields, how the person was shown. The protected have only what cannot be traced."""
    told = {one.receiver: one for one in row.told if one.ended_at is None}
    receivers = [Receiver.COORDINATOR]
    if row.hold_id and row.state in (State.CONDITIONAL, State.GIVEN, State.ONGOING):
        receivers.append(Receiver.PROVIDER)
    if row.decider != "owner" and row.state is not State.ONGOING:
        receivers.append(Receiver.DECIDER)
    allowed = {
        code: name for code, name in rules.FIELDS.items() if not made.one.head.protection or code in rules.SAFE_FIELDS
    }
    bodies = [(str(area.id), area.name) for area in areas.labels().values() if area.id != made.request.by.area_id]
    fields: dict[str, forms.Field] = {
        "receiver": forms.ChoiceField(
            label=_("Vem får veta"),
            choices=[(one.value, words.of(rules.RECEIVER_NAMES, one.value)) for one in receivers],
        ),
        "fields": forms.MultipleChoiceField(
            label=_("Vad lämnas ut"),
            choices=words.choices(allowed),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=_("Annars syns bara koden. Fri text lämnas aldrig ut."),
        ),
        "shown_how": forms.ChoiceField(
            label=_("Hur visade du det för personen"), choices=words.choices(rules.SHOWN_HOW)
        ),
        "shown_date": SwedishDateField(label=_("Vilken dag")),
    }
    if Receiver.DECIDER in receivers:
        fields["to_area"] = forms.ChoiceField(
            label=_("Myndighet som beslutar"), required=False, choices=[("", _("Den egna")), *bodies]
        )
    form = made.form(f"visa-{key}", fields, shown_date=made.one.today.isoformat())

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        to_area = said.get("to_area") or ""
        places.disclose(
            by=made.request.by, person_id=made.person_id, entry_id=row.entry_id, receiver=said["receiver"],
            fields=said["fields"], shown_how=said["shown_how"], shown_date=said["shown_date"],
            to_area_id=UUID(to_area) if to_area else None,
        )  # fmt: skip
        return _("Uppgifterna är utlämnade så länge platsen varar.")

    found = [Section(f"visa-{key}", _("Lämna ut uppgifter"), form, _("Lämna ut"), do, aside=True)]
    for receiver, one in told.items():
        found.append(_stop(made, f"sluta-{key}-{receiver}", receiver, one.id))
    return found


def _stop(made: Any, key: str, receiver: str, disclosure_id: UUID) -> Section:
    def do(_sent: Any) -> str:
        places.end_disclosure(by=made.request.by, person_id=made.person_id, disclosure_id=disclosure_id)
        return _("Från och med nu syns bara koden.")

    who = words.of(rules.RECEIVER_NAMES, receiver)
    return Section(key, _("{who} får veta mer än koden").format(who=who), None, _("Sluta lämna ut"), do, aside=True)
