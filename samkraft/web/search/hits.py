"""What a search finds: hits of one kind in a group."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

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
