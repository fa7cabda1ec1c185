"""A form for what somebody writes about a person, made from the content's own declaration: its labels, types and limits.

So that what a form asks for, what is refused and what is stored can never differ.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.people.rules import contents
from samkraft.people.rules.contents.choices import name_of
from samkraft.people.rules.contents.fields import Rule, Writing
from samkraft.people.rules.contents.reading import declared_of
from samkraft.values.period import STOCKHOLM
from samkraft.web import date_fields
from samkraft.web.number_fields import WholeNumberField
from samkraft.web.people import readers

Choices = Sequence[tuple[str, str]]
_BETWEEN = "."


class ContentForm(forms.Form):
    """One content. `content()` gives the JSON that an action takes; refusals come from the content's own rules."""

    use_required_attribute = False

    def __init__(
        self,
        kind: str,
        data: Any = None,
        *,
        only: Collection[str] = (),
        choices: Mapping[str, Choices] | None = None,
        stands: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=_flat(stands or {}))
        self.kind = kind
        self.stands = dict(stands or {})
        self._shapes: dict[str, Any] = {}
        for key, (hint, rule, required) in declared_of(contents.shape_of(kind)).items():
            if not only or key in only:
                self._add(key, hint, rule, required, choices or {})

    def _add(self, key: str, hint: Any, rule: Rule, required: bool, choices: Mapping[str, Choices]) -> None:
        shape = _plain(hint)
        if is_dataclass(shape):
            for inner, (inner_hint, inner_rule, _required) in declared_of(shape).items():  # type: ignore[arg-type]  # a class, not an instance
                self._add(f"{key}{_BETWEEN}{inner}", inner_hint, inner_rule, False, choices)
            return
        self._shapes[key] = shape
        self.fields[key] = _field(key, shape, rule, required, choices)
        self.fields[key].help_text = self.fields[key].help_text or readers.hint(self.kind, key)

    def content(self) -> dict[str, Any]:
        """What stands already, with what the form changed."""
        found = dict(self.stands)
        nested: dict[str, dict[str, Any]] = {}
        for key in self._shapes:
            value = _json(self.cleaned_data.get(key))
            outer, sign, inner = key.partition(_BETWEEN)
            if sign:
                nested.setdefault(outer, {})[inner] = value
            else:
                found[key] = value
        for outer, values in nested.items():
            found[outer] = {key: value for key, value in values.items() if value not in ("", None)} or None
        return {key: value for key, value in found.items() if value not in ("", None, [])}


def _plain(hint: Any) -> Any:
    """The type without `| None`."""
    if get_origin(hint) is UnionType:
        return next(one for one in get_args(hint) if one is not NoneType)
    return hint


def _field(key: str, shape: Any, rule: Rule, required: bool, choices: Mapping[str, Choices]) -> forms.Field:
    given: dict[str, Any] = {"label": _(rule.label), "required": required}
    if get_origin(shape) is tuple:
        if get_args(shape)[0] is UUID:
            return forms.MultipleChoiceField(
                choices=list(choices.get(key, ())), widget=forms.CheckboxSelectMultiple, **given | {"required": False}
            )
        if issubclass(get_args(shape)[0], StrEnum):
            several = [(one.value, _(name_of(one))) for one in get_args(shape)[0]]
            return forms.MultipleChoiceField(
                choices=several, widget=forms.CheckboxSelectMultiple, **given | {"required": False}
            )
        return forms.CharField(help_text=_("Skilj med kommatecken."), **given | {"required": False})
    if key in choices or shape is UUID:
        return forms.ChoiceField(choices=[("", _("Välj")), *choices.get(key, ())], **given)
    if shape is bool:
        return forms.BooleanField(**given | {"required": False})
    if shape is date:
        return date_fields.SwedishDateField(**given)
    if shape is datetime:
        return _MomentField(help_text=_("Till exempel 2026-03-31 10.00."), **given)
    if shape is int:
        return WholeNumberField(min_value=rule.least, max_value=rule.most, **given)
    if isinstance(shape, type) and issubclass(shape, StrEnum):
        empty = [] if required else [("", _("Inget valt"))]
        return forms.ChoiceField(choices=[*empty, *((one.value, _(name_of(one))) for one in shape)], **given)
    widget = forms.Textarea(attrs={"rows": 3}) if rule.writing is Writing.TEXT else forms.TextInput()
    return forms.CharField(max_length=rule.most, widget=widget, **given)


class _MomentField(forms.Field):
    """A day and a clock, as people write them."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        day, _space, clock = str(value).strip().rpartition(" ")
        try:
            hour, minute = (int(part) for part in clock.replace(":", ".").split("."))
            found = date_fields.read(day.strip(" ,").removesuffix(" kl."))
            return datetime(found.year, found.month, found.day, hour, minute, tzinfo=STOCKHOLM)
        except ValueError:
            raise forms.ValidationError(_("Skriv dag och klockslag, till exempel 2026-03-31 10.00.")) from None

    def prepare_value(self, value: Any) -> Any:
        """A moment is shown in Swedish time; typed text as it was typed."""
        if isinstance(value, str) and "T" in value:
            value = datetime.fromisoformat(value)
        return f"{timezone.localtime(value):%Y-%m-%d %H.%M}" if isinstance(value, datetime) else value


def _json(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _flat(stands: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in stands.items():
        if isinstance(value, Mapping):
            found |= {f"{key}{_BETWEEN}{inner}": one for inner, one in value.items()}
        else:
            found[key] = ", ".join(value) if key == "with" and isinstance(value, list) else value
    return found


def split_names(content: dict[str, Any], key: str = "with") -> dict[str, Any]:
    """Names that were typed with commas between, as a list."""
    names = content.get(key)
    if isinstance(names, str):
        return content | {key: [name.strip() for name in names.split(",") if name.strip()]}
    return content
