"""Help: an index, one page per guide, how accessible we are and how we handle data. Open to everybody."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samkraft.partners.rules.roles import Permission, Role, may
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

# Which guides tell of something that a role does, by any of these permissions. Those that are for everybody have none.
DONE_WITH: dict[str, tuple[Permission, ...]] = {
    "en-persons-vag": (Permission.REFER, Permission.ENROL, Permission.WRITE_PLAN),
    "gemensamt-mote": (Permission.WRITE_PLAN,),
    "samtycke": (Permission.WRITE_PLAN,),
    "hitta-en-plats": (Permission.WRITE_PLAN, Permission.COORDINATE_PLACES),
    "mot-arbetsgivare": (Permission.KEEP_EMPLOYERS,),
    "bjud-in-att-valja-tid": (Permission.WRITE_PLAN,),
    "personens-uppgifter": (Permission.WRITE_PLAN,),
    "las-in-ett-beslut": (Permission.REGISTER_DECISIONS,),
    "las-in-fran-fil": (Permission.REFER, Permission.COORDINATE_PLACES, Permission.HOLD_SESSIONS),
    "folj-kronan": (Permission.SEE_MONEY,),
    "uppgifter-som-skiljer-sig": (Permission.SETTLE_CONTRADICTIONS, Permission.ANSWER_FOR_COMMITTEE),
    "arshjulet": (Permission.SEE_DUTIES,),
    "redovisa": (Permission.ANSWER_FOR_COMMITTEE, Permission.MANAGE_FUNDS),
    "manaden": (Permission.REPORT_TIME, Permission.CLOSE_MONTHS),
    "gor-en-studie": (Permission.RUN_STUDIES, Permission.KEEP_CALL_LISTS),
    "styra-en-insats": (Permission.SEE_STEERING,),
    "ung-i-sommar": (Permission.RUN_SUMMER,),
    "handleda-unga": (Permission.SUPERVISE_SUMMER,),
    "kom-i-gang": (Permission.MANAGE_MEMBERS, Permission.MANAGE_TEAMS),
    "kortkommandon": (),
}


@page(public=True)
def index(request: Any) -> HttpResponse:
    """All guides; the reader's own role first, and before the rest what that role can do."""
    language = _language()
    how = guides.shelf("sa-gor-du", language)
    can = [guide for guide in how if request.acting is None or _does(Role(request.by.role), guide.name)]
    own = guides.one(GUIDE_OF_ROLE.get(Role(request.by.role), ""), language) if request.acting else None
    handbook_url = reverse("governance:handbooks")
    context = {
        "own": own,
        "how": can,
        "others": [guide for guide in how if guide not in can],
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


def _does(role: Role, name: str) -> bool:
    needed = DONE_WITH[name]
    return not needed or any(may(role, permission) for permission in needed)


def _language() -> str:
    return "en" if (get_language() or "sv").startswith("en") else "sv"
