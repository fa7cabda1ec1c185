"""Where one is among the pages of Ung i sommar."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.web import shell


def public(request: Any, last: str) -> bool:
    """From the list of rounds down to this page."""
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Ung i sommar"), "url": reverse("summer:open_rounds")}, {"label": last, "url": ""}]
    return True


def held(request: Any, code: str, name: str, *more: str) -> bool:
    """From those whom one holds down to this page."""
    frame = shell.of(request)
    here = {"label": name, "url": reverse("summer:round", args=[code]) if more else ""}
    frame.crumbs = [
        {"label": _("Ung i sommar"), "url": reverse("summer:rounds")},
        here,
        *({"label": one, "url": ""} for one in more),
    ]
    return True
