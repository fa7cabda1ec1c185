"""Time with employers: note the week in two taps, and see each team's share against the target, as a picture and a table."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import teams
from samkraft.offer.actions import employer_weeks as actions
from samkraft.offer.queries import employer_weeks
from samkraft.offer.rules import employer_time as rules
from samkraft.offer.rules.employer_time import Share, TimeKind, Week
from samkraft.partners.queries import areas
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, days, refusals
from samkraft.web.acting import page
from samkraft.web.employers import frames, time_picture

MONTHS = 6
# What one tap says, in half hours and hours; anything else is typed.
TAPS = (0, 60, 120, 240, 480)


@page(needs=Permission.SEE_EMPLOYERS)
def show(request: Any) -> HttpResponse:
    """Query: `vecka` is the Monday to note, `visa` is team or myndighet."""
    if request.method == "POST":
        return _note(request)
    today = timezone.localdate()
    mine = teams.teams_of(request.by.membership_id, on=today) if may(request.by.role, Permission.KEEP_EMPLOYERS) else ()
    first = (rules.month_of(rules.monday_of(today)) - timedelta(days=31 * (MONTHS - 1))).replace(day=1)
    noted = employer_weeks.noted(since=first - timedelta(days=7), until=today)
    by_body = request.GET.get("visa") == "myndighet"
    names = _names(noted, by_body)
    context = {
        "tabs": frames.tabs("time"), "target": rules.TARGET, "by_body": by_body, "here": reverse("employers:time"),
        "noting": _noting(request, mine, today) if mine else None,
        "total": rules.shares(noted, lambda one: "").get(""),
        "picture": time_picture.draw(_series(noted, names, by_body), target=rules.TARGET),
        "table": _table(noted, names, by_body),
        "kinds": [_(rules.TIME_NAMES[kind]) for kind in TimeKind],
    }  # fmt: skip
    return frames.draw(request, "employers/time.html", context, (_("Tid med arbetsgivare"), ""))


def _names(noted: Sequence[Week], by_body: bool) -> dict[UUID, str]:
    if by_body:
        labels = areas.labels()
        return {one.area_id: labels[one.area_id].name for one in noted if one.area_id in labels}
    found = {}
    for team_id in {one.team_id for one in noted}:
        row = teams.team(team_id, on=timezone.localdate())
        if row is not None:
            found[team_id] = row.name
    return found


def _key(one: Week, by_body: bool) -> UUID:
    return one.area_id if by_body else one.team_id


def _series(noted: Sequence[Week], names: Mapping[UUID, str], by_body: bool) -> list[tuple[str, Share]]:
    shares = rules.shares(noted, lambda one: _key(one, by_body))
    return sorted((names.get(key, "–"), share) for key, share in shares.items())


def _table(noted: Sequence[Week], names: Mapping[UUID, str], by_body: bool) -> dict[str, Any]:
    shares = rules.shares(noted, lambda one: (_key(one, by_body), rules.month_of(one.monday)))
    months = sorted({month for _key_, month in shares})[-MONTHS:]
    whole = rules.shares(noted, lambda one: _key(one, by_body))
    lines = [
        {
            "name": names.get(key, "–"), "whole": share,
            "cells": [shares.get((key, month)) for month in months],
            "kinds": [minutes / 60 for minutes in share.by_kind.values()],
        }
        for key, share in sorted(whole.items(), key=lambda pair: names.get(pair[0], "–"))
    ]  # fmt: skip
    return {"months": [days.month(month) for month in months], "lines": lines}


def _noting(request: Any, mine: Sequence[Any], today: date) -> dict[str, Any]:
    this = rules.monday_of(today)
    weeks = [this - timedelta(weeks=number) for number in range(rules.WEEKS_BACK + 1)]
    try:
        chosen = date.fromisoformat(request.GET.get("vecka", ""))
    except ValueError:
        chosen = this
    monday = chosen if chosen in weeks else this
    team = mine[0]
    known = employer_weeks.own(request.by.membership_id, team.id, monday)
    return {
        "team": team, "monday": monday, "weeks": [(one, days.week(one), one == monday) for one in weeks],
        "is_noted": known is not None, "spent": known.spent / 60 if known else 0,
        "worked": known.worked / 60 if known else rules.FULL_WEEK / 60,
        "kinds": [
            {
                "key": kind.value, "name": _(rules.TIME_NAMES[kind]), "now": known.minutes[kind] / 60 if known else 0,
                "taps": [
                    {"minutes": tap, "hours": tap / 60, "on": known is not None and known.minutes[kind] == tap}
                    for tap in TAPS
                ],
            }
            for kind in TimeKind
        ],
    }  # fmt: skip


def _note(request: Any) -> HttpResponse:
    """A tap says minutes of one kind; what the week says of the others stands."""
    monday = _day(request.POST.get("monday", ""))
    there = f"{reverse('employers:time')}?vecka={monday.isoformat() if monday else ''}#notera"
    try:
        team_id = UUID(request.POST.get("team", ""))
        kind, minutes = request.POST.get("tap", "").split(":")
        known = _own(request, team_id, monday)
        said = dict(known.minutes) if known else dict.fromkeys(TimeKind, 0)
        said[TimeKind(kind)] = int(minutes)
        worked = round(float(request.POST.get("worked", "40").replace(",", ".")) * 60)
    except (ValueError, KeyError):
        messages.error(request, _("Timmarna går inte att läsa."))
        return afterwards.at(there)
    try:
        actions.note(by=request.by, team_id=team_id, monday=monday or date.min, minutes=said, worked=worked)
    except Refused as refused:
        refusals.tell(request, refused)
    return afterwards.at(there)


def _own(request: Any, team_id: UUID, monday: date | None) -> Week | None:
    if monday is None:
        return None
    with transactions.read(request.by):
        return employer_weeks.own(request.by.membership_id, team_id, monday)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
