"""What the grants of a year led to: each target beside its outcome, as a picture, as a table and as a file."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.money.queries.grants import grant_outcomes
from samkraft.money.queries.grants.grant_outcomes import GrantOutcomes, TargetOutcome
from samkraft.money.rules.figures import UNIT_LABELS
from samkraft.partners.rules.roles import Permission
from samkraft.values.wording import phrase
from samkraft.web import exports, figures
from samkraft.web.acting import page
from samkraft.web.exports import Head
from samkraft.web.grants import frames, pictures

HEADS = (
    Head(phrase("Organisation")), Head(phrase("Bidrag")), Head(phrase("År"), "number"), Head(phrase("Beviljat, kr"), "ore"),
    Head(phrase("Mått")), Head(phrase("Enhet")), Head(phrase("Mål"), "number"), Head(phrase("Mål, högst"), "number"),
    Head(phrase("Utfall"), "number"), Head(phrase("Om utfallet")), Head(phrase("Källa")),
)  # fmt: skip


@page(needs=Permission.SEE_GRANTS)
def show(request: Any) -> HttpResponse:
    """Query: `ar`, `fil`."""
    years = grant_outcomes.years(by=request.by)
    asked = request.GET.get("ar", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else _latest_told(request, years)
    found = grant_outcomes.of_year(by=request.by, year=year)
    if file := exports.wanted(request):
        return exports.answer(file, f"bidragens-utfall-{year}", HEADS, _cells(found, year))
    targets = [target for one in found for target in one.targets]
    context = {
        "tabs": frames.tabs(request, "outcomes"),
        "year": year,
        "years": [(one, f"?ar={one}") for one in years],
        "sentence": _sentence(targets),
        "grants": [_grant(one) for one in found if one.targets],
        "without": [
            (one.performer or one.organisation, one.title, reverse("grants:grant", args=[one.grant_id]))
            for one in found
            if not one.targets
        ],
        "export_url": f"?ar={year}&fil=",
    }  # fmt: skip
    return frames.draw(request, "grants/outcomes.html", context, (_("Utfall"), ""))


def _latest_told(request: Any, years: Sequence[int]) -> int:
    """The latest year with an outcome that is known; the latest of all when none has any."""
    for year in years:
        grants = grant_outcomes.of_year(by=request.by, year=year)
        outcomes = [target.outcome for one in grants for target in one.targets if target.outcome]
        if any(one.value is not None for one in outcomes):
            return year
    return next(iter(years), timezone.localdate().year)


def _sentence(targets: Sequence[TargetOutcome]) -> str:
    aimed = [one for one in targets if one.value is not None]
    if not aimed:
        return _("Årets bidrag har inga mål som går att räkna.")
    told = [one for one in aimed if one.outcome is not None and one.outcome.value is not None]
    if not told:
        return ngettext(
            "Det enda målet har inget känt utfall än.", "Inget av %(n)d mål har ett känt utfall än.", len(aimed)
        ) % {"n": len(aimed)}
    return _("%(met)d av %(aimed)d mål är nådda. För %(told)d av dem är utfallet känt.") % {
        "met": sum(_is_met(one) is True for one in told), "aimed": len(aimed), "told": len(told),
    }  # fmt: skip


def _is_met(one: TargetOutcome) -> bool | None:
    """Whether the outcome is at least the target, or the lower end of a span; None while it is not known."""
    if one.value is None or one.outcome is None or one.outcome.value is None:
        return None
    return one.outcome.value >= one.value


def _grant(one: GrantOutcomes) -> dict[str, Any]:
    bars = pictures.shares([(each.label, each.share, _is_met(each)) for each in one.targets])
    return {
        "row": one,
        "key": str(one.grant_id)[:8],
        "who": one.performer or one.organisation,
        "through": one.organisation if one.performer else "",
        "url": reverse("grants:grant", args=[one.grant_id]),
        "lines": [_line(each) for each in one.targets],
        "bars": bars,
    }


def _line(one: TargetOutcome) -> dict[str, Any]:
    target = figures.decimal(one.value, 0) if one.value is not None else "–"
    if one.value is not None and one.upper_value is not None:
        target = f"{target}–{figures.decimal(one.upper_value, 0)}"
    met = _is_met(one)
    return {
        "label": one.label,
        "unit": frames.word(UNIT_LABELS, one.unit),
        "target": target,
        "outcome": _outcome(one),
        "share": figures.percent(one.share * 100 // 1 / 100, 0) if one.share is not None else "–",
        "state": ("ok", _("nått")) if met else ("needs", _("inte nått")) if met is False else None,
        "document": one.outcome.document if one.outcome else "",
        "document_url": reverse("money:document", args=[one.outcome.document_id]) if one.outcome else "",
    }


def _outcome(one: TargetOutcome) -> str:
    if one.outcome is None:
        return "–"
    if one.outcome.differs:
        return _("källorna skiljer sig")
    return figures.decimal(one.outcome.value, 0) if one.outcome.value is not None else figures.unknown()


def _cells(found: Sequence[GrantOutcomes], year: int) -> Iterator[list[object]]:
    for one in found:
        for each in one.targets:
            outcome = each.outcome
            about = "" if outcome is None or outcome.value is not None else _outcome(each)
            yield [
                one.performer or one.organisation, one.title, year, one.amount_ore, each.label,
                frames.word(UNIT_LABELS, each.unit), _number(each.value), _number(each.upper_value),
                _number(outcome.value if outcome else None), about, outcome.document if outcome else "",
            ]  # fmt: skip


def _number(value: Decimal | None) -> int | float | str:
    """As a spreadsheet counts with it; empty where there is none."""
    if value is None:
        return ""
    return int(value) if value == int(value) else float(value)
