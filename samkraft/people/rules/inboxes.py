"""What waits for one member of staff among the cases that the reader is on: a fold over what the board and a few
requests say. The figure in the bar is the number of these, and nothing else.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from samkraft.people.rules import boards, contents, exits, referrals
from samkraft.people.rules.boards import Day, Line, Row
from samkraft.people.rules.reminders import REPORTS_DUE_ON
from samkraft.values.period import day_in_stockholm


class What(StrEnum):
    """What there is to do."""

    STEP = "step"
    REPLY = "reply"
    MEETING_TODAY = "meeting_today"
    MINUTES = "minutes"
    CONSENT = "consent"
    FOLLOW_UP = "follow_up"
    HANDOVER = "handover"
    PROLONGATION = "prolongation"
    PROMISE = "promise"
    OWN_SYSTEM_NOTE = "own_system_note"
    TIME_REPORTS = "time_reports"  # of several: `text` says how many
    LITTLE_TIME = "little_time"
    REFERRAL = "referral"
    SESSION_ADDED = "session_added"
    SESSION_MOVED = "session_moved"
    SESSION_CANCELLED = "session_cancelled"
    OFFER_WITHDRAWN = "offer_withdrawn"
    PLACE_CANCELLED = "place_cancelled"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do about one person. `on_behalf_of` names who I stand in for; empty when it is mine."""

    what: What
    person_id: UUID
    name: str
    text: str = ""
    due_date: date | None = None
    since_date: date | None = None
    starts_at: datetime | None = None
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The newest version of a follow-up, a hand-over or a request for more time, as the reader's area holds it."""

    kind: str
    lineage: UUID
    person_id: UUID
    name: str
    lead_membership_id: UUID | None
    author_membership_id: UUID
    written_date: date
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Loose:
    """A promised start that nobody has looked at (`due_date`), or the reader's own note that is not entered (`since_date`)."""

    is_promise: bool
    person_id: UUID
    name: str
    lead_membership_id: UUID | None
    due_date: date | None
    since_date: date | None


@dataclass(frozen=True, slots=True)
class Referred:
    """A referral that is open. `responsible`: the membership that wrote it, while it is on the case here; None: nobody."""

    person_id: UUID
    name: str
    received_on: date
    responsible: UUID | None


@dataclass(frozen=True, slots=True)
class Changed:
    """A session ahead that was added, moved or cancelled, of somebody who comes to it and does not know yet."""

    what: What
    person_id: UUID
    name: str
    starts_at: datetime
    lead_membership_id: UUID | None
    lead_area_id: UUID | None


