"""The roles: what each is for, what it may do, and which cannot be held together and why."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.partners.rules.roles import PERMISSION_NAMES, ROLES, Permission, Role, conflict_between, may
from samkraft.web import shell
from samkraft.web.acting import page


@page(needs=Permission.SEE_PARTNERS)
def table(request: Any) -> HttpResponse:
    """Who may do what."""
    rows = [
        {
            "code": role.value,
            "name": ROLES[role].name,
            "permissions": [PERMISSION_NAMES[permission] for permission in Permission if may(role, permission)],
            "conflicts": [ROLES[other].name for other in Role if conflict_between(role, other)],
        }
        for role in Role
    ]
    context = {"rows": rows, "shell": _frame(request, "")}
    return render(request, "partners/roles.html", context)


@page(needs=Permission.SEE_PARTNERS)
def show(request: Any, role: str) -> HttpResponse:
    """One role in words."""
    if role not in set(Role):
        raise Http404
    one = Role(role)
    conflicts = [(other, conflict_between(one, other)) for other in Role]
    context = {
        "role": ROLES[one],
        "permissions": [PERMISSION_NAMES[permission] for permission in Permission if may(one, permission)],
        "conflicts": [{"name": ROLES[other].name, "code": other.value, "why": why} for other, why in conflicts if why],
        "shell": _frame(request, ROLES[one].name),
    }
    return render(request, "partners/role.html", context)


def _frame(request: Any, last: str) -> shell.Shell:
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Organisationer"), "url": reverse("partners:organisations")},
        {"label": _("Roller"), "url": reverse("partners:roles")},
    ]
    if last:
        frame.crumbs.append({"label": last, "url": ""})
    return frame
