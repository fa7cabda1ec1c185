"""What a board pack is made of, from the last snapshot."""

from datetime import date
from uuid import UUID

from samkraft.initiatives.queries import duties
from samkraft.initiatives.rules.duties import DutyState
from samkraft.knowledge.queries import forecasts, scorecards
from samkraft.knowledge.rules import board_pack
from samkraft.knowledge.rules.board_pack import Basis
from samkraft.knowledge.rules.documents.parts import Document
from samkraft.knowledge.rules.forecasting.telling import Landing
from samkraft.partners.queries import areas

MOST_DUTIES = 5


def document(initiative_id: UUID, *, today: date) -> Document | None:
    """The pack; None while the initiative has no snapshot."""
    card = scorecards.scorecard(initiative_id)
    if card.snapshot is None:
        return None
    found = forecasts.latest(initiative_id)
    open_duties = [
        (one.title, one.body_name, one.due_date)
        for one in duties.of_initiative(initiative_id=initiative_id, today=today)
        if one.state is not DutyState.DONE
    ]
    return board_pack.compose(
        Basis(
            initiative=card.initiative.name,
            owner=card.initiative.owner_name,
            day=card.snapshot.day,
            before=card.before.day if card.before else None,
            digest=card.snapshot.digest,
            lines=card.lines,
            others=card.others,
            told=card.told,
            names={str(key): label.name for key, label in areas.labels().items()},
            landing=Landing(found.known, found.number, found.digest, found.result) if found else None,
            duties=tuple(sorted(open_duties, key=lambda one: (one[2], one[0])))[:MOST_DUTIES],
        )
    )
