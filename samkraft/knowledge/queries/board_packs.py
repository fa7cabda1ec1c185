"""What a board pack is made of, from the last snapshot."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils import timezone

from samkraft.initiatives.queries import duties, meetings, risks
from samkraft.initiatives.rules.duties import DutyState
from samkraft.initiatives.rules.risks import WEIGHT_NAMES, RiskState, Weight
from samkraft.knowledge.queries import forecasts, scorecards
from samkraft.knowledge.queries.scorecards import Scorecard
from samkraft.knowledge.rules import board_pack
from samkraft.knowledge.rules.board_pack import Basis
from samkraft.knowledge.rules.board_pack_steering import Agenda, RiskLine
from samkraft.knowledge.rules.documents.parts import Document
from samkraft.knowledge.rules.forecasting.telling import Landing
from samkraft.partners.queries import areas
from samkraft.values.period import day_in_stockholm

MOST_DUTIES = 5


def document(initiative_id: UUID, *, today: date, run: int | None = None) -> Document | None:
    """The pack; None while the initiative has no snapshot. `run`: of an earlier snapshot, by its figures alone."""
    card = scorecards.scorecard(initiative_id, run=run)
    if card.snapshot is None:
        return None
    if run is not None:
        return board_pack.compose(_basis(card))
    found = forecasts.latest(initiative_id)
    open_duties = [
        (one.title, one.body_name, one.due_date)
        for one in duties.of_initiative(initiative_id=initiative_id, today=today)
        if one.state is not DutyState.DONE
    ]
    return board_pack.compose(
        replace(
            _basis(card),
            landing=Landing(found.known, found.number, found.digest, found.result) if found else None,
            duties=tuple(sorted(open_duties, key=lambda one: (one[2], one[0])))[:MOST_DUTIES],
            agenda=_agenda(initiative_id),
            risks=_risks(initiative_id, today),
        )
    )


def _basis(card: Scorecard) -> Basis:
    assert card.snapshot is not None
    return Basis(
        initiative=card.initiative.name,
        owner=card.initiative.owner_name,
        day=card.snapshot.day,
        before=card.before.day if card.before else None,
        digest=card.snapshot.digest,
        lines=card.lines,
        others=card.others,
        told=card.told,
        names={str(key): label.name for key, label in areas.labels().items()},
        landing=None,
        duties=(),
    )


def _agenda(initiative_id: UUID) -> Agenda | None:
    """Of the next meeting of a body that decides."""
    now = timezone.now()
    coming = next((one for one in meetings.coming(initiative_id, now=now) if one.board.decides), None)
    page = meetings.one(coming.id, now=now) if coming else None
    if page is None:
        return None
    points = tuple((one.number, one.title, one.proposal) for one in page.points)
    return Agenda(page.row.board.name, day_in_stockholm(page.row.starts_at), points)


def _risks(initiative_id: UUID, today: date) -> tuple[RiskLine, ...]:
    """Open risks that are heavy, or whose review is late; the heaviest first."""
    return tuple(
        RiskLine(one.number, one.text, WEIGHT_NAMES[one.now.weight], one.now.owner_name, one.now.measure, one.days_over)
        for one in risks.listed(initiative_id, today=today)
        if one.now.state is RiskState.OPEN and (one.is_overdue or one.now.weight is Weight.HIGH)
    )
