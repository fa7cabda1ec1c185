"""Makes a proposal of places beside the pages, for whoever coordinates the activities, as that membership may when it runs."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import ngettext

from samkraft.knowledge.actions import allotments
from samkraft.knowledge.rules.allotments import USUAL
from samkraft.partners.actions.runners import Tell
from samkraft.partners.rules.errands import Made
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.wording import phrase

KIND = "allotment"
NAME = phrase("Förslag till användning av platserna")
NEEDS = Permission.COORDINATE_PLACES


def run(by: Context, arguments: dict[str, Any], tell: Tell) -> Made:
    """Make it; what came of it is a page."""
    locks = [(UUID(entry), UUID(occasion)) for entry, occasion in arguments.get("locks", ())]
    earlier = arguments.get("earlier")
    made = allotments.propose(
        by=by, weeks=int(arguments["weeks"]), locks=locks, earlier_id=UUID(earlier) if earlier else None, tell=tell
    )
    return Made(address=reverse("offer:allotment", args=[made]))


def about(arguments: dict[str, Any]) -> str:
    """How far ahead it looks."""
    weeks = int(arguments.get("weeks", USUAL))
    return ngettext("{weeks} vecka framåt", "{weeks} veckor framåt", weeks).format(weeks=weeks)
