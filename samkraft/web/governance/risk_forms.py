"""What is asked about a risk."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samkraft.initiatives.rules.risks import CONSEQUENCES, PROBABILITIES
from samkraft.web.date_fields import SwedishDateField


class RiskForm(forms.Form):
    """A new risk, or one that is assessed again. Only a risk that exists can be closed."""

    text = forms.CharField(label=_("Vad kan hända?"), help_text=_("En mening."), max_length=300)
    probability = forms.ChoiceField(label=_("Hur troligt är det?"), widget=forms.RadioSelect)
    consequence = forms.ChoiceField(label=_("Hur stor blir följden?"), widget=forms.RadioSelect)
    measure = forms.CharField(label=_("Vad görs åt det?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    owner = forms.ChoiceField(label=_("Vem äger risken?"), help_text=_("Får den i sin inkorg när den ska gås igenom."))
    review_date = SwedishDateField(
        label=_("När gås den igenom nästa gång?"),
        help_text=_("Inom ett år. Till exempel 2027-03-31 eller 31 mars 2027."),
    )
    note = forms.CharField(
        label=_("Vad har hänt sedan sist?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    closes = forms.BooleanField(
        label=_("Stäng risken"), help_text=_("Den är inte längre en risk. Skriv varför under ”Vad har hänt sedan sist?”."),
        required=False,
    )  # fmt: skip
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, owners: list[tuple[str, str]], is_new: bool, is_closed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("probability", PROBABILITIES), ("consequence", CONSEQUENCES)):
            self.fields[name].choices = [(str(value), f"{value} – {gettext(text)}") for value, text in words.items()]
        self.fields["owner"].choices = [("", gettext("Välj …")), *owners]
        if is_new:
            del self.fields["note"], self.fields["closes"], self.fields["seen"]
        else:
            del self.fields["text"]
        if is_closed:
            del self.fields["closes"]
        if self.data.get("closes"):  # what is closed is neither looked at again nor acted on
            self.fields["review_date"].required = self.fields["measure"].required = False

    def clean(self) -> dict[str, Any]:
        """A new risk has no note."""
        data = super().clean() or {}
        data.setdefault("note", "")
        return data
