"""Meetings of the bodies that steer, what they have decided, and what is open before the next."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import meetings as actions
from samkraft.initiatives.queries import boards, resolutions
from samkraft.initiatives.queries import meetings as queries
from samkraft.initiatives.queries.boards import BoardRow, SeatRow
from samkraft.initiatives.queries.resolutions import ResolutionRow
from samkraft.initiatives.rules import meetings as rules
from samkraft.initiatives.rules.meetings import MeetingState
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import day_in_stockholm
from samkraft.web import days
from samkraft.web.acting import page
from samkraft.web.employers.words import moment_of
from samkraft.web.governance import frames, open_matters
from samkraft.web.governance.meeting_forms import CallForm

SHAPES = {
    MeetingState.CALLED: "closed",
    MeetingState.HELD: "needs",
    MeetingState.MINUTED: "needs",
    MeetingState.ADJUSTED: "ok",
    MeetingState.CANCELLED: "closed",
}
OUTCOME_SHAPES = {
    rules.Outcome.DECIDED: "ok",
    rules.Outcome.CHANGED: "ok",
    rules.Outcome.REJECTED: "closed",
    rules.Outcome.RETURNED: "needs",
    rules.Outcome.POSTPONED: "needs",
    rules.Outcome.NOTED: "closed",
}


@page(needs=Permission.SEE_STEERING)
def listed(request: Any, code: str) -> HttpResponse:
    """Coming meetings, those that have been, every decision, and what is open."""
    row, now = frames.initiative(request, code), timezone.now()
    today = day_in_stockholm(now)
    found = queries.listed(row.id, now=now)
    bodies = boards.of_initiative(row.id)
    seats = boards.seats([one.id for one in bodies], on=today)
    context = {
        "coming": [told(code, one) for one in reversed(found) if one.state is MeetingState.CALLED],
        "been": [told(code, one) for one in found if one.state is not MeetingState.CALLED],
        "decisions": [decided(code, one) for one in resolutions.of_initiative(row.id)],
        "matters": open_matters.found(row, now=now, today=today),
        "boards": [_board(code, one, [seat for seat in seats if seat.board_id == one.id]) for one in bodies],
    }
    return frames.draw(request, "governance/meetings.html", row, "meetings", context, (_("Möten och beslut"), ""))


@page(needs=Permission.MANAGE_STEERING)
def call(request: Any, code: str) -> HttpResponse:
    """Call a body to a meeting."""
    row = frames.initiative(request, code)
    with transactions.read(request.by):
        choices = [(str(one.id), one.name) for one in boards.of_initiative(row.id)]
    form = CallForm(request.POST or None, boards=choices)
    back = reverse("governance:meetings", args=[code])

    def save(data: dict[str, Any]) -> None:
        actions.call(
            by=request.by, board_id=UUID(data["board"]), starts_at=moment_of(data["day"], data["starts"]),
            place=data["place"],
        )  # fmt: skip

    return frames.edit(
        request, row, "meetings", form, save, heading=_("Kalla till ett möte"), said=_("Mötet är kallat."), back=back,
        button=_("Kalla till mötet"), fields={rules.IN_THE_PAST.code: "day"}, crumbs=((_("Möten och beslut"), back),),
    )  # fmt: skip


def _board(code: str, one: BoardRow, seats: list[SeatRow]) -> tuple[BoardRow, str, SeatRow | None, int]:
    """A body with its address, who chairs and how many places it has."""
    chair = next((seat for seat in seats if seat.chairs), None)
    return one, reverse("governance:board", args=[code, one.id]), chair, len(seats)


def told(code: str, one: queries.MeetingRow) -> dict[str, Any]:
    """A meeting as a template shows it."""
    return {
        "id": one.id,
        "url": reverse("governance:meeting", args=[code, one.id]),
        "board": one.board.name,
        "when": days.moment(one.starts_at),
        "place": one.place,
        "kind": SHAPES[one.state],
        "state": _(rules.STATE_NAMES[one.state]),
        "points": one.points,
        "undecided": one.undecided,
    }


def decided(code: str, one: ResolutionRow) -> dict[str, Any]:
    """A decision as a template shows it."""
    return {
        "number": one.number,
        "title": one.title,
        "url": reverse("governance:decision", args=[code, one.id]),
        "outcome": _(rules.OUTCOME_NAMES[one.outcome]),
        "kind": OUTCOME_SHAPES[one.outcome],
        "text": one.text,
        "date": one.decided_date,
        "is_adjusted": one.is_adjusted,
        "waits_for_change": one.waits_for_change,
        "tasks": one.tasks,
    }
