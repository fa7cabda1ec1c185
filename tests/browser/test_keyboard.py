"""Whole errands without a mouse, and each page on the way measured."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe, keyboard, verdict
from tests.browser.chrome import Chrome

PROPOSAL = """Tjänsteskrivelse
Medel till sommarens arbetsmarknadsinsatser
Diarienummer: STK-2026-901

Förslag till beslut
Kommunstyrelsens arbetsutskott föreslår kommunstyrelsen besluta

1. Kommunstyrelsen tilldelar arbetsmarknads- och socialnämnden 2 400 000 kronor år 2026
från kommunstyrelsens anslag till förfogande inom finansiering.

2. Kommunstyrelsen beviljar ReDI School of Digital Integration och Föreningen Sommarbron sammanlagt ett bidrag
om 300 tkr år 2026 från kommunstyrelsens anslag till förfogande inom finansiering.

3. Kommunstyrelsen uppmanar arbetsmarknads- och socialnämnden att redovisa hur pengarna
har använts senast 31 januari 2027.

Beslutet skickas till
Arbetsmarknads- och socialnämnden
"""


@pytest.fixture
def page(chrome: Chrome) -> Page:
    """A browser where nobody has signed in, at the city's door."""
    watched = chrome.fresh()
    watched.go("/logga-in/")
    return watched.page


@pytest.fixture
def officer(page: Page) -> Page:
    """The fund officer, signed in with the keyboard."""
    keyboard.press(page, 'button[value="karin.wahl@exempel.invalid"]')
    return page


def _go(page: Page, address: str) -> None:
    page.goto("/".join(page.url.split("/")[:3]) + address)


def test_sign_in_to_the_demo(page: Page) -> None:
    keyboard.press(page, 'button[value="stefan.brink@exempel.invalid"]')
    expect(page.locator(".menu summary .who")).to_contain_text("Stefan Brink")
    expect(page.locator("h1")).to_have_count(1)


def test_change_as_what_one_works(page: Page) -> None:
    keyboard.press(page, 'button[value="jonas.wester@exempel.invalid"]')
    expect(page.locator("h1")).to_have_text("Som vad arbetar du nu?")
    verdict.is_clean(axe.violations(page))
    keyboard.press(page, 'button[name="choose"]')
    before = page.locator(".menu summary .who").inner_text()
    keyboard.tab_to(page, ".menu > summary")
    page.keyboard.press("Enter")
    verdict.is_clean(axe.violations(page), "with the menu open")
    keyboard.press(page, '.menu-list button[name="choose"]')
    expect(page.locator(".menu summary .who")).not_to_have_text(before)


def test_step_into_a_band_of_the_flow_and_out_again(officer: Page) -> None:
    _go(officer, "/medel/folj-kronan/?ar=2023&satsning=jobbpakt")
    whole = officer.url
    keyboard.press(officer, "svg.flow a[href*='namnd=']")
    assert "namnd=" in officer.url
    expect(officer.locator("nav.crumbs li")).not_to_have_count(0)
    assert officer.locator("table .row-total").count() == 1
    officer.go_back()
    assert officer.url == whole


def test_a_decision_text_becomes_a_registered_proposal(officer: Page) -> None:
    _go(officer, "/medel/las-in/")
    keyboard.write(officer, "textarea", PROPOSAL)
    keyboard.press(officer, "main form button.ds-button")
    verdict.is_clean(axe.violations(officer), "the draft")
    asked = _answer_everything(officer)
    assert asked >= 1, "the text was meant to leave something to ask"
    keyboard.press(officer, "form[action$='/forslag/'] button")
    assert "/medel/arenden/" in officer.url
    expect(officer.locator("main")).to_contain_text("STK-2026-901")
    verdict.is_clean(axe.violations(officer), "the matter")


def _answer_everything(page: Page) -> int:
    """Take the first ready answer of each open question, or what there is to choose; nothing is filled in by itself."""
    asked = 0
    while page.locator("#fragor li:not(.is-answered)").count():
        first = page.locator("#fragor li:not(.is-answered)").first
        one = f"#{first.get_attribute('id')}"
        if first.locator('button[name="value"]').count():
            keyboard.press(page, f'{one} button[name="value"]')
        elif first.locator("select").count():
            keyboard.tab_to(page, f"{one} select")
            page.keyboard.press("ArrowDown")
            keyboard.press(page, f"{one} button")
        else:
            keyboard.write(page, f'{one} input[name="typed"]', "STK-2026-901")
            keyboard.press(page, f"{one} button")
        asked += 1
        assert asked < 12, "the questions do not end"
    return asked


