"""The bodies that steer: who sits in each, for which organisation and until when; giving and ending a place."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import boards as actions
from samkraft.initiatives.queries import boards as queries
from samkraft.initiatives.queries import meetings
from samkraft.initiatives.queries.boards import BoardEventRow, BoardPage, SeatRow
from samkraft.initiatives.queries.undertakings import InitiativeRow
from samkraft.initiatives.rules import meetings as meeting_rules
from samkraft.initiatives.rules import seats as rules
from samkraft.initiatives.rules import teams as time_rules
from samkraft.initiatives.rules.meetings import BoardKind
from samkraft.initiatives.rules.seats import BoardEventKind, SeatKind
from samkraft.partners.queries import colleagues
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import day_in_stockholm
from samkraft.web import days
from samkraft.web.acting import page
from samkraft.web.governance import board_words, frames
from samkraft.web.governance.board_forms import BoardForm, EndForm, QuorumForm, SeatForm

EVENT_SHAPES = {BoardEventKind.SEATED: "ok", BoardEventKind.ENDED: "closed", BoardEventKind.QUORUM: "needs"}
FIELDS = {
    rules.SEAT_SEES_NOTHING.code: "who",
    rules.SEAT_CONFLICT.code: "who",
    rules.CHAIR_TAKEN.code: "kind",
    rules.SEAT_ENDED.code: "last_day",
    rules.SEAT_NOT_BEGUN.code: "last_day",
    rules.QUORUM_TOO_HIGH.code: "quorum",
    meeting_rules.SEAT_TWICE.code: "who",
    meeting_rules.NAME_TAKEN.code: "name",
    time_rules.OUTSIDE.code: "start_date",
    time_rules.NO_NAME.code: "name",
}


@page(needs=Permission.SEE_STEERING)
def listed(request: Any, code: str) -> HttpResponse:
    """Every body with those who sit in it."""
    row, now = frames.initiative(request, code), timezone.now()
    today = day_in_stockholm(now)
    coming = meetings.coming(row.id, now=now)
    told = []
    for one in queries.of_initiative(row.id):
        found = queries.page(one.id, on=today)
        assert found is not None
        following = next((meeting for meeting in coming if meeting.board.id == one.id), None)
        told.append(
            _board(code, found, today)
            | {
                "next": days.moment(following.starts_at) if following else "",
                "next_url": reverse("governance:meeting", args=[code, following.id]) if following else "",
            }
        )
    return frames.draw(request, "governance/boards.html", row, "boards", {"boards": told}, (_("Grupper"), ""))


@page(needs=Permission.SEE_STEERING)
def show(request: Any, code: str, board_id: UUID) -> HttpResponse:
    """One body: its places today, those to come and those that were; a form for whoever leads."""
    row, today = frames.initiative(request, code), day_in_stockholm(timezone.now())
    with transactions.read(request.by):
        found = _of(row, board_id, today)
        people = colleagues.having(Permission.SEE_STEERING, on=today)
    form = SeatForm(
        request.POST or None, initial={"start_date": today, "kind": SeatKind.MEMBER.value},
        people=[(str(one.membership_id), _person(one)) for one in people],
    )  # fmt: skip

    def save(data: dict[str, Any]) -> None:
        actions.give_seat(
            by=request.by, board_id=board_id, membership_id=UUID(data["who"]), kind=SeatKind(data["kind"]),
            start_date=data["start_date"], last_day=data["last_day"], basis=data["basis"],
        )  # fmt: skip

    return frames.edit(
        request, row, "boards", form, save, heading=found.row.name, said=_("Platsen är given."),
        back=reverse("governance:board", args=[code, board_id]), fields=FIELDS, template="governance/board.html",
        more={"board": _board(code, found, today), "events": [_event(one) for one in found.history]},
        crumbs=((_("Grupper"), reverse("governance:boards", args=[code])),),
    )  # fmt: skip


@page(needs=Permission.MANAGE_STEERING)
def add(request: Any, code: str) -> HttpResponse:
    """Another body."""
    row = frames.initiative(request, code)
    back = reverse("governance:boards", args=[code])
    return frames.edit(
        request, row, "boards", BoardForm(request.POST or None),
        lambda data: actions.add(
            by=request.by, initiative_id=row.id, kind=BoardKind(data["kind"]), name=data["name"], prefix=data["prefix"]
        ),
        heading=_("Lägg upp en grupp"), said=_("Gruppen är upplagd."), back=back, button=_("Lägg upp gruppen"),
        fields=FIELDS, crumbs=((_("Grupper"), back),),
    )  # fmt: skip


@page(needs=Permission.MANAGE_STEERING)
def end_seat(request: Any, code: str, seat_id: UUID) -> HttpResponse:
    """Somebody leaves a body."""
    row = frames.initiative(request, code)
    with transactions.read(request.by):
        seat = queries.seat(seat_id)
        if seat is None:
            raise Http404
        found = _of(row, seat.board_id, day_in_stockholm(timezone.now()))
    back = reverse("governance:board", args=[code, seat.board_id])
    return frames.edit(
        request, row, "boards", EndForm(request.POST or None),
        lambda data: actions.end_seat(by=request.by, seat_id=seat_id, **data),
        heading=_("%(name)s lämnar gruppen") % {"name": seat.name}, said=_("Sista dagen är antecknad."), back=back,
        button=_("Anteckna"), fields=FIELDS,
        crumbs=((_("Grupper"), reverse("governance:boards", args=[code])), (found.row.name, back)),
    )  # fmt: skip


@page(needs=Permission.MANAGE_STEERING)
def quorum(request: Any, code: str, board_id: UUID) -> HttpResponse:
    """How many must be there for the body to decide."""
    row, today = frames.initiative(request, code), day_in_stockholm(timezone.now())
    with transactions.read(request.by):
        found = _of(row, board_id, today)
    usual = rules.usual_quorum([one.place for one in found.seats])
    back = reverse("governance:board", args=[code, board_id])
    return frames.edit(
        request, row, "boards", QuorumForm(request.POST or None, initial={"quorum": found.quorum or usual}),
        lambda data: actions.set_quorum(by=request.by, board_id=board_id, **data),
        heading=_("När kan gruppen besluta?"), said=_("Antecknat. Det gäller från i dag."), back=back, fields=FIELDS,
        more={"lead": found.row.name},
        crumbs=((_("Grupper"), reverse("governance:boards", args=[code])), (found.row.name, back)),
    )  # fmt: skip


def _seat(code: str, one: SeatRow) -> dict[str, Any]:
    """A place as a template shows it."""
    return {
        "id": one.id,
        "name": one.name,
        "title": one.title or _(one.role_name),
        "body": one.organisation_name,
        "kind": _(rules.SEAT_NAMES[one.kind]),
        "chairs": one.chairs,
        "since": one.period.start_date,
        "until": one.period.last_day,
        "end_url": reverse("governance:end_seat", args=[code, one.id]),
    }


def _of(row: InitiativeRow, board_id: UUID, today: date) -> BoardPage:
    found = queries.page(board_id, on=today)
    if found is None or found.row.initiative_id != row.id:
        raise Http404
    return found


def _board(code: str, found: BoardPage, today: date) -> dict[str, Any]:
    row = found.row
    bodies = {one.organisation_id for one in found.seats}
    return {
        "id": row.id,
        "name": row.name,
        "prefix": row.prefix,
        "decides": row.decides,
        "kind": _(meeting_rules.BOARD_NAMES[row.kind]),
        "url": reverse("governance:board", args=[code, row.id]),
        "quorum": found.quorum,
        "ordinary": found.ordinary,
        "bodies": len(bodies),
        "seats": [_seat(code, one) for one in found.seats],
        "coming": [_seat(code, one) for one in found.coming],
        "earlier": [_seat(code, one) for one in found.earlier],
        "lacks": board_words.lacks(found, today),
    }


def _person(one: colleagues.Colleague) -> str:
    return f"{one.name}, {one.title or _(one.role_name)}, {one.organisation_name}"


def _event(one: BoardEventRow) -> dict[str, Any]:
    if one.kind is BoardEventKind.QUORUM:
        heading = _("Minst %(quorum)d ska vara med vid beslut") % {"quorum": one.quorum}
        if not one.quorum:
            heading = _("Inget är bestämt om hur många som ska vara med")
    else:
        said = {"name": one.who, "kind": _(rules.SEAT_NAMES[one.seat_kind]) if one.seat_kind else ""}
        taken, left = _("%(name)s fick en plats som %(kind)s"), _("%(name)s lämnade sin plats som %(kind)s")
        heading = (taken if one.kind is BoardEventKind.SEATED else left) % said
    since = {"day": days.full(one.on_date)}
    when = _("Sista dag %(day)s.") if one.kind is BoardEventKind.ENDED else _("Från %(day)s.")
    text = " ".join(part for part in (when % since, one.basis) if part)
    return {"when": one.at, "heading": heading, "text": text, "source": one.by, "kind": EVENT_SHAPES[one.kind]}
