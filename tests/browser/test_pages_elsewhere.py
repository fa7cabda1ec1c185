"""Each kind of page in the dark, on a small phone, at 200 %, and without script."""

import pytest

from tests.browser import axe, measures, verdict, walk
from tests.browser.chrome import Chrome

PHONE = {"width": 320, "height": 640}
TWICE = {"width": 640, "height": 450}  # a window of 1280 by 900 at 200 %
ORDINARY_PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def kinds(steps: list[walk.Step]) -> list[walk.Step]:
    """One page of each route, the richest."""
    chosen = walk.one_of_each(steps)
    assert len(chosen) > 35
    return chosen


def test_the_dark_is_as_accessible_as_the_light(chrome: Chrome, kinds: list[walk.Step]) -> None:
    faults = []
    for step in kinds:
        watched = chrome.as_person(step.person, color_scheme="dark")
        watched.go(step.address)
        faults += [f"{step.address} ({step.person}): {fault}" for fault in axe.violations(watched.page)]
        paper = watched.page.evaluate(
            "getComputedStyle(document.documentElement).colorScheme + getComputedStyle(document.body).backgroundColor"
        )
        assert "rgb(247" not in paper, f"{step.address} is light in the dark: {paper}"
    verdict.is_clean(faults)


@pytest.mark.parametrize("window", [PHONE, ORDINARY_PHONE, TWICE], ids=["320", "390", "200 %"])
def test_nothing_scrolls_sideways_in_a_narrow_window(
    chrome: Chrome, kinds: list[walk.Step], window: dict[str, int]
) -> None:
    faults = []
    for step in kinds:
        watched = chrome.as_person(step.person, viewport=window)
        watched.go(step.address)
        found = measures.too_wide(watched.page) + measures.broken_amounts(watched.page) + watched.complaints
        if window == PHONE:
            found += axe.violations(watched.page)
        faults += [f"{step.address} ({step.person}): {fault}" for fault in found]
    verdict.is_clean(faults)


def test_pages_say_the_same_without_script(chrome: Chrome, kinds: list[walk.Step]) -> None:
    faults = []
    for step in kinds:
        watched = chrome.as_person(step.person, java_script_enabled=False)
        came = watched.page.goto(watched.city.address + step.address)
        words = " ".join(watched.page.locator("h1").inner_text().split())
        if not came or came.status != 200 or words != step.heading:
            faults.append(f"{step.address} ({step.person}): {came and came.status} {words!r}")
        if watched.page.locator("main [data-only-with-script]:visible").count():
            faults.append(f"{step.address} ({step.person}): shows what only script can do")
    verdict.is_clean(faults)
