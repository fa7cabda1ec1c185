"""The ledger: everything that has left about an initiative."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samkraft.knowledge.queries import scorecards
from samkraft.knowledge.rules.releases import WHAT_NAMES
from samkraft.partners.rules.roles import Permission
from samkraft.web.acting import page
from samkraft.web.knowledge import frames


@page(needs=Permission.SEE_RESULTS)
def listed(request: Any, code: str) -> HttpResponse:
    """The newest first."""
    row = frames.initiative(code)
    lines = [(one, _(WHAT_NAMES[one.what])) for one in scorecards.ledger(row.id)]
    return frames.draw(request, "knowledge/releases.html", row, "releases", {"lines": lines}, (_("Publicerat"), ""))
