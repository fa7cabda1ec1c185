"""The way to a page about an initiative's teams."""

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.initiatives.queries.teams import Arranged
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context


def to(by: Context, found: Arranged, *last: str) -> list[dict[str, str]]:
    """Goals, initiatives and the initiative for who may see them; its teams; and what comes last."""
    way = [{"label": _("Team"), "url": reverse("teams:teams", args=[found.code]) if last else ""}]
    if may(by.role, Permission.SEE_GOALS):
        way = [
            {"label": _("Mål"), "url": reverse("goals:tree")},
            {"label": _("Insatser"), "url": reverse("goals:initiatives")},
            {"label": found.name, "url": reverse("goals:initiative", args=[found.code])},
            *way,
        ]
    return [*way, *({"label": label, "url": ""} for label in last)]
