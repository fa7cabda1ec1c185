"""Deciding a new version of the theory of change: every part of it as a form, with the day and why."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import theories as actions
from samkraft.initiatives.queries import theories
from samkraft.initiatives.queries.theories import TheoryPage
from samkraft.initiatives.rules import theory as rules
from samkraft.initiatives.rules.theory import LEVEL_NAMES, TARGET_NAMES, Item, Level, TargetKind
from samkraft.partners.rules.organisations import code_from
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.knowledge import frames
from samkraft.web.number_fields import DecimalsField

FIELDS = {
    rules.NO_REASON.code: "reason",
    rules.DECIDED_AHEAD.code: "decided_date",
    rules.DECIDED_BEFORE_LAST.code: "decided_date",
}
FIRST, MORE = 8, 3
"""How many empty parts there are for the first version, and for those after it."""
NEW = "ny-"
LEVELS, NUMBERED = tuple(Level), (TargetKind.COUNT, TargetKind.SHARE)


class TheoryForm(forms.Form):
    """All parts at once: those that hold, and some empty ones. A part whose text is emptied goes."""

    decided_date = SwedishDateField(label=gettext_lazy("Dag då den beslutades"))
    reason = forms.CharField(
        label=gettext_lazy("Varför ändras den?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    source = forms.CharField(label=gettext_lazy("Var står det?"), max_length=500, required=False)
    base = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    marks_optional = False

    def __init__(self, *args: Any, held: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {one.code: one for one in held}
        fresh = [f"{NEW}{number}" for number in range(1, (MORE if held else FIRST) + 1)]
        self.codes = [*self.held, *fresh]
        self.names = {one.code: one.text for one in held} | {
            code: _("Ny del %(number)d") % {"number": number} for number, code in enumerate(fresh, 1)
        }
        if not held:
            del self.fields["reason"]
        for number, code in enumerate(self.codes, 1):
            self._add(number, code)

    def _add(self, number: int, code: str) -> None:
        one, said = self.held.get(code), {"number": number}
        target = None if one is None or one.target is None else one.target
        if target is not None and one is not None and one.target_kind is TargetKind.SHARE:
            target = round(100 * target, 4)
        lowest = LEVELS.index(one.level) if one else 0
        later = [(key, self.names[key]) for key in self.codes if key != code and self._level(key) > lowest]
        self.fields[f"text_{code}"] = forms.CharField(
            label=_("Del %(number)d") % said, max_length=300, required=False, initial=one.text if one else "",
            help_text=_("Töm fältet för att ta bort delen.") if one else "",
        )  # fmt: skip
        self.fields[f"level_{code}"] = forms.ChoiceField(
            label=_("Nivå för del %(number)d") % said, choices=[(level.value, _(LEVEL_NAMES[level])) for level in Level],
            initial=one.level.value if one else Level.ACTIVITY.value,
        )  # fmt: skip
        self.fields[f"kind_{code}"] = forms.ChoiceField(
            label=_("Mål för del %(number)d") % said, choices=[(kind.value, _(name)) for kind, name in TARGET_NAMES.items()],
            initial=one.target_kind.value if one else TargetKind.NONE.value,
        )  # fmt: skip
        self.fields[f"target_{code}"] = DecimalsField(
            label=_("Antal eller procent för del %(number)d") % said, required=False, min_value=0,
            max_value=10_000_000, initial=None if target is None else f"{target:g}".replace(".", ","),
        )  # fmt: skip
        self.fields[f"leads_{code}"] = forms.MultipleChoiceField(
            label=_("Del %(number)d leder till") % said, required=False, choices=later,
            widget=forms.CheckboxSelectMultiple, initial=list(one.leads_to) if one else [],
        )  # fmt: skip

    def _level(self, code: str) -> int:
        """What is new may come to stand anywhere."""
        one = self.held.get(code)
        return LEVELS.index(one.level) if one else len(LEVELS)

    def clean(self) -> dict[str, Any]:
        """A number where the target is a number."""
        data: dict[str, Any] = super().clean() or {}
        for code in self.codes:
            if data.get(f"text_{code}") and data.get(f"kind_{code}") in NUMBERED and f"target_{code}" in data:
                target, is_share = data[f"target_{code}"], data[f"kind_{code}"] == TargetKind.SHARE
                if not target or (is_share and target > 100):
                    wrong = _("Skriv en procent mellan 0 och 100.") if is_share else _("Skriv ett antal över noll.")
                    self.add_error(f"target_{code}", wrong)
        return data

    def parts(self) -> list[dict[str, Any]]:
        """Each part's fields, and whether it stands open: when it is new, wrong or changed."""
        found = []
        for code in self.codes:
            fields = [self[f"{name}_{code}"] for name in ("text", "level", "kind", "target", "leads")]
            one = self.held.get(code)
            found.append({
                "fields": fields, "name": self.names[code], "is_new": one is None,
                "level": _(LEVEL_NAMES[one.level]) if one else "", "is_open": any(field.errors for field in fields),
            })  # fmt: skip
        return found

    def items(self) -> list[Item]:
        """The theory as it was written: in order of level, arrows to parts that are gone left out."""
        data = self.cleaned_data
        kept = [code for code in self.codes if data[f"text_{code}"]]
        keys: dict[str, str] = {}
        for code in kept:
            keys[code] = (
                code if code in self.held else _free(code_from(data[f"text_{code}"]), {*self.held, *keys.values()})
            )
        found = []
        for code in kept:
            kind = TargetKind(data[f"kind_{code}"])
            number = data[f"target_{code}"]
            share = 100 if kind is TargetKind.SHARE else 1
            made = Item(
                keys[code], Level(data[f"level_{code}"]), data[f"text_{code}"], kind,
                round(number / share, 6) if kind in NUMBERED else None,
                tuple(keys[to] for to in data[f"leads_{code}"] if to in keys),
            )  # fmt: skip
            if before := self.held.get(code):  # the same arrows in another order are no change
                still = [to for to in before.leads_to if to in made.leads_to]
                leads = (*still, *(to for to in made.leads_to if to not in still))
                made = replace(made, source=before.source, leads_to=leads)
            found.append(made)
        return sorted(found, key=lambda one: LEVELS.index(one.level))


