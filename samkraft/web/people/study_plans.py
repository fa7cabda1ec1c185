"""All study plans of those whose cases one is on: what is proposed, what holds, and when studies begin."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.audit.actions.reads import Read
from samkraft.partners.queries import areas
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries import study_plans as asked
from samkraft.people.queries.study_plans import Listed
from samkraft.people.rules.contents.choices import name_of
from samkraft.people.rules.contents.studying import StudyPlanState
from samkraft.web import shell
from samkraft.web.acting import page
from samkraft.web.people.studies import SHAPES

_VIEWS = {
    "alla": None,
    "forslag": StudyPlanState.PROPOSED,
    "galler": StudyPlanState.AGREED,
    "avslutade": StudyPlanState.ENDED,
}


@page(needs=Permission.SEE_CASELOAD)
def show(request: Any) -> HttpResponse:
    """`visa` chooses the state. Who is shown is noted as read."""
    found = asked.listed(request.by)
    chosen = request.GET.get("visa", "alla")
    chosen = chosen if chosen in _VIEWS else "alla"
    shown = [one for one in found if _VIEWS[chosen] in (None, one.plan.state)]
    if hasattr(request, "reads"):
        people = sorted({str(one.person_id) for one in shown})
        request.reads.append(Read("study_plan.list_read", "people.study_plans", "", content={"shown": people}))
    labels = {"alla": _("Alla"), "forslag": _("Förslag"), "galler": _("Överenskomna"), "avslutade": _("Avslutade")}
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Studieplaner"), "url": ""}]
    context = {
        "shell": frame, "rows": [_row(one) for one in shown], "chosen": chosen,
        "tabs": [
            {"label": labels[key], "url": f"?visa={key}", "current": key == chosen,
             "count": sum(state in (None, one.plan.state) for one in found)}
            for key, state in _VIEWS.items()
        ],
    }  # fmt: skip
    return render(request, "people/study_plans.html", context)


def _row(one: Listed) -> dict[str, Any]:
    bodies = areas.labels()
    body = bodies.get(one.author_area_id)
    return {
        "one": one, "name": one.name or _("Namn saknas"), "url": reverse("people:studies", args=[one.person_id]),
        "level": _(name_of(one.plan.level)), "state": _(name_of(one.plan.state)), "shape": SHAPES[one.plan.state],
        "who": f"{one.author_name}, {body.name}" if body else one.author_name,
    }  # fmt: skip
