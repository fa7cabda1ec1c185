"""Organisations, and the people who work in them."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.partners.queries import organisations as bodies
from samkraft.partners.queries import people as persons
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.web.search.hits import Group, Hit, group


def organisations(by: Context, words: list[str]) -> Group | None:
    """By any of their names or their number."""
    if not may(by.role, Permission.SEE_PARTNERS):
        return None
    search = " ".join(words)
    hits = [
        Hit(row.name, reverse("partners:organisation", args=[row.code]), row.short_name)
        for row in bodies.listed(search=search)
    ]
    return group(
        _("Organisationer"), "building-2", hits, f"{reverse('partners:organisations')}?{urlencode({'q': search})}"
    )


def people(by: Context, words: list[str]) -> Group | None:
    """Staff with a role now. Who hands out roles comes to the person's page, others to the organisation's."""
    if not may(by.role, Permission.SEE_PARTNERS):
        return None
    manages = may(by.role, Permission.MANAGE_MEMBERS)
    hits = []
    for row in persons.listed(search=" ".join(words)):
        held = [role for role in row.roles if role.state == "now"]
        if not held:
            continue
        note = ", ".join(f"{_(role.role_name)}, {role.organisation_name}" for role in held)
        url = reverse("partners:organisation", args=[held[0].organisation_code])
        hits.append(Hit(row.name, reverse("partners:person", args=[row.id]) if manages else url, note))
    return group(_("Personal"), "users-round", hits)
