"""The list of sources that differ: what is to be settled first, then what has been, with what agrees folded away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samkraft.money.actions.contradictions import contradictions as actions
from samkraft.money.queries.contradictions import contradictions as queries
from samkraft.money.rules.contradictions import LABELS as CHOICES
from samkraft.money.rules.findings.every import LABELS as RULES
from samkraft.money.rules.settling import LABELS, State
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.web import afterwards, shell
from samkraft.web.acting import page
from samkraft.web.money import said
from samkraft.web.money.addresses import address
from samkraft.web.money.contradictions.contradiction import SHAPES, capitalised
from samkraft.web.money.figures import figures

IN_ORDER = {State.AGREES, State.CLEARED}


@page(needs=Permission.SEE_MONEY)
def show(request: Any) -> HttpResponse:
    """The list, filtered by the address: `ar`, `lage`, `hittad` and `vantar`."""
    rows = queries.listed(by=request.by)
    chosen = {name: request.GET.get(name, "") for name in ("ar", "lage", "hittad", "vantar")}
    kept = [row for row in rows if _matches(row, chosen)]
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Medel"), "url": address("money:home")},
        {"label": _("Uppgifter som skiljer sig"), "url": ""},
    ]
    still_open = [row for row in kept if row.state is State.OPEN]
    context = {
        "shell": frame,
        "tabs": figures.tabs("contradictions"),
        "chips": _chips(rows, chosen),
        "open_rows": [_line(row) for row in still_open],
        "settled_rows": [_line(row) for row in kept if row.state is State.SETTLED],
        "agreeing_rows": [_line(row) for row in kept if row.state in IN_ORDER],
        "number_open": sum(row.state is State.OPEN for row in rows),
        "is_filtered": any(chosen.values()),
        "unfold": chosen["lage"] == "stammer",
        "may_look": access.why_not(request.by, Permission.SETTLE_CONTRADICTIONS) is None,
        "may_enter": any(
            access.why_not(request.by, permission) is None
            for permission in (Permission.SETTLE_CONTRADICTIONS, Permission.ANSWER_FOR_COMMITTEE)
        ),
    }
    return render(request, "money/contradictions/list.html", context)


@require_POST
@page(needs=Permission.SETTLE_CONTRADICTIONS)
def look(request: Any) -> HttpResponse:
    """Let all rules look again."""
    found = actions.look(by=request.by)
    if not (found.differing or found.cleared or found.agreeing):
        messages.success(request, _("Alla regler har letat. Inget nytt har hittats."))
    else:
        told = [
            ngettext("%(count)d ny skillnad", "%(count)d nya skillnader", found.differing) % {"count": found.differing},
            ngettext("%(count)d ny jämförelse som stämmer", "%(count)d nya jämförelser som stämmer", found.agreeing)
            % {"count": found.agreeing},
            ngettext("%(count)d som stämmer nu", "%(count)d som stämmer nu", found.cleared) % {"count": found.cleared},
        ]
        messages.success(request, _("Alla regler har letat: %(what)s.") % {"what": ", ".join(told)})
    return afterwards.to("money:contradictions")


def _matches(row: queries.Row, chosen: dict[str, str], without: str = "") -> bool:
    if without != "ar" and chosen["ar"] and str(row.year or "") != chosen["ar"]:
        return False
    if without != "hittad" and chosen["hittad"] and ("person" if row.is_entered else "regel") != chosen["hittad"]:
        return False
    if without != "vantar" and chosen["vantar"] and (row.state is not State.OPEN or row.waits_for != chosen["vantar"]):
        return False
    states = {"oppna": {State.OPEN}, "utredda": {State.SETTLED}, "stammer": IN_ORDER}.get(chosen["lage"])
    return without == "lage" or states is None or row.state in states


def _chips(rows: list[queries.Row], chosen: dict[str, str]) -> list[dict[str, Any]]:
    """Every filter with what it would leave. One of each kind at a time."""
    options: list[tuple[str, str, str, str]] = [
        ("lage", "oppna", _("Ska redas ut"), "needs"),
        ("lage", "utredda", _("Utredda"), "ok"),
        ("lage", "stammer", _("Stämmer"), "ok"),
        ("hittad", "regel", _("Hittade av regler"), ""),
        ("hittad", "person", _("Inskrivna av en person"), ""),
    ]
    options += [
        ("ar", str(year), str(year), "") for year in sorted({row.year for row in rows if row.year}, reverse=True)
    ]
    options += [
        ("vantar", who, _("Väntar på %(who)s") % {"who": who}, "needs")
        for who in sorted({row.waits_for for row in rows if row.waits_for})
    ]
    chips = []
    for name, key, label, shape in options:
        is_on = chosen[name] == key
        target = {**chosen, name: "" if is_on else key}
        count = sum(_matches(row, {**chosen, name: key}) for row in rows)
        query = "&".join(f"{part}={target[part]}" for part in target if target[part])
        chips.append({"label": label, "url": f"?{query}", "count": count, "on": is_on, "shape": shape})
    return chips


def _line(row: queries.Row) -> dict[str, Any]:
    settled = row.settled
    how = ""
    if settled is not None:
        how = said.words(settled.side) if settled.side else _(CHOICES[settled.choice])
    return {
        "id": row.id,
        "subject": capitalised(said.words(row.subject)),
        "question": said.words(row.question),
        "values": " · ".join(said.day_or_words(said.value(value)) for value in row.values),
        "difference_ore": row.difference_ore,
        "year": row.year,
        "rule": _(RULES[row.rule]) if row.rule in RULES else "",
        "found_by": row.found_by,
        "waits_for": row.waits_for,
        "since": row.since,
        "days": row.days,
        "how": how,
        "reason": settled.reason if settled else "",
        "by": settled.by if settled else "",
        "at": settled.at if settled else None,
        "shape": SHAPES[row.state],
        "state": _(LABELS[row.state]),
    }
