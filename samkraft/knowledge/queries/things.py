"""The rows behind what is set up and made in an initiative: open to everybody who sees the figures."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from samkraft.initiatives.queries import deliveries, handbooks, spreads, team_staff
from samkraft.knowledge.rules import things
from samkraft.knowledge.rules.groups import Dimension, Frame
from samkraft.knowledge.rules.indicators import BY_CODE
from samkraft.knowledge.rules.things import DELIVERIES, SPREAD, TEAMS, VERSIONS, Figures, TeamHeld, Thing


def rows(initiative_id: UUID, code: str, *, until: date) -> list[Thing]:
    """What an indicator counts and is held against, as it was known at the end of a day. Raises KeyError for others."""
    return _ROWS[code](initiative_id, until)


def told(initiative_id: UUID, frame: Frame, until: date) -> dict[str, Figures]:
    """Indicator → dimension → group → figure, for everything that is not about people."""
    found, sitting = _held(initiative_id), team_staff.sitting(initiative_id)
    return {TEAMS: things.teams(frame, found, sitting, until)} | {
        code: things.figures(
            frame, rows(initiative_id, code, until=until), until, splits=splits(code), has_whole=code == DELIVERIES
        )
        for code in (DELIVERIES, VERSIONS, SPREAD)
    }


def splits(code: str) -> tuple[Dimension, ...]:
    """How an indicator of things is split."""
    return tuple(Dimension(one) for one in BY_CODE[code].splits)


def _held(initiative_id: UUID) -> Sequence[TeamHeld]:
    return [TeamHeld(str(one.number), one.name, one.period, one.held) for one in team_staff.teams(initiative_id)]


def _teams(initiative_id: UUID, until: date) -> list[Thing]:
    return things.team_rows(_held(initiative_id), team_staff.sitting(initiative_id), until)


def _deliveries(initiative_id: UUID, until: date) -> list[Thing]:
    """Those that have come, and those that should have."""
    return [
        Thing(str(one.duty_id), one.title, one.body_id, one.due_date, one.done_date is not None)
        for one in deliveries.of_initiative(initiative_id, until=until)
        if one.done_date is not None or one.due_date <= until
    ]


def _versions(initiative_id: UUID, until: date) -> list[Thing]:
    return [
        Thing(one.number, one.number, None, one.decided_date, True)
        for one in handbooks.put_in_force(initiative_id, until=until)
    ]


def _spread(initiative_id: UUID, until: date) -> list[Thing]:
    return things.first_of_each(
        (str(one.id), one.receiver_name, one.receiver_id, one.on_date)
        for one in spreads.of_initiative(initiative_id, until=until)
    )


_ROWS: dict[str, Callable[[UUID, date], list[Thing]]] = {
    TEAMS: _teams, DELIVERIES: _deliveries, VERSIONS: _versions, SPREAD: _spread,
}  # fmt: skip
