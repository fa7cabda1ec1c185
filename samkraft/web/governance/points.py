"""Bringing up a point, and registering what the meeting did with it; one decision, and carrying it out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import capacities as carrying
from samkraft.initiatives.actions import meetings as actions
from samkraft.initiatives.actions import resolutions as deciding
from samkraft.initiatives.queries import meetings as queries
from samkraft.initiatives.queries import resolutions, teams
from samkraft.initiatives.rules import capacities, handbooks
from samkraft.initiatives.rules import meetings as rules
from samkraft.initiatives.rules.meetings import About, Outcome
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import day_in_stockholm
from samkraft.web import afterwards
from samkraft.web.acting import page
from samkraft.web.governance import frames, meeting, meetings, open_matters
from samkraft.web.governance.capacity_words import in_words, made_in_words
from samkraft.web.governance.meeting_forms import DecisionForm, PointForm, initial_of

FIELDS = {
    rules.NO_TITLE.code: "title",
    rules.NO_TEXT.code: "text",
    rules.NOTHING_TO_BIND.code: "change",
    capacities.WITHOUT_TEAM.code: "team",
    capacities.WITHOUT_NAME.code: "name",
    capacities.WITHOUT_PLACES.code: "places",
    handbooks.HOLDS_TOO_EARLY.code: "holds_from",
}


@page(needs=Permission.MANAGE_STEERING)
def bring_up(request: Any, code: str, meeting_id: UUID) -> HttpResponse:
    """A point that somebody writes; or with `amne`, something that is open, as it stands."""
    row, now = frames.initiative(request, code), timezone.now()
    found = _meeting(request, row.id, meeting_id)
    back = reverse("governance:meeting", args=[code, meeting_id])
    if request.method == "POST" and (key := request.POST.get("amne", "")):
        return _open_matter(request, row, meeting_id, key, back)
    form = PointForm(request.POST or None, teams=_teams(request, row.id))

    def save(data: dict[str, Any]) -> None:
        about, asked = About(data["about"]), form.asked()
        actions.bring_up(
            by=request.by, meeting_id=meeting_id, title=data["title"], text=data["text"], proposal=data["proposal"],
            about=About.CAPACITY if asked else about, asked=asked,
        )  # fmt: skip

    return frames.edit(
        request, row, "meetings", form, save, heading=_("Skriv en punkt till dagordningen"),
        said=_("Punkten står på dagordningen."), back=back, button=_("Lägg till punkten"), fields=FIELDS,
        crumbs=((_("Möten och beslut"), reverse("governance:meetings", args=[code])), (found.row.board.name, back)),
        more={"now": now},
    )  # fmt: skip


def _open_matter(request: Any, row: Any, meeting_id: UUID, key: str, back: str) -> HttpResponse:
    now = timezone.now()
    with transactions.read(request.by):
        matter = open_matters.one(row, key, now=now, today=day_in_stockholm(now))
    if matter is None:
        messages.info(request, _("Det står redan på en dagordning, eller är inte öppet längre."))
        return afterwards.at(back)
    return frames.done(
        request,
        lambda: actions.bring_up(
            by=request.by, meeting_id=meeting_id, title=matter.title, text=matter.text, proposal=matter.proposal,
            about=matter.about, about_id=matter.about_id, link=matter.link, asked=matter.asked,
        ),
        _("Punkten står på dagordningen."), back,
    )  # fmt: skip


@page(needs=Permission.MANAGE_STEERING)
def decide(request: Any, code: str, meeting_id: UUID, point_id: UUID) -> HttpResponse:
    """What the meeting did with a point."""
    row = frames.initiative(request, code)
    found = _meeting(request, row.id, meeting_id)
    point = next((one for one in found.points if one.id == point_id), None)
    if point is None:
        raise Http404
    back = reverse("governance:meeting", args=[code, meeting_id])
    with transactions.read(request.by):
        bodies = [(str(one.id), one.name) for one in organisations.listed()]
        seats = [(str(one.id), meeting.in_a_list(one)) for one in meeting.called(found)]
    initial = {"text": point.proposal, "holds_from": day_in_stockholm(found.row.starts_at), **initial_of(point.asked)}
    form = DecisionForm(
        request.POST or None, about=point.about, teams=_teams(request, row.id), bodies=bodies, seats=seats,
        initial=initial,
    )  # fmt: skip

    def save(data: dict[str, Any]) -> None:
        outcome = Outcome(data["outcome"])
        deciding.decide(
            by=request.by, point_id=point_id, outcome=outcome, text=data["text"], tasks=form.tasks(),
            ordered=form.asked() if outcome in rules.YES else None, holds_from=data.get("holds_from"),
            aside=form.stood_aside(),
        )  # fmt: skip

    return frames.edit(
        request, row, "meetings", form, save, heading=point.title,
        said=_("Beslutet är registrerat. Det gäller när protokollet är justerat."), back=back,
        button=_("Registrera beslutet"), fields=FIELDS, template="governance/decide.html",
        crumbs=((_("Möten och beslut"), reverse("governance:meetings", args=[code])), (found.row.board.name, back)),
        more={"point": point, "change": in_words(point.asked), "about": _(rules.ABOUT_NAMES[point.about])},
    )  # fmt: skip


@page(needs=Permission.SEE_STEERING)
def decision(request: Any, code: str, resolution_id: UUID) -> HttpResponse:
    """One decision: what it says, what shall be done, and what it has changed."""
    row = frames.initiative(request, code)
    found = resolutions.one(resolution_id)
    if found is None or found.board.initiative_id != row.id:
        raise Http404
    made = found.change
    context = {
        "decision": meetings.decided(code, found),
        "found": found,
        "board": found.board.name,
        "meeting_url": reverse("governance:meeting", args=[code, found.meeting_id]),
        "change": in_words(found.ordered),
        "made": made_in_words(made) if made else "",
        "team_number": _team_number(made.team_id) if made else None,
        "may_carry_out": found.waits_for_change and may(request.by.role, Permission.MANAGE_STEERING),
        "binds_handbook": found.about is About.HANDBOOK and found.outcome in rules.YES,
        "binds_plan": found.about is About.ACTIVITY_PLAN and found.outcome in rules.YES,
        "may_see_duties": may(request.by.role, Permission.SEE_DUTIES),
    }
    crumbs = ((_("Möten och beslut"), reverse("governance:meetings", args=[code])), (found.number, ""))
    return frames.draw(request, "governance/decision.html", row, "meetings", context, *crumbs)


@require_POST
@page(needs=Permission.MANAGE_STEERING)
def carry_out(request: Any, code: str, resolution_id: UUID) -> HttpResponse:
    """Do what was decided with a team."""
    back = reverse("governance:decision", args=[code, resolution_id])
    return frames.done(
        request, lambda: carrying.carry_out(by=request.by, resolution_id=resolution_id),
        _("Ändringen är gjord, med beslutet som grund."), back,
    )  # fmt: skip


def _meeting(request: Any, initiative_id: UUID, meeting_id: UUID) -> queries.MeetingPage:
    with transactions.read(request.by):
        found = queries.one(meeting_id, now=timezone.now())
    if found is None or found.row.board.initiative_id != initiative_id:
        raise Http404
    return found


def _teams(request: Any, initiative_id: UUID) -> list[tuple[str, str]]:
    with transactions.read(request.by):
        found = teams.teams(initiative_id, on=day_in_stockholm(timezone.now()))
    return [
        (str(one.id), _("%(team)s, %(places)d platser") % {"team": one.name, "places": one.places}) for one in found
    ]


def _team_number(team_id: UUID) -> int | None:
    found = teams.team(team_id, on=day_in_stockholm(timezone.now()))
    return found.number if found else None