def test_settle_two_sources_that_differ(officer: Page) -> None:
    _go(officer, "/medel/uppgifter-som-skiljer-sig/")
    left = officer.locator("#open").inner_text()
    keyboard.press(officer, "main table a")
    errand = officer.url
    keyboard.tab_to(officer, 'input[name="side"]')
    officer.keyboard.press("Space")
    keyboard.write(officer, 'textarea[name="reason"]', "Protokollet gäller. Siffrorna är omkastade i årsanalysen.")
    keyboard.press(officer, 'button[name="do"][value="use"]')
    officer.goto(errand)
    expect(officer.locator("main")).to_contain_text("Siffrorna är omkastade i årsanalysen.")
    expect(officer.locator('button[value="reopen"]')).to_be_visible()
    verdict.is_clean(axe.violations(officer), "a settled one")
    _go(officer, "/medel/uppgifter-som-skiljer-sig/")
    assert officer.locator("#settled").count() == 1, left


def test_a_form_that_comes_back_puts_focus_on_what_to_mend(officer: Page) -> None:
    _go(officer, "/medel/las-in/")
    keyboard.press(officer, "main form button.ds-button")
    assert officer.evaluate("document.activeElement.matches('[data-takes-focus]')")
    verdict.is_clean(axe.violations(officer), "a form with an error")
    keyboard.tab_to(officer, "[data-takes-focus] a")
    officer.keyboard.press("Enter")
    assert officer.evaluate("document.activeElement.matches('textarea, input')")


def test_shortcuts_are_listed_and_work(officer: Page) -> None:
    officer.keyboard.press("?")
    expect(officer.locator("#kortkommandon")).to_be_visible()
    verdict.is_clean(axe.violations(officer), "the list of shortcuts")
    officer.keyboard.press("Escape")
    expect(officer.locator("#kortkommandon")).to_be_hidden()
    officer.keyboard.press("/")
    assert officer.evaluate("document.activeElement.matches('[data-search]')")
    officer.keyboard.insert_text("jobbpakt")
    with officer.expect_navigation(wait_until="load"):
        officer.keyboard.press("Enter")
    assert "q=jobbpakt" in officer.url
    officer.evaluate("document.activeElement.blur()")
    officer.keyboard.press("g")
    with officer.expect_navigation(wait_until="load"):
        officer.keyboard.press("a")
    assert "/arshjul/" in officer.url


def test_what_is_open_closes_with_escape_and_gives_focus_back(officer: Page) -> None:
    keyboard.tab_to(officer, ".menu > summary")
    officer.keyboard.press("Enter")
    expect(officer.locator(".menu-list").first).to_be_visible()
    officer.keyboard.press("Escape")
    expect(officer.locator(".menu-list").first).to_be_hidden()
    assert officer.evaluate("document.activeElement.matches('.menu > summary')")


def test_many_time_reports_on_a_phone_are_three_lines_each_and_what_is_typed_stays(chrome: Chrome) -> None:
    """The list is worked through with a thumb: fifty of them are not to be fifty screens."""
    phone = chrome.fresh("mats.bjork", viewport={"width": 390, "height": 844})
    phone.go("/manaden/")
    month = phone.page.locator("a[href*='/tidrapporter/']").first.get_attribute("href")
    assert month is not None
    phone.go(f"{month.split('?')[0]}?visa=alla")
    rows = phone.page.locator(".month-entry tbody > tr")
    heights = [box["height"] for one in rows.all()[:20] if (box := one.bounding_box())]
    assert len(heights) == 20
    assert sum(heights) / len(heights) < 150
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    hours = rows.nth(0).locator("input.hours")
    hours.fill("4o")
    phone.page.locator("button[value='ta-in']").click()
    assert phone.page.locator("input.hours").first.input_value() == "4o"
    assert "Timmarna ska vara ett helt tal" in rows.nth(0).inner_text()
    phone.page.context.close()
