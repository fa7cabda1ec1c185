"""The method handbook as staff read it, its versions, what differs between two, and writing a draft."""

import re
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import handbooks as actions
from samkraft.initiatives.queries import handbooks as queries
from samkraft.initiatives.queries import spreads, undertakings
from samkraft.initiatives.queries.handbooks import VersionPage, VersionRow
from samkraft.initiatives.rules import handbooks as rules
from samkraft.initiatives.rules.handbooks import Section, VersionState
from samkraft.initiatives.rules.undertakings import Stage
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import day_in_stockholm
from samkraft.web import shell
from samkraft.web.acting import page
from samkraft.web.governance import frames

SHAPES = {
    VersionState.DRAFT: "closed",
    VersionState.PROPOSED: "needs",
    VersionState.DECIDED: "needs",
    VersionState.IN_FORCE: "ok",
    VersionState.PAST: "closed",
}
_HEADING = re.compile(r"^##\s+(.+)$", re.MULTILINE)


class TextForm(forms.Form):
    """A whole version as one text: a line that begins with ## begins a section."""

    number = forms.CharField(label=gettext_lazy("Versionens nummer"), max_length=10)
    about = forms.CharField(label=gettext_lazy("Vad är nytt?"), max_length=300, required=False)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("Varje avsnitt börjar med en rad som ”## Rubrik”."),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 24}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


@page(needs=Permission.SEE_HANDBOOK)
def home(request: Any) -> HttpResponse:
    """On to the handbook of the first initiative that goes on and has one in force."""
    today = day_in_stockholm(timezone.now())
    for row in undertakings.listed(stage=Stage.RUNNING.value):
        if queries.in_force(row.id, on=today):
            return redirect("governance:handbook", row.code)
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Metodstöd"), "url": ""}]
    return frames.nothing(request, _("Metodstöd"), _("Ingen insats som pågår har ett metodstöd som gäller än."))


@page(needs=Permission.SEE_HANDBOOK)
def show(request: Any, code: str) -> HttpResponse:
    """The version in force today; the latest there is where none is."""
    return _draw(request, code, "")


@page(needs=Permission.SEE_HANDBOOK)
def version(request: Any, code: str, number: str) -> HttpResponse:
    """One version, whether or not it holds."""
    return _draw(request, code, number)


@page(needs=Permission.SEE_HANDBOOK)
def compare(request: Any, code: str, number: str, other: str) -> HttpResponse:
    """What differs between two versions, section by section."""
    row, today = frames.initiative(request, code), day_in_stockholm(timezone.now())
    new, old = queries.page(row.id, number, today=today), queries.page(row.id, other, today=today)
    if new is None or old is None or not (_may_read(request, new.row) and _may_read(request, old.row)):
        raise Http404
    sections = rules.compare(old.sections, new.sections)
    context = {
        "new": new.row,
        "old": old.row,
        "sections": [
            (one.heading, [(mark.value, line) for mark, line in one.lines]) for one in sections if one.is_changed
        ],
        "unchanged": sum(not one.is_changed for one in sections),
    }
    crumb = _("Version %(new)s mot %(old)s") % {"new": number, "old": other}
    return frames.draw(
        request, "governance/handbook_compare.html", row, "handbook", context, *_crumbs(code), (crumb, "")
    )


@page(needs=Permission.MANAGE_STEERING)
def begin(request: Any, code: str) -> HttpResponse:
    """A new version, beginning from the text that holds."""
    row, today = frames.initiative(request, code), day_in_stockholm(timezone.now())
    with transactions.read(request.by):
        held = queries.in_force(row.id, on=today)
        found = queries.page(row.id, held.number, today=today) if held else None
    initial = {"text": as_text(found.sections) if found else "## "}
    form = TextForm(request.POST or None, initial=initial)
    back = reverse("governance:handbook", args=[code])

    def save(data: dict[str, Any]) -> None:
        actions.begin(
            by=request.by, initiative_id=row.id, number=data["number"], about=data["about"],
            sections=sections_of(data["text"]),
        )  # fmt: skip

    return frames.edit(
        request, row, "handbook", form, save, heading=_("Börja på en ny version"), said=_("Utkastet är sparat."),
        back=back, button=_("Spara utkastet"), crumbs=_crumbs(code),
        fields={rules.NUMBER_TAKEN.code: "number", rules.NO_NUMBER.code: "number", rules.NO_SECTIONS.code: "text"},
    )  # fmt: skip


