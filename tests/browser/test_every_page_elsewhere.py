"""Each kind of page in the dark, on small phones, at 200 %, and without script."""

import pytest

from tests.browser import looking, verdict, walk
from tests.browser.chrome import Chrome


@pytest.fixture(scope="module")
def kinds(steps: list[walk.Step]) -> list[walk.Step]:
    """One page of each route, the richest."""
    return walk.kinds(steps)


def test_every_kind_of_page_is_looked_at(steps: list[walk.Step], kinds: list[walk.Step]) -> None:
    assert len(kinds) > 60
    pages = [page for share in looking.shares(steps, windows=2) for page in share]
    assert {page.step.route for page in pages if page.in_windows} == {step.route for step in kinds}
    in_the_dark = {piece for page in pages if page.in_the_dark for piece in page.step.skeleton}
    verdict.is_clean(sorted({piece for step in kinds for piece in step.skeleton} - in_the_dark))


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("dark", "axe finds nothing in the dark"),
        ("phone", "axe finds nothing on the smallest phone"),
        ("320", "nothing scrolls sideways and no amount is broken at 320 px"),
        ("390", "nothing scrolls sideways and no amount is broken at 390 px"),
        ("200 %", "nothing scrolls sideways and no amount is broken at 200 %"),
    ],
)
def test_pages_looked_at_in_other_ways(seen: dict[str, list[str]], way: str, words: str) -> None:
    verdict.is_clean(seen[way], words)


def test_pages_say_the_same_without_script(walked_chrome: Chrome, kinds: list[walk.Step]) -> None:
    """The walk has read each page without script; what is left is what the style shows then, by what pages are built of."""
    faults = []
    for step in walk.all_that_is_built(kinds):
        watched = walked_chrome.as_person(step.person, java_script_enabled=False)
        came = watched.page.goto(watched.city.address + step.address)
        words = " ".join(watched.page.locator("h1").inner_text().split())
        if not came or came.status != 200 or words != step.heading:
            faults.append(f"{step.address} ({step.person}): {came and came.status} {words!r}")
        dead = watched.page.locator("[data-prints]:visible, [data-copy-link]:visible, [data-needs-script]:visible")
        if dead.count():
            faults.append(f"{step.address} ({step.person}): shows what only script can do")
    verdict.is_clean(faults)
