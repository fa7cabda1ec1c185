"""Each page opened once and looked at in every way: at a desk, and the richest of each kind in the dark and on phones too.

In a few windows, person after person: what every page fetches is fetched once in each.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser import axe, measures, walk
from tests.browser.chrome import WIDE, Chrome, Watched

# From wide to narrow: the first is one of 1280 by 900 at 200 %, the last the smallest phone.
WINDOWS = {
    "200 %": {"width": 640, "height": 450},
    "390": {"width": 390, "height": 844},
    "320": {"width": 320, "height": 640},
}
FRAMES = 1  # pages of each person whose colours are seen on a phone too, for the bar and the menu that only a phone has
RINGS = 24  # stops with the keyboard, on the pages that hold everything that can take focus
PAPER_IN_THE_DARK = "rgb(18, 15, 21)"
# Which of the elements of the content show: a word of ones and zeros.
_SHOWN = "[...document.querySelectorAll('main *')].map(one => +one.checkVisibility()).join('')"
Faults = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A page to look at: at a desk always."""

    step: walk.Step
    in_windows: bool  # whether it fits in narrow ones
    in_the_dark: bool  # axe sees it there and on a phone too
    has_rings: bool  # whatever takes focus further down is tried too


def shares(steps: list[walk.Step], windows: int) -> list[list[Chosen]]:
    """The pages to look at, how to look at each, and in which window: all that one person met in the same, as even as may be."""
    chosen, kinds = walk.examples(steps), walk.kinds(steps)
    in_windows = {_key(step) for step in kinds}
    in_the_dark = {_key(step) for step in walk.all_that_is_built(kinds, walk.EVERYTHING)}
    with_rings = {_key(step) for step in walk.all_that_is_built(chosen, walk.TAKES_FOCUS)}
    by_person: dict[str, list[Chosen]] = {}
    for step in chosen:
        key = _key(step)
        looks = Chosen(step, key in in_windows, in_the_dark=key in in_the_dark, has_rings=key in with_rings)
        by_person.setdefault(step.person, []).append(looks)
    shared: list[list[Chosen]] = [[] for _window in range(windows)]
    for pages in sorted(by_person.values(), key=len, reverse=True):
        min(shared, key=len).extend(pages)
    return shared


def at(chrome: Chrome, pages: list[Chosen]) -> Faults:
    """Open each page once, and measure it in each way that it is chosen for: faults by way."""
    found: Faults = {name: [] for name in (*AT_A_DESK, *ELSEWHERE, "keyboard")}
    met: Counter[str] = Counter()
    watched, who = chrome.as_person(walk.NOBODY), walk.NOBODY
    axe.come_along(watched.page)
    for chosen in pages:
        step = chosen.step
        if step.person != who:
            chrome.become(watched, step.person)
            who = step.person
        status = watched.go(step.address)
        told = {name: measure(watched, step, status) for name, measure in AT_A_DESK.items()}
        shown = watched.page.evaluate(_SHOWN)
        if chosen.in_windows:
            told |= {name: _in_window(watched, window) for name, window in WINDOWS.items()}
        if chosen.in_the_dark:
            told |= _elsewhere(watched, shown, has_a_frame_to_see=met[step.person] < FRAMES)
            met[step.person] += 1
        watched.page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # it is a plain dict there too
        told["keyboard"] = measures.focus_faults(watched.page, steps=RINGS if chosen.has_rings else 0)
        for name, faults in told.items():
            found[name] += [f"{step.address} ({step.person}): {fault}" for fault in faults]
    return found


def _key(step: walk.Step) -> tuple[str, str]:
    return step.person, step.address


def _opens(watched: Watched, step: walk.Step, status: int) -> list[str]:
    words = " ".join(watched.page.evaluate("document.querySelector('h1')?.innerText ?? ''").split())
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
ELSEWHERE = (*WINDOWS, "phone", "dark")


def _elsewhere(watched: Watched, shown_wide: str, *, has_a_frame_to_see: bool) -> Faults:
    """In the smallest window, where it is now, and in the dark; left there and light.

    Axe takes longer than all the rest. Where the same things show on the smallest phone as at a desk, it looks once at the
    phone in the dark; but on the pages for the frame, which shows other things on a phone, at each by itself.
    """
    page = watched.page
    found = {}
    if has_a_frame_to_see:
        found["phone"] = axe.violations(page)
    elif page.evaluate(_SHOWN) != shown_wide:
        found["phone"] = axe.violations_but_colour(page)
    else:
        page.emulate_media(color_scheme="dark")
        both = _paper(page) + axe.violations(page)
        found["phone"] = [fault for fault in both if not axe.is_of_colour(fault)]
        found["dark"] = [fault for fault in both if axe.is_of_colour(fault)]
    if "dark" not in found:
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # it is a plain dict there too
        page.emulate_media(color_scheme="dark")
        found["dark"] = _paper(page) + axe.violations_of_colour(page)
    page.emulate_media(color_scheme="light")
    return found


def _in_window(watched: Watched, window: dict[str, int]) -> list[str]:
    watched.page.set_viewport_size(window)  # type: ignore[arg-type]  # it is a plain dict there too
    return measures.does_not_fit(watched.page)


def _paper(page: Page) -> list[str]:
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return [] if colour == PAPER_IN_THE_DARK else [f"{axe.COLOUR[0]}: the paper is {colour} in the dark"]