def _free(code: str, taken: set[str]) -> str:
    number = 1
    wanted = code
    while wanted in taken:
        number += 1
        wanted = f"{code}-{number}"
    return wanted


@page(needs=Permission.MANAGE_TEAMS)
def show(request: Any, code: str) -> HttpResponse:
    """Show the form, or decide and go back to the picture; a refusal stands by its field and nothing typed is lost."""
    with transactions.read(request.by):
        row = frames.initiative(code)
        versions = theories.versions(row.id)
    held = versions[0] if versions else None
    number = held.version if held else 0
    asked = request.POST.get("base", "")
    base = next((one for one in versions if str(one.version) == asked), None) if request.POST else held
    today = day_in_stockholm(timezone.now())
    initial = {"decided_date": today, "source": held.source if held else "", "seen": number, "base": number}
    form = TheoryForm(request.POST or None, held=base.items if base else (), initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            version = actions.decide(
                by=request.by, initiative_id=row.id, items=form.items(), source=data["source"],
                reason=data.get("reason", ""), decided_date=data["decided_date"], seen=data["seen"],
            )  # fmt: skip
        except Refused as refused:
            refusals.put_in(form, refused, {key: name for key, name in FIELDS.items() if name in form.fields})
            if refused.reason is rules.CHANGED_MEANWHILE:
                form.data = form.data.copy()
                form.data["seen"] = str(number)  # the page shows what holds now: the next try is made knowing it
        else:
            messages.success(request, _("Version %(version)d är beslutad.") % {"version": version})
            return afterwards.to("results:theory", code)
    return _draw(request, row, form, held, base)


def _draw(request: Any, row: Any, form: TheoryForm, held: TheoryPage | None, base: TheoryPage | None) -> HttpResponse:
    """held: the version that holds; base: the one that the form was begun from, which may be an earlier."""
    changes = rules.compare(base.items if base else (), held.items) if held and held != base else ()
    with transactions.read(request.by):
        context = {
            "form": form, "parts": form.parts(), "held": held,
            "changes": [(_(rules.CHANGE_NAMES[change]), item.text) for change, item in changes],
        }  # fmt: skip
        crumb = _("Ny version") if held else _("Första versionen")
        return frames.draw(
            request, "knowledge/theory_form.html", row, "theory", context,
            (_("Förändringsteori"), frames.address("theory", row.code)), (crumb, ""), status=422 if form.is_bound else 200,
        )  # fmt: skip
