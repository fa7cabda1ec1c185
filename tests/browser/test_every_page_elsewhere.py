"""Each kind of page in the dark, on small phones, at 200 %, and without script."""

import pytest

from tests.browser import axe, measures, verdict, walk
from tests.browser.chrome import Chrome, Watched

PHONE = {"width": 320, "height": 640}
ORDINARY_PHONE = {"width": 390, "height": 844}
TWICE = {"width": 640, "height": 450}  # a window of 1280 by 900 at 200 %
WIDE = {"width": 1280, "height": 900}
FRAMES = 20  # pages whose colours are seen on a phone too, for the bar and the menu that only a phone has


@pytest.fixture(scope="module")
def kinds(steps: list[walk.Step]) -> list[walk.Step]:
    """One page of each route, the richest."""
    return walk.one_of_each([step for step in steps if step.person in walk.FEW])


@pytest.fixture(scope="module")
def seen(walked_chrome: Chrome, kinds: list[walk.Step]) -> dict[str, list[str]]:
    """Open each page once and look at it in every way: faults by way."""
    found: dict[str, list[str]] = {name: [] for name in ("dark", "320", "390", "200 %", "phone")}
    for number, step in enumerate(kinds):
        watched = walked_chrome.as_person(step.person)
        watched.page.set_viewport_size(TWICE)
        watched.go(step.address)
        faults = {
            "200 %": _narrow(watched),
            "390": _in_window(watched, ORDINARY_PHONE),
            "320": _in_window(watched, PHONE),
            "phone": (axe.violations if number < FRAMES else axe.violations_but_colour)(watched.page),
            "dark": _in_the_dark(watched),
        }
        for way, words in faults.items():
            found[way] += [f"{step.address} ({step.person}): {fault}" for fault in words]
    return found


def _in_window(watched: Watched, window: dict[str, int]) -> list[str]:
    watched.page.set_viewport_size(window)  # type: ignore[arg-type]  # it is a plain dict there too
    return _narrow(watched)


def _narrow(watched: Watched) -> list[str]:
    return measures.too_wide(watched.page) + measures.broken_amounts(watched.page)


def _in_the_dark(watched: Watched) -> list[str]:
    watched.page.set_viewport_size(WIDE)
    watched.page.emulate_media(color_scheme="dark")
    paper = watched.page.evaluate("getComputedStyle(document.body).backgroundColor")
    found = axe.violations_of_colour(watched.page)
    watched.page.emulate_media(color_scheme="light")
    return found if paper == "rgb(18, 15, 21)" else [f"the paper is {paper} in the dark", *found]


def test_every_kind_of_page_is_looked_at(kinds: list[walk.Step]) -> None:
    assert len(kinds) > 60


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
