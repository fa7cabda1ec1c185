"""Each page opened once and looked at in every way: at a desk, and the richest of each kind in the dark and on phones too."""

from collections.abc import Callable, Sequence

from playwright.sync_api import Page

from tests.browser import axe, measures, walk
from tests.browser.chrome import WIDE, Chrome, Watched

PHONE = {"width": 320, "height": 640}
ORDINARY_PHONE = {"width": 390, "height": 844}
TWICE = {"width": 640, "height": 450}  # a window of 1280 by 900 at 200 %
FRAMES = 20  # pages whose colours are seen on a phone too, for the bar and the menu that only a phone has
PAPER_IN_THE_DARK = "rgb(18, 15, 21)"
Faults = dict[str, list[str]]


def kinds(steps: Sequence[walk.Step]) -> list[walk.Step]:
    """One page of each route, the richest."""
    return walk.one_of_each([step for step in steps if step.person in walk.FEW])


def at(chrome: Chrome, steps: list[walk.Step]) -> Faults:
    """Open each page that is measured once, and measure it in each way that it is chosen for: faults by way."""
    found: Faults = {name: [] for name in (*AT_A_DESK, *ELSEWHERE, "keyboard")}
    at_a_desk = {_key(step) for step in walk.examples(steps)}
    elsewhere = {_key(step): number for number, step in enumerate(kinds(steps))}
    for step in [*walk.examples(steps), *(step for step in kinds(steps) if _key(step) not in at_a_desk)]:
        watched = chrome.as_person(step.person)
        watched.page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # it is a plain dict there too
        status = watched.go(step.address)
        told: Faults = {}
        if _key(step) in at_a_desk:
            told |= {name: measure(watched, step, status) for name, measure in AT_A_DESK.items()}
        if _key(step) in elsewhere:
            told |= _elsewhere(watched, has_a_frame_to_see=elsewhere[_key(step)] < FRAMES)
        if _key(step) in at_a_desk:  # last: it moves through the page
            told["keyboard"] = measures.focus_faults(watched.page)
        for name, faults in told.items():
            found[name] += [f"{step.address} ({step.person}): {fault}" for fault in faults]
    return found


def _key(step: walk.Step) -> tuple[str, str]:
    return step.person, step.address


def _opens(watched: Watched, step: walk.Step, status: int) -> list[str]:
    words = " ".join(watched.page.locator("h1").first.inner_text().split())
    return [] if (status, words) == (200, step.heading) else [f"{status}, {words!r} instead of {step.heading!r}"]


def _complains(watched: Watched, step: walk.Step, status: int) -> list[str]:
    return list(watched.complaints)


def _on_page(measure: Callable[[Page], list[str]]) -> Callable[[Watched, walk.Step, int], list[str]]:
    return lambda watched, step, status: measure(watched.page)


AT_A_DESK: dict[str, Callable[[Watched, walk.Step, int], list[str]]] = {
    "opens": _opens,
    "violations": _on_page(axe.violations),
    "width": _on_page(measures.too_wide),
    "amounts": _on_page(measures.broken_amounts),
    "complaints": _complains,
}
ELSEWHERE = ("200 %", "390", "320", "phone", "dark")


def _elsewhere(watched: Watched, *, has_a_frame_to_see: bool) -> Faults:
    """In narrower and narrower windows, and wide again in the dark; left wide and light."""
    return {
        "200 %": _in_window(watched, TWICE),
        "390": _in_window(watched, ORDINARY_PHONE),
        "320": _in_window(watched, PHONE),
        "phone": (axe.violations if has_a_frame_to_see else axe.violations_but_colour)(watched.page),
        "dark": _in_the_dark(watched),
    }


def _in_window(watched: Watched, window: dict[str, int]) -> list[str]:
    watched.page.set_viewport_size(window)  # type: ignore[arg-type]  # it is a plain dict there too
    return measures.too_wide(watched.page) + measures.broken_amounts(watched.page)


def _in_the_dark(watched: Watched) -> list[str]:
    watched.page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # it is a plain dict there too
    watched.page.emulate_media(color_scheme="dark")
    paper = watched.page.evaluate("getComputedStyle(document.body).backgroundColor")
    found = axe.violations_of_colour(watched.page)
    watched.page.emulate_media(color_scheme="light")
    return found if paper == PAPER_IN_THE_DARK else [f"the paper is {paper} in the dark", *found]
