"""One duty: what, who, when, what has happened, and what can be done about it now."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import duties as actions
from samkraft.initiatives.queries import duties as queries
from samkraft.initiatives.rules import duties as rules
from samkraft.initiatives.rules.duties import EVENT_LABELS, LABELS, DutyEventKind
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason, Refused
from samkraft.web import acting, afterwards, days, refusals, shell
from samkraft.web.acting import page
from samkraft.web.duties.forms import MoveForm, NoteForm
from samkraft.web.duties.states import SHAPES

FIELDS = {
    rules.NO_REASON.code: "reason",
    rules.SAME_DATE.code: "new_due_date",
    rules.MOVE_TO_PAST.code: "new_due_date",
}
_EVENT_SHAPES = {
    DutyEventKind.DONE: "ok",
    DutyEventKind.REOPENED: "needs",
    DutyEventKind.MOVED: "closed",
    DutyEventKind.REMINDED: "closed",
    DutyEventKind.WITHDRAWN: "closed",
    DutyEventKind.RESTORED: "needs",
}


@page(needs=Permission.SEE_DUTIES)
def show(request: Any, duty_id: UUID) -> HttpResponse:
    """The page of one duty."""
    return _render(request, duty_id)


@require_POST
@page(needs=Permission.SEE_DUTIES)
def complete(request: Any, duty_id: UUID) -> HttpResponse:
    """Mark it done."""
    form = NoteForm(request.POST, prefix="done")
    return _act(
        request, duty_id, form, "done", _("Markerad som klar."),
        lambda data: actions.complete(by=request.by, duty_id=duty_id, note=data["note"], seen=data["seen"]),
    )  # fmt: skip


@require_POST
@page(needs=Permission.SEE_DUTIES)
def reopen(request: Any, duty_id: UUID) -> HttpResponse:
    """Open it again."""
    form = NoteForm(request.POST, prefix="again")
    return _act(
        request, duty_id, form, "again", _("Uppgiften är öppen igen."),
        lambda data: actions.reopen(by=request.by, duty_id=duty_id, note=data["note"], seen=data["seen"]),
    )  # fmt: skip


@require_POST
@page(needs=Permission.SEE_DUTIES)
def move(request: Any, duty_id: UUID) -> HttpResponse:
    """Give it a new date, with the reason."""
    form = MoveForm(request.POST, prefix="move")
    return _act(
        request, duty_id, form, "move", _("Datumet är flyttat."),
        lambda data: actions.move(
            by=request.by, duty_id=duty_id, new_due_date=data["new_due_date"], reason=data["reason"], seen=data["seen"]
        ),
    )  # fmt: skip


def _act(request: Any, duty_id: UUID, form: forms.Form, name: str, said: str, run: Any) -> HttpResponse:
    """Run one action from a form: back to the page when it went well, else the page again with what was typed."""
    if form.is_valid():
        try:
            run(form.cleaned_data)
        except Refused as refusal:
            refusals.put_in(form, refusal, FIELDS)
        else:
            messages.success(request, said)
            return afterwards.to("duties:duty", duty_id)
    with transactions.read(request.by):
        return _render(request, duty_id, **{name: form})


def _render(request: Any, duty_id: UUID, **tried: forms.Form) -> HttpResponse:
    today = day_in_stockholm(timezone.now())
    duty = queries.page(by=request.by, duty_id=duty_id, today=today)
    if duty is None:
        raise Http404
    row = duty.row
    for form in tried.values():
        form.data = form.data.copy()  # the next try is made with open eyes: the page now shows what changed
        form.data[form.add_prefix("seen")] = row.seen
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Årshjul"), "url": f"{reverse('duties:wheel')}?ar={row.due_date.year}"},
        {"label": row.title, "url": ""},
    ]
    return render(
        request,
        "duties/duty.html",
        {
            "shell": frame,
            "duty": duty,
            "row": row,
            "may_open": acting.opens(request.by.role, row.link),
            "kind": SHAPES[row.state],
            "label": _(LABELS[row.state]),
            "late_days": -row.days if row.days < 0 else None,
            "events": [_event(event) for event in duty.history],
            "done": tried.get("done") or NoteForm(prefix="done", initial={"seen": row.seen}),
            "again": tried.get("again") or NoteForm(prefix="again", initial={"seen": row.seen}),
            "move": tried.get("move") or MoveForm(prefix="move", initial={"seen": row.seen}),
            "failed": next(iter(tried.values()), None),
            "why_not_complete": _words(duty.why_not_complete, row.body_name),
            "why_not_move": _words(duty.why_not_move, row.body_name),
            "is_done": row.state is rules.DutyState.DONE,
            "is_withdrawn": row.state is rules.DutyState.WITHDRAWN,
        },
        status=422 if tried else 200,
    )


def _event(event: queries.DutyEventRow) -> dict[str, Any]:
    heading = _(EVENT_LABELS[event.kind])
    if event.kind is DutyEventKind.MOVED and event.new_due_date:
        heading = _("Flyttad till %(date)s") % {"date": days.dated(event.new_due_date)}
    text = "" if event.kind is DutyEventKind.REMINDED else event.note
    return {"when": event.at, "heading": heading, "text": text, "source": event.by, "kind": _EVENT_SHAPES[event.kind]}


def _words(reason: Reason | None, body: str) -> str:
    """Why a button is not there, as text beside its place. Empty when it is, or when nothing needs saying."""
    if reason is None or reason.code in {rules.ALREADY_DONE.code, rules.NOT_DONE.code}:
        return ""
    if reason.code == "not_allowed":
        return _(
            "Bara den som håller i årshjulet kan flytta datum: stadskontorets handläggare eller huvudprojektledaren."
        )
    return str(refusals.explain(Refused(reason, body=body)))
