"""Places that wait for the reader's decision: give it, with number and day, or refuse it with a reason."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.offer.queries import catalogue
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions.places import places
from samkraft.people.queries.places import place_lists
from samkraft.people.queries.places.place_lists import ToDecide
from samkraft.web import sections
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.offer import frames, rows, words
from samkraft.web.sections import Plain, Section, data_for


@page(needs=Permission.WRITE_PLAN)
def show(request: Any) -> HttpResponse:
    """One section for each place; those who have said yes first."""

    def build(data: Any) -> list[Section]:
        found = sorted(place_lists.to_decide(request.by), key=lambda one: (one.accepted_at is None, one.offered_at))
        return [_section(request, one, data) for one in found[:60]]

    def render_all(found: list[Section]) -> HttpResponse:
        context = {"sections": found, "tabs": frames.home_tabs(request, "deciding")}
        return frames.draw(request, "offer/deciding.html", context, (_("Att besluta"), ""))

    return sections.serve(request, build, render_all)


def _section(request: Any, one: ToDecide, data: Any) -> Section:
    activity, occasion = catalogue.activity_by_id(one.activity_id), catalogue.occasion(one.occasion_id)
    assert activity is not None
    assert occasion is not None
    key = f"b-{one.code.lower()}"
    said = rows.told(one.told)
    facts = [
        {"text": occasion.name, "src": f"{occasion.provider} · {occasion.place_name}"},
        {"text": _("Personens sida"), "url": reverse("people:person", args=[one.person_id]), "src": said},
        {"text": _("Tackade ja {when}").format(when=words.when(one.accepted_at)), "shape": "ok"} if one.accepted_at
        else {"text": _("Har inte svarat än, senast {when}").format(when=words.when(one.answer_until)), "shape": "closed"},
    ]  # fmt: skip
    if not one.is_own:
        facts.append({"text": _("Ställd i kön av en annan myndighet, som har lämnat ut det till er för beslutet.")})
    fields: dict[str, forms.Field] = {
        "granted": forms.ChoiceField(
            label=_("Beslut"), choices=[("yes", _("Ge platsen")), ("no", _("Avslå"))], widget=forms.RadioSelect
        ),
        "number": forms.CharField(label=_("Beslutets nummer"), max_length=40, required=False),
        "decided_date": SwedishDateField(label=_("Beslutets dag")),
        "reason": forms.CharField(
            label=_("Varför, vid avslag"), required=False, widget=forms.Textarea(attrs={"rows": 2})
        ),
    }

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        places.decide(
            by=request.by, hold_id=one.hold_id, granted=said["granted"] == "yes", number=said["number"],
            decided_date=said["decided_date"], reason=said["reason"],
        )  # fmt: skip
        return (
            _("Platsen är given.") if said["granted"] == "yes" else _("Platsen är avslagen och går till nästa i kön.")
        )

    form = Plain(fields, data_for(request, key, data), initial={"decided_date": timezone.localdate().isoformat()})
    heading = _("{activity}, kod {code}").format(activity=activity.name, code=one.code)
    return Section(key, heading, form, _("Besluta"), do, facts=facts)
