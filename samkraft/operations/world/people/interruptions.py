"""What does not go as planned: consents taken back, pauses, more time, hand-overs, notes for the own systems."""

from datetime import timedelta
from random import Random

from samkraft.operations.world.people import beginnings, texts
from samkraft.operations.world.people.casework import Casework
from samkraft.operations.world.people.deeds import Assign, Ref, Withdraw, Write
from samkraft.operations.world.people.setting import Actor
from samkraft.partners.rules.roles import Role
from samkraft.people.rules import details
from samkraft.people.rules.categories import WRITES
from samkraft.people.rules.contents.choices import PauseReason
from samkraft.people.rules.handovers import DAYS_TO_ANSWER

PAUSED = 0.05
PROLONGED = 0.5  # of those who are in the counting phases longer than the limit
HANDED_OVER = 0.03
WENT_ROUND = 0.06  # handed over, of the others; and handed back, of all who were handed over
HANDED_BACK = 0.8


def interrupt(case: Casework) -> None:
    """Each of them, by chance."""
    _withdraw(case)
    _pause(case)
    _prolong(case)
    _hand_over(case, case.draw, HANDED_OVER)
    _note_for_own_systems(case)


def _withdraw(case: Casework) -> None:
    """The person takes back what one body may tell another: nothing new goes that way from then on."""
    start = case.course.enrolled_on
    assert start is not None
    others = [area for area in case.core if area != case.home]
    if not case.profile.withdraws or not others:
        return
    day = case.later(start, 30, 140)
    if case.is_over(day):
        return
    other = case.draw.choice(others)
    for from_area, to_area in ((case.home, other), (other, case.home)):
        name = f"consent:{from_area}:{to_area}:{beginnings.STANDING[0]}"
        case.deeds.append(Withdraw(case.at(day), case.actor(from_area), name))


def _pause(case: Casework) -> None:
    start, draw, lead = case.course.enrolled_on, case.draw, case.lead
    assert start is not None
    if draw.random() > PAUSED:
        return
    day = case.later(start, 25, 120)
    until = case.later(day, 14, 60)
    if case.is_over(until):
        return
    content = {"from_date": day.isoformat(), "reason_kind": draw.choice(_reasons(lead)).value}
    case.write(day, lead.area, "pause", "pause", content, by=lead)
    case.write(until, lead.area, "pause", "pause", {**content, "until": until.isoformat()}, by=lead)


def _reasons(lead: Actor) -> list[PauseReason]:
    """Those that the lead may write down: what reveals health is written by who writes of health."""
    writes = WRITES[Role(lead.role)]
    return [reason for reason, category in details.OF_A_PAUSE.items() if category is None or category in writes]


def _prolong(case: Casework) -> None:
    """Asked for by the lead, decided by a colleague, when the limit comes close."""
    start, limit, draw = case.course.enrolled_on, case.setting.limit_days, case.draw
    assert start is not None
    third = case.course.phases[1] if len(case.course.phases) > 1 else case.course.exit_on
    if limit is None or (third - start).days <= limit or draw.random() > PROLONGED:
        return
    lead = case.lead
    asked = case.later(start + timedelta(days=limit - 24), 0, 12)
    if case.is_over(asked):
        return
    others = [case.team.core[area] for area in case.core if area != lead.area]
    until = (start + timedelta(days=limit + draw.choice((30, 60, 90)))).isoformat()
    content = {"until": until, "state": "asked", "asked_by": lead.membership_id, "reason": texts.PROLONGING}
    case.write(asked, lead.area, "prolongation", "prolongation", content, by=lead)
    decided = case.later(asked, 2, 14)
    if others and not case.is_over(decided):
        state = "granted" if draw.random() < 0.9 else "refused"
        # A colleague of another area decides, and writes the answer there.
        answer = {**content, "state": state, "decided_by": others[0].membership_id, "answers": Ref("prolongation")}
        case.write(decided, others[0].area, "prolongation:answer", "prolongation", answer)


def _hand_over(case: Casework, draw: Random, share: float) -> None:
    """Another of the team goes on as process lead."""
    start, lead = case.course.enrolled_on, case.lead
    assert start is not None
    others = [case.team.core[area] for area in case.core if area != lead.area]
    if not others or draw.random() > share:
        return
    asked = case.later_by(draw, start, 40, 120)
    accepted = case.later_by(draw, asked, 2, 9)
    if case.is_over(accepted):
        return
    to = others[0]
    content = {
        "from": lead.membership_id, "to": to.membership_id, "state": "asked", "reason": texts.HANDING_OVER,
        "overlap_until": (accepted + timedelta(days=14)).isoformat(),
    }  # fmt: skip
    case.write(asked, lead.area, "handover", "handover", content, by=lead)
    at = case.at(asked)
    case.deeds.append(Assign(at, lead, to, "handover", at + timedelta(days=DAYS_TO_ANSWER)))
    answer = {**content, "state": "accepted", "answers": Ref("handover")}
    case.write(accepted, to.area, "handover:answer", "handover", answer)
    case.deeds.append(Assign(case.at(accepted), to, to, "handover"))
    case.write(accepted, to.area, "lead:2", "lead", beginnings.lead_content(to, accepted.isoformat()))


def go_round(case: Casework, draw: Random) -> None:
    """Some are handed over to another body and come back to the one that led before."""
    if case.profile.withdraws or case.profile.is_protected:
        return
    if _handed_over(case) is None:
        _hand_over(case, draw, WENT_ROUND)
    taken, lead = _handed_over(case), case.lead
    if taken is None or draw.random() > HANDED_BACK:
        return
    to = taken.by
    asked = case.later_by(draw, taken.at.date(), 16, 45)
    accepted = case.later_by(draw, asked, 2, 9)
    if case.is_over(accepted):
        return
    content = {
        "from": to.membership_id, "to": lead.membership_id, "state": "asked", "reason": texts.HANDING_BACK,
        "overlap_until": (accepted + timedelta(days=14)).isoformat(),
    }  # fmt: skip
    case.write(asked, to.area, "handover:back", "handover", content, by=to)
    at = case.at(asked)
    case.deeds.append(Assign(at, to, lead, "handover", at + timedelta(days=DAYS_TO_ANSWER)))
    answer = {**content, "state": "accepted", "answers": Ref("handover:back")}
    case.write(accepted, lead.area, "handover:back:answer", "handover", answer, by=lead)
    case.deeds.append(Assign(case.at(accepted), lead, lead, "handover"))
    case.write(accepted, lead.area, "lead:3", "lead", beginnings.lead_content(lead, accepted.isoformat()), by=lead)


def _handed_over(case: Casework) -> Write | None:
    return next((one for one in case.deeds if isinstance(one, Write) and one.name == "handover:answer"), None)


def _note_for_own_systems(case: Casework) -> None:
    start, draw = case.course.enrolled_on, case.draw
    assert start is not None
    for area in case.core:
        day = case.later(start, 30, 70)
        if draw.random() > 0.5 or case.is_over(day):
            continue
        system, text = case.way.own_notes[area]
        content = {"system": system, "text": text}
        case.write(day, area, f"note:{area}", "own_system_note", content)
        entered = case.later(day, 0, 9)
        if draw.random() < 0.97 and not case.is_over(entered):  # what is not of today is entered nearly always
            done = {**content, "entered_at": entered.isoformat(), "entered_by": case.actor(area).name}
            case.write(entered, area, f"note:{area}", "own_system_note", done)
