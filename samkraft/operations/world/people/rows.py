"""Carries an invented life out as rows: the same rows as the actions and the database's functions would have made.

What they do beside what is asked follows here too: a standing category is handed over as it is written, a new consent
hands over what already stands, and the second case of the same number is noted as a match. A test plays lives through
the actions and compares.
"""

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from samkraft.operations.world.people import deeds, holding, lives, tidy, traces
from samkraft.operations.world.people.deeds import Life, Ref
from samkraft.operations.world.people.holding import Detail, Original, Scope
from samkraft.operations.world.people.setting import Setting
from samkraft.operations.world.people.tables import NOTHING, Rows, since, told
from samkraft.people.rules import details, plan_versions, plans
from samkraft.people.rules.categories import CATEGORIES, Release
from samkraft.people.rules.consents import TEXT_VERSION
from samkraft.people.rules.held import Held
from samkraft.values.period import STOCKHOLM

STANDING = frozenset(
    category.value for category, described in CATEGORIES.items() if described.release is Release.STANDING
)
PLAN_KINDS = ("need", "goal", "step")


class Carrier:
    """One person's rows while they come about."""

    def __init__(self, setting: Setting, rows: Rows, draw: Random) -> None:
        self._setting, self._rows, self._draw = setting, rows, draw
        self.person = self.new_id()
        self._trail = traces.Traces(rows, draw, self.person)
        self._enrolment: list[str] = []  # its cells; the period is known last
        self._lineages: dict[str, str] = {}
        self._newest: dict[str, Original] = {}
        self._scopes: dict[str, list[Scope]] = {}
        self._teams: set[tuple[str, str]] = set()
        self._held: dict[str, dict[str, Held]] = {}  # what each area holds of the plan
        self._details: dict[tuple[str, str], list[Detail]] = {}
        self._given: dict[tuple[str, str], int] = {}  # how many versions of a thing an area has been given
        self._digests: dict[tuple[str, int], str] = {}

    def new_id(self) -> str:
        """A key like those made one by one (UUID version 4), the same each time for the same life."""
        digits = f"{self._draw.getrandbits(128):032x}"
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"

    def carry_out(self, done: list[deeds.Deed]) -> None:
        """Every deed in order, then what is only known at the end."""
        for deed in done:
            getattr(self, f"_{type(deed).__name__.lower()}")(deed)
        if self._enrolment:
            self._rows.add("people_enrolment", *self._enrolment)
        for scopes in self._scopes.values():
            for one in scopes:
                self._rows.add(
                    "people_consentscope", one.id, one.consent_id, self.person, one.from_area, one.to_area, one.category,
                    since(one.start.isoformat(), one.end.isoformat()), *one.withdrawn,
                )  # fmt: skip

    def _begin(self, deed: deeds.Begin) -> None:
        at = deed.at.isoformat()
        self._rows.add("people_person", self.person, at)
        if deed.number:
            self._rows.add("people_identity", self.new_id(), self.person, deed.number, deed.number_kind, since(at))
        self._access(deed, NOTHING, deed.by.membership_id, deed.by.area_id, "referral")
        self._trail.leave(deed.at, deed.by, "case.begun", known=False)

    def _access(
        self, deed: Any, team_id: str, membership_id: str, area_id: str, basis: str, until: datetime | None = None
    ) -> str:
        at, access_id = deed.at.isoformat(), self.new_id()
        self._rows.add(
            "people_caseaccess", access_id, self.person, area_id, team_id, membership_id,
            since(at, until.isoformat() if until else ""), basis, at,
            deed.by.membership_id,
        )  # fmt: skip
        return access_id

    def _putteam(self, deed: deeds.PutTeam) -> None:
        place = (deed.team_id, deed.area)
        if place not in self._teams:
            self._teams.add(place)
            area_id = self._setting.areas[deed.area]
            self._access(deed, deed.team_id, NOTHING, area_id, "team")
            self._trail.leave(deed.at, deed.by, "case.team_assigned", team_id=deed.team_id, area_id=area_id)

    def _assign(self, deed: deeds.Assign) -> None:
        whom = deed.whom
        access_id = self._access(deed, NOTHING, whom.membership_id, whom.area_id, deed.basis, deed.until)
        self._trail.leave(
            deed.at, deed.by, "case.assigned", membership_id=whom.membership_id, until=deed.until, access_id=access_id
        )

    def _look(self, deed: deeds.Look) -> None:
        self._trail.leave(deed.at, deed.by, "person.read", page=deed.page)

    def _enrol(self, deed: deeds.Enrol) -> None:
        self._enrolment = [
            self.new_id(), self.person, self._setting.initiative_id, deed.by.area_id, since(_midnight(deed.since)),
            "enrolment",
        ]  # fmt: skip

    def _end(self, area: str, left: dict[str, Any]) -> None:
        """The enrolment ends when the area that enrolled writes the exit or is given it, and goes on when it came to nothing."""
        if area != self._enrolment[3]:
            return
        start = self._enrolment[4].split('"')[1]
        is_back = left.get("promise_kept") is False
        after = "" if is_back else _midnight(date.fromisoformat(left["left_on"]) + timedelta(days=1))
        self._enrolment[4] = since(start, after)

    def _protect(self, deed: deeds.Protect) -> None:
        at, by = deed.at.isoformat(), told(deed.by.name)
        self._rows.add(
            "people_protection", self.new_id(), self.person, deed.level, since(at), deed.by.area_id, by, NOTHING,
            NOTHING, "",
        )  # fmt: skip
        self._rows.add("people_protectionname", self.new_id(), self.person, deed.by.membership_id, since(at), by)
        self._trail.leave(deed.at, deed.by, "protection.begun", level=deed.level, membership_ids=[])

    def _name(self, deed: deeds.Name) -> None:
        at, by = deed.at.isoformat(), told(deed.by.name)
        self._rows.add("people_protectionname", self.new_id(), self.person, deed.whom.membership_id, since(at), by)
        self._trail.leave(deed.at, deed.by, "protection.named", membership_id=deed.whom.membership_id)

    def _write(self, deed: deeds.Write) -> None:
        lineage = self._lineages.get(deed.name)
        if lineage is None:
            lineage = self._lineages[deed.name] = self.new_id()
        area = deed.by.area_id
        asked = tidy.stored(deed.kind, resolved(deed.content, self._lineages))
        parts = details.split(deed.kind, asked)
        stored = parts.said
        category = tidy.category_of(deed.kind, stored, deed.category)
        before = self._newest.get(deed.name)
        version = before.version + 1 if before else 1
        enrolment = self._enrolment[0] if deed.of_enrolment else NOTHING
        by, withheld = deed.by, deed.withheld_ground
        cells = (
            enrolment, deed.kind, category, lineage, str(version),
            told(json.dumps(tidy.with_search(deed.kind, stored), ensure_ascii=False)), deed.voice, area, by.organisation_id,
            by.membership_id, told(by.name), by.role, (deed.occurred_at or deed.at).isoformat(), deed.at.isoformat(),
            withheld, told(by.name) if withheld else "",
        )  # fmt: skip
        one = Original(self.new_id(), area, category, lineage, version, cells)
        self._newest[deed.name] = one
        self._rows.add("people_contribution", one.id, area, self.person, *cells, NOTHING, NOTHING)
        one.part = holding.as_held(deed, one, stored) if deed.kind in PLAN_KINDS else None
        one.left = asked if deed.kind == "exit" else None
        self._hold(area, one, version)
        if category in STANDING:
            for scopes in list(self._scopes.values()):
                for scope in scopes:
                    if scope.from_area == area and scope.category == category and scope.stands(deed.at):
                        self._copy(one, scope, deed, standing=True)
        if deed.kind in details.FIELDS:
            self._write_beside(area, lineage, parts, cells)
        self._trail.leave(
            deed.at, by, traces.action_of(deed, stored, version), kind=deed.kind, lineage=lineage, version=version,
            handed_over=len(one.handed_to),
        )  # fmt: skip

    def _write_beside(self, area: str, about: str, parts: details.Parts, cells: tuple[str, ...]) -> None:
        """What reveals more than the thing itself, as a detail of its own; what no longer holds there is emptied."""
        held = self._details.setdefault((area, about), [])
        standing = next((one for one in held if one.category == parts.category), None)
        said = {"about": about, **(parts.beside or {})}
        for one in [standing] if standing else held:
            now = said if one is standing else {"about": about}
            if one.said != now:
                one.version, one.said = one.version + 1, now
                self._add_detail(area, one, cells)
        if standing is None and parts.beside and parts.category:
            held.append(Detail(self.new_id(), parts.category.value, 1, said))
            self._add_detail(area, held[-1], cells)

    def _add_detail(self, area: str, one: Detail, cells: tuple[str, ...]) -> None:
        enrolment, _, _, _, _, _, *others = cells
        content = told(json.dumps(one.said, ensure_ascii=False))
        self._rows.add(
            "people_contribution", self.new_id(), area, self.person, enrolment, details.KIND, one.category,
            one.lineage, str(one.version), content, *others, NOTHING, NOTHING,
        )  # fmt: skip

    def _copy(self, one: Original, scope: Scope, deed: Any, *, standing: bool) -> str:
        """Hand over one version; the same twice is nothing. Returns the act's id, empty when there was none."""
        if scope.to_area in one.handed_to:
            return ""
        one.handed_to.add(scope.to_area)
        act = self.new_id()
        number = self._given[scope.to_area, one.lineage] = self._given.get((scope.to_area, one.lineage), 0) + 1
        cells = (*one.cells[:4], str(number), *one.cells[5:])  # counted as the receiver has it
        self._rows.add(
            "people_disclosure", act, self.person, one.area, scope.to_area, one.category, one.id, one.lineage,
            str(number), scope.id, "", "t" if standing else "f", deed.at.isoformat(), told(deed.by.name),
            deed.by.membership_id,
        )  # fmt: skip
        self._rows.add("people_contribution", self.new_id(), scope.to_area, self.person, *cells, one.id, act)
        self._hold(scope.to_area, one, number)
        return act

    def _hold(self, area: str, one: Original, number: int) -> None:
        if one.part is not None:
            self._held.setdefault(area, {})[one.lineage] = replace(one.part, version=number)
        if one.left is not None:
            self._end(area, one.left)

    def _fix(self, deed: deeds.Fix) -> None:
        plan = plans.fold(list(self._held[deed.by.area_id].values()))
        for category, part in plan_versions.parts_to_file(plan).items():
            digest = plan_versions.digest(part)
            if category == "own_notes":
                self._digests[deed.by.area_id, deed.number] = digest
            name = f"plan:{deed.number}:{deed.by.area}:{category}"
            frozen = {**part, "why_no_work": deed.why_no_work} if deed.why_no_work else part
            content = {"number": deed.number, "frozen": frozen, "digest": digest}
            self._write(deeds.Write(deed.at, deed.by, name, "plan_version", content, category))

    def _agree(self, deed: deeds.Agree) -> None:
        content = {
            "version_number": deed.number, "digest": self._digests[deed.by.area_id, deed.number], "party": deed.party,
            "how": deed.how, "agreed_on": deed.at.date().isoformat(),
        }  # fmt: skip
        name = f"agreement:{deed.number}:{deed.party}"
        voice = "participant" if deed.party == "participant" else "staff"
        self._write(deeds.Write(deed.at, deed.by, name, "agreement", content, voice=voice))

    def _give(self, deed: deeds.Give) -> None:
        consent, at, by = self.new_id(), deed.at.isoformat(), deed.by
        to_area = self._setting.areas[deed.to_area]
        self._rows.add(
            "people_consent", consent, self.person, by.area_id, to_area, told(self._setting.way.purpose), at, deed.how,
            told(deed.giver), deed.giver_ground, told(deed.giver_scope), deed.language, TEXT_VERSION,
            told(deed.interpreter), "", at, told(by.name), by.membership_id,
        )  # fmt: skip
        end = datetime.combine(deed.last_date, time(23, 59, 59), STOCKHOLM)
        scopes = [
            Scope(self.new_id(), consent, by.area_id, to_area, category, deed.at, end) for category in deed.categories
        ]
        self._scopes[deed.name] = scopes
        acts = [
            self._copy(one, scope, deed, standing=True)
            for scope in scopes
            if scope.category in STANDING
            for one in list(self._newest.values())
            if one.area == by.area_id and one.category == scope.category
        ]
        self._trail.leave(
            deed.at, by, "consent.given", consent_id=consent, to_area_id=to_area, categories=list(deed.categories),
            last_date=deed.last_date, handed_over=sum(map(bool, acts)),
        )  # fmt: skip

    def _withdraw(self, deed: deeds.Withdraw) -> None:
        asked = [one for one in self._scopes[deed.name] if not deed.categories or one.category in deed.categories]
        ended = [scope for scope in asked if scope.stands(deed.at)]
        for scope in ended:
            scope.end = deed.at
            scope.withdrawn = (deed.at.isoformat(), told(deed.by.name), "participant")
        self._trail.leave(
            deed.at, deed.by, "consent.withdrawn", scope_ids=[one.id for one in asked], voice="participant",
            ended=len(ended),
        )  # fmt: skip

    def _release(self, deed: deeds.Release) -> None:
        one = self._newest[deed.name]
        scope = next(scope for scope in self._scopes[deed.consent] if scope.category == one.category)
        act = self._copy(one, scope, deed, standing=False)
        self._trail.leave(
            deed.at, deed.by, "disclosure.made", disclosure_id=act, contribution_id=one.id, to_area_id=scope.to_area,
            scope_id=scope.id, statute="",
        )  # fmt: skip


def _midnight(day: date) -> str:
    return datetime.combine(day, time(), STOCKHOLM).isoformat()


def carry_out(setting: Setting, life: Life, rows: Rows, seed: int) -> str:
    """Add the life's rows, and those of its twin with the match. Returns the person's id."""
    draw = lives.dice(setting, seed, life.index, "ids")
    first = Carrier(setting, rows, draw)
    first.carry_out(life.deeds)
    if life.twin:
        second = Carrier(setting, rows, draw)
        second.carry_out(life.twin)
        found = life.twin[0].at.isoformat()
        rows.add(
            "people_match", second.new_id(), first.person, second.person, found, "open", NOTHING, "", "", "{}"
        )  # fmt: skip
    return first.person


def resolved(content: Any, lineages: dict[str, Any]) -> Any:
    """The content with each name of ours replaced by the lineage that it got."""
    if isinstance(content, Ref):
        return str(lineages[content.name])
    if isinstance(content, dict):
        return {name: resolved(value, lineages) for name, value in content.items()}
    if isinstance(content, list):
        return [resolved(value, lineages) for value in content]
    return content
