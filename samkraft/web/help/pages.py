"""Help: an index, one page per guide, how accessible we are and how we handle data. Open to everybody."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samkraft.partners.rules.roles import Role
from samkraft.web import acting, shell
from samkraft.web.acting import page
from samkraft.web.help import guides

_TEAM = (
    Role.EMPLOYMENT_OFFICER,
    Role.SOCIAL_SECRETARY,
    Role.LABOUR_MARKET_SECRETARY,
    Role.INSURANCE_OFFICER,
    Role.CARE_COORDINATOR,
    Role.STUDY_COUNSELLOR,
)
_LEADERSHIP = (Role.MAIN_PROJECT_LEADER, Role.SUBPROJECT_LEADER)
GUIDE_OF_ROLE = {
    Role.FUND_OFFICER: "handlaggare",
    Role.COMMITTEE_CONTROLLER: "controller",
    Role.COUNCILLOR: "fortroendevald",
    Role.PUBLIC: "fortroendevald",
    Role.STEERING_GROUP: "styrgrupp",
    Role.PROJECT_ADMINISTRATOR: "projektadministrator",
    Role.PROJECT_ECONOMIST: "projektekonom",
    Role.PLACE_COORDINATOR: "platssamordnare",
    Role.PROVIDER: "utforare",
    Role.EMPLOYER: "arbetsgivare",
    Role.EVALUATOR: "utvarderare",
    Role.GRANT_ASSESSOR: "bedomare",
    Role.GRANTEE_REPORTER: "bidragsmottagare",
    Role.GRANTEE_SIGNATORY: "bidragsmottagare",
    Role.DUPLICATE_STEWARD: "dubblettansvarig",
    Role.DATA_PROTECTION_OFFICER: "dataskyddsombud",
    Role.SYSTEM_ADMINISTRATOR: "systemadministrator",
    **dict.fromkeys(_TEAM, "teamet"),
    **dict.fromkeys(_LEADERSHIP, "projektledning"),
}


@page(public=True)
def index(request: Any) -> HttpResponse:
    """All guides; the reader's own role first."""
    language = _language()
    own = guides.one(GUIDE_OF_ROLE.get(Role(request.by.role), ""), language) if request.acting else None
    handbook_url = reverse("governance:handbooks")
    context = {
        "own": own,
        "how": guides.shelf("sa-gor-du", language),
        "roles": guides.shelf("roller", language),
        "handbook_url": handbook_url if request.acting and acting.opens(request.by.role, handbook_url) else "",
    }
    return render(request, "help/index.html", context)


@page(public=True)
def show(request: Any, name: str) -> HttpResponse:
    """One guide."""
    guide = guides.one(name, _language())
    if guide is None:
        raise Http404
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Hjälp"), "url": reverse("help:index")}, {"label": guide.title, "url": ""}]
    others = [
        page for shelf in guides.SHELVES if name in guides.ORDER[shelf] for page in guides.shelf(shelf, _language())
    ]
    body = guide.body
    if request.acting:
        body = guides.for_reader(body, lambda path: acting.opens(request.by.role, path))
    context = {
        "guide": guide,
        "body": body,
        "others": [page for page in others if page.name != name],
        "shell": frame,
    }
    return render(request, "help/page.html", context)


@page(public=True)
def data_handling(request: Any) -> HttpResponse:
    """How we handle data about people."""
    guide = guides.read("om", "uppgifter", _language())
    return render(request, "help/page.html", {"guide": guide, "body": guide.body if guide else "", "others": []})


def _language() -> str:
    return "en" if (get_language() or "sv").startswith("en") else "sv"