@dataclass(frozen=True, slots=True)
class Lost:
    """An offer that was taken back, or a place or offer of what is cancelled, of somebody who does not know yet."""

    what: What
    person_id: UUID
    name: str
    activity: str
    happened_at: datetime
    lead_membership_id: UUID | None
    lead_area_id: UUID | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose inbox: the membership, those it stands in for with their names, its teams, and whether it may decide."""

    membership_id: UUID
    stands_in_for: Mapping[UUID, str]
    team_ids: frozenset[UUID]
    decides: bool

    @property
    def leads(self) -> frozenset[UUID]:
        """The memberships whose processes are in this inbox."""
        return frozenset({self.membership_id, *self.stands_in_for})


def of_lines(lines: Iterable[Line], day: Day, reader: Reader, now: datetime) -> list[Waiting]:
    """From the board's own lines, of those whose process I lead, or lead for somebody who is away.

    Where another authority leads, what waits for us goes to each of us who is on the case.
    """
    found: list[Waiting] = []
    mine, absent = reader.membership_id.int, reader.stands_in_for
    for one in lines:
        row = one.row
        leads = row.lead_membership_id is not None and row.lead_membership_id.int == mine
        behalf = absent.get(row.lead_membership_id, "") if absent and row.lead_membership_id else ""
        waits_on_us = one.bits & boards.US and (leads or behalf or row.lead_area_id != day.area_id)
        is_late = one.bits & boards.LATE and not row.waits_who and (leads or behalf)
        if waits_on_us or is_late:
            found.append(_step(row, behalf))
        if leads or behalf:
            found += _meetings(row, day.today, now, behalf)
            if one.bits & boards.CONSENT_ENDS:
                found.append(
                    Waiting(What.CONSENT, row.person_id, row.name, "", row.consent_ends_on, on_behalf_of=behalf)
                )
    return found


def _step(row: Row, behalf: str) -> Waiting:
    what = What.STEP if row.next_step else What.REPLY
    return Waiting(
        what, row.person_id, row.name, row.waits_what or row.next_step, row.due_date, row.waiting_since, None, behalf
    )


def _meetings(row: Row, today: date, now: datetime, behalf: str) -> Iterable[Waiting]:
    for starts_at in row.meetings:
        day = day_in_stockholm(starts_at)
        if day < today:
            yield Waiting(What.MINUTES, row.person_id, row.name, "", day, None, starts_at, behalf)
        elif day == today:
            what = What.MINUTES if starts_at + timedelta(hours=1) < now else What.MEETING_TODAY
            yield Waiting(what, row.person_id, row.name, "", day, None, starts_at, behalf)


NOBODY = UUID(int=0)  # what is about several and names none of them


def of_months(
    lines: Iterable[Line], reader: Reader, today: date, monthly: Collection[UUID], little: int
) -> list[Waiting]:
    """Last month's time reports of those whose process I lead: how many are missing, and how many tell of too little.

    One line for each, so that a month does not fill the inbox.
    """
    due = today.replace(day=REPORTS_DUE_ON)
    missing = sum(
        1
        for one in lines
        if one.row.lead_membership_id == reader.membership_id
        and one.row.initiative_id in monthly
        and not one.bits & boards.PAUSED
        and boards.lacks_report(one.row, (today.replace(day=1) - timedelta(days=1)).isoformat()[:7])
    )
    found = [Waiting(What.TIME_REPORTS, NOBODY, "", str(missing), due)] if missing else []
    return [*found, Waiting(What.LITTLE_TIME, NOBODY, "", str(little))] if little else found


def of_requests(asked: Sequence[Asked], reader: Reader, today: date) -> list[Waiting]:
    """Follow-ups that are near, hand-overs to me or my team, and requests for more time that somebody else made."""
    answered = {str(one.content.get("answers")) for one in asked if one.content.get("answers")}
    waits = [one for one in asked if str(one.lineage) not in answered and not one.content.get("answers")]
    found = (_REQUESTS[one.kind](one, reader, today) for one in waits)
    return [one for one in found if one is not None]


def of_loose_ends(loose: Sequence[Loose], reader: Reader) -> list[Waiting]:
    """Promises to whoever led, or stands in for who did, and to everybody when nobody does; notes to who wrote them."""
    found = []
    for one in loose:
        lead = one.lead_membership_id
        if one.is_promise and lead is not None and lead not in reader.leads:
            continue
        behalf = reader.stands_in_for.get(lead, "") if one.is_promise and lead else ""
        what = What.PROMISE if one.is_promise else What.OWN_SYSTEM_NOTE
        found.append(Waiting(what, one.person_id, one.name, "", one.due_date, one.since_date, on_behalf_of=behalf))
    return found


def of_referrals(referred: Sequence[Referred], reader: Reader) -> list[Waiting]:
    """To whoever referred, or stands in for who did. What came from another authority, or was left, to each on the case."""
    found = []
    for one in referred:
        who = one.responsible
        if who is not None and who not in reader.leads:
            continue
        behalf = reader.stands_in_for.get(who, "") if who else ""
        due = referrals.due_date(one.received_on)
        found.append(Waiting(What.REFERRAL, one.person_id, one.name, "", due, one.received_on, on_behalf_of=behalf))
    return found


def of_sessions(changed: Sequence[Changed], day: Day, reader: Reader) -> list[Waiting]:
    """To whoever leads, or stands in for who does; to each of us on the case where nobody here leads."""
    return [
        Waiting(
            one.what, one.person_id, one.name, "", day_in_stockholm(one.starts_at), None, one.starts_at, _behalf(one, reader)
        )
        for one in changed
        if _is_told(one, day, reader)
    ]  # fmt: skip


def of_lost(lost: Sequence[Lost], day: Day, reader: Reader) -> list[Waiting]:
    """To the same: whose place or offer of one is gone, and who is to be told."""
    return [
        Waiting(
            one.what, one.person_id, one.name, one.activity, None, day_in_stockholm(one.happened_at), None,
            _behalf(one, reader),
        )
        for one in lost
        if _is_told(one, day, reader)
    ]  # fmt: skip


def _is_told(one: Changed | Lost, day: Day, reader: Reader) -> bool:
    lead = one.lead_membership_id
    return lead is None or one.lead_area_id != day.area_id or lead in reader.leads


def _behalf(one: Changed | Lost, reader: Reader) -> str:
    return reader.stands_in_for.get(one.lead_membership_id, "") if one.lead_membership_id else ""


def _follow_up(one: Asked, reader: Reader, today: date) -> Waiting | None:
    lead = one.lead_membership_id
    due = date.fromisoformat(one.content["due_date"])
    is_near = exits.follow_up_from(contents.read("follow_up", one.content)) <= today
    if one.content["state"] != "due" or not is_near or not (lead is None or lead in reader.leads):
        return None
    return Waiting(
        What.FOLLOW_UP,
        one.person_id,
        one.name,
        "",
        due,
        on_behalf_of=reader.stands_in_for.get(lead, "") if lead else "",
    )


def _handover(one: Asked, reader: Reader, today: date) -> Waiting | None:
    to = UUID(str(one.content["to"]))
    to_my_team = to in reader.team_ids and one.lead_membership_id != reader.membership_id
    if one.content["state"] != "asked" or not (to in reader.leads or to_my_team):
        return None
    behalf = reader.stands_in_for.get(to, "")
    return Waiting(What.HANDOVER, one.person_id, one.name, "", None, one.written_date, on_behalf_of=behalf)


def _prolongation(one: Asked, reader: Reader, today: date) -> Waiting | None:
    asked_by_me = one.author_membership_id == reader.membership_id
    if one.content["state"] != "asked" or asked_by_me or not reader.decides:
        return None
    return Waiting(What.PROLONGATION, one.person_id, one.name, "", None, one.written_date)


_REQUESTS = {"follow_up": _follow_up, "handover": _handover, "prolongation": _prolongation}
