"""What is measured in a page as it stands in the browser. Each returns what is wrong, in words."""

from playwright.sync_api import Page

# Wider than the window, and neither inside a region that scrolls by itself nor out of sight on purpose.
_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width + 1) return [];
  const scrolls = element => {
    for (let one = element.parentElement; one && one !== document.body; one = one.parentElement)
      if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(one).overflowX)) return true;
    return false;
  };
  const name = one => one.tagName.toLowerCase() + (one.id ? '#' + one.id : '') + '.' + [...one.classList].join('.');
  const wide = [...document.body.querySelectorAll('*')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && box.right > width + 1 && !scrolls(one);
  });
  return [`${document.documentElement.scrollWidth} of ${width}: ` + wide.slice(-3).map(name).join(', ')];
}"""

# Whatever scrolls by itself can be reached with the keyboard and says what it is.
_SILENT_REGIONS = """() => [...document.querySelectorAll('main *')].filter(one => {
  const style = getComputedStyle(one);
  const can = one.scrollWidth > one.clientWidth + 1 && ['auto', 'scroll'].includes(style.overflowX) && one.clientWidth;
  if (!can || ['TEXTAREA', 'INPUT', 'SELECT'].includes(one.tagName)) return false;
  const named = one.getAttribute('aria-label') || one.getAttribute('aria-labelledby');
  return !(one.tabIndex >= 0 && named);
}).map(one => 'scrolls without a name or the keyboard: ' + one.tagName.toLowerCase() + '.' + one.className)"""

# An amount, or a number with its unit, that is broken over two lines.
_BROKEN_AMOUNTS = r"""() => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const amount = /[−-]?\d{1,3}(?:[  ]\d{3})+(?:,\d+)?(?:[  ](?:kr|mnkr|tkr))?|\d+(?:,\d+)?[  ](?:kr|mnkr|tkr|%)/g;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const one of node.data.matchAll(amount)) {
      const range = document.createRange();
      range.setStart(node, one.index);
      range.setEnd(node, one.index + one[0].length);
      const tops = new Set([...range.getClientRects()].filter(box => box.width > 1).map(box => Math.round(box.top)));
      if (tops.size > 1) found.push('broken: ' + one[0]);
    }
  }
  return found.slice(0, 5);
}"""

# Asked when Tab is pressed the next time: what has got focus has had time to show it.
_NOTE_RINGS = r"""() => {
  const seen = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    || /(^|[^0-9.])[2-9]px/.test(style.boxShadow.replace(/rgba?\([^)]*\)/g, ''));
  window.ring = () => {
    const one = document.activeElement;
    if (!one || one === document.body) return 'nothing has focus';
    for (let ring = one, up = 0; ring && up < 3; ring = ring.parentElement, up++)
      if (seen(getComputedStyle(ring))) return '';
    return 'no ring on ' + one.tagName.toLowerCase() + '.' + one.className + ' ' + (one.textContent || '').trim().slice(0, 30);
  };
  window.rings = [];
  addEventListener('keydown', event => event.key === 'Tab' && window.rings.push(window.ring()), true);
  return document.activeElement.tagName === 'MAIN';
}"""
_FIRST_STOP = """() => {
  const one = document.activeElement;
  if (!one || !one.matches('a.skip')) return 'the first stop is not the link past the menu';
  const box = one.getBoundingClientRect();
  return box.width > 20 && box.top >= 0 ? '' : 'the link past the menu does not show itself';
}"""


def too_wide(page: Page) -> list[str]:
    """The page scrolls sideways as a whole, or a part of it does so in silence."""
    return _asked(page, _TOO_WIDE, _SILENT_REGIONS)


def broken_amounts(page: Page) -> list[str]:
    """Amounts over two lines."""
    return _asked(page, _BROKEN_AMOUNTS)


def does_not_fit(page: Page) -> list[str]:
    """Both, asked at once."""
    return _asked(page, _TOO_WIDE, _SILENT_REGIONS, _BROKEN_AMOUNTS)


def _asked(page: Page, *questions: str) -> list[str]:
    found: list[str] = page.evaluate(f"[{', '.join(f'({one})()' for one in questions)}].flat()")
    return found


def focus_faults(page: Page, *, steps: int = 8) -> list[str]:
    """On a page just opened: the link past the menu is the first stop, shows itself and leads to the content, and
    from there on there is a ring around whatever takes focus in so many steps."""
    page.keyboard.press("Tab")
    fault: str = page.evaluate(_FIRST_STOP)
    if fault:
        return [fault]
    page.keyboard.press("Enter")
    if not page.evaluate(_NOTE_RINGS):
        return ["the link past the menu does not lead to the content"]
    if not steps:
        return []
    for _ in range(steps):
        page.keyboard.down("Tab")
    page.keyboard.up("Tab")
    rings: list[str] = page.evaluate("[...window.rings.slice(1), window.ring()]")
    found = rings[: rings.index("nothing has focus")] if "nothing has focus" in rings else rings
    return [fault for fault in found if fault]
