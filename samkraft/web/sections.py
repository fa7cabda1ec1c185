"""A page of several small forms: each section is one thing that can be done now, with its own button.

The section that was sent comes back with what was typed and why not; the others are as they were.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse

from samkraft.audit.actions import transactions
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals

Do = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that can be done. `do` runs the action with the form that was filled in, and tells what was done.

    `facts` are lines that stand above the form. Without a form there is only text. `main`: what the page is for, open from
    the start; `unfolded`: open too. `aside`: stands in the second column. `then`: where one comes afterwards, when not here.
    """

    key: str
    heading: str
    form: Any = None
    button: str = ""
    do: Do | None = None
    text: str = ""
    facts: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    main: bool = False
    aside: bool = False
    unfolded: bool = False
    then: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)


class Plain(forms.Form):
    """A form whose fields are given when it is made."""

    use_required_attribute = False

    def __init__(self, fields: Mapping[str, forms.Field], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields.update(fields)


def serve(
    request: Any, build: Callable[[Any], list[Section]], show: Callable[[list[Section]], HttpResponse]
) -> HttpResponse:
    """Show the sections, or do the one that was sent. `build` is given the data for the section's form, or None."""
    if request.method != "POST":
        return show(told_apart(build(None)))
    with transactions.read(request.by):
        sections = told_apart(build(request.POST))
    sent = next((one for one in sections if one.key == request.POST.get("do") and one.do), None)
    if sent is None or sent.do is None:
        return afterwards.at(request.path)
    if sent.form is None or sent.form.is_valid():
        try:
            told = sent.do(sent.form)
        except Refused as refusal:
            if sent.form is None:
                refusals.tell(request, refusal)
                return afterwards.at(request.path)
            refusals.put_in(sent.form, refusal, sent.beside)
        else:
            messages.success(request, told)
            return afterwards.at(sent.then or f"{request.path}#{sent.key}")
    with transactions.read(request.by):
        return show([sent if one.key == sent.key else one for one in told_apart(build(None))])


def told_apart(sections: list[Section]) -> list[Section]:
    """Fields of different forms may be called the same; on the page each has an id of its own."""
    for section in sections:
        if section.form is not None:
            section.form.auto_id = f"id_{section.key}_%s"
    return sections


def data_for(request: Any, key: str, data: Any) -> Any:
    """The typed data for the section that was sent; None for the others."""
    return data if data is not None and request.POST.get("do") == key else None
