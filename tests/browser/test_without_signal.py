"""A young person checks in where there is no signal: kept in the phone, sent later, once."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import paper
from tests.browser.chrome import Chrome
from tests.browser.city import City
from tests.browser.visitor import Visitor

ROUND = "/sommar/lovjobb-2026/"


@pytest.fixture
def link(town: City) -> str:
    """A fresh personal link of an adult who is ready to begin: an adult may work at whatever hour the test is run."""
    holder = Visitor(town, "vera.lindgren")
    listed = holder.open(f"{ROUND}sokande/?lage=klara").html
    for address in re.findall(rf'href="({ROUND}sokande/[0-9a-f-]{{36}}/)', listed):
        page = holder.open(address)
        age = re.search(r"(\d+) år", page.html)
        asking: Any = next((form for form in paper.read(page.html).forms if form.action.endswith("/lank/")), None)
        if age and int(age.group(1)) >= 18 and asking:
            told = holder.open(asking.action, dict(asking.fields)).html
            found = re.search(r"https?://[^\s<]+/min-sommar/[^\s<]+/", told)
            assert found, "the link is not told"
            return urlsplit(found.group(0)).path
    raise AssertionError("nobody of age is ready to begin")


def test_a_check_in_without_signal_is_kept_in_the_phone_and_sent_once(chrome: Chrome, link: str) -> None:
    page: Page = chrome.fresh().page
    home = chrome.city.address + link
    page.goto(home)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_timeout(500)
    button, told = page.locator("form[data-press] button"), page.locator("[data-press-told]")
    if button.inner_text() == "Checka ut":  # the demo has somebody who is there already today
        with page.expect_navigation():  # once sent the page comes anew: a press before that would be of the old one
            button.click()
        expect(button).to_have_text("Checka in")
    page.context.set_offline(True)
    button.click()
    expect(told).to_contain_text("Sparat i telefonen")
    expect(button).to_have_text("Checka ut")
    page.reload()
    expect(told).to_contain_text("Sparat i telefonen")
    assert page.evaluate("Object.values(localStorage).join('').match(/placement/g).length") == 1
    page.context.set_offline(False)
    expect(page.locator(".summer-now")).to_contain_text("Du är här", timeout=40_000)
    assert page.evaluate("Object.values(localStorage).every((one) => one === '[]')"), "nothing waits any more"
    page.reload()
    expect(page.locator(".summer-now")).to_contain_text("Du är här")
    page.context.close()
