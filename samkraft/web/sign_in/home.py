"""`/`: on to the first page of one's role, or a calm page where the role's own pages have not come yet."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from samkraft.partners.rules.roles import ROLES, Role
from samkraft.web import acting, shell

# Roles whose first page is not the first in the bar.
FIRST_PAGE = {
    Role.DATA_PROTECTION_OFFICER: "audit:events",
    Role.DUPLICATE_STEWARD: "people:duplicates",
    Role.SYSTEM_ADMINISTRATOR: "partners:people",
    Role.PLACE_COORDINATOR: "offer:home",
    Role.PROVIDER: "offer:sessions",
    Role.PROJECT_ADMINISTRATOR: "months:home",
    Role.PROJECT_ECONOMIST: "eu:today",
    Role.STEERING_GROUP: "results:home",
    Role.EVALUATOR: "results:desk",
    Role.MAIN_PROJECT_LEADER: "results:home",
    Role.SUBPROJECT_LEADER: "results:home",
}


@acting.page()
def show(request: Any) -> HttpResponse:
    """The first page of the role."""
    role = Role(request.by.role)
    wanted = FIRST_PAGE.get(role)
    if wanted and (url := _url(wanted)):
        return redirect(url)
    navigation = shell.of(request).nav
    if navigation:
        return redirect(navigation[0]["url"])
    described = ROLES[role]
    context = {
        "role": gettext(described.name),
        "description": gettext(described.description),
        "organisation": request.acting.organisation_name,
    }
    return render(request, "sign_in/nothing_yet.html", context)


def _url(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
