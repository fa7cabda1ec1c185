"""Note answers about progression, and what SUS asks for. Each in its own category; nothing goes beside it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand
from samkraft.people.rules.held import latest
from samkraft.people.rules.months import progression as rules
from samkraft.people.rules.months.progression import Sign
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


def note(
    *,
    by: Context,
    person_id: UUID,
    occasion: str,
    on: date,
    answers: Mapping[str, int],
    voice: str = rules.STAFF,
    at: datetime | None = None,
) -> list[UUID]:
    """Note the answers of one voice on one day, the one about health apart. Returns what was written.

    Raises Refused when nothing is answered, for a sign that the voice is not asked, or a day before the enrolment.
    """
    access.require(by, Permission.ASSESS)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        if case.started_on is None:
            raise Refused(at_hand.NOT_TAKING_PART)
        if not answers:
            raise Refused(rules.NOTHING_SAID)
        if set(answers) - {sign.value for sign in rules.ASKED.get(voice, ())}:
            raise Refused(rules.NOT_FOR_VOICE)
        if on < case.started_on:
            raise Refused(rules.BEFORE_START, start=case.started_on.isoformat())
        said = {"occasion": occasion, "on": on.isoformat()}
        health = {key: value for key, value in answers.items() if key == Sign.HEALTH}
        rest = {key: value for key, value in answers.items() if key != Sign.HEALTH}
        written = []
        for kind, part in (("progression", rest), ("progression_health", health)):
            if part:
                content = {**said, **part}
                written.append(at_hand.write_within(case, "progression.noted", kind, content, voice=voice).lineage)
        return written


def write_sus(*, by: Context, person_id: UUID, sheet: Mapping[str, Any], at: datetime | None = None) -> UUID:
    """Write what SUS asks for in one direction; again, it replaces what the own area wrote for that direction."""
    access.require(by, Permission.ASSESS)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        if case.started_on is None:
            raise Refused(at_hand.NOT_TAKING_PART)
        own = [
            held
            for held in latest(case.held, "sus_sheet")
            if held.author_area_id == by.area_id and held.content.get("direction") == sheet.get("direction")
        ]
        known = own[-1] if own else None
        return at_hand.write_within(
            case, "sus.written", "sus_sheet", sheet,
            lineage=known.lineage if known else None, based_on=known.version if known else None,
        ).lineage  # fmt: skip
