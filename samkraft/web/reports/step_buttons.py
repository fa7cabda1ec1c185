"""Which steps the reader can take with a report now, in words for buttons."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.money.queries.reports.reports import ReportPage
from samkraft.money.rules.reports import reports as rules
from samkraft.money.rules.reports.reports import State, StepKind


@dataclass(frozen=True, slots=True)
class Button:
    """A step: its words, where it is sent, whether it is the main one, whether a reason is written, why it cannot be."""

    kind: str
    words: str
    url: str
    is_main: bool = False
    asks_reason: bool = False
    why_not: str = ""


def of(request: Any, found: ReportPage) -> list[Button]:
    """The steps, the main one first. Nothing for whoever only reads."""
    content = found.content
    if content is None or not (found.may_write or found.may_receive):
        return []
    state = found.row.state
    mine = request.by.membership_id
    buttons = []
    if found.may_write and state is State.DRAFT:
        left = len(content.unanswered())
        why = _("%(count)s av frågorna är obesvarade.") % {"count": left} if left else ""
        buttons.append(_button(found, StepKind.READY, _("Skicka till granskning"), is_main=True, why_not=why))
    if found.may_write and state is State.READY:
        wrote = mine in content.writers
        why = _(rules.OWN_WORDS.text) if wrote else ""
        buttons.append(_button(found, StepKind.REVIEWED, _("Godkänn i granskningen"), is_main=not wrote, why_not=why))
    if found.may_write and state is State.REVIEWED:
        is_reviewer = mine == content.standing.reviewed_by
        why = _(rules.REVIEWER_HANDS_IN.text) if is_reviewer else ""
        buttons.append(_button(found, StepKind.HANDED_IN, _("Lämna in"), is_main=not is_reviewer, why_not=why))
    if found.may_receive and state is State.HANDED_IN:
        buttons.append(_button(found, StepKind.FILED, _("Lägg till handlingarna"), is_main=True))
    gives_back = (found.may_write and state in {State.READY, State.REVIEWED}) or (
        found.may_receive and state is State.HANDED_IN
    )
    if gives_back:
        buttons.append(_button(found, StepKind.GIVEN_BACK, _("Lämna tillbaka"), asks_reason=True))
    return buttons


def _button(found: ReportPage, kind: StepKind, words: str, **more: Any) -> Button:
    return Button(kind.value, words, reverse("reports:step", args=[found.row.id, kind.value.replace("_", "-")]), **more)
