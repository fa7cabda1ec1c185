"""The board's rows as HTML: one function that is compiled once and escapes everything it is given.

A template for each cell of 150 rows would take most of the page's time. End tags that HTML lets one leave out are left
out: they would be a tenth of the page. What a person wrote passes `escape`, always.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from html import escape, unescape
from urllib.parse import urlencode
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samkraft.partners.rules.roles import ROLES, Role
from samkraft.people.rules import boards
from samkraft.people.rules.boards import Line, Row
from samkraft.web import days

_ROLE_NAMES = {role.value: described.name for role, described in ROLES.items()}
_STEPS = 20  # how finely the bar of days is drawn
# Drawn once on the page and pointed at from each row.
_FORMS = mark_safe(
    '<svg class="forms" aria-hidden="true"><symbol id="f-n" viewBox="0 0 12 12"><path d="M6 0l6 6-6 6-6-6z"/></symbol>'
    '<symbol id="f-o" viewBox="0 0 12 12"><path d="M6 .5l6 10.5H0z"/></symbol></svg>'
)


@dataclass(frozen=True, slots=True)
class Said:
    """What every row needs to be said: the day, whose eyes, the bodies' names, and the words, looked up once a page."""

    today: date
    area_id: UUID
    bodies: Mapping[UUID, str]
    came_from: str = ""
    can_pick: bool = False


def body(found: Iterable[Line], said: Said) -> str:
    """All rows. Nothing else on the page knows how a row looks."""
    words = Words(said)
    return mark_safe("".join([_row(one, words) for one in found]))  # noqa: S308 - each value is escaped in _row


class Words:
    """Words and dates of one page, each worked out once."""

    def __init__(self, said: Said) -> None:
        self.said = said
        self.late, self.participant, self.us = escape(_("försenat")), escape(_("deltagaren")), escape(_("oss"))
        self.no_name, self.pick, self.paused = (
            escape(_("Namn saknas")),
            escape(_("Markera %(name)s")),
            escape(_("pausad")),
        )
        self.since = escape(_("sedan %(day)s"))
        self.dates: dict[date, str] = {
            said.today: escape(_("i dag")),
            said.today - timedelta(days=1): escape(_("i går")),
        }
        self.link, self.link_end = person_link(said.came_from)
        self.texts: dict[str, str] = {"": ""}  # steps and leads stand on many rows

    def text(self, text: str) -> str:
        """What a person wrote, escaped."""
        found = self.texts.get(text)
        if found is None:
            found = self.texts[text] = escape(text)
        return found

    def day(self, day: date) -> str:
        """`i dag`, `i går`, `3 mars`; with the year when it is another."""
        if day not in self.dates:
            self.dates[day] = escape(days.short(day) if day.year == self.said.today.year else days.dated(day))
        return self.dates[day]


@lru_cache(maxsize=1)
def _person_address() -> tuple[str, str]:
    """What stands before and after the id in a person's address; nothing while there is no such page."""
    nobody = UUID(int=0)
    try:
        before, _id, after = reverse("people:person", args=[nobody]).partition(str(nobody))
    except NoReverseMatch:
        return "", ""
    return before, after


def person_link(came_from: str = "") -> tuple[str, str]:
    """The start and the end of a link to a person, with the list's own filters so that one finds back to it."""
    before, after = _person_address()
    if came_from:
        after += f"?{urlencode({'lista': came_from})}"
    return escape(before), escape(after)


def _row(one: Line, words: Words) -> str:
    row, bits, waited, day, guide = one
    late = bits & boards.LATE
    name = escape(row.name) or words.no_name
    person = row.person_id
    linked = f'<a href="{words.link}{person}{words.link_end}">{name}</a>' if words.link else name
    picked = (
        f'<input type=checkbox name=p value={row.enrolment_id} aria-label="{words.pick % {"name": name}}">'
        if words.said.can_pick
        else ""
    )
    if waited is None or row.waiting_since is None:
        wait = ""
    elif late:
        wait = (
            f'<svg class="shape-overdue"><use href="#f-o"/></svg><b>{waited} d</b> <span>'
            f"{words.since % {'day': words.day(row.waiting_since)}}<i>, {words.late}</i></span>"
        )
    else:
        wait = (
            f'<svg class="shape-needs"><use href="#f-n"/></svg><b>{waited} d</b> <span>'
            f"{words.since % {'day': words.day(row.waiting_since)}}</span>"
        )
    if late and not wait and row.due_date is not None:
        wait = f'<svg class="shape-overdue"><use href="#f-o"/></svg><span>{escape(_due(row.due_date, words))}</span>'
    step = words.text(row.next_step)
    if bits & boards.PAUSED:
        step = f"{step} <small>{words.paused}</small>" if step else f"<small>{words.paused}</small>"
    bar = f'<i class="d{min(day * _STEPS // guide, _STEPS)}"></i>' if day is not None and guide else ""
    phase = "–" if row.phase is None else row.phase
    contact = "–" if row.last_contact_on is None else words.day(row.last_contact_on)
    return (
        f'<tr{" class=row-overdue" if late else ""}><th scope="row">{picked}{linked}<td class="num">{phase}'
        f'<td class="num">{"–" if day is None else day}{bar}<td>{step or "–"}<td>{_waits_on(row, words)}<td>{wait}'
        f"<td>{contact}<td>{words.text(row.lead_name) or '–'}\n"
    )


def _due(day: date, words: Words) -> str:
    # Translators: when a step should have been done.
    return _("skulle vara klart %(day)s") % {"day": words.day(day)}


def _waits_on(row: Row, words: Words) -> str:
    if row.waits_who == "participant":
        return words.participant
    if not row.waits_who:
        return ""
    who = row.waits_name or _role(row.waits_role)
    if row.waits_area_id == words.said.area_id:
        return words.text(who) or words.us
    place = words.said.bodies.get(row.waits_area_id, "") if row.waits_area_id else ""
    return words.text(f"{who}, {place}" if who and place else who or place)


def _role(role: str) -> str:
    """Small letters, as on a phone where the words go on from "väntar på"; the desk's list makes the first one large."""
    name = _(_ROLE_NAMES[Role(role).value]) if role in _ROLE_NAMES else role
    return name[:1].lower() + name[1:]


def waits_on(row: Row, words: Words) -> str:
    """Whom it waits on as plain text, for files: the same words as on the screen."""
    said = unescape(_waits_on(row, words))
    return said[:1].upper() + said[1:]


def forms() -> str:
    """The shapes that rows point at, drawn once on the page."""
    return _FORMS
