"""What somebody wants to try: another intake, more teams, other places. Everything else goes on as it is arranged."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from samkraft.analysis.queues.pathway import Scenario
from samkraft.knowledge.rules.forecasting.arranging import Arranged, TeamPlan, WavePlan
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import number, phrase

MOST_PEOPLE, MOST_TEAMS, MOST_PLACES, MOST_ACTIVITY = 20_000, 50, 500, 20_000
MOST_MORE = 200  # places more in one activity
FEWEST_PLACES = 1
ACTIVITY_PHASE = 2  # the phase whose activities are scarce

OUTSIDE = Reason(
    "change_outside", phrase("{what} ska vara mellan {least} och {most}."), phrase("Ändra talet och räkna igen.")
)
OVER = Reason(
    "change_of_what_is_over",
    phrase("{what} är över, så det går inte att ändra."),
    phrase("Ändra ett intag som inte är slut."),
)
NO_SUCH_INTAKE = Reason(
    "change_of_unknown_intake", phrase("Det finns inget intag med numret {number}."), phrase("Ladda om sidan.")
)
FROM_NEEDED = Reason(
    "change_without_day",
    phrase("Nya team behöver en dag då de öppnar."),
    phrase("Skriv dagen, eller sätt antalet nya team till noll."),
)
OPENS_OUTSIDE = Reason(
    "change_opens_outside",
    phrase("Nya team kan inte öppna {day}: de ska öppna mellan {least} och {most}."),
    phrase("Ändra dagen."),
)
CLOSES_FIRST = Reason(
    "change_closes_first",
    phrase("Teamen skulle stänga {day}, innan de har öppnat eller innan prognosen börjar ({least})."),
    phrase("Välj en senare dag."),
)
NONE_CLOSES = Reason(
    "change_closes_nothing",
    phrase("Inget team stänger före insatsens slut, så det finns ingen stängning att flytta."),
    phrase("Lämna dagen tom."),
)
NO_ACTIVITIES = Reason(
    "change_without_activities",
    phrase("Insatsen har inte så många faser att platser i aktiviteter går att begränsa."),
    phrase("Lämna fältet tomt."),
)
NO_SUCH_ACTIVITY = Reason(
    "change_of_unknown_activity", phrase("Det finns ingen aktivitet med koden {code}."), phrase("Ladda om sidan.")
)
PLACES_OUTSIDE = Reason(
    "change_places_outside",
    phrase("Fler platser kan inte finnas från {day}: det ska vara mellan {least} och {most}."),
    phrase("Ändra dagen."),
)
NOBODY = Reason(
    "change_leaves_nobody",
    phrase("Ingen är inskriven och ingen ska börja, så det finns ingenting att räkna på."),
    phrase("Låt minst ett intag ha deltagare."),
)
NOT_A_CHANGE = Reason(
    "change_of_nothing",
    phrase("Ingenting är ändrat mot hur det är arrangerat."),
    phrase("Ändra minst ett tal, eller gör en prognos utan ändringar."),
)
UNREADABLE = Reason("change_unreadable", phrase("Ändringen går inte att läsa: {what}."))


@dataclass(frozen=True, slots=True)
class Changes:
    """intakes: intake → planned instead. places: in each team, from now on. closing: when those who close early close.

    activity_places: how many may take part at once in the activities of phase two; None: no limit beside today's.
    activities: activity → so many more places at the same time, from `activities_from` (None: from now on).
    """

    intakes: tuple[tuple[int, int], ...] = ()
    places: int | None = None
    more_teams: int = 0
    more_from: date | None = None
    closing: date | None = None
    activity_places: int | None = None
    activities: tuple[tuple[str, int], ...] = ()
    activities_from: date | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is changed."""
        return self == Changes()

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "intakes": [list(pair) for pair in self.intakes], "places": self.places, "more_teams": self.more_teams,
            "more_from": self.more_from.isoformat() if self.more_from else None,
            "closing": self.closing.isoformat() if self.closing else None, "activity_places": self.activity_places,
            "activities": [list(pair) for pair in self.activities],
            "activities_from": self.activities_from.isoformat() if self.activities_from else None,
        }  # fmt: skip


def of_json(data: Mapping[str, Any]) -> Changes:
    """As it was kept. Raises Refused for what was never kept so."""
    try:
        return Changes(
            tuple((int(one), int(many)) for one, many in data.get("intakes", ())), data.get("places"),
            int(data.get("more_teams") or 0), _day(data.get("more_from")), _day(data.get("closing")),
            data.get("activity_places"),
            tuple((str(one), int(many)) for one, many in data.get("activities", ())), _day(data.get("activities_from")),
        )  # fmt: skip
    except (TypeError, ValueError) as fault:
        raise Refused(UNREADABLE, what=str(fault)) from None


