"""The inbox: what waits for me, whatever part of the product it comes from."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from samkraft.audit.actions.reads import Read
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import day_in_stockholm
from samkraft.web.acting import page
from samkraft.web.inbox import sources


@page()
def show(request: Any) -> HttpResponse:
    """Late first. Query: `visa=sena` narrows to what is late, `del` to one part of the product."""
    today = day_in_stockholm(timezone.now())
    everything = sources.items(request.by, today)
    request.number_waiting = len(everything)  # the bar's figure, without asking again
    only_late = request.GET.get("visa") == "sena"
    group = request.GET.get("del", "")
    shown = [
        item for item in everything if (not only_late or item.is_late(today)) and (not group or item.group == group)
    ]
    if about := sorted({item.person_id for item in shown if item.person_id}):
        request.reads.append(Read("inbox.listed", "people.caseload", "", content={"shown": about}))
    return render(
        request,
        "inbox/inbox.html",
        {
            "items": [(item, (today - item.due_date).days if item.due_date else None) for item in shown],
            "total": len(everything),
            "late": {
                "count": sum(item.is_late(today) for item in everything),
                "on": only_late,
                "url": _url(visa="" if only_late else "sena", **{"del": group}),
            },
            "groups": [
                {
                    "label": name,
                    "count": sum(item.group == name for item in everything),
                    "on": name == group,
                    "url": _url(visa="sena" if only_late else "", **{"del": "" if name == group else name}),
                }
                for name in sorted({item.group for item in everything})
            ],
            "today": today,
            "stand_in_url": reverse("stand_in") if may(request.by.role, Permission.WORK_WITH_PEOPLE) else "",
            "wheel_url": reverse("duties:wheel") if may(request.by.role, Permission.SEE_DUTIES) else "",
        },
    )


def _url(**query: str) -> str:
    kept = urlencode({key: value for key, value in query.items() if value})
    return f"{reverse('inbox')}{'?' if kept else ''}{kept}"
