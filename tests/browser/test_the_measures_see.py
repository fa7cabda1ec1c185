"""The measures that every page passes: each is shown a page with the fault that it looks for, and finds it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Route

from tests.browser import axe, looking, measures, walk
from tests.browser.chrome import Chrome, Watched


@pytest.fixture
def watched(walked_chrome: Chrome) -> Iterator[Watched]:
    """A browser of its own, whose page can be spoilt on its way from the server."""
    fresh = walked_chrome.fresh()
    yield fresh
    fresh.page.context.close()


def spoilt(watched: Watched, before: str, after: str, path: str = "/logga-in/") -> list[str]:
    """Open a page in which one piece of HTML has been replaced; what the browser complains about."""

    def spoil(route: Route) -> None:
        answer = route.fetch()
        assert before in answer.text()
        route.fulfill(response=answer, body=answer.text().replace(before, after, 1))

    watched.page.route(f"**{path}", spoil)
    watched.go(path)
    watched.page.wait_for_timeout(300)
    return watched.complaints


def test_an_unspoilt_page_is_quiet(watched: Watched) -> None:
    assert spoilt(watched, "</main>", "</main>") == []


@pytest.mark.parametrize(
    "after",
    [
        '<img src="http://127.0.0.1:9/one.png" alt=""></main>',
        '<link rel="stylesheet" href="http://127.0.0.1:9/one.css"></main>',
        '<script src="http://127.0.0.1:9/one.js"></script></main>',
    ],
)
def test_something_from_another_host_is_seen(watched: Watched, after: str) -> None:
    assert any("127.0.0.1:9" in complaint for complaint in spoilt(watched, "</main>", after))


@pytest.mark.parametrize(
    "after",
    ["<script>document.title = 'x'</script></main>", '<p style="color: red">x</p></main>', "<style>p{}</style></main>"],
)
def test_what_the_policy_forbids_is_seen(watched: Watched, after: str) -> None:
    assert any("Content Security Policy" in complaint for complaint in spoilt(watched, "</main>", after))
    assert watched.page.title() != "x"


def test_a_picture_without_words_is_seen(watched: Watched) -> None:
    spoilt(watched, "</main>", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main>')
    assert axe.violations(watched.page)


def test_a_page_that_scrolls_sideways_is_seen(watched: Watched) -> None:
    spoilt(watched, "</main>", f"<pre>{'x' * 4000}</pre></main>")
    assert measures.too_wide(watched.page)


NARROW, DARK = "@media (max-width: 400px)", "@media (prefers-color-scheme: dark)"
LONG = f"<pre>{'x' * 48}</pre></main>"  # in a window of 640 there is room for it
STEP = walk.Step("", "/logga-in/", "sign_in", 200, "Vem vill du vara?", (), ("a.[]",), (), "", is_page=True)


def looked_at(chrome: Chrome, html: str = "</main>", style: str = "") -> dict[str, list[str]]:
    """The page of the sign-in with another end or more style, as every page is looked at: faults by way."""
    watched = chrome.pages["", "[]"] = chrome.fresh()

    def spoil(route: Route) -> None:
        answer = route.fetch()
        body = answer.text() + style if ".css" in route.request.url else answer.text().replace("</main>", html)
        route.fulfill(response=answer, body=body)

    watched.page.route("**/type*.css", spoil)
    watched.page.route("**/logga-in/", spoil)
    found = looking.at(chrome, *looking.shares([STEP], windows=1))
    watched.page.context.close()
    return {way: faults for way, faults in found.items() if faults}


WRONG = {
    "wide on a phone": (LONG, "", {"390", "320"}),
    "pale in the dark": ("</main>", f"{DARK} {{ h1 {{ color: #444 !important; }} }}", {"dark"}),
    "light in the dark": ("</main>", f"{DARK} {{ body {{ background: white !important; }} }}", {"dark"}),
    "no heading on a phone": ("</main>", f"{NARROW} {{ h1 {{ display: none; }} }}", {"phone"}),
    "scrolls on a phone": ("</main>", f"{NARROW} {{ h1 {{ height: 9px; overflow: auto; }} }}", {"phone"}),
    "no ring": ("</main>", "* { outline: none !important; box-shadow: none !important; }", {"keyboard"}),
    "nothing": ("</main>", "", set()),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_in_one_way_of_looking_is_told_of_that_way(
    walked_chrome: Chrome, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    html, style, ways = WRONG[what]
    monkeypatch.setattr(looking, "FRAMES", 0)
    assert set(looked_at(walked_chrome, html, style)) == ways


@pytest.mark.parametrize("what", ["pale in the dark", "scrolls on a phone"])
def test_so_it_is_on_the_pages_that_show_the_frame(walked_chrome: Chrome, what: str) -> None:
    html, style, ways = WRONG[what]
    assert set(looked_at(walked_chrome, html, style)) == ways
