"""The measures that every page passes: each is shown a page with the fault that it looks for, and finds it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Route

from tests.browser import axe, measures
from tests.browser.chrome import Chrome, Watched


@pytest.fixture
def watched(chrome: Chrome) -> Iterator[Watched]:
    """A browser of its own, whose page can be spoilt on its way from the server."""
    fresh = chrome.fresh()
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
