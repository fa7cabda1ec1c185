"""Every kind of page in a real Chromium, as it is met at a desk: accessible, quiet, whole, and reachable by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import axe, measures, verdict, walk
from tests.browser.chrome import Chrome, Watched


@pytest.fixture(scope="module")
def seen(chrome: Chrome, steps: list[walk.Step]) -> dict[str, list[str]]:
    """Open each example once and measure everything while it is open: faults by kind of measure."""
    found: dict[str, list[str]] = {name: [] for name in MEASURES}
    for step in walk.examples(steps):
        watched = chrome.as_person(step.person)
        status = watched.go(step.address)
        for name, measure in MEASURES.items():
            found[name] += [f"{step.address} ({step.person}): {fault}" for fault in measure(watched, step, status)]
    return found


def _opens(watched: Watched, step: walk.Step, status: int) -> list[str]:
    words = " ".join(watched.page.locator("h1").first.inner_text().split())
    return [] if (status, words) == (200, step.heading) else [f"{status}, {words!r} instead of {step.heading!r}"]


def _complains(watched: Watched, step: walk.Step, status: int) -> list[str]:
    return list(watched.complaints)


def _on_page(measure: Callable[[Page], list[str]]) -> Callable[[Watched, walk.Step, int], list[str]]:
    return lambda watched, step, status: measure(watched.page)


MEASURES: dict[str, Callable[[Watched, walk.Step, int], list[str]]] = {
    "opens": _opens,
    "violations": _on_page(axe.violations),
    "width": _on_page(measures.too_wide),
    "amounts": _on_page(measures.broken_amounts),
    "complaints": _complains,
}


def test_enough_pages_are_measured(steps: list[walk.Step]) -> None:
    chosen = walk.examples(steps)
    assert {step.route for step in chosen} == {step.route for step in steps if step.status == 200 and step.is_page}
    assert len(chosen) > 60


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("opens", "each page opens with the same heading as without script"),
        ("violations", "axe finds nothing"),
        ("width", "no page scrolls sideways, and what scrolls by itself says what it is"),
        ("amounts", "no amount is broken over two lines"),
        ("complaints", "the browser has nothing to complain about, and asks nobody else for anything"),
    ],
)
def test_pages_in_light_at_a_desk(seen: dict[str, list[str]], measure: str, words: str) -> None:
    verdict.is_clean(seen[measure], words)


def test_the_keyboard_reaches_each_kind_of_page_and_shows_where_it_is(chrome: Chrome, steps: list[walk.Step]) -> None:
    faults = []
    for step in walk.one_of_each(steps):
        watched = chrome.as_person(step.person)
        watched.go(step.address)
        found = measures.focus_faults(watched.page)
        faults += [f"{step.address} ({step.person}): {fault}" for fault in found]
    verdict.is_clean(faults)
