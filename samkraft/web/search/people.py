"""Participants, by name, among those whose case the reader is on."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.partners.rules.roles import Permission, may
from samkraft.people.queries import searching
from samkraft.values.context import Context
from samkraft.web.search.hits import Group, Hit, group


def participants(by: Context, words: list[str]) -> Group | None:
    """By any word of the name, and by how it begins."""
    if not may(by.role, Permission.SEE_CASELOAD):
        return None
    hits = [
        Hit(
            one.name or _("Namn saknas"),
            reverse("people:person", args=[one.person_id]),
            _("Processledare %(name)s") % {"name": one.lead_name} if one.lead_name else "",
            str(one.person_id),
        )
        for one in searching.by_name(by, " ".join(words))
    ]
    return group(
        _("Deltagare"), "user-round", hits, f"{reverse('people:everyone')}?{urlencode({'q': ' '.join(words)})}"
    )
