"""What waits for a caseworker about participants; what waits for those who look after secrecy and duplicates."""

from collections.abc import Sequence
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.queries import statements
from samkraft.audit.queries.statements import Rows
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.queries import inboxes
from samkraft.people.rules.boards import Line
from samkraft.people.rules.inboxes import NOBODY, Waiting, What
from samkraft.values.context import Context
from samkraft.values.wording import phrase
from samkraft.web import days
from samkraft.web.inbox.item import Item

# What it is called, what to do, and on which of the person's pages.
_SAID = {
    What.STEP: (phrase("{name}: {text}"), phrase("Väntar på er"), "people:person"),
    What.REPLY: (phrase("Svara {name}"), phrase("Ett meddelande väntar på svar"), "people:contact"),
    What.MEETING_TODAY: (phrase("Möte med {name} kl. {clock}"), phrase("Du leder processen"), "people:meetings"),
    What.MINUTES: (
        phrase("Skriv in mötet med {name}"),
        phrase("Mötet har varit, men det står inte vad ni kom fram till"),
        "people:meetings",
    ),
    What.CONSENT: (
        phrase("{name}: samtycke går ut"),
        phrase("Fråga om det ska gälla längre. Ett nej är också ett svar"),
        "people:consents",
    ),
    What.FOLLOW_UP: (phrase("Följ upp {name}"), phrase("Uppföljning efter utskrivning"), "people:journey"),
    What.HANDOVER: (phrase("Ta över {name}?"), phrase("Någon ber dig eller ditt team att ta över"), "people:journey"),
    What.PROLONGATION: (phrase("{name}: mer tid är begärd"), phrase("Beslutas av någon annan än den som bad"), "people:journey"),
    What.PROMISE: (
        phrase("Började {name} som avtalat?"), phrase("Dagen har varit. Säg om det blev av eller inte"), "people:journey",
    ),
    What.OWN_SYSTEM_NOTE: (
        phrase("För in anteckningen om {name}"), phrase("Du skrev den till ert eget system"), "people:contact",
    ),
    What.TIME_REPORTS: (
        phrase("Tidrapport saknas för {text} av dina deltagare"), phrase("Månaden stängs när alla är inne"), "months:home",
    ),
    What.LITTLE_TIME: (
        phrase("{text} av dina deltagare rapporterade för lite tid"), phrase("Prata om varför, före nästa månad"), "months:home",
    ),
    What.REFERRAL: (
        phrase("{name} väntar på att få börja"), phrase("Remitterad, men varken inskriven eller avslutad"), "people:journey",
    ),
    What.SESSION_ADDED: (
        phrase("Säg till {name}: ny träff {when}"), phrase("Platssamordnaren har lagt in en träff"), "offer:person",
    ),
    What.SESSION_MOVED: (
        phrase("Säg till {name}: träffen är flyttad till {when}"), phrase("Platssamordnaren har flyttat den"), "offer:person",
    ),
    What.SESSION_CANCELLED: (
        phrase("Säg till {name}: träffen {when} är inställd"), phrase("Platssamordnaren har ställt in den"), "offer:person",
    ),
    What.OFFER_WITHDRAWN: (
        phrase("Säg till {name}: erbjudandet om {text} är tillbakataget"),
        phrase("Platssamordnaren har tagit tillbaka det och skrivit varför"), "offer:person",
    ),
    What.PLACE_CANCELLED: (
        phrase("Säg till {name}: {text} blir inte av som planerat"),
        phrase("Platssamordnaren har ställt in det och skrivit varför"), "offer:person",
    ),
}  # fmt: skip
# Under what the reader narrows.
_GROUPS = {
    What.TIME_REPORTS: phrase("Månaden"),
    What.LITTLE_TIME: phrase("Månaden"),
    What.FOLLOW_UP: phrase("Uppföljningar"),
    What.PROMISE: phrase("Att knyta ihop"),
    What.REFERRAL: phrase("Remitterade"),
    What.OWN_SYSTEM_NOTE: phrase("Att knyta ihop"),
}
_PLACE_ON_PAGE = {What.OWN_SYSTEM_NOTE: "note", What.PROMISE: "promise"}


def items(by: Context, today: date) -> list[Item]:
    """One item for each thing to do."""
    found = [_item(one) for one in inboxes.waiting(by, today, timezone.now())]
    found += [
        Item(_("Nödåtkomst att granska"), _("Någon öppnade en akt med egen motivering"), reverse("people:review_emergencies"),
             _("Granskning"), since_date=day)
        for _id, day in inboxes.emergencies_to_review(by)
    ]  # fmt: skip
    found += [
        Item(_("Två kan vara samma person"), _("Samma identitetsnummer har lagts upp två gånger"),
             reverse("people:duplicates"), _("Dubbletter"), since_date=day)
        for _id, day in inboxes.matches_to_decide(by)
    ]  # fmt: skip
    return found


def asked(by: Context, today: date) -> Rows | None:
    """What is asked on every page of whoever has a caseload, in one statement; None for the others."""
    return statements.rows(*inboxes.question(by, today)) if may(by.role, Permission.SEE_CASELOAD) else None


def number(by: Context, today: date, *, among: Sequence[Line] | None = None, asked: Rows | None = None) -> int:
    """How many: counted by the same fold, so that the figure and the list never differ. `among`: a caseload at hand."""
    return (
        len(inboxes.waiting(by, today, timezone.now(), among=among, answer=asked))
        + len(inboxes.emergencies_to_review(by))
        + len(inboxes.matches_to_decide(by))
    )


def _item(one: Waiting) -> Item:
    what, why, route = _SAID[one.what]
    clock = days.clock(one.starts_at) if one.starts_at else ""
    when = days.moment(one.starts_at) if one.starts_at else ""
    name = one.name or _("Namn saknas")
    reason = _(why)
    if one.on_behalf_of:
        reason = _("Du är ställföreträdare för %(who)s") % {"who": one.on_behalf_of}
    return Item(
        what=_(what).format(name=name, text=days.in_text(one.text), clock=clock, when=when),
        why=reason,
        url=_address(route, one),
        group=_(_GROUPS.get(one.what, phrase("Deltagare"))),
        due_date=one.due_date,
        since_date=one.since_date,
        person_id="" if one.person_id == NOBODY else str(one.person_id),
        can_wait=one.what is What.OWN_SYSTEM_NOTE,
    )


def _address(route: str, one: Waiting) -> str:
    if one.person_id == NOBODY:
        return reverse(route)
    place = _PLACE_ON_PAGE.get(one.what)
    try:
        return reverse(route, args=[one.person_id]) + (f"#{place}" if place else "")
    except NoReverseMatch:
        return reverse("people:person", args=[one.person_id])
