"""Accessibility measured by axe in the page itself. It goes in as evaluated text: the page's policy lets no script in."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from samkraft.web import front_end

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR = ["color-contrast", "link-in-text-block"]
EVERYTHING: dict[str, Any] = {"runOnly": {"type": "tag", "values": RULES}}
# What fades in is pale for a moment.
_AT_REST = "Promise.all(document.getAnimations().map(one => one.finished.catch(() => null)))\
.then(() => typeof axe === 'object')"
# No rule among those asks for the style sheets as files, which axe else fetches each time.
_RUN = """options => axe.run(document, {...options, resultTypes: ['violations'], preload: false}).then(found =>
  found.violations.map(one => one.id + ': ' + one.help + ' | ' + one.nodes.slice(0, 3).map(
    node => node.target.join(' ') + ' ' + (node.any[0] || node.all[0] || node.none[0] || {message: ''}).message
  ).join(' | ')))"""


@cache
def _program() -> str:
    return (front_end.TEST_ONLY / "axe.min.js").read_text(encoding="utf-8")


def come_along(page: Page) -> None:
    """Be there in each page that is opened from now on: cheaper than to be sent to each."""
    page.add_init_script(script=_program())


def violations(page: Page) -> list[str]:
    """What breaks WCAG 2.2 A and AA or axe's best practices on the page as it stands, in words."""
    return _found(page, EVERYTHING)


def violations_of_colour(page: Page) -> list[str]:
    """Those of them that colours decide, for a page that was seen whole in other colours."""
    return _found(page, {"runOnly": {"type": "rule", "values": COLOUR}})


def violations_but_colour(page: Page) -> list[str]:
    """The others, for a page whose colours were seen in another width."""
    return _found(page, EVERYTHING | {"rules": {rule: {"enabled": False} for rule in COLOUR}})


def is_of_colour(fault: str) -> bool:
    """Whether colours decide it."""
    return fault.startswith(tuple(f"{rule}:" for rule in COLOUR))


def _found(page: Page, options: dict[str, Any]) -> list[str]:
    if not page.evaluate(_AT_REST):
        page.evaluate(_program())
    found: list[str] = page.evaluate(_RUN, options)
    return found
