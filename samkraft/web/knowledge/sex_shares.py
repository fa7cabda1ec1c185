"""Who gets what: the share of women in each kind of activity, beside their share of all participants."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.knowledge.queries import scorecards
from samkraft.knowledge.rules import sex_shares
from samkraft.knowledge.rules.groups import Dimension
from samkraft.knowledge.rules.indicators import BY_CODE
from samkraft.knowledge.rules.sex_shares import Shared
from samkraft.offer.queries import catalogue
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries.places import place_waits
from samkraft.values.wording import phrase
from samkraft.web import exports, figures
from samkraft.web.acting import page
from samkraft.web.charts import lettering
from samkraft.web.exports import Head
from samkraft.web.knowledge import frames

HEADS = (
    Head(phrase("Aktivitet")), Head(phrase("Kvinnor"), "number"), Head(phrase("Män"), "number"),
    Head(phrase("Andel kvinnor")), Head(phrase("Troligen")), Head(phrase("Av alla kvinnor")), Head(phrase("Av alla män")),
)  # fmt: skip
YEAR = 365
TOP = 30


@dataclass(frozen=True, slots=True)
class Layout:
    """A window's measures. In a narrow one the label stands above its line."""

    manner: str
    width: int
    left: int
    right: int
    line: int
    is_narrow: bool = False

    def x(self, share: float) -> float:
        """Where a share lies."""
        return round(self.left + (self.width - self.left - self.right) * share, 1)


LAYOUTS = (Layout("trend-at-desk", 640, 240, 84, 34), Layout("trend-on-phone", 330, 14, 46, 50, is_narrow=True))


@dataclass(frozen=True, slots=True)
class Placed:
    """One line of the picture: a dot with its interval, or a word about why there is none."""

    y: float
    label: str
    told: str
    told_x: float
    x: float | None
    interval: tuple[float, float] | None
    differs: bool


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str) -> HttpResponse:
    """From the last snapshot. `fil` gives the table as a file."""
    row = frames.initiative(code)
    card = scorecards.scorecard(row.id)
    told = scorecards.by_dimension(row.id, (sex_shares.EVERYBODY, *sex_shares.ACTIVITIES), Dimension.SEX.value)
    found = sex_shares.of(told)
    newest = told[0][0] if told else None
    everybody = next((one for one in found if one.code == sex_shares.EVERYBODY), None)
    reference = everybody.share if everybody else None
    lines = [_line(code, one, reference, newest) for one in found]
    named = _named(request, reference)
    if file := exports.wanted(request):
        cells = [
            (one["name"], one["women"], one["men"], one["share"], one["interval"], one["of_women"], one["of_men"])
            for one in lines
        ] + [(one["name"], one["women"], one["men"], one["share"], one["interval"], "", "") for one in named]
        return exports.answer(file, _("vem får vad"), HEADS, cells)
    context = {
        "card": card, "lines": lines, "named": named,
        "named_differing": [one["name"] for one in named if one["differs"]],
        "drawings": [_drawing(found, reference, layout) for layout in LAYOUTS],
        "differing": [one["name"] for one in lines if one["differs"]],
        "share": figures.percent(reference, 0) if reference is not None else "",
    }  # fmt: skip
    return frames.draw(request, "knowledge/sex_shares.html", row, "sex_shares", context, (_("Vem får vad"), ""))


def _named(request: Any, reference: float | None) -> list[dict[str, Any]]:
    """The last year's queues and starts, activity by activity, as the queues tell them when small numbers are kept back."""
    today = timezone.localdate()
    waits = place_waits.measured(request.by, since=today - timedelta(days=YEAR), until=today + timedelta(days=1))
    told = {
        (one.activity_id, one.stage, one.sex): one.many
        for one in waits
        if one.activity_id is not None and one.sex is not None
    }
    names = {one.id: one.name for one in catalogue.activities()}
    found = []
    for name, joined, begun in sex_shares.by_name(told, names, today):
        for stage, one in ((_("i kö"), joined), (_("började"), begun)):
            if one.women is not None or one.men is not None:
                found.append(_cells(one) | {
                    "name": f"{name}, {stage}", "activity": name, "stage": stage, "differs": one.differs(reference),
                })  # fmt: skip
    return found


def _cells(one: Shared) -> dict[str, str]:
    hidden, nobody = _("visas inte"), one.women == 0 and one.men == 0
    return {
        "women": hidden if one.women is None else figures.number(one.women),
        "men": hidden if one.men is None else figures.number(one.men),
        "share": _("ingen än") if nobody else hidden if one.share is None else figures.percent(one.share, 0),
        "interval": _interval(one),
    }  # fmt: skip


def _line(code: str, one: Shared, reference: float | None, newest: date | None) -> dict[str, Any]:
    return _cells(one) | {
        "name": _(BY_CODE[one.code].name), "url": f"{reverse('results:indicator', args=[code, one.code])}?delat=sex#delat",
        "differs": one.code != sex_shares.EVERYBODY and one.differs(reference),
        "of_women": "" if one.of_women is None else figures.percent(one.of_women, 0),
        "of_men": "" if one.of_men is None else figures.percent(one.of_men, 0),
        "earlier": one.day if one.day != newest and one.share is not None else None,
    }  # fmt: skip


def _interval(one: Shared) -> str:
    if one.low is None or one.high is None:
        return ""
    return f"{figures.decimal(100 * one.low, 0)}–{figures.percent(one.high, 0)}"


def _drawing(found: tuple[Shared, ...], reference: float | None, layout: Layout) -> dict[str, Any]:
    bottom = TOP + layout.line * len(found)
    return {
        "layout": layout, "lines": _picture(found, reference, layout), "height": bottom + 6, "bottom": bottom,
        "ticks": [(layout.x(tick / 100), f"{tick} %") for tick in (0, 25, 50, 75, 100)],
        "reference": None if reference is None else layout.x(reference),
    }  # fmt: skip


def _picture(found: tuple[Shared, ...], reference: float | None, layout: Layout) -> list[Placed]:
    placed, room = [], layout.width if layout.is_narrow else layout.left - 14
    for place, one in enumerate(found):
        y = float(TOP + place * layout.line + layout.line / 2) + (9 if layout.is_narrow else 0)
        label = lettering.wrap(_(BY_CODE[one.code].name), room, 14.0, 1)[0]
        if one.share is None or one.low is None or one.high is None:
            why = _("ingen än") if one.women == 0 and one.men == 0 else _("visas inte")
            placed.append(Placed(y, label, why, layout.x(0) + 8, None, None, False))
            continue
        told = figures.percent(one.share, 0)
        interval = (layout.x(one.low), layout.x(one.high))
        differs = one.code != sex_shares.EVERYBODY and one.differs(reference)
        placed.append(Placed(y, label, told, interval[1] + 10, layout.x(one.share), interval, differs))
    return placed
