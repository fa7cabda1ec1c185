"""Supervision of one's own year: what is not yet reported, transferred or paid, and in how many steps it is done."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.money.queries.grants import grant_year
from samkraft.money.queries.grants.grant_year import Row
from samkraft.partners.rules.roles import Permission, may
from samkraft.web import figures
from samkraft.web.acting import page
from samkraft.web.grants import frames


@page(needs=Permission.SEE_GRANTS)
def show(request: Any) -> HttpResponse:
    """Query: `ar`."""
    today = timezone.localdate()
    years = grant_year.years(by=request.by)
    asked = request.GET.get("ar", "")
    year = (
        int(asked)
        if asked.isdigit() and int(asked) in years
        else next((one for one in years if one <= today.year), today.year)
    )
    found = grant_year.of(by=request.by, year=year, today=today)
    parts = (
        ("reported", _("Inte redovisat"), _("Rapporter och andra uppgifter i årshjulet som inte är klara."), found.reported),
        (
            "transferred", _("Inte överfört"),
            _("Beslutade pengar som väntar på årets budget, och avrop som väntar på beslut."), found.transferred,
        ),
        (
            "paid", _("Inte betalt"),
            _("Bidrag som inte är utbetalda i sin helhet, och återkrav som inte har kommit tillbaka."), found.paid,
        ),
    )  # fmt: skip
    context = {
        "tabs": frames.tabs(request, "year"),
        "year": year,
        "years": [(one, f"?ar={one}") for one in years],
        "own": "" if may(request.by.role, Permission.PREPARE_GRANTS) else request.acting.organisation_name,
        "parts": [_part(key, heading, text, rows) for key, heading, text, rows in parts],
    }
    return frames.draw(request, "grants/year.html", context, (_("Årets avstämning"), ""))


def _part(key: str, heading: str, text: str, rows: tuple[Row, ...]) -> dict[str, Any]:
    known = sum(row.amount_ore or 0 for row in rows)
    return {
        "key": key,
        "heading": heading,
        "text": text,
        "many": len(rows),
        "late": sum(row.is_late for row in rows),
        "sum": figures.kronor(known) if known else "",
        "rows": [{"row": row, "what": _what(row), "url": reverse(row.route, args=row.args)} for row in rows],
    }


def _what(row: Row) -> str:
    words = {
        "unplanned": _("ingen utbetalning är beredd"),
        "stopped": _("stoppad utbetalning"),
        "decided": _("beslutad, ska betalas"),
        "prepared": _("väntar på beslut"),
        "recovery": _("återkrav"),
    }
    return words.get(row.what, row.what)
