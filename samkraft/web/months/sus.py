"""Underlag till SUS: who came in and who left in the month, what is missing, and the sheet of each in SUS's own terms."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.audit.actions.reads import Read
from samkraft.partners.rules.roles import Permission, Role
from samkraft.people.actions.months import progression as actions
from samkraft.people.queries.months import sus as asked
from samkraft.people.rules import secrecy
from samkraft.people.rules.categories import READS, WRITES, Category
from samkraft.people.rules.contents.choices import name_of
from samkraft.people.rules.contents.following import Direction, Schooling
from samkraft.people.rules.held import latest
from samkraft.people.rules.months import months
from samkraft.people.rules.months import sus as rules
from samkraft.people.rules.months.sus import Line
from samkraft.values.identity_number import Sex
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, exports, refusals
from samkraft.web.acting import page
from samkraft.web.exports import Head
from samkraft.web.months import frames
from samkraft.web.people import opened
from samkraft.web.people.content_forms import ContentForm
from samkraft.web.people.person import with_crumbs

NOT_YOUR_WORK = Reason(
    "sus_not_your_work",
    phrase("Din roll arbetar inte med uppgifter om försörjning, så underlaget till SUS görs av någon annan."),
    phrase("Be handläggaren på Arbetsförmedlingen, Försäkringskassan eller socialtjänsten."),
)
_KINDS = tuple(
    {1: "date", 5: "number", 8: "number", 11: "number"}.get(place, "text") for place in range(len(rules.HEADS))
)


def _require(role: str, among: dict[Role, frozenset[Category]]) -> None:
    if Category.INCOME_SOURCE not in among.get(Role(role), frozenset()):
        raise Refused(NOT_YOUR_WORK)


@page(needs=Permission.ASSESS)
def listed(request: Any, code: str, month: str) -> HttpResponse:
    """The month's comings and goings; `fil` asks for them as a file."""
    _require(request.by.role, READS)
    where = frames.place(request.by, code, month)
    lines = asked.lines(request.by, where.initiative_id, month)
    file = exports.wanted(request)
    if hasattr(request, "reads"):
        shown = [str(line.person_id) for line in lines]
        request.reads.append(
            Read("sus.list_read", "people.month", "", content={"month": month, "file": file, "shown": shown})
        )
    if file:
        heads = [Head(name, kind) for name, kind in zip(rules.HEADS, _KINDS, strict=True)]
        return exports.answer(file, f"sus-{month}", heads, [_cells(line) for line in lines])
    context = {
        "shell": frames.crumbs(request, where, _("Underlag till SUS")), "where": where,
        "tabs": frames.tabs(request, where, "sus"), "rows": [_row(line) for line in lines],
        "left": sum(1 for line in lines if line.lacks),
        "before": reverse("months:sus", args=[code, months.step(month, -1)]),
        "after": reverse("months:sus", args=[code, months.step(month, 1)]) if where.is_over else "",
    }  # fmt: skip
    return render(request, "months/sus.html", context)


def _row(line: Line) -> dict[str, Any]:
    return {
        "name": line.name or _("Namn saknas"), "direction": _(name_of(line.direction)), "on": line.on,
        "url": f"{reverse('months:sus_sheet', args=[line.person_id])}?riktning={line.direction.value}",
        "anonymous": line.is_anonymous, "lacks": [_(rules.LACKS[lack]) for lack in line.lacks],
    }  # fmt: skip


