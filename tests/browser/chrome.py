"""A person's browser: one Chromium, a context for each person and manner, and a record of all that goes wrong in it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.browser.city import City
from tests.browser.visitor import Visitor

WIDE = {"width": 1280, "height": 900}
SETTLED_MS = 15_000


@dataclass
class Watched:
    """A page, and what its browser has complained about since the last `forget`."""

    page: Page
    city: City
    complaints: list[str] = field(default_factory=list)

    def go(self, address: str) -> int:
        """Open an address of the city and wait until it has settled. Returns the status."""
        self.complaints.clear()
        came: Response | None = self.page.goto(self.city.address + address, wait_until="load")
        self.page.evaluate("document.fonts.ready.then(() => true)")
        return came.status if came else 0

    def note_message(self, message: ConsoleMessage) -> None:
        """Errors, and the policy's refusals, which are errors too."""
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def note_request(self, request: Request) -> None:
        """Nothing is fetched from anywhere else."""
        host = urlsplit(request.url)
        if host.scheme not in {"data", "blob"} and f"{host.scheme}://{host.netloc}" != self.city.address:
            self.complaints.append(f"asks {request.url}")


class Chrome:
    """Opens pages for demo people. Each person signs in once for each manner of looking."""

    def __init__(self, browser: Browser, city: City) -> None:
        self.browser = browser
        self.city = city
        self.pages: dict[tuple[str, str], Watched] = {}
        self.contexts: list[BrowserContext] = []

    def as_person(self, person: str, **manner: Any) -> Watched:
        """The page of a person ("" is nobody), kept between calls. `manner` is Playwright's for the context."""
        key = (person, repr(sorted(manner.items())))
        if key not in self.pages:
            self.pages[key] = self.fresh(person, **manner)
        return self.pages[key]

    def fresh(self, person: str = "", **manner: Any) -> Watched:
        """A page in a context of its own, signed in as the person."""
        context = self.browser.new_context(**{"viewport": WIDE, "locale": "sv-SE", **manner})
        context.set_default_timeout(SETTLED_MS)
        self.contexts.append(context)
        watched = Watched(context.new_page(), self.city)
        watched.page.on("console", watched.note_message)
        watched.page.on("pageerror", lambda error: watched.complaints.append(f"script: {error}"))
        context.on("request", watched.note_request)
        if person:
            sign_in(watched.page, self.city, person)
        return watched

    def become(self, watched: Watched, person: str) -> None:
        """Be somebody else in the same window. What pages have left behind in it is gone; what they fetch is kept."""
        context = context_of(watched)
        asked = context.new_cdp_session(watched.page)
        asked.send("Storage.clearDataForOrigin", {"origin": self.city.address, "storageTypes": "all"})
        asked.detach()
        watched.page.evaluate("location.protocol === 'about:' || sessionStorage.clear()")
        context.clear_cookies()
        if person:
            context.add_cookies(Visitor(self.city, person).cookies())  # type: ignore[arg-type]  # they are plain dicts there too

    def close(self) -> None:
        """Close what was opened."""
        for context in self.contexts:
            context.close()


def sign_in(page: Page, city: City, person: str) -> None:
    """Be a demo person, where they come in; of several roles one. How one does it by hand is tried in a test of its own."""
    visitor = Visitor(city, person)
    page.context.add_cookies(visitor.cookies())  # type: ignore[arg-type]  # they are plain dicts there too
    page.goto(visitor.first.address, wait_until="load")


def context_of(watched: Watched) -> BrowserContext:
    """The page's context, for cookies and the like."""
    return watched.page.context
