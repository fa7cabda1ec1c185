"""What the text beside a budget says and its rows may contradict, as rows of fields in the budget's own form."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from samkraft.money.actions.eu.eu_projects import StatementDraft
from samkraft.money.rules.eu.eu_budgets import COSTS, FINANCING, LABELS, RowKind
from samkraft.money.rules.eu.eu_statements import LABELS as STATEMENTS
from samkraft.money.rules.eu.eu_statements import StatementKind
from samkraft.money.rules.findings.facts import EuStatement
from samkraft.web.number_fields import WholeNumberField

SPARE = 2  # empty rows after those that are there
MOST_MONTHS = 10_000
PARTS = ("says", "about", "what", "by", "months", "quote", "place")


def fields(*, rows: int, bodies: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
    """Seven fields for each row, none of them needed until one is filled in."""
    kinds = [("", _("Välj")), *((kind.value, _(words)) for kind, words in STATEMENTS.items())]
    about = [("", _("Välj")), *((kind.value, _(LABELS[kind])) for kind in (*COSTS, *FINANCING))]
    found: dict[str, forms.Field] = {}
    for row in range(1, rows + 1):
        found |= {
            f"says_{row}": forms.ChoiceField(label=_("Vad texten gör"), choices=kinds, required=False),
            f"about_{row}": forms.ChoiceField(label=_("Rad i budgeten"), choices=about, required=False),
            f"what_{row}": forms.CharField(
                label=_("Vad det gäller"), help_text=_("Till exempel: en utvärdering."), max_length=300, required=False
            ),
            f"by_{row}": forms.ChoiceField(
                label=_("Vem det gäller"), choices=[("", _("Nämns inte")), *bodies], required=False
            ),
            f"months_{row}": WholeNumberField(
                label=_("Personmånader"), min_value=1, max_value=MOST_MONTHS, required=False
            ),
            f"quote_{row}": forms.CharField(label=_("Ordagrant"), max_length=2000, required=False),
            f"place_{row}": forms.CharField(
                label=_("Var det står"), help_text=_("Till exempel: ansökan, sidan 14."), max_length=200, required=False
            ),
        }  # fmt: skip
    return found


def faults(data: Mapping[str, Any], *, rows: int) -> Iterable[tuple[str, str]]:
    """Field and words, for each row that is begun and lacks something."""
    for row in range(1, rows + 1):
        if not any(data.get(f"{part}_{row}") not in (None, "") for part in PARTS):
            continue
        if not data.get(f"says_{row}"):
            yield f"says_{row}", _("Välj vad texten gör: lovar, bidrar eller säger att pengarna är personal.")
        if not data.get(f"about_{row}"):
            yield f"about_{row}", _("Välj den rad som texten ska hållas mot.")
        if not data.get(f"what_{row}"):
            yield f"what_{row}", _("Skriv vad det gäller.")
        if data.get(f"says_{row}") == StatementKind.CASH_IS_STAFF and data.get(f"months_{row}") is None:
            yield f"months_{row}", _("Skriv hur många personmånader pengarna ska räcka till.")


def drafts(data: Mapping[str, Any], *, rows: int) -> list[StatementDraft]:
    """The rows that were filled in."""
    return [
        StatementDraft(
            StatementKind(data[f"says_{row}"]), RowKind(data[f"about_{row}"]), data[f"what_{row}"],
            data[f"quote_{row}"], data[f"place_{row}"], UUID(by) if (by := data[f"by_{row}"]) else None,
            data[f"months_{row}"],
        )
        for row in range(1, rows + 1)
        if data[f"says_{row}"]
    ]  # fmt: skip


def as_they_stand(said: Sequence[EuStatement], bodies: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The latest version's statements, so that a new version does not lose them."""
    names = {name: key for key, name in bodies}
    found: dict[str, Any] = {}
    for row, one in enumerate(said, start=1):
        found |= {
            f"says_{row}": one.kind.value, f"about_{row}": one.row_kind.value, f"what_{row}": one.what,
            f"by_{row}": names.get(one.body, ""), f"months_{row}": one.person_months, f"quote_{row}": one.quote,
            f"place_{row}": one.place,
        }  # fmt: skip
    return found


def bound(form: forms.Form, *, rows: int) -> list[dict[str, Any]]:
    """The rows as fields. Folded are those that stand as they stood, and those that nobody has begun."""
    found = []
    for row in range(1, rows + 1):
        parts: list[BoundField] = [form[f"{part}_{row}"] for part in PARTS]
        is_begun = form.is_bound and any(each.value() not in (None, "") or each.errors for each in parts)
        found.append({
            "number": row, "fields": parts, "is_open": is_begun,
            "name": form[f"what_{row}"].value() or _("Ny uppgift"),
        })  # fmt: skip
    return found
