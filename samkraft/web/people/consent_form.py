"""The form for a consent: what, from whom and how the person was asked, under three headings."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.partners.queries.areas import AreaLabel
from samkraft.people.rules.categories import CATEGORIES, Release
from samkraft.people.rules.consents import GROUND_NAMES, HOW_NAMES, READ_LANGUAGES, ConsentDraft, GiverGround, How
from samkraft.values.wording import phrase
from samkraft.web import date_fields

GROUPS = (
    (phrase("Vad samtycket gäller"), ("to_area", "categories", "purpose", "last_date")),
    (phrase("Vem som gav det"), ("giver", "giver_ground", "giver_scope", "how", "document")),
    (phrase("Hur personen fick veta vad det gäller"), ("language", "other_language", "interpreter")),
)


class GiveForm(forms.Form):
    """A consent from the own area to another. The person is asked; nothing here is a condition."""

    use_required_attribute = False
    to_area = forms.MultipleChoiceField(
        label=gettext_lazy("Vilka får ta emot uppgifter från oss?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Alla som personen har sagt ja till vid samma tillfälle. Var och en blir ett eget samtycke."
        ),
    )
    categories = forms.MultipleChoiceField(
        label=gettext_lazy("Vilka uppgifter?"),
        error_messages={"required": gettext_lazy("Kryssa för minst ett slag.")},
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Bara det som behövs. De tre första är vad ett gemensamt team brukar behöva."),
    )
    purpose = forms.CharField(
        label=gettext_lazy("Vad ska de användas till?"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    last_date = date_fields.SwedishDateField(
        label=gettext_lazy("Gäller till och med"),
        help_text=gettext_lazy("Vanligt är tiden i insatsen och sex månader till."),
    )
    how = forms.ChoiceField(label=gettext_lazy("Hur gavs samtycket?"))
    giver = forms.CharField(label=gettext_lazy("Vem gav det?"), max_length=200)
    giver_ground = forms.ChoiceField(label=gettext_lazy("Med vilken rätt?"))
    giver_scope = forms.CharField(
        label=gettext_lazy("Uppdragets omfattning"),
        required=False,
        help_text=gettext_lazy("Bara när någon annan än personen själv samtycker."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Vilket språk lästes texten på?"), initial="sv", required=False)
    other_language = forms.CharField(
        label=gettext_lazy("Vilket annat språk?"),
        required=False,
        max_length=10,
        help_text=gettext_lazy("Bara om språket inte finns i listan. Skriv kort, till exempel urdu."),
    )
    interpreter = forms.CharField(
        label=gettext_lazy("Vem tolkade eller läste den?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Behövs när det inte var svenska eller engelska, för bara så finns texten."),
    )
    document = forms.CharField(label=gettext_lazy("Blankettens nummer i er akt"), required=False, max_length=200)

    def __init__(self, *args: Any, receivers: Sequence[AreaLabel], **kwargs: Any) -> None:
        """`receivers`: those who work with participants. Nobody else is somebody to consent to."""
        super().__init__(*args, **kwargs)
        parties = [(str(area.id), area.name) for area in receivers]
        self.fields["to_area"].choices = self.receivers = sorted(parties, key=lambda pair: pair[1])
        self.fields["categories"].choices = [
            (category.value, f"{_(said.name)}: {_(said.says)}")
            for category, said in CATEGORIES.items()
            if said.release is not Release.NEVER
        ]
        short = [(one.value, _(said.name)) for one, said in CATEGORIES.items() if said.release is not Release.NEVER]
        for area, name in self.receivers:
            self.fields[f"categories_{area}"] = forms.MultipleChoiceField(
                label=_("Bara det här till {whom}").format(whom=name),
                required=False,
                choices=short,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["language"].choices = [
            *((code, _(name)) for code, name in READ_LANGUAGES.items()),
            ("", _("ett annat språk")),
        ]
        self.fields["how"].choices = [(one.value, _(HOW_NAMES[one])) for one in How]
        self.fields["giver_ground"].choices = [(one.value, _(GROUND_NAMES[one])) for one in GiverGround]

    def groups(self) -> list[tuple[str, list[Any]]]:
        """The fields under what they are about."""
        return [(_(heading), [self[name] for name in names]) for heading, names in GROUPS]

    def others(self) -> list[tuple[str, Any, bool]]:
        """Each receiver with the field for what it alone is to have, and whether something was chosen there."""
        found = [(name, self[f"categories_{area}"]) for area, name in self.receivers]
        return [(name, one, bool(one.value() or one.errors)) for name, one in found]

    def has_others(self) -> bool:
        """Whether something was chosen for one receiver alone, so that the page opens there."""
        return any(is_open for _name, _one, is_open in self.others())

    def clean(self) -> dict[str, Any]:
        """Each receiver gets something, and what was chosen for one alone is not lost because the receiver was not."""
        data: dict[str, Any] = super().clean() or {}
        chosen = data.get("to_area", [])
        if chosen and "categories" in self.errors and all(data.get(f"categories_{area}") for area in chosen):
            del self.errors["categories"]  # each of them has its own
            data["categories"] = []
        for area, name in self.receivers:
            if area not in chosen and data.get(f"categories_{area}"):
                said = _("Kryssa för {whom} som mottagare också, eller ta bort de här.").format(whom=name)
                self.add_error(f"categories_{area}", said)
        return data

    def drafts(self) -> list[ConsentDraft]:
        """What the action takes: one for each receiver, alike in all but what it may have."""
        data = self.cleaned_data
        return [self._draft(area, data[f"categories_{area}"] or data["categories"]) for area in data["to_area"]]

    def _draft(self, area: str, categories: Sequence[str]) -> ConsentDraft:
        data = self.cleaned_data
        return ConsentDraft(
            to_area_id=UUID(area),
            categories=tuple(categories),
            purpose=data["purpose"],
            last_date=data["last_date"],
            giver=data["giver"],
            how=data["how"],
            giver_ground=data["giver_ground"],
            giver_scope=data["giver_scope"],
            language=data["language"] or data["other_language"] or "sv",
            interpreter=data["interpreter"],
            document=data["document"],
        )
