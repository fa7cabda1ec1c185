"""What waits for those who steer: what shall be decided and when, minutes to adjust, decisions to carry out, late risks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import meetings, risks
from samkraft.initiatives.queries.undertakings import InitiativeRow
from samkraft.initiatives.rules.meetings import ABOUT_NAMES, MeetingState
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.web import days
from samkraft.web.governance import risks as risk_pages
from samkraft.web.governance.known import Known

MOST_RISKS = 3


@dataclass(frozen=True, slots=True)
class Ahead:
    """Everything that waits. `meeting` is the next of a body that decides, with its points."""

    meeting: dict[str, Any] | None
    points: tuple[dict[str, Any], ...]
    unminuted: tuple[dict[str, Any], ...]
    to_adjust: tuple[dict[str, Any], ...]
    to_carry_out: tuple[dict[str, Any], ...]
    overdue: tuple[dict[str, Any], ...]
    more_overdue: int
    risks_url: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits at all."""
        return not (self.meeting or self.unminuted or self.to_adjust or self.to_carry_out or self.overdue)


def of(by: Context, row: InitiativeRow, *, now: datetime, known: Known | None = None) -> Ahead | None:
    """What waits in an initiative; None for whoever does not see the steering."""
    if not may(by.role, Permission.SEE_STEERING):
        return None
    known = known or Known(row, now=now, today=day_in_stockholm(now))
    every = known.meetings
    coming = [one for one in reversed(every) if one.state is MeetingState.CALLED]
    first = next((one for one in coming if one.board.decides), coming[0] if coming else None)
    late = risks.overdue_among(known.risks)
    return Ahead(
        meeting=_meeting(row.code, first) if first else None,
        points=tuple(
            {"number": one.number, "title": one.title, "about": _(ABOUT_NAMES[one.about]), "proposal": one.proposal}
            for one in (meetings.agenda(first.id) if first else ())
        ),
        unminuted=tuple(_meeting(row.code, one) for one in every if one.state is MeetingState.HELD),
        to_adjust=tuple(_meeting(row.code, one) for one in every if one.state is MeetingState.MINUTED),
        to_carry_out=tuple(
            {"number": one.number, "title": one.title, "url": reverse("governance:decision", args=[row.code, one.id])}
            for one in known.resolutions
            if one.waits_for_change
        ),
        overdue=tuple(risk_pages.told(row.code, one) for one in late[:MOST_RISKS]),
        more_overdue=max(0, len(late) - MOST_RISKS),
        risks_url=reverse("governance:risks", args=[row.code]),
    )


def _meeting(code: str, one: meetings.MeetingRow) -> dict[str, Any]:
    return {
        "board": one.board.name,
        "decides": one.board.decides,
        "when": days.moment(one.starts_at),
        "url": reverse("governance:meeting", args=[code, one.id]),
    }
