"""Accessibility measured by axe in the page itself. It goes in as evaluated text: the page's policy lets no script in."""

from functools import cache

from playwright.sync_api import Page

from samkraft.web import front_end

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What fades in is pale for a moment.
_AT_REST = "Promise.all(document.getAnimations().map(one => one.finished.catch(() => null))).then(() => true)"
_RUN = """rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']}).then(found =>
  found.violations.map(one => one.id + ': ' + one.help + ' | ' + one.nodes.slice(0, 3).map(
    node => node.target.join(' ') + ' ' + (node.any[0] || node.all[0] || node.none[0] || {message: ''}).message
  ).join(' | ')))"""


@cache
def _program() -> str:
    return (front_end.TEST_ONLY / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What breaks WCAG 2.2 A and AA or axe's best practices on the page as it stands, in words."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_program())
    page.evaluate(_AT_REST)
    found: list[str] = page.evaluate(_RUN, RULES)
    return found
