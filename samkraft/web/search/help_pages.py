"""Help pages."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samkraft.values.context import Context
from samkraft.web.help import guides
from samkraft.web.search.hits import Group, Hit, group


def pages(by: Context, words: list[str]) -> Group | None:
    """By any of their text; those that have the words in their title first."""
    found = guides.found(words, get_language() or "sv")
    return group(_("Hjälp"), "circle-question-mark", [Hit(page.title, page.url, page.summary) for page in found])
