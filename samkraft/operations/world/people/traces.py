"""What each deed leaves in the trail: the same events as the actions record, with ids and kinds and never a word.

A test plays lives through the actions and compares event by event.
"""

import json
from datetime import datetime
from random import Random
from typing import Any

from samkraft.operations.world.people.deeds import Write
from samkraft.operations.world.people.setting import Actor
from samkraft.operations.world.people.tables import TRAIL, Rows, told
from samkraft.partners.rules.roles import ROLES

PERSON = "people.person"
PURPOSES = {role.value: facts.purpose for role, facts in ROLES.items()}

# The action by what is written; those below depend on whether it is the first version, or on what was said.
_ALWAYS = {
    "card": "card.written", "referral": "referral.made", "referral_end": "referral.ended", "enrolled": "enrolment.begun", "team": "team.chosen",
    "lead": "lead.chosen", "phase": "phase.begun", "minutes": "meeting.minutes_written",
    "contact_made": "contact.noted", "time_report": "time_report.recorded", "time_attest": "time_report.attested",
    "progression": "progression.noted", "progression_health": "progression.noted", "sus_sheet": "sus.written", "assessment_item": "assessment.item_added",
    "conclusion": "assessment.concluded", "dissent": "assessment.dissented", "correction": "assessment.corrected",
    "education_level": "education.noted", "plan_version": "plan.fixed", "agreement": "plan.agreed",
}  # fmt: skip
_FIRST_AND_LATER = {
    "need": ("plan.need_added", "plan.need_changed"),
    "goal": ("plan.goal_added", "plan.goal_changed"),
    "step": ("plan.step_added", "plan.step_changed"),
    "pause": ("pause.begun", "pause.ended"),
    "own_system_note": ("own_note.written", "own_note.entered"),
}
_BY_STATE = {"meeting": "meeting", "prolongation": "prolongation", "handover": "handover"}


def action_of(deed: Write, content: dict[str, Any], version: int) -> str:
    """The action that writes such a thing, as the trail names it."""
    kind = deed.kind
    if kind in _ALWAYS:
        return _ALWAYS[kind]
    if kind in _FIRST_AND_LATER:
        return _FIRST_AND_LATER[kind][version > 1]
    if kind in _BY_STATE:
        return f"{_BY_STATE[kind]}.{content['state']}"
    if kind == "study_plan":
        if content["state"] == "ended":
            return "study_plan.ended"
        return "study_plan.made" if version == 1 else "study_plan.changed"
    if kind == "message":
        return (
            "message.answered" if deed.name.endswith(":answer") else ("message.written", "message.closed")[version > 1]
        )
    if kind == "follow_up":
        return "follow_up.planned" if content["state"] == "due" else "follow_up.answered"
    if kind == "exit":
        return "exit.made" if version == 1 else ("exit.back_in_place", "exit.promise_kept")[content["promise_kept"]]
    raise LookupError(kind)


class Traces:
    """One person's events, added to the rows."""

    def __init__(self, rows: Rows, draw: Random, person_id: str) -> None:
        self._rows, self._draw, self._person_id = rows, draw, person_id

    def leave(self, at: datetime, by: Actor, action: str, **content: Any) -> None:
        """One event. When it was recorded, and in which transaction, the database says."""
        bits = f"{self._draw.getrandbits(256):064x}"
        self._rows.add(
            TRAIL, f"{bits[:8]}-{bits[8:12]}-4{bits[13:16]}-a{bits[17:20]}-{bits[20:32]}", at.isoformat(), by.user_id,
            told(by.name), by.membership_id, by.role, by.area_id, told(PURPOSES[by.role]), action, PERSON,
            self._person_id, "", bits[32:],
            told(json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)),
        )  # fmt: skip
