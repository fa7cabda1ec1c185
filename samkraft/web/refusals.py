"""Refusals in the reader's language."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.utils.translation import gettext

from samkraft.values.refusal import Refused
from samkraft.web import days

_A_DAY = re.compile(r"(19|20)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_A_MOMENT = re.compile(_A_DAY.pattern + r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(\+|-)\d{2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is wrong and what to do, ready to show."""

    code: str
    text: str
    way_out: str

    def __str__(self) -> str:
        return f"{self.text} {self.way_out}".strip()


_met: ContextVar[list[Refused] | None] = ContextVar("refusals met", default=None)


@contextmanager
def meeting() -> Iterator[list[Refused]]:
    """Gather the refusals that are explained while a form is dealt with: also those that the page shows by itself."""
    met: list[Refused] = []
    before = _met.set(met)
    try:
        yield met
    finally:
        _met.reset(before)


def explain(refusal: Refused) -> Explanation:
    """Translate the template and those details that are wording too (a role, a kind of file), then fill them in."""
    reason = refusal.reason
    met = _met.get()
    if met is not None and refusal.__traceback__ is not None:  # raised, not made only to say why a button is not there
        met.append(refusal)
    details = {name: _in_words(value) for name, value in refusal.details.items()}
    return Explanation(
        reason.code,
        gettext(reason.text).format(**details) if reason.text else "",
        gettext(reason.way_out).format(**details) if reason.way_out else "",
    )


def _in_words(value: Any) -> Any:
    """A detail as the reader writes it: wording in the reader's language, a day as `23 feb 2024`, an instant with its clock."""
    if isinstance(value, str) and _A_MOMENT.fullmatch(value):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return days.moment(value)
    if isinstance(value, str) and _A_DAY.fullmatch(value):
        value = date.fromisoformat(value)
    if isinstance(value, date):
        return days.dated(value)
    return gettext(value) if isinstance(value, str) and value else value


def put_in(form: Any, refusal: Refused, fields: Mapping[str, str | None] | None = None) -> None:
    """Let a form say why not: at the field that the reason is about, or above them all.

    `fields`: by the reason's code, or by what the reason calls the field where the form calls it something else.
    """
    known, told = fields or {}, str(refusal.details.get("field", ""))
    name = known.get(refusal.reason.code) or known.get(told) or _called(form, told)
    form.add_error(name, str(explain(refusal)))


def _called(form: Any, told: str) -> str | None:
    """The one field whose label is the name that the reason gives it."""
    wanted = _bare(gettext(told)) if told else ""
    found = [name for name, field in form.fields.items() if wanted and _bare(str(field.label or "")) == wanted]
    return found[0] if len(found) == 1 else None


def _bare(label: str) -> str:
    return label.casefold().rstrip("?: ")


def tell(request: Any, refusal: Refused) -> None:
    """Say why not above the page that comes next, where there is no form to say it in."""
    messages.error(request, str(explain(refusal)))
