"""The trail: who has done and read what, with filters in the address. Reading it is itself written down."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from samkraft.audit.actions.reads import Read
from samkraft.audit.queries import events
from samkraft.partners.rules.roles import ROLES, Permission, Role
from samkraft.values.period import STOCKHOLM
from samkraft.values.wording import phrase
from samkraft.web.acting import page
from samkraft.web.audit import subjects, words
from samkraft.web.date_fields import SwedishDateField

NOBODYS = {"clock": phrase("av sig självt"), "public": phrase("utan att logga in")}


class Filter(forms.Form):
    """What to narrow the trail by. Everything is optional."""

    person = forms.CharField(label=_("Vem"), required=False, max_length=100)
    action = forms.ChoiceField(label=_("Vad"), required=False)
    subject = forms.CharField(label=_("Om vem eller vad"), required=False, max_length=100)
    since = SwedishDateField(label=_("Från och med"), required=False)
    until = SwedishDateField(label=_("Till och med"), required=False)

    def __init__(self, *args: Any, actions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.fields.values():
            one.widget.attrs["class"] = "ds-input"
        named = sorted((words.deed(action), action) for action in actions)
        self.fields["action"].choices = [("", _("allt")), *((action, name) for name, action in named)]


@page(needs=Permission.REVIEW_AUDIT)
def listed(request: Any) -> HttpResponse:
    """Newest first, fifty at a time."""
    form = Filter(request.GET or None, actions=events.actions())
    asked = {key: value for key, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    found = events.listed(
        since=_midnight(asked.get("since")),
        until=_midnight(asked.get("until"), days=1),
        person=asked.get("person", ""),
        action=asked.get("action", ""),
        subject=asked.get("subject", ""),
        after=request.GET.get("after", ""),
    )
    request.reads.append(Read("audit.listed", "audit.events", "", "", {**asked, "rows": len(found.rows)}))
    rows = [
        {"event": row, "deed": words.deed(row.action), "role": role(row.role), "about": about}
        for row, about in zip(found.rows, subjects.in_words(found.rows), strict=True)
    ]
    query = request.GET.copy()
    query["after"] = found.after
    context = {
        "form": form,
        "rows": rows,
        "is_narrowed": bool(asked),
        "is_first": not request.GET.get("after"),
        "next_url": f"?{query.urlencode()}" if found.after else "",
    }
    return render(request, "audit/events.html", context)


def role(code: str) -> str:
    """The role in words; what no person does has none."""
    return ROLES[Role(code)].name if code in set(Role) else NOBODYS.get(code, code)


def _midnight(day: date | None, *, days: int = 0) -> datetime | None:
    return datetime.combine(day + timedelta(days=days), time(), tzinfo=STOCKHOLM) if day else None
