"""Hands that have no mouse."""

import pytest
from playwright.sync_api import Page

MOST_STOPS = 160


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what has focus is what is sought; fail if that never happens."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("sought => !!document.activeElement && document.activeElement.matches(sought)", selector):
            return
    pytest.fail(f"{selector} is not reached with {MOST_STOPS} tabs on {page.url}", pytrace=False)


def press(page: Page, selector: str) -> None:
    """Go to a link or button and press Enter; wait for the page that comes."""
    tab_to(page, selector)
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")


def write(page: Page, selector: str, words: str) -> None:
    """Go to a field and write in it."""
    tab_to(page, selector)
    page.keyboard.insert_text(words)
