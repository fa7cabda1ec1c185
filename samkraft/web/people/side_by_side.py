"""Two who changed the same thing at once: what only one of them changed is taken, and what contradicts is chosen.

A page shows what was taken from whom, and for each contradiction the writer's own text in its field, with the other's beside
it to keep instead. Nothing that anybody wrote is lost without somebody having read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samkraft.people.rules.merging import FieldMerge, Merge, Side
from samkraft.web import days
from samkraft.web.people.content_forms import ContentForm

_KEEP = "behall."


@dataclass(frozen=True, slots=True)
class Taken:
    """A field that only one of the two changed: what it was and what it is now, in words."""

    label: str
    before: str
    now: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field that both changed: the writer's in `fields`, the other's in words, and the name of the box that keeps it."""

    label: str
    name: str
    theirs: str
    fields: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What the page shows above the rest of the form. `who` wrote meanwhile, `when`."""

    who: str
    when: Any
    taken: tuple[Taken, ...]
    contradictions: tuple[Contradiction, ...]


def of(merged: Merge, form: ContentForm, held: Any) -> SideBySide:
    """`form` stands as suggested; `held` is what the other wrote."""
    shown = [one for one in merged.differing if _fields(form, one.key)]
    return SideBySide(
        held.author_name,
        held.written_at,
        tuple(
            Taken(
                _(one.label),
                _words(form, one.key, one.base),
                _words(form, one.key, one.suggestion),
                one.side is Side.MINE,
            )
            for one in shown
            if one.side in (Side.MINE, Side.THEIRS)
        ),
        tuple(_contradiction(form, one) for one in shown if one.must_choose),
    )


def kept(sent: Mapping[str, Any], content: Mapping[str, Any], stands: Mapping[str, Any]) -> dict[str, Any]:
    """The content with what stands where the writer chose to keep it."""
    found = dict(content)
    for name in sent:
        key = name.removeprefix(_KEEP)
        if name.startswith(_KEEP):
            found.pop(key, None)
            found |= {key: stands[key]} if key in stands else {}
    return found


def _contradiction(form: ContentForm, one: FieldMerge) -> Contradiction:
    return Contradiction(_(one.label), f"{_KEEP}{one.key}", _words(form, one.key, one.theirs), _fields(form, one.key))


def _fields(form: ContentForm, key: str) -> tuple[Any, ...]:
    return tuple(form[name] for name in form.fields if name.partition(".")[0] == key)


def _words(form: ContentForm, key: str, value: Any) -> str:
    """A value as the form's own choices and labels say it."""
    if value in (None, "", []):
        return _("inget")
    if isinstance(value, Mapping):
        said = (
            (form.fields.get(f"{key}.{inner}"), _words(form, f"{key}.{inner}", one)) for inner, one in value.items()
        )
        return ", ".join(words for field, words in said if field is not None)
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, list):
        return ", ".join(_words(form, key, one) for one in value)
    field = form.fields.get(key)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    return days.full(date.fromisoformat(value)) if isinstance(field, forms.DateField) else str(value)