@page(needs=Permission.MANAGE_STEERING)
def write(request: Any, code: str, number: str) -> HttpResponse:
    """Go on with a draft."""
    row, today = frames.initiative(request, code), day_in_stockholm(timezone.now())
    with transactions.read(request.by):
        found = queries.page(row.id, number, today=today)
    if found is None:
        raise Http404
    form = TextForm(request.POST or None, initial={"text": as_text(found.sections), "seen": found.row.revision})
    del form.fields["number"], form.fields["about"]
    back = reverse("governance:handbook_version", args=[code, number])

    def save(data: dict[str, Any]) -> None:
        actions.write(by=request.by, version_id=found.row.id, sections=sections_of(data["text"]), seen=data["seen"])

    response = frames.edit(
        request, row, "handbook", form, save, heading=_("Skriv i version %(number)s") % {"number": number},
        said=_("Utkastet är sparat."), back=back, button=_("Spara utkastet"), crumbs=_crumbs(code),
        fields={rules.NO_SECTIONS.code: "text"}, more=_now(request, found),
    )  # fmt: skip
    return response


def sections_of(text: str) -> list[Section]:
    """A text with headings as sections; what stands before the first heading has none and is refused by the action."""
    parts = _HEADING.split(text.replace("\r\n", "\n"))
    before, rest = parts[0].strip(), parts[1:]
    found = [Section("", before)] if before else []
    return found + [Section(heading.strip(), body.strip()) for heading, body in zip(rest[::2], rest[1::2], strict=True)]


def as_text(sections: tuple[Section, ...]) -> str:
    """The opposite."""
    return "\n\n".join(f"## {one.heading}\n{one.text}" for one in sections)


def _now(request: Any, found: VersionPage) -> dict[str, Any]:
    """Beside what somebody typed, the text as it stands, when another has saved since it was opened."""
    if request.method != "POST" or request.POST.get("seen") == str(found.row.revision):
        return {}
    return {"before_heading": _("Så här står det nu"), "before": as_text(found.sections)}


def _draw(request: Any, code: str, number: str) -> HttpResponse:
    row, today = frames.initiative(request, code), day_in_stockholm(timezone.now())
    versions = [one for one in queries.versions(row.id, today=today) if _may_read(request, one)]
    held = next((one for one in versions if one.state is VersionState.IN_FORCE), None)
    wanted = number or (held.number if held else versions[0].number if versions else "")
    found = queries.page(row.id, wanted, today=today) if wanted else None
    if number and (found is None or not _may_read(request, found.row)):
        raise Http404
    before = _before(found.row, versions) if found else None
    context = {
        "found": found,
        "state": _(rules.STATE_NAMES[found.row.state]) if found else "",
        "kind": SHAPES[found.row.state] if found else "",
        "is_draft": found is not None and found.row.state is VersionState.DRAFT,
        "before": before,
        "versions": [(one, SHAPES[one.state], _(rules.STATE_NAMES[one.state])) for one in versions],
        "receivers": len({one.receiver_id for one in spreads.of_initiative(row.id, until=today)}) if found else 0,
        "may_see_decision": may(request.by.role, Permission.SEE_STEERING),
    }
    crumbs = _crumbs(code, ends=not number)
    if number:
        crumbs = (*crumbs, (_("Version %(number)s") % {"number": number}, ""))
    return frames.draw(request, "governance/handbook.html", row, "handbook", context, *crumbs)


def _before(row: VersionRow, versions: list[VersionRow]) -> VersionRow | None:
    """The decided version that came before; for a draft the one decided last."""
    until = row.holds_from or date.max
    earlier = [one for one in versions if one.holds_from is not None and one.holds_from < until]
    return max(earlier, key=lambda one: one.holds_from or date.min, default=None)


def _may_read(request: Any, one: VersionRow) -> bool:
    """Staff read what is decided; drafts are read by those who see the steering."""
    return one.holds_from is not None or may(request.by.role, Permission.SEE_STEERING)


def _crumbs(code: str, *, ends: bool = False) -> tuple[tuple[str, str], ...]:
    return ((_("Metodstöd"), "" if ends else reverse("governance:handbook", args=[code])),)
