"""The meetings that have steered the joint project in the demo, what they decided, and those that are to come."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from samkraft.initiatives.actions import activity_plans, capacities, duties, handbooks, meetings, resolutions
from samkraft.initiatives.queries import keyed, staffing, teams
from samkraft.initiatives.queries import risks as registered
from samkraft.initiatives.rules.activity_plans import PointState
from samkraft.initiatives.rules.capacities import Asked, Change
from samkraft.initiatives.rules.meetings import About, BoardKind, Outcome, Task
from samkraft.knowledge.queries import scorecards
from samkraft.operations.world import partners
from samkraft.operations.world.steering import steering_texts as texts
from samkraft.operations.world.steering.steering_table import FRIDAY, Table
from samkraft.operations.world.teams import month
from samkraft.values.period import STOCKHOLM, day_in_stockholm

PLACE = "Föreningsgatan 35"
BOOK, PLAN, CAPACITY = About.HANDBOOK, About.ACTIVITY_PLAN, About.CAPACITY


def hold(table: Table) -> None:
    """Those that have been, in their order."""
    _begin(table)
    _second_handbook(table)
    _more_places(table)
    _told(table)
    _decided_not_made(table)
    _latest(table)
    _unwritten(table)


def call(table: Table) -> None:
    """Those that are to come; the steering group's with its agenda and its pack."""
    now = timezone.now()
    later = [(BoardKind.AGREEMENT, 24), (BoardKind.COORDINATION, 38)]
    for kind, days in later:
        meetings.call(
            by=table.leader, board_id=table.boards[kind], starts_at=_at_ten(now + timedelta(days=days)), place=PLACE
        )
    draft = handbooks.begin(
        by=table.leader, at=now - timedelta(days=20), initiative_id=table.initiative_id, number="3.0",
        sections=texts.HANDBOOK_3, about="Med tron på individen, och det som utvärderingen hittills har visat",
    )  # fmt: skip
    starts_at = _at_ten(now + timedelta(days=9))
    meeting = meetings.call(
        by=table.leader, board_id=table.boards[BoardKind.STEERING], starts_at=starts_at, place=PLACE
    )
    _bring(
        table, meeting, now, "Metodstöd version 3.0", "Att version 3.0 gäller från nästa månad.", about=BOOK,
        about_id=str(draft), link=f"/metodstod/{table.code}/version/3.0/",
    )  # fmt: skip
    opened = Asked(Change.OPEN, month(table.today, 1), name="Team 11", places=150)
    _bring(
        table, meeting, now, "Ett team till för fjärde intaget", "Att öppna Team 11 med 150 platser.", about=CAPACITY,
        asked=opened, text="Två team ligger över 150. Väntan på första mötet har ökat sedan tredje intaget började.",
    )  # fmt: skip
    late = registered.overdue(table.initiative_id, today=table.today)
    for risk in late[:1]:
        _bring(
            table, meeting, now, f"Risk {risk.number}: {risk.text}", "Att gå igenom risken och åtgärden.",
            about=About.RISK, about_id=str(risk.id), link=f"/laget/{table.code}/risker/{risk.number}/",
        )  # fmt: skip
    snapshot = scorecards.scorecard(table.initiative_id).snapshot
    if snapshot is not None:
        meetings.attach_pack(by=table.leader, meeting_id=meeting, run=snapshot.run, digest=snapshot.digest)


def _begin(table: Table) -> None:
    """The month of planning: the plan is decided, sent and approved, and the first handbook holds from the start."""
    held, before = table.at(0, 22, 13), table.at(0, 8)
    first = handbooks.begin(
        by=table.leader, at=before, initiative_id=table.initiative_id, number="1.0", sections=texts.HANDBOOK_1,
        about="Utgångspunkten, från Malmökraften 1.0",
    )  # fmt: skip
    _write_plan(table, before)
    meeting = _meeting(table, held)
    proposal = "Att besluta planen och skicka den till ESF-rådet."
    plan = _bring(table, meeting, table.at(0, 19), "Verksamhets- och aktivitetsplan", proposal, about=PLAN)
    book = _bring(
        table, meeting, table.at(0, 19), "Metodstöd version 1.0", "Att version 1.0 gäller från starten.", about=BOOK,
        about_id=str(first),
    )  # fmt: skip
    task = Task(
        "Skicka aktivitetsplanen till ESF-rådet", table.bodies["af"], day_in_stockholm(held) + timedelta(days=7)
    )
    decision = _decide(table, held, plan, "Planen beslutas och skickas till ESF-rådet.", tasks=[task])
    _decide(table, held, book, "Version 1.0 gäller från starten.", holds_from=month(table.start, 1))
    _finish(table, meeting, held, "Parternas chefer var med. Ingen hade en annan mening.")
    sent, answered = table.at(0, 28), table.at(1, 4)
    activity_plans.send(
        by=table.leader,
        at=sent,
        initiative_id=table.initiative_id,
        on_date=day_in_stockholm(sent),
        reference="påhittat",
    )
    _done(table, decision, sent)
    activity_plans.answer(
        by=table.leader, at=answered, initiative_id=table.initiative_id, on_date=day_in_stockholm(answered),
        approved=True, reference="2019/00000 (påhittat)",
    )  # fmt: skip