def check(changes: Changes, arranged: Arranged, now: date) -> Changes:
    """The changes without what is as it was. Raises Refused for what cannot be, before anything is kept."""
    waves = {wave.number: wave for wave in arranged.waves}
    kept = []
    for one, many in changes.intakes:
        if one not in waves:
            raise Refused(NO_SUCH_INTAKE, number=one)
        _within(waves[one].name, many, 0, MOST_PEOPLE)
        if many == waves[one].planned:
            continue
        if waves[one].ends <= now:
            raise Refused(OVER, what=waves[one].name)
        kept.append((one, many))
    if changes.places is not None:
        _within(phrase("Platser i varje team"), changes.places, FEWEST_PLACES, MOST_PLACES)
    _within(phrase("Nya team"), changes.more_teams, 0, MOST_TEAMS)
    if changes.activity_places is not None:
        if len(arranged.phases) < ACTIVITY_PHASE:
            raise Refused(NO_ACTIVITIES)
        _within(phrase("Platser i aktiviteter"), changes.activity_places, 1, MOST_ACTIVITY)
    more = _more(changes, arranged, now)
    _days(changes, arranged, now)
    return replace(
        changes, intakes=tuple(sorted(kept)), places=None if _same_places(changes, arranged) else changes.places,
        more_from=changes.more_from if changes.more_teams else None, activities=more,
        activities_from=changes.activities_from if more else None,
    )  # fmt: skip


def applied(changes: Changes, arranged: Arranged) -> Arranged:
    """The initiative as it would be arranged. The teams that are there keep their order; new ones come last."""
    planned = dict(changes.intakes)
    waves = tuple(replace(wave, planned=planned.get(wave.number, wave.planned)) for wave in arranged.waves)
    teams = [
        replace(
            team, places=changes.places or team.places,
            closes=changes.closing if changes.closing and closes_early(team, arranged) else team.closes,
        )
        for team in arranged.teams
    ]  # fmt: skip
    last = max(team.number for team in teams)
    size = changes.places or max(team.places for team in arranged.teams)
    teams += [
        TeamPlan(last + n, "", size, changes.more_from or arranged.begins, None)
        for n in range(1, changes.more_teams + 1)
    ]
    return replace(arranged, waves=waves, teams=tuple(teams))


def limited(changes: Changes, made: Scenario) -> Scenario:
    """The scenario with the places of scarce activities."""
    if changes.activity_places is None:
        return made
    place = ACTIVITY_PHASE - 1
    activities = list(made.activities)
    activities[place] = replace(activities[place], places=changes.activity_places)
    return replace(made, activities=tuple(activities))


def closes_early(team: TeamPlan, arranged: Arranged) -> bool:
    """Whether the team closes before the initiative ends."""
    return team.closes is not None and team.closes < arranged.ends


def parts(changes: Changes, arranged: Arranged) -> list[tuple[str, dict[str, Any]]]:
    """Each change as a part of a sentence with its fields, against how it is arranged."""
    said: list[tuple[str, dict[str, Any]]] = []
    waves: dict[int, WavePlan] = {wave.number: wave for wave in arranged.waves}
    for one, many in changes.intakes:
        if one in waves:
            fields = {"name": waves[one].name, "now": many, "before": waves[one].planned}
            said.append((phrase("{name}: {now} planerade i stället för {before}"), fields))
    if changes.more_teams:
        said.append((phrase("{teams} nya team från {day}"), {"teams": changes.more_teams, "day": changes.more_from}))
    if changes.places is not None:
        said.append((phrase("{places} platser i varje team"), {"places": changes.places}))
    if changes.closing is not None:
        said.append((phrase("team som stänger tidigt stänger {day}"), {"day": changes.closing}))
    if changes.activity_places is not None:
        fields = {"places": changes.activity_places}
        said.append((phrase("högst {places} samtidigt i fas 2:s aktiviteter"), fields))
    names = {one.code: one.name for one in arranged.activities}
    for code, many in changes.activities:
        told: dict[str, Any] = {"places": many, "name": names.get(code, code), "day": changes.activities_from}
        if changes.activities_from is None:
            said.append((phrase("{places} fler samtidiga platser i {name}"), told))
        else:
            said.append((phrase("{places} fler samtidiga platser i {name} från {day}"), told))
    return said


def _more(changes: Changes, arranged: Arranged, now: date) -> tuple[tuple[str, int], ...]:
    names = {one.code: one.name for one in arranged.activities}
    for code, many in changes.activities:
        if code not in names:
            raise Refused(NO_SUCH_ACTIVITY, code=code)
        _within(names[code], many, 0, MOST_MORE)
    day = changes.activities_from
    if day is not None and not now <= day < arranged.ends:
        raise Refused(PLACES_OUTSIDE, day=day, least=now, most=arranged.last_day)
    return tuple(sorted((code, many) for code, many in changes.activities if many))


def _days(changes: Changes, arranged: Arranged, now: date) -> None:
    if changes.more_teams:
        if changes.more_from is None:
            raise Refused(FROM_NEEDED)
        if not now <= changes.more_from < arranged.ends:
            raise Refused(OPENS_OUTSIDE, day=changes.more_from, least=now, most=arranged.last_day)
    if changes.closing is not None:
        closing = [team for team in arranged.teams if closes_early(team, arranged)]
        if not closing:
            raise Refused(NONE_CLOSES)
        if changes.closing <= max([now, *(team.opens for team in closing)]):
            raise Refused(CLOSES_FIRST, day=changes.closing, least=now)


def _same_places(changes: Changes, arranged: Arranged) -> bool:
    return changes.places is None or all(team.places == changes.places for team in arranged.teams)


def _within(what: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise Refused(OUTSIDE, what=what, least=number(least), most=number(most))


def _day(text: str | None) -> date | None:
    if text is None or text == "":
        return None
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)
