"""Somebody who reads the product without a browser, as a demo person or as nobody."""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from functools import cache

from tests.browser import paper
from tests.browser.city import City

PATIENCE_S = 60
ENTRANCE = "/logga-in/"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, after redirects."""

    status: int
    address: str
    kind: str
    html: str


class Visitor:
    """A session with cookies. `person` is the part before @ in a demo person's address; empty for nobody."""

    def __init__(self, city: City, person: str = "") -> None:
        self.city = city
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.first = self._be(person) if person else self.open(ENTRANCE)

    def open(self, address: str, form: dict[str, str] | None = None) -> Answer:
        """Get an address, or send a form to it."""
        whole = urllib.parse.urljoin(self.city.address, address)
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        asked = urllib.request.Request(whole, data=data, headers={"Referer": whole, "Accept-Language": "sv"})
        try:
            with self.opener.open(asked, timeout=PATIENCE_S) as came:
                return _answer(came)
        except urllib.error.HTTPError as refused:
            with refused:
                return _answer(refused)

    def cookies(self) -> list[dict[str, str]]:
        """What a browser needs to go on with the session, as Playwright takes it."""
        return [{"name": one.name, "value": one.value or "", "url": self.city.address} for one in self.jar]

    def _be(self, person: str) -> Answer:
        form, cookies = _entrance(self.city)
        for cookie in cookies:
            self.jar.set_cookie(cookie)
        came = self.open(form.action, {**form.fields, "person": f"{person}@exempel.invalid"})
        if not came.address.startswith(f"{self.city.address}/logga-in/roll/"):
            return came
        choosing = next(form for form in paper.read(came.html).forms if ("choose" in dict(form.buttons)))
        return self.open("/logga-in/roll/", {**choosing.fields, "choose": dict(choosing.buttons)["choose"]})


@cache
def _entrance(city: City) -> tuple[paper.Form, tuple[http.cookiejar.Cookie, ...]]:
    """The form by which one becomes somebody, and the cookies that it came with: the page tells of everybody, and is dear."""
    nobody = Visitor(city)
    form = next(form for form in paper.read(nobody.first.html).forms if form.action.endswith("/demo/"))
    return form, tuple(nobody.jar)


def _answer(came: "urllib.request.addinfourl | urllib.error.HTTPError") -> Answer:
    kind = (came.headers.get("Content-Type") or "").split(";")[0]
    body = came.read()
    return Answer(came.status or 0, came.url, kind, body.decode("utf-8") if kind == "text/html" else "")
