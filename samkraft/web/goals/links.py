"""A heading with links: what another part of the product knows about a goal or an initiative."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """One line in a group."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading, already in the reader's language, with its links."""

    heading: str
    links: tuple[Link, ...]
