"""What waits for a place coordinator: proposals without an answer, a proposed use of places that nobody has adopted, queues
that the coming places will not cover, and young people who have not been told. Only for whoever has that function as their
role: others meet the queues on their own pages.
"""

from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.knowledge.queries import allotments
from samkraft.offer.queries import catalogue, proposals, summer_rounds
from samkraft.offer.rules import coverage
from samkraft.partners.rules.roles import Role
from samkraft.people.queries.places import place_needs, place_suggestions
from samkraft.people.queries.summer import summer_course, summer_letters
from samkraft.values.context import Context
from samkraft.web.inbox.item import Item

NEWEST = 5  # proposals that are looked at
ANSWER = timedelta(days=7)  # before the first start: whoever gets an offer has to answer it


def items(by: Context, today: date) -> list[Item]:
    """Proposals first, since somebody waits for the answer."""
    if by.role != Role.PLACE_COORDINATOR:
        return []
    return [*_proposals(by, today), *_unadopted(by, today), *_letters(by, today), *_short(by, today)]


def number(by: Context, today: date) -> int:
    """How many. Asked for one role alone."""
    return len(items(by, today))


def _proposals(by: Context, today: date) -> list[Item]:
    codes = {one.id: one.code for one in catalogue.activities(coordinated_by=by.membership_id, on=today)}
    return [
        Item(
            what=_("Ett förslag från {provider}").format(provider=row.provider),
            why=_("Du är platssamordnare för {activity}").format(activity=row.activity),
            url=reverse("offer:activity", args=[codes[activity_id]]),
            group=_("Platser"),
            since_date=timezone.localdate(row.asked_at),
        )
        for activity_id, row in proposals.unanswered(codes)
    ]


def _unadopted(by: Context, today: date) -> list[Item]:
    """Proposals of how places are best used whose rows somebody still waits for. A newer one takes the place of an older."""
    starts = {one.id: one.starts_on for one in catalogue.occasions(since=today)}
    found, known = [], set[UUID]()
    for proposal in allotments.listed(by, most=NEWEST):
        if known.issuperset(proposal.activity_ids):
            continue
        known.update(proposal.activity_ids)
        rows = [
            row for row in place_suggestions.of_proposal(by, proposal.id) if row.is_open and row.standing == "waiting"
        ]
        first = min((starts[row.occasion_id] for row in rows if row.occasion_id in starts), default=None)
        if first is None or first <= today:
            continue  # nobody waits, or what it proposed has begun
        found.append(Item(
            what=ngettext(
                "Ta ställning till förslaget: {n} plats", "Ta ställning till förslaget: {n} platser", len(rows)
            ).format(n=len(rows)),
            why=_("Du är platssamordnare, och förslaget gäller bara om någon antar det"),
            url=reverse("offer:allotment", args=[proposal.id]),
            group=_("Platser"),
            due_date=max(first - ANSWER, proposal.first_day + timedelta(days=1)),
            since_date=proposal.first_day,
        ))  # fmt: skip
    return found


def _letters(by: Context, today: date) -> list[Item]:
    """Of rounds that are not over."""
    held = summer_course.held_rounds()
    found = []
    for row in summer_rounds.listed(area_id=by.area_id) if held and by.area_id else []:
        is_over = all((one.period.end_date or today) <= today for one in row.periods)
        if row.id in held and not is_over and (many := len(summer_letters.untold(row.id))):
            found.append(Item(
                what=ngettext("{n} ung väntar på brev", "{n} unga väntar på brev", many).format(n=many),
                why=_("Du håller i {name}").format(name=row.name),
                url=reverse("summer:letters", args=[row.code]),
                group=_("Ung i sommar"),
            ))  # fmt: skip
    return found


def _short(by: Context, today: date) -> list[Item]:
    return [
        Item(
            what=ngettext("{n} plats för lite i {activity}", "{n} platser för lite i {activity}", row.short).format(
                n=row.short, activity=row.name
            ),
            why=_("Fler väntar än platserna de närmaste {weeks} veckorna räcker till").format(weeks=coverage.WEEKS),
            url=reverse("offer:activity", args=[row.code]),
            group=_("Platser"),
            since_date=timezone.localdate(row.oldest) if row.oldest else None,
            can_wait=True,
        )
        for row in place_needs.short(by, today=today)
    ]
