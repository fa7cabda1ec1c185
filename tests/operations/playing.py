"""Plays an invented life through the product's own actions, by the people who did it, at the times when they did it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import reads, transactions
from samkraft.audit.actions.reads import Read
from samkraft.operations.world.people import deeds, rows, texts
from samkraft.operations.world.people.deeds import Deed, Write
from samkraft.operations.world.people.setting import Actor, Setting
from samkraft.partners.rules.roles import ROLES, Role
from samkraft.people.actions import (
    assessments,
    cases,
    consents,
    disclosures,
    enrolments,
    exits,
    handovers,
    meetings,
    own_system_notes,
    phases,
    plans,
    protection,
    referral_deeds,
    referrals,
    study_plans,
    threads,
)
from samkraft.people.actions.contributions import Withheld
from samkraft.people.actions.months import progression, time_reports
from samkraft.people.models import ConsentScope, Contribution
from samkraft.people.rules.consents import ConsentDraft
from samkraft.values import identity_number
from samkraft.values.context import Context

# Written by the action that another deed calls: the card and the referral come together, and so on.
WITH_ANOTHER = ("referral", "enrolled", "team", "minutes")


def context(actor: Actor) -> Context:
    """Act as an invented member of staff."""
    return Context(
        actor_id=UUID(actor.user_id),
        actor_name=actor.name,
        membership_id=UUID(actor.membership_id),
        role=actor.role,
        organisation_id=UUID(actor.organisation_id),
        area_id=UUID(actor.area_id),
        purpose=ROLES[Role(actor.role)].purpose,
    )


class Player:
    """One life. `lineages` are those that the actions gave, by our own names for things."""

    def __init__(self, setting: Setting, done: list[Deed]) -> None:
        self.setting, self.done = setting, done
        self.lineages: dict[str, UUID] = {}
        self.versions: dict[str, int] = {}
        self.consents: dict[str, UUID] = {}
        self.person_id: UUID = UUID(int=0)

    def play(self) -> None:
        """Every deed, in order."""
        for number, deed in enumerate(self.done):
            self.rest = self.done[number + 1 :]
            getattr(self, f"_{type(deed).__name__.lower()}")(deed, context(deed.by))

    def _next(self, kind: str) -> Write:
        return next(deed for deed in self.rest if isinstance(deed, Write) and deed.kind == kind)

    def _said(self, deed: Write) -> dict[str, Any]:
        said: dict[str, Any] = rows.resolved(deed.content, self.lineages)
        return said

    def _known(self, by: Context, kind: str, **fields: object) -> UUID:
        with transactions.read(by):
            found = Contribution.objects.filter(person_id=self.person_id, kind=kind, copy_of_id=None)
            for name, value in fields.items():
                found = found.filter(**{f"content__{name}": value})
            return found.latest("written_at").lineage

    def _begin(self, deed: deeds.Begin, by: Context) -> None:
        number = identity_number.read(deed.number, timezone.localdate()) if deed.number else None
        self.person_id = referrals.refer(
            by=by, at=deed.at, number=number, card=self._said(self._next("card")),
            referral=self._said(self._next("referral")), initiative_id=UUID(self.setting.initiative_id),
        ).person_id  # fmt: skip
        self.lineages |= {kind: self._known(by, kind) for kind in ("card", "referral")}

    def _enrol(self, deed: deeds.Enrol, by: Context) -> None:
        enrolled, team, lead = self._next("enrolled"), self._next("team"), self._next("lead")
        enrolments.enrol(
            by=by, at=deed.at, person_id=self.person_id, initiative_id=UUID(self.setting.initiative_id),
            team_id=UUID(team.content["team_id"]), started_on=deed.since,
            lead_membership_id=UUID(lead.content["membership_id"]), wave=enrolled.content["wave"],
        )  # fmt: skip
        self.lineages |= {kind: self._known(by, kind) for kind in ("enrolled", "team", "phase", "lead")}

    def _putteam(self, deed: deeds.PutTeam, by: Context) -> None:
        if deed.area != deed.by.area:
            area_id = UUID(self.setting.areas[deed.area])
            enrolments.let_in(by=by, at=deed.at, person_id=self.person_id, area_id=area_id)

    def _assign(self, deed: deeds.Assign, by: Context) -> None:
        if deed.basis == "assigned":
            cases.assign(by=by, at=deed.at, person_id=self.person_id, membership_id=UUID(deed.whom.membership_id))

    def _look(self, deed: deeds.Look, by: Context) -> None:
        read = Read("person.read", "people.person", str(self.person_id), content={"page": deed.page})
        reads.record(by=by, reads=[read])

    def _protect(self, deed: deeds.Protect, by: Context) -> None:
        protection.protect(by=by, at=deed.at, person_id=self.person_id, level=deed.level)

    def _name(self, deed: deeds.Name, by: Context) -> None:
        protection.name(by=by, at=deed.at, person_id=self.person_id, membership_id=UUID(deed.whom.membership_id))

    def _give(self, deed: deeds.Give, by: Context) -> None:
        self.consents[deed.name] = consents.give(
            by=by, at=deed.at, person_id=self.person_id,
            draft=ConsentDraft(
                to_area_id=UUID(self.setting.areas[deed.to_area]), categories=deed.categories, purpose=texts.PURPOSE,
                last_date=deed.last_date, giver=deed.giver, how=deed.how, giver_ground=deed.giver_ground,
                giver_scope=deed.giver_scope, language=deed.language, interpreter=deed.interpreter,
            ),
        )  # fmt: skip

    def _scopes(self, by: Context, name: str, categories: tuple[str, ...]) -> list[UUID]:
        with transactions.read(by):
            found = ConsentScope.objects.filter(consent_id=self.consents[name])
            return [one.id for one in found if not categories or one.category in categories]

    def _withdraw(self, deed: deeds.Withdraw, by: Context) -> None:
        scopes = self._scopes(by, deed.name, deed.categories)
        consents.withdraw(by=by, at=deed.at, person_id=self.person_id, scope_ids=scopes)

    def _release(self, deed: deeds.Release, by: Context) -> None:
        with transactions.read(by):
            newest = Contribution.objects.filter(lineage=self.lineages[deed.name], area_id=by.area_id).latest("version")
        (scope,) = self._scopes(by, deed.consent, (newest.category,))
        disclosures.release(
            by=by, at=deed.at, person_id=self.person_id, contribution_id=newest.id, scope_id=scope,
            to_area_id=UUID(self.setting.areas[deed.to_area]),
        )  # fmt: skip

    def _fix(self, deed: deeds.Fix, by: Context) -> None:
        plans.fix_version(by=by, at=deed.at, person_id=self.person_id, why_no_work=deed.why_no_work)

    def _agree(self, deed: deeds.Agree, by: Context) -> None:
        plans.agree(
            by=by, at=deed.at, person_id=self.person_id, number=deed.number, party=deed.party, how=deed.how,
            agreed_on=deed.at.date(),
        )  # fmt: skip

    def _write(self, deed: Write, by: Context) -> None:
        if deed.kind in WITH_ANOTHER or deed.name in ("card", "lead", "phase"):
            return
        play = getattr(self, f"_play_{deed.kind}", None) or self._play_part_of_plan
        common = {"by": by, "at": deed.at, "person_id": self.person_id}
        version = self.versions.get(deed.name, 0)
        lineage = play(deed, self._said(deed), common, version)
        self.versions[deed.name] = version + 1
        if isinstance(lineage, UUID):
            self.lineages[deed.name] = lineage

    def _play_part_of_plan(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        if not version:
            return plans.add(**common, kind=deed.kind, content=said, category=deed.category, voice=deed.voice)
        return plans.change(
            **common, lineage=self.lineages[deed.name], content=said, based_on=version, voice=deed.voice
        )

    def _play_assessment_item(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        withheld = Withheld(deed.withheld_ground, deed.by.name) if deed.withheld_ground else None
        return assessments.add_item(**common, item=said, withheld=withheld)

    def _play_conclusion(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        return assessments.conclude(**common, conclusion=said)

    def _play_dissent(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        return assessments.dissent(**common, about=UUID(said["about"]), text=said["text"])

    def _play_correction(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        return assessments.correct(**common, about=UUID(said["about"]), text=said["text"])

    def _play_meeting(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        if not version:
            return meetings.book(**common, meeting=said)
        held = {"lineage": self.lineages[deed.name], "based_on": version}
        if said["state"] == "cancelled":
            return meetings.cancel(**common, **held)
        minutes = [one for one in self.rest if isinstance(one, Write) and one.name == f"{deed.name}:minutes"]
        return meetings.hold(**common, **held, points=minutes[0].content["points"] if minutes else ()) and None

    def _play_contact_made(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        return meetings.note_contact(**common, contact=said)

    def _play_time_report(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        return time_reports.record(**common, **said)

    def _play_time_attest(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        return time_reports.attest(**common, **said)

    def _play_progression(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        told = {key: value for key, value in said.items() if key not in ("occasion", "on")}
        day = date.fromisoformat(said["on"])
        common = {**common, "voice": deed.voice}
        return progression.note(**common, occasion=said["occasion"], on=day, answers=told)[0]

    _play_progression_health = _play_progression

    def _play_sus_sheet(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        return progression.write_sus(**common, sheet=said)

    def _play_education_level(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        return study_plans.note_education(**common, education=said)

    def _play_study_plan(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        if not version:
            return study_plans.make(**common, plan=said)
        lineage = self.lineages[deed.name]
        if said["state"] == "ended":
            ended_on = date.fromisoformat(said["ended_on"])
            return study_plans.end(**common, lineage=lineage, ended_on=ended_on, result=said["result"])
        return study_plans.change(**common, lineage=lineage, plan=said, based_on=version) and None

    def _play_message(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        if version:
            return None  # closed by the answer
        asked = deed.name.removesuffix(":answer")
        if asked == deed.name:
            return threads.write(**common, **said)
        return threads.answer(**common, lineage=self.lineages[asked], text=said["text"])

    def _play_phase(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        since = date.fromisoformat(said["since"])
        return phases.move(**common, number=said["number"], since=since, reason=said["reason"])

    def _play_pause(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        if version:
            return phases.end_pause(**common, until=date.fromisoformat(said["until"]))
        return phases.pause(**common, from_date=date.fromisoformat(said["from_date"]), reason_kind=said["reason_kind"])

    def _play_prolongation(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        if said["state"] == "asked":
            return phases.ask_for_time(**common, until=date.fromisoformat(said["until"]), reason=said["reason"])
        grant = said["state"] == "granted"
        return phases.decide_time(**common, asked=self.lineages["prolongation"], grant=grant, reason=said["reason"])

    def _play_handover(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        if said["state"] == "asked":
            until = date.fromisoformat(said["overlap_until"])
            return handovers.ask(
                **common, from_id=UUID(said["from"]), to_id=UUID(said["to"]), reason=said["reason"], overlap_until=until
            )
        return handovers.answer(**common, lineage=self.lineages[deed.name.removesuffix(":answer")], accept=True)

    def _play_lead(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        return None  # named by the hand-over

    def _play_own_system_note(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        if version:
            return own_system_notes.tick(**common, lineage=self.lineages[deed.name])
        return own_system_notes.write(**common, text=said["text"], system=said["system"])

    def _play_referral_end(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        told = {key: value for key, value in said.items() if key != "referral"}
        return referral_deeds.end(**common, lineage=self.lineages["referral"], ended=told)

    def _play_exit(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        if version:
            return exits.look_at_promise(
                **common, kept=said["promise_kept"], reason="" if said["promise_kept"] else said["note"]
            )
        return exits.leave(**common, left=said)

    def _play_follow_up(self, deed: Write, said: Any, common: Any, version: int) -> Any:
        if not version:
            return self._known(common["by"], "follow_up", months=said["months"])
        done_on = date.fromisoformat(said["done_on"]) if "done_on" in said else None
        return exits.answer_follow_up(
            **common,
            lineage=self.lineages[deed.name],
            state=said["state"],
            situation=said.get("situation"),
            done_on=done_on,
        )
