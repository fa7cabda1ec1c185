"""What templates say about how things look: figures, days, icons, states, fields. The guide is docs/guides/look.md."""

import re
from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeData, mark_safe
from django.utils.translation import gettext as _

from samkraft.web import days, figures

register = template.Library()

for _name, _function in {
    "kronor": figures.kronor,
    "amount": figures.amount,
    "mnkr": figures.millions,
    "number": figures.number,
    "signed": figures.signed,
    "days": figures.days,
    "percent": figures.percent,
    "day": days.short,
    "dated": days.dated,
    "full_day": days.full,
    "days_in_words": days.in_text,
    "month": days.month,
    "weekday_day": days.with_weekday,
    "week": days.week,
    "clock": days.clock,
    "moment": days.moment,
}.items():
    register.filter(_name, _function)

_NUMBER = re.compile(r"\d+")
_MIRRORED = {"arrow-right", "arrow-left", "chevron-right", "chevron-left", "undo-2", "log-out"}
_SHAPES = {
    "ok": mark_safe('<circle cx="6" cy="6" r="5"/>'),
    "needs": mark_safe('<path d="M6 0l6 6-6 6-6-6z"/>'),
    "overdue": mark_safe('<path d="M6 .5l6 10.5H0z"/>'),
    "closed": mark_safe('<rect x="1.5" y="1.5" width="9" height="9"/>'),
}
_AUTHORITIES = {"AF": "af", "FK": "fk", "Malmö stad": "malmo", "Region Skåne": "region"}


@register.filter
def unknown(value: object) -> object:
    """The value, or "okänt" when it is not known."""
    return figures.unknown() if value is None or value == "" else value


@register.filter
def none(value: object) -> object:
    """The value, or a dash when there is nothing to say (not the same as unknown)."""
    return figures.NONE if value is None or value == "" else value


@register.filter
def unbroken(text: object) -> str:
    """Words from a source, with its amounts kept on one line. What was safe stays safe."""
    kept = figures.unbroken(str(text))
    return mark_safe(kept) if isinstance(text, SafeData) else kept  # noqa: S308 - only spaces became hard ones


@register.filter
def marked(sentence: str, words: str) -> str:
    """The sentence with the given words marked where they first stand in it."""
    before, found, after = (
        figures.unbroken(part) for part in (sentence.partition(words) if words else (sentence, "", ""))
    )
    return format_html("{}<mark>{}</mark>{}", before, found, after) if found else format_html("{}", before)


@register.simple_tag
def icon(name: str, *, size: int = 18, label: str = "") -> str:
    """A drawing from the sprite, beside a word; alone it needs a label. Sizes: 14, 18, 22."""
    return _icon(name, size, label, static("vendor/icons.svg"))


@lru_cache(maxsize=500)
def _icon(name: str, size: int, label: str, sprite: str) -> str:
    classes = " ".join(
        filter(None, ["icon", f"icon-{size}" if size != 18 else "", "icon-mirror" if name in _MIRRORED else ""])
    )
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="{}" {} focusable="false"><use href="{}#{}"/></svg>',
        classes,
        voice,
        sprite,
        name,
    )


@register.simple_tag
def shape(kind: str) -> str:
    """Only the form of a state, where the word stands elsewhere."""
    return format_html(
        '<svg class="shape shape-{}" viewBox="0 0 12 12" aria-hidden="true">{}</svg>', kind, _SHAPES[kind]
    )


@register.simple_tag
def status(kind: str, words: object, *, strong: bool = False) -> str:
    """A state as form, colour and word: `ok` in order, `needs` someone, `overdue`, `closed` or not begun."""
    return format_html(
        '<span class="st st-{}{}">{}<span>{}</span></span>', kind, " st-strong" if strong else "", shape(kind), words
    )


@register.simple_tag
def authority(name: str) -> str:
    """An authority's name with its edge; one without a colour of its own gets the neutral edge."""
    return format_html('<span class="tag authority authority-{}">{}</span>', _AUTHORITIES.get(name, "other"), name)


