"""Steering that waits for the reader: own risks to look at, minutes to adjust, own points of the plan, meetings to read for."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import activity_plans, meetings, risks
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.web.inbox.item import Item

AHEAD_DAYS = 7
WEEK = timedelta(days=7)


def items(by: Context, today: date) -> list[Item]:
    """One item for each risk and each minutes."""
    if not may(by.role, Permission.SEE_STEERING):
        return []
    found = [
        Item(
            what=_("Gå igenom risken: %(text)s") % {"text": one.text},
            why=_("Du äger den"),
            url=reverse("governance:risk", args=[one.initiative_code, one.number]),
            group=_("Styrning"),
            due_date=one.now.review_date,
        )
        for one in risks.owned(by.membership_id, today=today, within_days=AHEAD_DAYS)
    ]
    for meeting in _to_adjust(by):
        found.append(
            Item(
                what=_("Justera protokollet från %(board)s") % {"board": meeting.board.name},
                why=_("Du har en plats i gruppen, och någon annan har skrivit det"),
                url=reverse("governance:meeting", args=[meeting.initiative_code, meeting.id]),
                group=_("Styrning"),
                due_date=day_in_stockholm(meeting.starts_at + 2 * WEEK),
            )
        )
    found += [
        Item(
            what=_("Skriv i aktivitetsplanen: %(text)s") % {"text": _(one.text)},
            why=_("Du svarar för punkten"),
            url=reverse("governance:plan_point", args=[one.initiative_code, one.number]),
            group=_("Styrning"),
            since_date=day_in_stockholm(one.since),
        )
        for one in activity_plans.owned(by.membership_id)
    ]
    found += [
        Item(
            what=_("Läs inför mötet: %(board)s") % {"board": meeting.board.name},
            why=_("Du är kallad"),
            url=reverse("governance:meeting", args=[meeting.initiative_code, meeting.id]),
            group=_("Styrning"),
            due_date=day_in_stockholm(meeting.starts_at),
        )
        for meeting in _called_to(by)
    ]
    return found


def number(by: Context, today: date) -> int:
    """How many."""
    if not may(by.role, Permission.SEE_STEERING):
        return 0
    mine = risks.number_owned(by.membership_id, today=today, within_days=AHEAD_DAYS)
    mine += activity_plans.number_owned(by.membership_id)
    return mine + len(_to_adjust(by)) + len(_called_to(by))


def _to_adjust(by: Context) -> list[meetings.MeetingRow]:
    if not may(by.role, Permission.ADJUST_MINUTES):
        return []
    return meetings.waiting(now=timezone.now(), membership_id=by.membership_id)


def _called_to(by: Context) -> list[meetings.MeetingRow]:
    """Meetings within two weeks of bodies where the reader has a place."""
    now = timezone.now()
    return meetings.called_to(now=now, membership_id=by.membership_id, until=now + 2 * WEEK)
