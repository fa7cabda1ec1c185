"""The fields of a long form under what they are about: what is always asked stands open, the rest unfolds when needed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samkraft.values.wording import phrase

# Heading, the beginning of the fields' names, and whether it unfolds.
Groups = Sequence[tuple[str, tuple[str, ...], bool]]
GROUPS: Mapping[str, Groups] = {
    "step": (
        ("", ("title", "step_kind", "work_oriented", "goal"), False),
        (phrase("Vem och när"), ("responsible", "from_date", "to_date", "due_date"), False),
        (phrase("Läge, och vem det väntar på"), ("state", "waits_on"), True),
        (phrase("Ordning bland stegen"), ("order", "depends_on"), True),
        (phrase("Beslut om program"), ("programme",), True),
        (phrase("Vad det ledde till"), ("result",), True),
    ),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together. `folds`: closed from the start, unless something stands in it or is wrong."""

    heading: str
    fields: tuple[Any, ...]
    folds: bool


def of(kind: str, form: Any, *, without: Sequence[str] = (), beside: Collection[str] = ()) -> list[Group]:
    """The form's fields in their groups; a kind without groups is one group. `beside`: fields that the page shows elsewhere."""
    groups = GROUPS.get(kind)
    if groups is None:
        return [Group("", tuple(one for one in form.visible_fields() if one.name not in beside), False)]
    found = []
    for heading, beginnings, folds in groups:
        fields = tuple(one for one in _named(form, beginnings, without) if one.name not in beside)
        if fields:
            closed = folds and not any(_is_touched(one) for one in fields)
            found.append(Group(_(heading) if heading else "", fields, closed))
    return found


def _named(form: Any, beginnings: tuple[str, ...], without: Sequence[str]) -> Iterator[Any]:
    for one in form.visible_fields():
        outer = one.name.partition(".")[0]
        if outer in beginnings and (outer not in without or _is_touched(one)):
            yield one


def _is_touched(one: Any) -> bool:
    value = one.value()
    return bool(one.errors) or value not in (None, "", [], False, "planned")
