"""How a person comes: referred by one body, asked for consent, enrolled in a team with a process lead."""

from datetime import date, timedelta
from random import Random
from typing import Any

from samkraft.operations.world.people import profiles
from samkraft.operations.world.people.casework import Casework
from samkraft.operations.world.people.deeds import (
    Assign,
    Begin,
    Deed,
    Enrol,
    Give,
    Name,
    Protect,
    PutTeam,
    Ref,
    Release,
    Write,
)
from samkraft.operations.world.people.parties import AF, INSURANCE
from samkraft.operations.world.people.setting import Actor
from samkraft.values.period import STOCKHOLM

STANDING = ("enrolment", "contact", "plan", "work", "education")
CONSENT_DAYS = 540  # the initiative's half year for most, and a year of following up
NOT_SAID_YET = 0.2
WHY_NOT = (("withdrawn", 35), ("not_eligible", 25), ("other_support", 30), ("moved", 10))
LANGUAGE_CODES = {
    "svenska": "sv", "arabiska": "ar", "somaliska": "so", "bosniska/kroatiska/serbiska": "bs", "persiska/dari": "fa",
    "albanska": "sq", "polska": "pl", "kurdiska": "ku", "turkiska": "tr", "tigrinja": "ti",
}  # fmt: skip


def refer(case: Casework) -> list[Deed]:
    """The referral in the sender's area. Returns the deeds of a second case, if the same person is taken for new."""
    profile, day = case.profile, case.course.referred_on
    sender = case.actor(profile.sender)
    case.deeds.append(Begin(case.at(day), sender, profile.number, profile.number_kind.value if profile.number else ""))
    case.write(day, profile.sender, "card", "card", card(case), of_enrolment=False)
    case.write(day, profile.sender, "referral", "referral", _referral(case, day), of_enrolment=False)
    if profile.is_protected:
        case.deeds.append(Protect(case.at(day), sender))
    return (
        _twin(case)
        if profile.is_doubled and profile.number and len({team.id for team in case.setting.teams}) > 1
        else []
    )


def card(case: Casework, **changes: Any) -> dict[str, Any]:
    """Name and how to reach the person, without what nobody has filled in."""
    profile = case.profile
    filled = {
        "given_name": profile.given_name,
        "family_name": profile.family_name,
        "sex": profile.sex.value,
        "birth_date": profile.born.isoformat() if profile.knows_birth_date else "",
        "language": profile.naming.language,
        "interpreter": profile.interpreter,
        "phone": profile.phone,
        "email": profile.email,
        "safe_contact": profile.safe_contact,
        "partner_participates": profile.partner_participates,
        **changes,
    }
    return {name: value for name, value in filled.items() if value != ""}


def enrol(case: Casework) -> None:
    """Consents as the person gives them, the team put on the case, and the enrolment with team, lead and first phase."""
    day, home = case.course.enrolled_on, case.home
    assert day is not None
    if case.profile.sender != home:
        _hand_on(case, day - timedelta(days=3))
    case.knowing[home] = day
    others = _who_may_know(case)
    case.knowing |= dict.fromkeys(others, day)
    _begin_enrolment(case, day)
    for area in others:
        give(case, day, home, area, STANDING)
        _name(case, day, home, area)
    core = case.core
    for area in core:
        if area != home:
            case.deeds.append(PutTeam(case.at(day), case.actor(home), case.team.id, area))
    for area in (one for one in case.knowing if one not in core and one != case.profile.sender):
        case.deeds.append(Assign(case.at(day), case.actor(home), case.actor(area)))
    for area in others:  # each area hands over its own part: a consent for each direction
        for other in (one for one in case.knowing if one != area):
            give(case, day, area, other, STANDING)


def turn_back(case: Casework, draw: Random) -> None:
    """Nobody goes on with the referral of who never begins; now and then nobody has said so yet."""
    if draw.random() < NOT_SAID_YET:
        return
    day = case.later_by(draw, case.course.referred_on, 6, 40)
    reason = draw.choices([one for one, _weight in WHY_NOT], [weight for _one, weight in WHY_NOT])[0]
    content = {"referral": Ref("referral"), "reason": reason, "ended_on": day.isoformat()}
    case.write(day, case.profile.sender, "referral_end", "referral_end", content, of_enrolment=False)


