"""What is asked about a decision: the day, the outcome, and the amounts that became others than proposed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.money.rules.points import GIVES_MONEY, OUTCOME_LABELS, Outcome
from samkraft.money.rules.posting import PointDraft
from samkraft.values import kronor
from samkraft.web import figures
from samkraft.web.date_fields import SwedishDateField


class DecisionForm(forms.Form):
    """When, which paragraph, and what became of it."""

    date = SwedishDateField(
        label=gettext_lazy("Dag för beslutet"), help_text=gettext_lazy("Till exempel 2024-03-06 eller 6 mars 2024.")
    )
    paragraph = forms.CharField(label=gettext_lazy("Paragraf i protokollet"), required=False, max_length=20)
    outcome = forms.ChoiceField(
        label=gettext_lazy("Vad blev det?"),
        choices=[(kind.value, capfirst(gettext_lazy(OUTCOME_LABELS[kind]))) for kind in Outcome],
        widget=forms.RadioSelect,
    )
    is_assumption = forms.BooleanField(
        label=gettext_lazy("Beslutet är antaget: protokollet har inte hittats"),
        help_text=gettext_lazy("Visas överallt där pengarna räknas."),
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Anteckning"),
        help_text=gettext_lazy("Behövs om beslutet är antaget: skriv varför."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(kind.value, _(OUTCOME_LABELS[kind]).capitalize()) for kind in Outcome]


def points_in(
    request: Any, proposed: Sequence[PointDraft]
) -> tuple[tuple[PointDraft, ...], dict[str, tuple[str, str]]]:
    """The points with the amounts that were typed. Zero strikes a row. Second: what could not be read, by field."""
    if request.POST.get("outcome") != Outcome.CHANGED.value:
        return tuple(proposed), {}
    wrong: dict[str, tuple[str, str]] = {}
    points = []
    for point in proposed:
        items = []
        for place, item in enumerate(point.items):
            name = f"amount-{point.number}-{place}"
            typed = request.POST.get(name)
            if point.verb not in GIVES_MONEY or typed is None or not typed.strip():
                items.append(item)
                continue
            try:
                ore = kronor.parse(typed)
            except ValueError:
                wrong[name] = (typed, _("”%(text)s” går inte att läsa som ett belopp.") % {"text": typed})
                items.append(item)
                continue
            if ore < 0:
                wrong[name] = (typed, _("Beloppet kan inte vara mindre än noll."))
            items += [replace(item, amount_ore=ore)] if ore > 0 else []
        points.append(replace(point, items=tuple(items)))
    return tuple(points), wrong


def fields(
    request: Any, proposed: Sequence[PointDraft], names: dict[UUID, str], wrong: dict[str, tuple[str, str]]
) -> list[dict[str, Any]]:
    """One field for each amount: what was proposed, and what was typed for it."""
    found = []
    for point in proposed:
        for place, item in enumerate(point.items):
            if point.verb not in GIVES_MONEY or item.amount_ore is None:
                continue
            name = f"amount-{point.number}-{place}"
            found.append(
                {
                    "name": name, "point": point.number, "year": item.year, "ore": item.amount_ore,
                    "receiver": names.get(item.receiver_id, item.receiver_words) if item.receiver_id else item.receiver_words,
                    "value": request.POST.get(name, figures.amount(item.amount_ore)), "error": wrong.get(name, ("", ""))[1],
                }
            )  # fmt: skip
    return found
