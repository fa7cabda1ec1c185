"""Goals, initiatives and duties."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import duties as wheel
from samkraft.initiatives.queries import goals as tree
from samkraft.initiatives.queries import undertakings
from samkraft.initiatives.rules.duties import LABELS
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.web import days
from samkraft.web.search.hits import Group, Hit, group


def goals(by: Context, words: list[str]) -> Group | None:
    """By their text."""
    if not may(by.role, Permission.SEE_GOALS):
        return None
    hits = [Hit(row.text, reverse("goals:goal", args=[row.code]), _(row.kind_name)) for row in tree.found(words=words)]
    return group(_("Mål"), "target", hits)


def initiatives(by: Context, words: list[str]) -> Group | None:
    """By name, aim, target group or owner."""
    if not may(by.role, Permission.SEE_GOALS):
        return None
    search = " ".join(words)
    hits = [
        Hit(row.name, reverse("goals:initiative", args=[row.code]), f"{row.owner_name} · {_(row.stage_name)}")
        for row in undertakings.listed(search=search)
    ]
    return group(_("Insatser"), "clipboard-list", hits, f"{reverse('goals:initiatives')}?{urlencode({'q': search})}")


def duties(by: Context, words: list[str]) -> Group | None:
    """By title, body or basis; what is not done first."""
    if not may(by.role, Permission.SEE_DUTIES):
        return None
    hits = [
        Hit(
            row.title,
            reverse("duties:duty", args=[row.id]),
            f"{row.body_short} · {days.dated(row.due_date)} · {_(LABELS[row.state])}",
        )
        for row in wheel.found(words=words, today=day_in_stockholm(timezone.now()))
    ]
    return group(_("Uppgifter i årshjulet"), "calendar-days", hits)
