"""The way to a page about an initiative's teams."""

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.initiatives.queries.teams import Arranged


def to(found: Arranged, *last: str) -> list[dict[str, str]]:
    """Goals, initiatives, the initiative, its teams; and what comes last."""
    way = [
        {"label": _("Mål"), "url": reverse("goals:tree")},
        {"label": _("Insatser"), "url": reverse("goals:initiatives")},
        {"label": found.name, "url": reverse("goals:initiative", args=[found.code])},
        {"label": _("Team"), "url": reverse("teams:teams", args=[found.code]) if last else ""},
    ]
    return [*way, *({"label": label, "url": ""} for label in last)]