def give(case: Casework, day: date, from_area: str, to_area: str, categories: tuple[str, ...], **more: Any) -> str:
    """A consent for one pair, registered by the area that will hand over. Returns its name."""
    profile = case.profile
    name = f"consent:{from_area}:{to_area}:{categories[0]}"
    if name in case.given:
        return name
    case.given.add(name)
    represented = profile.has_representative
    case.deeds.append(
        Give(
            case.at(day), case.actor(from_area), name, to_area, categories,
            last_date=day + timedelta(days=CONSENT_DAYS),
            giver="God man" if represented else f"{profile.given_name} {profile.family_name}",
            how=case.draw.choices(("paper", "oral", "electronic"), (70, 25, 5))[0],
            language=LANGUAGE_CODES[profile.naming.language] if profile.interpreter else "sv",
            interpreter="Tolk på plats" if profile.interpreter else "",
            giver_ground="god_man" if represented else "self",
            giver_scope="Bevaka rätt och sörja för person, enligt beslut." if represented else "",
            **more,
        )
    )  # fmt: skip
    return name


def _referral(case: Casework, day: date) -> dict[str, Any]:
    profile = case.profile
    how = "own_application" if profile.own_application else "anvisning" if profile.sender == AF else "remittering"
    known = {
        "bistand": "yes" if profile.has_assistance else "no",
        "tolv_manader": "yes" if case.draw.random() < 0.7 else "no",
    }
    answers = {question: known.get(question, "yes") for question in case.setting.questions if case.draw.random() > 0.04}
    reason = case.way.own_application if profile.own_application else case.way.reasons[profile.sender]
    return {"how": how, "reason": reason, "start_check": answers, "received_on": day.isoformat()}


def _hand_on(case: Casework, day: date) -> None:
    """A sender outside the core lets the one that leads know, who goes on with the person."""
    day = max(day, case.course.referred_on)
    give(case, day, case.profile.sender, case.home, STANDING)
    sender = case.actor(case.profile.sender)
    _name(case, day, case.profile.sender, case.home)
    consent = give(case, day, case.profile.sender, case.home, ("referral",))
    case.deeds.append(Release(case.at(day), sender, "referral", consent, case.home))
    case.deeds.append(Assign(case.at(day), sender, case.actor(case.home)))


def _who_may_know(case: Casework) -> list[str]:
    """Those whom the person lets take part, beside the area that enrols and the sender."""
    profile, draw = case.profile, case.draw
    others = [area for area in case.way.core if area != case.home]
    if profile.consents == profiles.ALONE:
        return [profile.sender] if profile.sender != case.home else []
    if profile.consents == profiles.PARTLY:
        others = [draw.choice(others)]
    called = [INSURANCE] if profile.has_sick_pay else []
    if profile.consents == profiles.JOINT and not profile.is_protected:
        for area, share in case.way.called_in:
            called += [area] if area in case.team.called_in and draw.random() < share else []
    return others + [area for area in called if area in case.team.called_in]


def _begin_enrolment(case: Casework, day: date) -> None:
    home, lead = case.home, case.lead
    case.deeds.append(Enrol(case.at(day), case.actor(home), day))
    since = day.isoformat()
    for name, content in (
        ("enrolled", {"initiative_id": case.setting.initiative_id, "started_on": since, "wave": case.course.wave}),
        ("team", {"team_id": case.team.id, "team_name": case.team.name, "since": since}),
        ("phase", {"number": 1, "since": since}),
        ("lead", lead_content(lead, since)),
    ):
        case.write(day, home, name, name, content)
    case.deeds.append(PutTeam(case.at(day), case.actor(home), case.team.id, home))


def lead_content(lead: Actor, since: str) -> dict[str, Any]:
    """Who leads the person's process from a day on."""
    return {
        "membership_id": lead.membership_id, "name": lead.name, "role": lead.role, "area_id": lead.area_id,
        "since": since,
    }  # fmt: skip


def _name(case: Casework, day: date, from_area: str, to_area: str) -> None:
    """Somebody protected is seen by those on the named list only: each who comes on the case is put there first."""
    if case.profile.is_protected and to_area != case.profile.sender:
        case.deeds.append(Name(case.at(day), case.actor(from_area), case.actor(to_area)))


def _twin(case: Casework) -> list[Deed]:
    """Another body begins a case for the same number some weeks later, not knowing of the first."""
    area = next(one for one in reversed(case.way.core) if one != case.profile.sender)
    teams = case.setting.teams
    by = teams[(case.index + 1) % len(teams)].core[area]  # of another team: who is not on the case
    day = case.later(case.course.referred_on, 9, 60)
    at = [case.at(day) for _ in range(3)]
    spelled = case.profile.given_name.replace("h", "") if case.draw.random() < 0.3 else case.profile.given_name
    again = card(case, given_name=spelled or case.profile.given_name)
    return [
        Begin(at[0], by, case.profile.number, case.profile.number_kind.value),
        Write(at[1], by, "card", "card", again, of_enrolment=False),
        Write(
            at[2], by, "referral", "referral",
            {"how": "remittering", "reason": case.way.reasons[area], "received_on": at[0].astimezone(STOCKHOLM).date().isoformat()},
            of_enrolment=False,
        ),
    ]  # fmt: skip
