"""Who opens the person's pages, and when: before one writes there, and before one meets. How often is a guess.

Only those who are on the case by then, and only about what they have at hand: nobody looks out of curiosity here.
"""

from datetime import datetime, timedelta

from samkraft.operations.world.people.casework import Casework
from samkraft.operations.world.people.deeds import Assign, Begin, Deed, Give, Look, PutTeam, Release, Withdraw, Write
from samkraft.operations.world.people.setting import Actor

PREPARES = 0.6  # of the team, before a meeting
LOOKS_AGAIN = 0.35  # of the days on which somebody has written: to see that it became right
_PAGES = {
    "assessment_item": "assessment", "conclusion": "assessment", "dissent": "assessment", "correction": "assessment",
    "meeting": "meetings", "minutes": "meetings", "contact_made": "contact", "message": "contact", "card": "contact",
    "phase": "journey", "pause": "journey", "prolongation": "journey", "handover": "journey", "exit": "journey",
    "follow_up": "journey", "time_report": "journey",
}  # fmt: skip


def look(case: Casework) -> None:
    """Add the readings to the deeds that are there already."""
    on_case = _on_case(case)
    found: list[Look] = []
    seen: set[tuple[str, str]] = set()
    for deed in sorted(case.deeds, key=lambda one: one.at):
        mark = (deed.by.membership_id, deed.at.date().isoformat())
        if mark not in seen:
            seen.add(mark)
            found.append(Look(deed.at - timedelta(minutes=case.draw.randint(2, 9)), deed.by, _page(deed)))
            if case.draw.random() < LOOKS_AGAIN:
                found.append(Look(deed.at + timedelta(minutes=case.draw.randint(10, 90)), deed.by, "plan"))
        if isinstance(deed, Write) and deed.kind == "meeting" and deed.content["state"] == "held":
            found += _prepare(case, deed.at)
    case.deeds += [one for one in found if (since := on_case.get(one.by.membership_id)) and since < one.at]


def _prepare(case: Casework, held_at: datetime) -> list[Look]:
    morning = held_at - timedelta(minutes=75)
    return [
        Look(morning - timedelta(minutes=case.draw.randint(5, 45)), actor, "plan")
        for area, actor in case.team.core.items()
        if area in case.knowing and case.draw.random() < PREPARES
    ]


def _on_case(case: Casework) -> dict[str, datetime]:
    """From when each member of staff has been on the case."""
    since: dict[str, datetime] = {}
    for deed in sorted(case.deeds, key=lambda one: one.at):
        for actor in _let_in(case, deed):
            since.setdefault(actor.membership_id, deed.at)
    return since


def _let_in(case: Casework, deed: Deed) -> tuple[Actor, ...]:
    if isinstance(deed, Begin):
        return (deed.by,)
    if isinstance(deed, Assign):
        return (deed.whom,)
    if isinstance(deed, PutTeam):
        return (case.team.core[deed.area],)
    return ()


def _page(deed: Deed) -> str:
    if isinstance(deed, Write):
        return _PAGES.get(deed.kind, "plan")
    if isinstance(deed, Give | Withdraw):
        return "consents"
    return "disclosure" if isinstance(deed, Release) else "plan"