def _cells(line: Line) -> list[object]:
    """As SUS asks for it. Of an anonymous participant sex and year alone."""
    sex = _(name_of(Sex(line.sex))) if line.sex in set(Sex) else ""
    year, lacks = line.started_on.year, ", ".join(_(rules.LACKS[lack]) for lack in line.lacks)
    start: list[object] = [_(name_of(line.direction)), line.on]
    sheet = line.sheet
    if line.is_anonymous or sheet is None:
        who = [_("ja"), "", sex] if line.is_anonymous else [_("nej"), line.name, sex]
        return [*start, *who, year, *[""] * 9, lacks]
    return [
        *start, _("nej"), line.name, sex, year, sheet.municipality, ", ".join(_(name_of(one)) for one in sheet.supports),
        "" if sheet.support_months is None else sheet.support_months, _(name_of(line.schooling)) if line.schooling else "",
        ", ".join(_(name_of(one)) for one in sheet.busy), "" if sheet.extent is None else sheet.extent,
        _("ja") if sheet.enrolled_at_af else _("nej"), _("ja") if sheet.in_programme else _("nej"),
        _(name_of(sheet.leaving)) if sheet.leaving else "", lacks,
    ]  # fmt: skip


@page(needs=Permission.ASSESS)
def sheet(request: Any, person_id: UUID) -> HttpResponse:
    """One person's sheet in one direction (`riktning`). Sent, it is written."""
    _require(request.by.role, WRITES)
    if request.method != "POST":
        return _sheet(request, person_id, None, None)
    with transactions.read(request.by):
        direction, _known = _stands(request, person_id)
    form = ContentForm("sus_sheet", request.POST, stands={"direction": direction.value})
    refused = None
    if form.is_valid():
        try:
            actions.write_sus(by=request.by, person_id=person_id, sheet=form.content() | {"direction": direction.value})
        except Refused as refusal:
            refused = refusals.explain(refusal)
        else:
            messages.success(request, _("Underlaget till SUS är sparat."))
            back = f"{reverse('months:sus_sheet', args=[person_id])}?riktning={direction.value}"
            return afterwards.at(back)
    with transactions.read(request.by):
        return _sheet(request, person_id, form, refused)


def _stands(request: Any, person_id: UUID, one: opened.Page | None = None) -> tuple[Direction, dict[str, Any]]:
    """The direction that is asked for, and what a form begins with."""
    asked_for = request.GET.get("riktning", Direction.ENTRY.value)
    if asked_for not in set(Direction):
        raise Http404
    direction = Direction(asked_for)
    page_of = one or opened.open_page(request, person_id, what="sus")
    if page_of.opened.enrolled is None:
        raise Refused(secrecy.NOT_FOUND)
    on = page_of.opened.enrolled.started_on if direction is Direction.ENTRY else page_of.head.exited_on or page_of.today
    known = [held for held in latest(page_of.opened.held, "sus_sheet") if held.content.get("direction") == direction]
    return direction, rules.stands(known[-1].content if known else None, direction, on)


def _sheet(request: Any, person_id: UUID, form: ContentForm | None, refused: Any) -> HttpResponse:
    one = opened.open_page(request, person_id, what="sus")
    direction, stands = _stands(request, person_id, one)
    shown = form or ContentForm("sus_sheet", stands=stands)
    noted = latest(one.opened.held, "education_level")
    if noted:
        level = _(name_of(Schooling(noted[-1].content["level"]))).lower()
        said = _("Registrerat under Studier: {level}. Lämna tomt så används det.").format(level=level)
        shown.fields["schooling"].help_text = said
    base = reverse("months:sus_sheet", args=[person_id])
    tabs = [
        {"label": _(name_of(way)), "url": f"{base}?riktning={way.value}", "current": way is direction}
        for way in Direction
    ]
    context = {
        "person_id": person_id, "tabs": opened.tabs(person_id, "journey"), "form": shown, "ways": tabs,
        "fields": [field for field in shown if field.name not in _hidden(direction)], "refused": refused,
        "is_protected": bool(one.head.protection), "direction": _(name_of(direction)),
    }  # fmt: skip
    return render(request, "months/sus_sheet.html", with_crumbs(request, one, context), status=409 if refused else 200)


def _hidden(direction: Direction) -> set[str]:
    """What is not asked for in this direction."""
    if direction is Direction.ENTRY:
        return {"direction", "leaving"}
    return {"direction", "consent_sent_on", "municipality", "support_months", "schooling"}
