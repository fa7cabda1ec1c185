"""Whom one can be in the demo: one card for each role, in the order in which they are met."""

from collections.abc import Callable
from dataclasses import dataclass

from samkraft.audit.actions import transactions
from samkraft.partners.queries import memberships
from samkraft.partners.rules.roles import ROLES, Role
from samkraft.values.wording import phrase

GROUPS = (
    (
        phrase("Arbetar med medel"),
        (
            "karin.wahl",
            "tomas.hed",
            "lotta.vinge",
            "stefan.brink",
            "sara.nylen",
            "gunilla.frisk",
            "nora.falk",
            "omar.lindqvist",
            "hans.ivarsson",
        ),
    ),
    (phrase("Styr och följer upp"), ("eva.lindh", "birgitta.alm", "jonas.wester", "kristina.holm", "henrik.sand")),
    (
        phrase("Möter deltagare"),
        (
            "asa.ek",
            "maja.rosen",
            "per.nyberg",
            "lena.stahl",
            "farid.noori",
            "katja.winter",
            "anton.skog",
            "vera.lindgren",
            "ali.rahimi",
            "ulrika.hjort",
        ),
    ),
    (
        phrase("Håller ordning"),
        ("rebecca.strom", "anders.palm", "inger.ros", "mats.bjork", "marie.sjogren", "jenny.loof", "siv.ahlgren"),
    ),
)
COLUMNS = ((0, 1), (2, 3))  # which groups stand in which column

Waiting = Callable[[memberships.MembershipRow], str]
_waiting: dict[Role, Waiting] = {}


@dataclass(frozen=True, slots=True)
class Card:
    """One person to be: name, what and where, and what waits, else what the role is for."""

    email: str
    name: str
    what: str
    where: str
    waits: str
    description: str
    has_several: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under a heading."""

    heading: str
    cards: tuple[Card, ...]


def tells(*roles: Role) -> Callable[[Waiting], Waiting]:
    """Mark a function that tells, for people with these roles, what waits: a true line, or nothing to say ("").

    The function is called inside a read transaction with that person's own context. Register it where the routes of the
    part are listed, so that it is there when the pages are.
    """

    def register(tell: Waiting) -> Waiting:
        for role in roles:
            _waiting[role] = tell
        return tell

    return register


def columns() -> list[list[Group]]:
    """The cards, grouped, for the page. People who are not in the database are left out."""
    found = memberships.of_people([address(name) for _heading, names in GROUPS for name in names])
    groups = [
        Group(heading, tuple(_card(found[address(name)]) for name in names if address(name) in found))
        for heading, names in GROUPS
    ]
    return [[groups[number] for number in column if groups[number].cards] for column in COLUMNS]


def address(name: str) -> str:
    """`karin.wahl` as the invented address that it stands for."""
    return f"{name}@exempel.invalid"


def _card(held: list[memberships.MembershipRow]) -> Card:
    first = held[0]
    several = len(held) > 1
    what = " · ".join(dict.fromkeys(row.title or row.role_name for row in held))
    places = dict.fromkeys(row.organisation_name for row in held)
    return Card(
        email=first.user_email,
        name=first.user_name,
        what=what,
        where=" · ".join(place for place in places if place.casefold() not in what.casefold()),
        waits="" if several else _what_waits(first),
        description=ROLES[first.role].description,
        has_several=several,
    )


def _what_waits(row: memberships.MembershipRow) -> str:
    tell = _waiting.get(row.role)
    if tell is not None:
        with transactions.read(row.context()):
            return tell(row)
    return ""