def _write_plan(table: Table, before: datetime) -> None:
    activity_plans.lay_out(by=table.leader, at=before, initiative_id=table.initiative_id)
    for number, (owner, answer) in enumerate(texts.ANSWERS, 1):
        activity_plans.write(
            by=table.leader, at=table.at(0, 18), initiative_id=table.initiative_id, number=number,
            state=PointState.READY, owner_membership_id=partners.acting(owner).membership_id, answer=answer,
            evidence=f"Planen, avsnitt {number} (påhittat)",
        )  # fmt: skip


def _second_handbook(table: Table) -> None:
    held = table.at(5, 16, 13)
    second = handbooks.begin(
        by=table.leader, at=table.at(4, 20), initiative_id=table.initiative_id, number="2.1", sections=texts.HANDBOOK_2,
        about="Efter tjänstedesignen: stöd samtidigt, och deltagarens egna ord först",
    )  # fmt: skip
    meeting = _meeting(table, held)
    point = _bring(
        table, meeting, table.at(5, 2), "Metodstöd version 2.1", "Att version 2.1 gäller från nästa månad.",
        about=BOOK, about_id=str(second),
    )  # fmt: skip
    _decide(table, held, point, "Version 2.1 gäller.", holds_from=month(table.start, 6))
    _finish(table, meeting, held, "Skrivgruppen berättade. Teamen hade läst utkastet.")


def _more_places(table: Table) -> None:
    """One change that is made, one that is decided and waits to be made."""
    held = table.at(8, 17, 13)
    meeting = _meeting(table, held)
    rows = {team.number: team for team in teams.teams(table.initiative_id, on=table.start)}
    made = Asked(Change.PLACES, month(table.start, 9), rows[7].id, places=160)
    point = _bring(
        table, meeting, table.at(8, 3), "Fler platser i Team 7", "Att Team 7 får 160 platser.", about=CAPACITY, asked=made,
        text="Väntan på första mötet var längst i Team 7 under sommaren.",
    )  # fmt: skip
    decision = _decide(table, held, point, "Team 7 får 160 platser från nästa månad.")
    _finish(table, meeting, held, "Väntan till första mötet gicks igenom team för team.")
    capacities.carry_out(by=table.leader, at=table.at(9, 1), resolution_id=decision)


def _told(table: Table) -> None:
    held = table.at(10, 11, 10)
    meeting = _meeting(table, held, BoardKind.COORDINATION)
    point = _bring(table, meeting, table.at(10, 1), "Läget efter tredje kvartalet", "")
    _decide(table, held, point, "Styrelsen har tagit del av läget.", outcome=Outcome.NOTED)
    meetings.write_minutes(
        by=table.leader, at=held + timedelta(days=1), meeting_id=meeting, text="Huvudprojektledaren berättade om läget.",
        present=table.there(BoardKind.COORDINATION),
    )  # fmt: skip
    resolutions.adjust(by=table.finsam, at=held + timedelta(days=6), meeting_id=meeting)


def _decided_not_made(table: Table) -> None:
    """More places that are decided, and that the leader has not made yet."""
    held = table.at(11, 17, 13)
    meeting = _meeting(table, held)
    rows = {team.number: team for team in teams.teams(table.initiative_id, on=table.start)}
    asked = Asked(Change.PLACES, month(table.start, 13), rows[9].id, places=160)
    point = _bring(
        table,
        meeting,
        table.at(11, 3),
        "Fler platser i Team 9",
        "Att Team 9 får 160 platser.",
        about=CAPACITY,
        asked=asked,
    )
    _decide(table, held, point, "Team 9 får 160 platser när rummet är klart.")
    _finish(table, meeting, held, "Rummet är klart i månadsskiftet.")


