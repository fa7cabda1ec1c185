"""The way to a page about money, from the first one."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from samkraft.web import shell


def frame(request: Any, *steps: tuple[str, str]) -> shell.Shell:
    """The page's frame with crumbs: Medel, then these steps of words and address; the last one is where we are."""
    found = shell.of(request)
    found.crumbs = [{"label": _("Medel"), "url": home()}, *({"label": words, "url": url} for words, url in steps)]
    return found


def home() -> str:
    """The first page about money; the list of matters where there is none yet."""
    try:
        return reverse("money:home")
    except NoReverseMatch:
        return reverse("money:matters")
