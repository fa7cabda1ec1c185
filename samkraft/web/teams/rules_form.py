"""The rules of an initiative as a form: limits, for whom it is, and what is asked before somebody begins."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.initiatives.rules.rule_sets import AGREES_NAMES, Agrees, Criterion, Question, RuleSet
from samkraft.partners.rules.organisations import code_from
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.number_fields import WholeNumberField

MORE = 3
"""How many empty rows there are for new criteria, and for new questions."""
NEW = "ny-"
EXPECTED = {"yes": gettext_lazy("Ja"), "no": gettext_lazy("Nej")}


class RulesForm(forms.Form):
    """Everything that holds. A criterion or a question whose text is emptied is left out of the new version.

    A question that is worded anew, or expects another answer, is another question: it gets a code of its own, so that
    answers to what was asked before stay answers to that.
    """

    limit_days = WholeNumberField(
        label=gettext_lazy("Gräns i dagar"), help_text=gettext_lazy("För faserna som räknas. Lämna tomt om ingen gräns finns."),
        min_value=0, max_value=9_999, required=False,
    )  # fmt: skip
    promise_days = WholeNumberField(
        label=gettext_lazy("Dagar till utlovad start"),
        help_text=gettext_lazy("Så snart ska arbete eller studier börja efter utskrivningen."), min_value=0, max_value=9_999,
        required=False,
    )  # fmt: skip
    follow_up_months = forms.CharField(
        label=gettext_lazy("Uppföljning efter månader"), help_text=gettext_lazy("Till exempel 1, 3, 6."), required=False,
        max_length=60,
    )  # fmt: skip
    least_weekly_hours = WholeNumberField(
        label=gettext_lazy("Minsta tid i veckan"), help_text=gettext_lazy("Timmar. Varnar när tidrapporten visar mindre."),
        min_value=0, max_value=40, required=False,
    )  # fmt: skip
    monthly_time_report = forms.BooleanField(label=gettext_lazy("Tidrapport varje månad"), required=False)
    agreement_parties = forms.MultipleChoiceField(
        label=gettext_lazy("Vilka ska vara överens om planen?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    certificate = forms.CharField(
        label=gettext_lazy("Intyg som deltagaren får med sig"), max_length=100, required=False
    )
    start_date = SwedishDateField(label=gettext_lazy("Gäller från och med"))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    marks_optional = False

    def __init__(self, *args: Any, before: RuleSet, taken: Collection[str] = (), **kwargs: Any) -> None:
        """before: the rules that the form was begun from. taken: codes of questions that have ever been asked."""
        super().__init__(*args, **kwargs)
        self.before, self.taken = before, {*taken}
        names = [(one.value, _(name)) for one, name in AGREES_NAMES.items()]
        self.fields["agreement_parties"].choices = names
        new = [f"{NEW}{number}" for number in range(1, MORE + 1)]
        self.criteria = [*(one.code for one in before.target_group), *new]
        self.questions = [*(one.code for one in before.start_check), *new]
        self._add_criteria()
        self._add_questions()

    def _add_criteria(self) -> None:
        held = {one.code: one for one in self.before.target_group}
        for number, code in enumerate(self.criteria, 1):
            one, said = held.get(code), {"number": number}
            self.fields[f"criterion_{code}"] = forms.CharField(
                label=_("Målgrupp %(number)d") % said, max_length=300, required=False, initial=one.text if one else ""
            )
            self.fields[f"priority_{code}"] = forms.BooleanField(
                label=_("Målgrupp %(number)d har företräde") % said,
                required=False,
                initial=one.priority if one else False,
            )

    def _add_questions(self) -> None:
        held = {one.code: one for one in self.before.start_check}
        for number, code in enumerate(self.questions, 1):
            one, said = held.get(code), {"number": number}
            self.fields[f"question_{code}"] = forms.CharField(
                label=_("Fråga %(number)d") % said, max_length=300, required=False, initial=one.text if one else ""
            )
            self.fields[f"expected_{code}"] = forms.ChoiceField(
                label=_("Väntat svar på fråga %(number)d") % said, choices=list(EXPECTED.items()), required=False,
                initial=one.expected if one else "yes",
            )  # fmt: skip
            self.fields[f"must_{code}"] = forms.BooleanField(
                label=_("Ett annat svar på fråga %(number)d hindrar inskrivning") % said, required=False,
                initial=one.must_hold if one else False,
            )  # fmt: skip

    def groups(self) -> list[tuple[str, str, list[list[Any]]]]:
        """The parts of the form that have rows: heading, what it is for, and each row's fields."""
        return [
            (
                _("För vem"), _("Vilka som insatsen är till för. Töm en rad för att ta bort den."),
                [[self[f"criterion_{code}"], self[f"priority_{code}"]] for code in self.criteria],
            ),
            (
                _("Frågor vid start"),
                _("Ställs innan någon skrivs in. Den som har svarat förut har svarat på frågan som den löd då."),
                [[self[f"{name}_{code}"] for name in ("question", "expected", "must")] for code in self.questions],
            ),
        ]  # fmt: skip

    def limits(self) -> list[Any]:
        """The fields that stand alone."""
        in_rows = {field.name for _heading, _text, rows in self.groups() for row in rows for field in row}
        return [field for field in self.visible_fields() if field.name not in in_rows and field.name != "start_date"]

    def clean_follow_up_months(self) -> tuple[int, ...]:
        """Months as people list them."""
        text = self.cleaned_data["follow_up_months"].replace(",", " ")
        if not all(part.isdigit() for part in text.split()):
            raise forms.ValidationError(_("Skriv månaderna som tal med komma emellan, till exempel 1, 3, 6."))
        return tuple(int(part) for part in text.split())

    def rule_set(self) -> RuleSet:
        """The rules as they were written."""
        data = self.cleaned_data
        limits = (
            "limit_days",
            "promise_days",
            "follow_up_months",
            "least_weekly_hours",
            "monthly_time_report",
            "certificate",
        )
        return replace(
            self.before, **{name: data[name] for name in limits},
            agreement_parties=tuple(Agrees(one) for one in data["agreement_parties"]),
            target_group=self._target_group(), start_check=self._start_check(),
        )  # fmt: skip

    def _target_group(self) -> tuple[Criterion, ...]:
        data, held = self.cleaned_data, {one.code for one in self.before.target_group}
        found: list[Criterion] = []
        for code in self.criteria:
            if text := data[f"criterion_{code}"]:
                own = code if code in held else _free(text, held | {one.code for one in found})
                found.append(Criterion(own, text, data[f"priority_{code}"]))
        return tuple(found)

    def _start_check(self) -> tuple[Question, ...]:
        data, held = self.cleaned_data, {one.code: one for one in self.before.start_check}
        taken = self.taken | set(held)
        found: list[Question] = []
        for code in self.questions:
            text, expected = data[f"question_{code}"], data[f"expected_{code}"] or "yes"
            if not text:
                continue
            one = held.get(code)
            own = code if one and (one.text, one.expected) == (text, expected) else _free(text, taken)
            taken.add(own)
            found.append(Question(own, text, expected, data[f"must_{code}"]))
        return tuple(found)


def _free(text: str, taken: Collection[str]) -> str:
    """A code from the text, like those that stand: `minst_tolv_manader`."""
    begun = code_from(text).replace("-", "_")
    code, number = begun, 1
    while code in taken:
        number += 1
        code = f"{begun}_{number}"
    return code