@register.inclusion_tag("components/chip.html")
def chip(label: str, url: str, *, count: int | None = None, on: bool = False, shape: str = "") -> dict[str, Any]:
    """A filter that is a link: on, off, or off with nothing behind it."""
    return {"label": label, "url": url, "count": count, "on": on, "kind": shape, "is_none": count == 0 and not on}


@register.inclusion_tag("components/sort_head.html", takes_context=True)
def sort_head(
    context: template.Context, label: str, key: str, sort: str, *, num: bool = False, first: str = "up"
) -> dict[str, Any]:
    """A table head that sorts. `sort` is the present `?sort=`: `key` ascending or `-key` descending.

    `first` says which way the first press sorts: `up`, or `down` where the largest is wanted first.
    """
    ascending = "ascending" if sort == key else "descending" if sort == f"-{key}" else "none"
    downward = {"ascending": True, "descending": False, "none": first == "down"}[ascending]
    query = context["request"].GET.copy()
    query["sort"] = f"-{key}" if downward else key
    query.pop("page", None)
    return {"label": label, "direction": ascending, "url": f"?{query.urlencode()}", "num": num}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """What to put right, with a link to each field, and which row it is in where there are several. Nothing when all is well."""
    links = [
        {
            "id": bound.id_for_label or bound.auto_id,
            "row": _row_of(form, bound),
            "label": _as_lead_in(bound.label),
            "text": message,
        }
        for bound in form
        if not bound.is_hidden
        for message in bound.errors
    ]
    return {"links": links, "general": form.non_field_errors(), "total": len(links) + len(form.non_field_errors())}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, *, unit: str = "", size: str = "") -> dict[str, Any]:
    """One question: label, help, control, error. `size` is `short` or `amount`; `unit` stands after the control.

    What may be left empty says so, unless the form has said it once for all (`form.marks_optional` is False).
    """
    widget = bound.field.widget
    optional = not bound.field.required and getattr(bound.form, "marks_optional", True)
    kind = _kind_of(widget)
    described = [f"{bound.auto_id}_help"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attributes = {"class": _classes(widget, size), "aria-describedby": " ".join(described) or None}
    attributes = {key: value for key, value in attributes.items() if value}
    control = (
        [_option(option) for option in bound.subwidgets] if kind == "options" else bound.as_widget(attrs=attributes)
    )
    said = " ".join(described)
    return {"bound": bound, "kind": kind, "control": control, "unit": unit, "described": said, "optional": optional}


def _row_of(form: forms.BaseForm, bound: BoundField) -> str:
    """Which row a field stands in, where several rows ask the same; empty for a field that is alone with its question.

    A form that knows its rows by name says so itself, in `row_words(name)`. Otherwise they are counted from the top: rows are
    the fields that differ in nothing but the number in their name.
    """
    named = getattr(form, "row_words", None)
    if named is not None and (words := named(bound.name)):
        return str(words)
    stem = _NUMBER.sub("#", bound.name)
    alike = [one.name for one in form if _NUMBER.sub("#", one.name) == stem and one.label == bound.label]
    return _("Rad {number}").format(number=alike.index(bound.name) + 1) if len(alike) > 1 else ""


def _as_lead_in(label: str) -> str:
    """A label before a message: a question stands as it is, other labels get a colon."""
    return label if label.endswith(("?", ":", ".")) else f"{label}:"


def _kind_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "options"
    return "toggle" if isinstance(widget, forms.CheckboxInput) else "text"


def _classes(widget: forms.Widget, size: str) -> str:
    return " ".join(filter(None, ["ds-input", widget.attrs.get("class", ""), f"input-{size}" if size else ""]))


def _option(option: Any) -> dict[str, Any]:
    """One radio button or checkbox of several, with the design system's class on the control itself."""
    option.data["attrs"]["class"] = "ds-input"
    return {"id": option.id_for_label, "label": option.choice_label, "control": option.tag()}
