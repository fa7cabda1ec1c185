"""Who fills the posts that the parties have promised in the demo; a few came late, and two are there part of their time."""

from datetime import date, timedelta
from uuid import UUID

from samkraft.initiatives.actions import staffing
from samkraft.initiatives.queries import staffing as asked
from samkraft.operations.world import partners
from samkraft.operations.world import staff as people
from samkraft.operations.world.steering import steering_texts as texts
from samkraft.operations.world.teams import month
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context

LEADS = (Role.MAIN_PROJECT_LEADER, Role.SUBPROJECT_LEADER, Role.PROJECT_ECONOMIST, Role.PROJECT_ADMINISTRATOR)
LATE = {"Oskar Vall": 4, "Miriam Levin": 3, "Sven Hult": 2}  # months after the start
PART_TIME = {"Ingrid Blom": 50, "Rolf Hammar": 60}
# Who leads whose assignment: the leader, or the leader of one's own branch.
ASSIGNMENTS = {Role.SOCIAL_SECRETARY: texts.SOCIAL, Role.LABOUR_MARKET_SECRETARY: texts.LABOUR}


def fill(leader: Context, initiative_id: UUID, start: date) -> None:
    """Everybody on their post: the longer promises first."""
    found = asked.of_initiative(initiative_id, today=start)
    assert found is not None
    waiting = {role: [person for person in people.PROJECT if person.role is role] for role in Role}
    bodies = {person.organisation for person in people.PROJECT}
    assert bodies <= set(texts.LINE_MANAGERS), "somebody has no line manager"
    for post in found.posts:
        for _head in range(post.heads):
            person = _next(waiting[post.role], post.title)
            if person is not None:
                _place(leader, post.id, post.lasts, person, start)


def _next(waiting: list[people.Person], title: str) -> people.Person | None:
    """The next in the role; a counsellor for the employer that the post names."""
    found = next((one for one in waiting if ("GVF" in title) == ("GVF" in one.title)), None)
    if found is not None:
        waiting.remove(found)
    return found


def _place(leader: Context, promise_id: UUID, lasts: int, person: people.Person, start: date) -> None:
    begins = month(start, LATE.get(person.name, 0 if person.role in LEADS else 1))
    lead = texts.LEADER if person.role is Role.SUBPROJECT_LEADER else ASSIGNMENTS.get(person.role, texts.LEADER)
    if person.name == texts.LEADER:
        lead = texts.LEADER
    staffing.fill(
        by=leader, promise_id=promise_id, membership_id=partners.acting(person.name, person.role).membership_id,
        percent=PART_TIME.get(person.name, 100), line_manager=texts.LINE_MANAGERS[person.organisation],
        assignment_lead_id=partners.acting(lead).membership_id, start_date=begins,
        last_day=month(start, lasts) - timedelta(days=1),
    )  # fmt: skip