def _unwritten(table: Table) -> None:
    """The operative group met lately: what it did with its point is still to be written."""
    held = _at_ten(timezone.now() - timedelta(days=5))
    meeting = _meeting(table, held, BoardKind.OPERATIVE)
    _bring(
        table, meeting, held - timedelta(days=7), "Hur nya deltagare fördelas mellan teamen",
        "Att team med kortast kö tar emot först.",
    )  # fmt: skip


def _latest(table: Table) -> None:
    """Last month's: written, and waiting to be adjusted."""
    held = table.at(12, 18, 13)
    meeting = _meeting(table, held)
    posts = staffing.of_initiative(table.initiative_id, today=table.today)
    vacant = posts.vacancies[0][0] if posts and posts.vacancies else None
    point = _bring(
        table, meeting, table.at(12, 4), "Vakanser", "Att arbetsgivaren tillsätter det som är lovat.",
        about=About.STAFFING, about_id=str(vacant.id) if vacant else "",
    )  # fmt: skip
    owner = vacant.employer_id if vacant else table.bodies["malmo"]
    task = Task("Tillsätt de vakanta tjänsterna", owner, table.today + timedelta(days=30))
    _decide(table, held, point, "Parterna tillsätter vakanserna.", tasks=[task])
    rows = {team.number: team for team in teams.teams(table.initiative_id, on=table.start)}
    more = Asked(Change.PLACES, month(table.start, 14), rows[4].id, places=160)
    places = _bring(
        table,
        meeting,
        table.at(12, 4),
        "Fler platser i Team 4",
        "Att Team 4 får 160 platser.",
        about=CAPACITY,
        asked=more,
    )
    _decide(table, held, places, "Team 4 får 160 platser.")
    meetings.write_minutes(
        by=table.leader, at=held + timedelta(days=3), meeting_id=meeting,
        text="Alla parter var med utom Region Skåne.", present=table.there(BoardKind.STEERING, but=texts.REGION),
    )  # fmt: skip


def _meeting(table: Table, held: datetime, kind: BoardKind = BoardKind.STEERING) -> UUID:
    called = held - timedelta(days=14)
    return meetings.call(by=table.leader, at=called, board_id=table.boards[kind], starts_at=held, place=PLACE)


def _bring(table: Table, meeting_id: UUID, at: datetime, title: str, proposal: str, **more: object) -> UUID:
    return meetings.bring_up(
        by=table.leader, at=at, meeting_id=meeting_id, title=title, proposal=proposal,
        **more,  # type: ignore[arg-type]  # the same fields as the action's
    )  # fmt: skip


def _decide(table: Table, held: datetime, point_id: UUID, text: str, **more: object) -> UUID:
    settled: dict[str, object] = {"outcome": Outcome.DECIDED, **more}
    return resolutions.decide(
        by=table.leader, at=held + timedelta(hours=2), point_id=point_id, text=text,
        **settled,  # type: ignore[arg-type]  # the same fields as the action's
    )  # fmt: skip


def _finish(table: Table, meeting_id: UUID, held: datetime, text: str) -> None:
    """Minutes the day after, adjusted within the week."""
    meetings.write_minutes(
        by=table.leader, at=held + timedelta(days=1), meeting_id=meeting_id, text=text,
        present=table.there(BoardKind.STEERING),
    )  # fmt: skip
    resolutions.adjust(by=table.chair, at=held + timedelta(days=5), meeting_id=meeting_id)


def _done(table: Table, resolution_id: UUID, at: datetime) -> None:
    for duty in keyed.beginning(prefixes=[f"resolution:{resolution_id}"], today=table.today):
        duties.complete(by=table.leader, at=at, duty_id=duty.row.id)


def _at_ten(moment: datetime) -> datetime:
    """Ten o'clock that day; a day off becomes the Monday after."""
    day = day_in_stockholm(moment)
    off = 7 - day.weekday() if day.weekday() > FRIDAY else 0
    return datetime.combine(day + timedelta(days=off), time(10), STOCKHOLM)
