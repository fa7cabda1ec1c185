"""Carries an invented life out as rows: the same rows as the actions and the database's functions would have made.

What they do beside what is asked follows here too: a standing category is handed over as it is written, a new consent
hands over what already stands, and the second case of the same number is noted as a match. A test plays lives through
the actions and compares.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from samkraft.operations.world.people import deeds, texts, tidy
from samkraft.operations.world.people.deeds import Life, Ref
from samkraft.operations.world.people.setting import Setting
from samkraft.operations.world.people.tables import NOTHING, Rows, since, told
from samkraft.people.rules import plan_versions, plans
from samkraft.people.rules.categories import CATEGORIES, Release
from samkraft.people.rules.consents import TEXT_VERSION
from samkraft.people.rules.held import Held
from samkraft.values.period import STOCKHOLM

STANDING = frozenset(
    category.value for category, described in CATEGORIES.items() if described.release is Release.STANDING
)
PLAN_KINDS = ("need", "goal", "step")


@dataclass(slots=True)
class Original:
    """The newest version of something that an area wrote itself."""

    id: str
    area: str
    category: str
    lineage: str
    version: int
    cells: tuple[str, ...]  # from kind to withheld_by, as every copy has them
    part: Held | None = None  # as a fold of the plan reads it
    handed_to: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Scope:
    """One category of one consent, until it is written down as a row."""

    id: str
    consent_id: str
    from_area: str
    to_area: str
    category: str
    start: datetime
    end: datetime
    withdrawn: tuple[str, str, str] = (NOTHING, "", "")

    def stands(self, at: datetime) -> bool:
        """Whether it holds at that moment."""
        return self.withdrawn[0] == NOTHING and self.start <= at < self.end


class Carrier:
    """One person's rows while they come about."""

    def __init__(self, setting: Setting, rows: Rows, draw: Random) -> None:
        self._setting, self._rows, self._draw = setting, rows, draw
        self.person = self.new_id()
        self._enrolment: list[str] = []  # its cells; the period is known last
        self._lineages: dict[str, str] = {}
        self._newest: dict[str, Original] = {}
        self._scopes: dict[str, list[Scope]] = {}
        self._teams: set[tuple[str, str]] = set()
        self._held: dict[str, dict[str, Held]] = {}  # what each area holds of the plan
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

    def _access(
        self, deed: Any, team_id: str, membership_id: str, area_id: str, basis: str, until: datetime | None = None
    ) -> None:
        at = deed.at.isoformat()
        self._rows.add(
            "people_caseaccess", self.new_id(), self.person, area_id, team_id, membership_id,
            since(at, until.isoformat() if until else ""), basis, at,
            deed.by.membership_id,
        )  # fmt: skip

    def _putteam(self, deed: deeds.PutTeam) -> None:
        place = (deed.team_id, deed.area)
        if place not in self._teams:
            self._teams.add(place)
            self._access(deed, deed.team_id, NOTHING, self._setting.areas[deed.area], "team")

    def _assign(self, deed: deeds.Assign) -> None:
        self._access(deed, NOTHING, deed.whom.membership_id, deed.whom.area_id, deed.basis, deed.until)

    def _enrol(self, deed: deeds.Enrol) -> None:
        self._enrolment = [
            self.new_id(), self.person, self._setting.initiative_id, deed.by.area_id, since(_midnight(deed.since)),
            "enrolment",
        ]  # fmt: skip

    def _leave(self, deed: deeds.Leave) -> None:
        start = self._enrolment[4].split('"')[1]
        self._enrolment[4] = since(start, _midnight(deed.last_day + timedelta(days=1)))

    def _protect(self, deed: deeds.Protect) -> None:
        at, by = deed.at.isoformat(), told(deed.by.name)
        self._rows.add(
            "people_protection", self.new_id(), self.person, deed.level, since(at), deed.by.area_id, by, NOTHING,
            NOTHING, "",
        )  # fmt: skip
        self._rows.add("people_protectionname", self.new_id(), self.person, deed.by.membership_id, since(at), by)

    def _name(self, deed: deeds.Name) -> None:
        at, by = deed.at.isoformat(), told(deed.by.name)
        self._rows.add("people_protectionname", self.new_id(), self.person, deed.whom.membership_id, since(at), by)

    def _write(self, deed: deeds.Write) -> None:
        lineage = self._lineages.get(deed.name)
        if lineage is None:
            lineage = self._lineages[deed.name] = self.new_id()
        area = deed.by.area_id
        asked = resolved(deed.content, self._lineages)
        stored = tidy.stored(deed.kind, asked)
        category = tidy.category_of(deed.kind, stored, deed.category)
        before = self._newest.get(deed.name)
        version = before.version + 1 if before else 1
        if deed.kind == "exit" and stored.get("promise_kept") is False and deed.by.area_id == self._enrolment[3]:
            self._enrolment[4] = since(self._enrolment[4].split('"')[1])  # back in place
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
        one.part = _held(deed, one, stored) if deed.kind in PLAN_KINDS else None
        self._hold(area, one)
        if category in STANDING:
            for scopes in list(self._scopes.values()):
                for scope in scopes:
                    if scope.from_area == area and scope.category == category and scope.stands(deed.at):
                        self._copy(one, scope, deed, standing=True)

    def _copy(self, one: Original, scope: Scope, deed: Any, *, standing: bool) -> None:
        if scope.to_area in one.handed_to:
            return
        one.handed_to.add(scope.to_area)
        act = self.new_id()
        self._rows.add(
            "people_disclosure", act, self.person, one.area, scope.to_area, one.category, one.id, one.lineage,
            str(one.version), scope.id, "", "t" if standing else "f", deed.at.isoformat(), told(deed.by.name),
            deed.by.membership_id,
        )  # fmt: skip
        self._rows.add("people_contribution", self.new_id(), scope.to_area, self.person, *one.cells, one.id, act)
        self._hold(scope.to_area, one)

    def _hold(self, area: str, one: Original) -> None:
        if one.part is not None:
            self._held.setdefault(area, {})[one.lineage] = one.part

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
            "people_consent", consent, self.person, by.area_id, to_area, told(texts.PURPOSE), at, deed.how,
            told(deed.giver), deed.giver_ground, told(deed.giver_scope), deed.language, TEXT_VERSION,
            told(deed.interpreter), "", at, told(by.name), by.membership_id,
        )  # fmt: skip
        end = datetime.combine(deed.last_date, time(23, 59, 59), STOCKHOLM)
        scopes = [
            Scope(self.new_id(), consent, by.area_id, to_area, category, deed.at, end) for category in deed.categories
        ]
        self._scopes[deed.name] = scopes
        for scope in scopes:
            if scope.category in STANDING:
                for one in list(self._newest.values()):
                    if one.area == by.area_id and one.category == scope.category:
                        self._copy(one, scope, deed, standing=True)

    def _withdraw(self, deed: deeds.Withdraw) -> None:
        for scope in self._scopes.get(deed.name, ()):
            if (not deed.categories or scope.category in deed.categories) and scope.stands(deed.at):
                scope.end = deed.at
                scope.withdrawn = (deed.at.isoformat(), told(deed.by.name), "participant")

    def _release(self, deed: deeds.Release) -> None:
        one = self._newest[deed.name]
        scope = next(scope for scope in self._scopes[deed.consent] if scope.category == one.category)
        self._copy(one, scope, deed, standing=False)


def _midnight(day: date) -> str:
    return datetime.combine(day, time(), STOCKHOLM).isoformat()


def _held(deed: deeds.Write, one: Original, stored: dict[str, Any]) -> Held:
    return Held(
        id=UUID(one.id), lineage=UUID(one.lineage), version=one.version, kind=deed.kind, category=one.category,
        content=stored, voice=deed.voice, area_id=UUID(one.area), author_area_id=UUID(one.area),
        author_name=deed.by.name, author_role=deed.by.role, occurred_at=deed.occurred_at or deed.at, written_at=deed.at,
    )  # fmt: skip


def carry_out(setting: Setting, life: Life, rows: Rows, seed: int) -> str:
    """Add the life's rows, and those of its twin with the match. Returns the person's id."""
    draw = Random(f"{seed}:{life.index}:ids")  # noqa: S311  # nosec B311  # invented people need no secrets
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
