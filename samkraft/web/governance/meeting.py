"""One meeting: its agenda and pack, what was decided, and the minutes that another person adjusts."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import meetings as actions
from samkraft.initiatives.actions import resolutions as deciding
from samkraft.initiatives.queries import boards
from samkraft.initiatives.queries import meetings as queries
from samkraft.initiatives.queries.boards import SeatRow
from samkraft.initiatives.queries.meetings import EventRow, MeetingPage
from samkraft.initiatives.rules import meetings as rules
from samkraft.initiatives.rules import seats as seat_rules
from samkraft.initiatives.rules.meetings import MeetingEventKind, MeetingState
from samkraft.knowledge.queries import scorecards
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.web import acting, days, refusals
from samkraft.web.acting import page
from samkraft.web.employers.words import moment_of
from samkraft.web.governance import frames, meetings, open_matters
from samkraft.web.governance.capacity_words import in_words
from samkraft.web.governance.meeting_forms import MinutesForm, MoveForm, ReasonForm

EVENT_SHAPES = {
    MeetingEventKind.MOVED: "needs",
    MeetingEventKind.CANCELLED: "closed",
    MeetingEventKind.PACK: "ok",
    MeetingEventKind.MINUTED: "needs",
    MeetingEventKind.RETURNED: "needs",
    MeetingEventKind.ADJUSTED: "ok",
}


@page(needs=Permission.SEE_STEERING)
def show(request: Any, code: str, meeting_id: UUID) -> HttpResponse:
    """The page of one meeting."""
    row, found = _found(request, code, meeting_id)
    now = timezone.now()
    today = day_in_stockholm(now)
    card = scorecards.scorecard(row.id)
    known = {one.run: one.day for one in scorecards.snapshots(row.id)} if found.pack else {}
    seats = called(found)
    may_manage = may(request.by.role, Permission.MANAGE_STEERING)
    plans = rules.why_not_plan(found.row.state) is None
    context = {
        "meeting": meetings.told(code, found.row),
        "points": [_point(request, code, one, {seat.id: seat.name for seat in seats}) for one in found.points],
        "matters": open_matters.found(row, now=now, today=today)
        if may_manage and found.row.state is MeetingState.CALLED
        else [],
        "plans": plans,
        "decides": rules.why_not_decide(found.row.state) is None,
        "is_called": found.row.state is MeetingState.CALLED,
        "seats": [_seat(one, found) for one in seats],
        "quorum": boards.quorum(found.row.board.id, on=day_in_stockholm(found.row.starts_at)),
        "board_url": reverse("governance:board", args=[code, found.row.board.id]),
        "minutes": found.minutes,
        "adjusted": found.adjusted,
        "pack": found.pack,
        "pack_day": known.get(found.pack.pack_run) if found.pack else None,
        "snapshot": card.snapshot,
        "has_newer": card.snapshot is not None
        and (found.pack is None or found.pack.pack_digest != card.snapshot.digest),
        "why_not_adjust": _why_not_adjust(request, found),
        "may_adjust": may(request.by.role, Permission.ADJUST_MINUTES),
        "events": [_event(one, known) for one in found.history],
        "move": MoveForm(),
        "reason": ReasonForm(),
    }
    crumbs = ((_("Möten och beslut"), reverse("governance:meetings", args=[code])), (found.row.board.name, ""))
    return frames.draw(request, "governance/meeting.html", row, "meetings", context, *crumbs)


@page(needs=Permission.MANAGE_STEERING)
def minutes(request: Any, code: str, meeting_id: UUID) -> HttpResponse:
    """Write the minutes and send them to be adjusted."""
    row, found = _found(request, code, meeting_id)
    back = reverse("governance:meeting", args=[code, meeting_id])
    seats = called(found)
    written = found.minutes
    form = MinutesForm(
        request.POST or None,
        seats=[(str(one.id), in_a_list(one)) for one in seats],
        initial={"text": written.text, "present": [str(one) for one in written.present]} if written else {},
    )

    def save(data: dict[str, Any]) -> None:
        there = [UUID(one) for one in data.get("present", ())]
        actions.write_minutes(by=request.by, meeting_id=meeting_id, text=data["text"], present=there)

    return frames.edit(
        request, row, "meetings", form, save,
        heading=_("Skriv protokollet"), said=_("Protokollet väntar nu på att någon annan i gruppen justerar det."),
        back=back, button=_("Skicka till justering"),
        fields={rules.NO_MINUTES.code: "text", seat_rules.NO_QUORUM.code: "present", seat_rules.NOT_OF_BOARD.code: "present"},
        crumbs=_crumbs(code, found),
    )  # fmt: skip


@require_POST
@page(needs=Permission.ADJUST_MINUTES)
def adjust(request: Any, code: str, meeting_id: UUID) -> HttpResponse:
    """Adjust the minutes."""
    return frames.done(
        request, lambda: deciding.adjust(by=request.by, meeting_id=meeting_id),
        _("Protokollet är justerat. Besluten gäller, och det som ska göras står i årshjulet."), _back(code, meeting_id),
    )  # fmt: skip


@require_POST
@page(needs=Permission.ADJUST_MINUTES)
def give_back(request: Any, code: str, meeting_id: UUID) -> HttpResponse:
    """Give the minutes back with what is wrong."""
    reason = request.POST.get("reason", "")
    return frames.done(
        request, lambda: actions.return_minutes(by=request.by, meeting_id=meeting_id, reason=reason),
        _("Protokollet är lämnat tillbaka."), _back(code, meeting_id),
    )  # fmt: skip


@require_POST
@page(needs=Permission.MANAGE_STEERING)
def attach(request: Any, code: str, meeting_id: UUID) -> HttpResponse:
    """Attach the pack of the latest figures."""
    row, _page = _found(request, code, meeting_id)
    with transactions.read(request.by):
        snapshot = scorecards.scorecard(row.id).snapshot
    if snapshot is None:
        raise Http404
    return frames.done(
        request,
        lambda: actions.attach_pack(by=request.by, meeting_id=meeting_id, run=snapshot.run, digest=snapshot.digest),
        _("Underlaget är tillagt."), _back(code, meeting_id),
    )  # fmt: skip


@require_POST
@page(needs=Permission.MANAGE_STEERING)
def move(request: Any, code: str, meeting_id: UUID) -> HttpResponse:
    """Give the meeting another time."""
    row, found = _found(request, code, meeting_id)
    return frames.edit(
        request, row, "meetings", MoveForm(request.POST),
        lambda data: actions.move(
            by=request.by, meeting_id=meeting_id, starts_at=moment_of(data["day"], data["starts"]), reason=data["reason"]
        ),
        heading=_("Flytta mötet"), said=_("Mötet är flyttat."), back=_back(code, meeting_id), button=_("Flytta mötet"),
        fields={rules.IN_THE_PAST.code: "day", rules.NO_REASON.code: "reason"}, crumbs=_crumbs(code, found),
    )  # fmt: skip


@require_POST
@page(needs=Permission.MANAGE_STEERING)
def cancel(request: Any, code: str, meeting_id: UUID) -> HttpResponse:
    """Cancel the meeting."""
    row, found = _found(request, code, meeting_id)
    return frames.edit(
        request, row, "meetings", ReasonForm(request.POST),
        lambda data: actions.cancel(by=request.by, meeting_id=meeting_id, reason=data["reason"]),
        heading=_("Ställ in mötet"), said=_("Mötet är inställt."), back=_back(code, meeting_id),
        button=_("Ställ in mötet"), fields={rules.NO_REASON.code: "reason"}, crumbs=_crumbs(code, found),
    )  # fmt: skip


def called(found: MeetingPage) -> tuple[SeatRow, ...]:
    """Those who have a place in the body on the day of the meeting."""
    return boards.seats([found.row.board.id], on=day_in_stockholm(found.row.starts_at))


def in_a_list(one: SeatRow) -> str:
    """A place among others to choose from."""
    said = {"name": one.name, "kind": _(seat_rules.SEAT_NAMES[one.kind]), "body": one.organisation_name}
    return _("%(name)s, %(kind)s, %(body)s") % said


def _seat(one: SeatRow, found: MeetingPage) -> dict[str, Any]:
    there = found.minutes.present if found.minutes else ()
    return {
        "name": one.name,
        "body": one.organisation_name,
        "kind": _(seat_rules.SEAT_NAMES[one.kind]),
        "was_there": one.id in there if there else None,
    }


def _found(request: Any, code: str, meeting_id: UUID) -> tuple[Any, MeetingPage]:
    row = frames.initiative(request, code)
    with transactions.read(request.by):
        found = queries.one(meeting_id, now=timezone.now())
    if found is None or found.row.board.initiative_id != row.id:
        raise Http404
    return row, found


def _back(code: str, meeting_id: UUID) -> str:
    return reverse("governance:meeting", args=[code, meeting_id])


def _crumbs(code: str, found: MeetingPage) -> tuple[tuple[str, str], ...]:
    return (
        (_("Möten och beslut"), reverse("governance:meetings", args=[code])),
        (found.row.board.name, _back(code, found.row.id)),
    )


def _point(request: Any, code: str, one: queries.PointRow, names: dict[UUID, str]) -> dict[str, Any]:
    aside = one.resolution.aside if one.resolution else ()
    return {
        "aside": [(names.get(each.seat_id, _("en tidigare ledamot")), each.reason) for each in aside],
        "id": one.id,
        "number": one.number,
        "title": one.title,
        "about": _(rules.ABOUT_NAMES[one.about]),
        "text": one.text,
        "proposal": one.proposal,
        "change": in_words(one.asked),
        "link": one.link if one.link and acting.opens(request.by.role, one.link) else "",
        "decision": meetings.decided(code, one.resolution) if one.resolution else None,
    }


def _why_not_adjust(request: Any, found: MeetingPage) -> str:
    """Why the reader may not adjust; empty when they may."""
    has_seat = boards.has_seat(
        found.row.board.id, membership_id=request.by.membership_id, on=day_in_stockholm(found.row.starts_at)
    )
    wrote = found.minutes.membership_id if found.minutes else None
    reason = rules.why_not_adjust(found.row.state, wrote=wrote, actor=request.by.membership_id, has_seat=has_seat)
    if reason is None and not queries.was_there(found, request.by.membership_id):
        reason = seat_rules.NOT_THERE
    return str(refusals.explain(Refused(reason, board=found.row.board.name))) if reason else ""


def _event(one: EventRow, known: Mapping[int, date]) -> dict[str, Any]:
    """known: the day of each snapshot by its number."""
    text = one.text if one.kind is not MeetingEventKind.MINUTED else ""
    if one.starts_at:
        text = _("Ny tid: %(when)s. %(why)s") % {"when": days.moment(one.starts_at), "why": one.text}
    if one.pack_run is not None and one.pack_run in known:
        text = _("Med uppgifter till och med %(day)s") % {"day": days.full(known[one.pack_run])}
    heading = _(rules.EVENT_NAMES[one.kind])
    return {"when": one.at, "heading": heading, "text": text, "source": one.by, "kind": EVENT_SHAPES[one.kind]}
