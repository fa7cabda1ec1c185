"""Keep a choice of filters on the caseload under a name, for oneself or for the own area's part of a team."""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.queries import teams
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.models import SavedView
from samkraft.people.rules import boards
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

KIND = "people.saved_view"
MOST = 30
LONGEST_NAME = 60

NO_NAME = Reason("view_without_name", phrase("Urvalet har inget namn."), phrase("Skriv vad urvalet visar."))
NAME_TOO_LONG = Reason(
    "view_name_too_long", phrase("Namnet har fler än {most} tecken."), phrase("Skriv ett kortare namn.")
)
NOTHING_CHOSEN = Reason(
    "view_without_choice",
    phrase("Det finns inget urval att spara. Det du söker på i namn sparas inte."),
    phrase("Slå på ett filter, eller sortera listan."),
)
NOT_YOUR_TEAM = Reason(
    "view_not_your_team", phrase("Du har ingen plats i det teamet."), phrase("Spara urvalet för dig själv.")
)
TOO_MANY = Reason(
    "view_too_many", phrase("Du har redan {most} sparade urval."), phrase("Ta bort något som du inte använder.")
)
NO_SUCH_VIEW = Reason("view_none", phrase("Urvalet finns inte, eller är någon annans."), phrase("Ladda om listan."))


def save(
    *,
    by: Context,
    at: datetime | None = None,
    name: str,
    codes: tuple[str, ...] = (),
    which: str = "",
    sort: str = "",
    team_id: UUID | None = None,
) -> UUID:
    """Keep the choice. The same name again replaces what one had under it. `team_id` shares it with the team."""
    access.require(by, Permission.SEE_CASELOAD)
    at = at or timezone.now()
    name = " ".join(name.split())
    query = boards.as_query(codes, which, sort)
    if not name:
        raise Refused(NO_NAME)
    if len(name) > LONGEST_NAME:
        raise Refused(NAME_TOO_LONG, most=LONGEST_NAME)
    if not query:
        raise Refused(NOTHING_CHOSEN)
    with transactions.write(by):
        if team_id and team_id not in {one.id for one in teams.teams_of(by.membership_id, on=day_in_stockholm(at))}:
            raise Refused(NOT_YOUR_TEAM)
        mine = SavedView.objects.filter(membership_id=by.membership_id)
        same = mine.filter(name__iexact=name).first()
        if same is None and mine.count() >= MOST:
            raise Refused(TOO_MANY, most=MOST)
        view = same or SavedView(id=uuid4(), area_id=by.area_id, membership_id=by.membership_id)
        view.name, view.query, view.team_id = name, query, team_id
        view.saved_by, view.saved_at = by.actor_name, at
        view.save(force_insert=same is None, force_update=same is not None)
        trail.record(
            by=by, at=at, action="view.save", subject_kind=KIND, subject_id=view.id, query=query, shared=bool(team_id)
        )
        return view.id


def share(*, by: Context, at: datetime | None = None, view_id: UUID, team_id: UUID | None) -> None:
    """Share one of one's own with the own area's part of a team, or with nobody any more. What it shows is not changed.

    Everybody who opens it sees only what they may see themselves: a view is a choice, never rows.
    """
    access.require(by, Permission.SEE_CASELOAD)
    at = at or timezone.now()
    with transactions.write(by):
        if team_id and team_id not in {one.id for one in teams.teams_of(by.membership_id, on=day_in_stockholm(at))}:
            raise Refused(NOT_YOUR_TEAM)
        view = SavedView.objects.filter(id=view_id, membership_id=by.membership_id).first()
        if view is None:
            raise Refused(NO_SUCH_VIEW)
        view.team_id = team_id
        view.save(update_fields=["team"])
        trail.record(
            by=by, at=at, action="view.share" if team_id else "view.unshare", subject_kind=KIND, subject_id=view_id,
            query=view.query,
        )  # fmt: skip


def remove(*, by: Context, at: datetime | None = None, view_id: UUID) -> None:
    """Throw away one of one's own."""
    access.require(by, Permission.SEE_CASELOAD)
    with transactions.write(by):
        removed, _ = SavedView.objects.filter(id=view_id, membership_id=by.membership_id).delete()
        if not removed:
            raise Refused(NO_SUCH_VIEW)
        trail.record(by=by, at=at, action="view.remove", subject_kind=KIND, subject_id=view_id)
