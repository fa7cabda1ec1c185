"""The whole product as the fund officer meets it in English: its own words are English, and longer ones still fit."""

from collections.abc import Iterator

import pytest

from tests.browser import measures, verdict, walk
from tests.browser.chrome import Chrome, Watched

# What the frame around every page says in Swedish. Names of people, bodies and funds stay Swedish.
SWEDISH = (
    "Hoppa till innehållet",
    "Sök",
    "Inkorg",
    "Medel",
    "Årshjul",
    "Mål",
    "Organisationer",
    "påhittade personer",
    "byt roll",
    "Hjälp",
    "Tillgänglighet",
    "Så hanterar vi uppgifter",
    "Du arbetar som",
    "Utseende",
    "Logga ut",
    "Kortkommandon",
)
_FRAME = """() => [...document.querySelectorAll('a.skip, header .bar, header .topline, footer, .bottom-bar, dialog')]
    .map(one => one.textContent + ' ' + [...one.querySelectorAll('[aria-label], [placeholder]')]
        .map(named => `${named.ariaLabel ?? ''} ${named.placeholder ?? ''}`).join(' ')).join(' ')"""


@pytest.fixture(scope="module")
def pages(steps: list[walk.Step]) -> list[walk.Step]:
    """One page of each kind that the officer meets, found while the product still speaks Swedish."""
    return walk.one_of_each([step for step in steps if step.person == "karin.wahl"])


@pytest.fixture(scope="module")
def english(walked_chrome: Chrome, pages: list[walk.Step]) -> Iterator[Watched]:
    """The officer on a small phone, who has chosen English in the menu, and Swedish again at last."""
    watched = walked_chrome.fresh("karin.wahl", viewport={"width": 320, "height": 640})
    frame = watched.page.evaluate(_FRAME)
    assert sum(one in frame for one in SWEDISH) > 12, "these are the words of the frame no longer"
    _choose(watched, "en")
    yield watched
    _choose(watched, "sv")


def _choose(watched: Watched, language: str) -> None:
    watched.go("/medel/")
    watched.page.locator(".menu > summary").first.click()
    with watched.page.expect_navigation(wait_until="load"):
        watched.page.locator(f'.menu-list button[value="{language}"]').click()


def _still_swedish(watched: Watched) -> list[str]:
    words = set(watched.page.evaluate(_FRAME).split())
    return [one for one in SWEDISH if one in words or (" " in one and one in watched.page.inner_text("body"))]


def test_a_swedish_word_in_the_frame_is_seen(english: Watched) -> None:
    english.go("/medel/")
    assert _still_swedish(english) == []
    english.page.evaluate("document.querySelector('footer').append(' Tillgänglighet ')")
    english.page.evaluate("document.querySelector('main').append(' Du arbetar som ')")
    assert _still_swedish(english) == ["Tillgänglighet", "Du arbetar som"]


def test_the_frame_speaks_english_and_everything_fits(english: Watched, pages: list[walk.Step]) -> None:
    assert len(pages) > 40
    faults = []
    for step in pages:
        status = english.go(step.address)
        found = (
            [f"still says {one}" for one in _still_swedish(english)]
            + measures.too_wide(english.page)
            + english.complaints
        )
        if (status, english.page.get_attribute("html", "lang")) != (200, "en"):
            found.append(f"{status}, lang is {english.page.get_attribute('html', 'lang')}")
        faults += [f"{step.address}: {fault}" for fault in found]
    verdict.is_clean(faults)


def test_the_choice_is_kept_for_the_next_computer(walked_chrome: Chrome, english: Watched) -> None:
    elsewhere = walked_chrome.fresh("karin.wahl")
    elsewhere.go("/medel/")
    assert elsewhere.page.get_attribute("html", "lang") == "en"
