"""Where the search looks: one source for each kind of thing.

To add one: write a function from who reads and the words to a Group (or None), and put it in `registered`. A source asks
its domain's queries, which give only what the reader may see.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from samkraft.values.context import Context

SHOWN = 8  # hits of each kind on the page


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found. `person_id` when it is a participant, for the trail."""

    label: str
    url: str
    note: str = ""
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind, with how many there were and where to see all of them."""

    heading: str
    icon: str
    hits: tuple[Hit, ...]
    total: int
    all_url: str = ""


Source = Callable[[Context, list[str]], Group | None]


def registered() -> tuple[Source, ...]:
    """All sources, in the order that they are shown. Imported when asked for: they use the shapes above."""
    from samkraft.web.search import help_pages, money, partners, people, undertakings

    return (
        people.participants,
        money.matters,
        money.funds,
        partners.organisations,
        partners.people,
        undertakings.goals,
        undertakings.initiatives,
        undertakings.duties,
        help_pages.pages,
    )


def group(heading: str, icon: str, hits: list[Hit], all_url: str = "") -> Group | None:
    """The first hits and the number of all of them; None when nothing was found. Hits without an address are left out."""
    hits = [hit for hit in hits if hit.url]
    return Group(heading, icon, tuple(hits[:SHOWN]), len(hits), all_url) if hits else None


def address(route: str, *arguments: object) -> str:
    """Where the page is; empty while the product has no such page."""
    try:
        return reverse(route, args=arguments)
    except NoReverseMatch:
        return ""


def find(by: Context, words: list[str]) -> list[Group]:
    """What every source finds."""
    return [found for source in registered() if (found := source(by, words)) is not None]
