"""Where a page about money is shown: inside, or open to anybody. The same page, with other addresses around it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class Space:
    """`namespace` is that of the routes; `is_public` leaves out what is only for those who work here."""

    namespace: str
    layout: str
    is_public: bool

    def url(self, name: str, *args: Any, **query: Any) -> str:
        """The address of a page, with what is set in the query."""
        address = reverse(f"{self.namespace}:{name}", args=args)
        kept = {key: value for key, value in query.items() if value not in ("", None)}
        return f"{address}?{urlencode(kept)}" if kept else address

    def inside(self, name: str, *args: Any, anchor: str = "", part: str = "money") -> str:
        """A page that only those who work here have: empty where it is public, or where there is no such page."""
        if self.is_public:
            return ""
        try:
            address = reverse(f"{part}:{name}", args=args)
        except NoReverseMatch:
            return ""
        return f"{address}#{anchor}" if anchor else address


INSIDE = Space("money", "page.html", is_public=False)
OPEN = Space("public", "plain.html", is_public=True)
