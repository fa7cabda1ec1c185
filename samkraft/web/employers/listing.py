"""The list of employers: who should be contacted, what they offer, searched and narrowed in the address."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.offer.queries import employers
from samkraft.offer.queries.employers import EmployerRow
from samkraft.offer.rules import employers as rules
from samkraft.partners.rules.roles import Permission, may
from samkraft.web.acting import page
from samkraft.web.employers import frames, words

LONGEST = 100
_FILTERS = ("kontakta", "jobb", "platser", "moten", "mina")


@page(needs=Permission.SEE_EMPLOYERS)
def show(request: Any) -> HttpResponse:
    """Query: `sok` words, `bransch` one branch, and `visa` any of the chips."""
    today = timezone.localdate()
    typed = request.GET.get("sok", "").replace("\x00", "")[:LONGEST]
    industry = request.GET.get("bransch", "")
    industry = industry if industry in set(rules.Industry) else ""
    chosen = [one for one in request.GET.getlist("visa") if one in _FILTERS]
    found = employers.listed(words=typed, industry=industry, on=today)
    tests = {
        "kontakta": lambda row: (
            row.next_date is not None and words.shape_of(row.next_date, today) in ("overdue", "needs")
        ),
        "jobb": lambda row: row.openings > 0,
        "platser": lambda row: row.placements > 0,
        "moten": lambda row: row.meetings > 0,
        "mina": lambda row: row.next_membership_id == request.by.membership_id,
    }
    names = {
        "kontakta": _("Att kontakta"), "mina": _("Mina"), "jobb": _("Har jobb"), "platser": _("Har praktikplatser"),
        "moten": _("Har rekryteringsmöte"),
    }  # fmt: skip
    shown = [row for row in found if all(tests[one](row) for one in chosen)]
    chips = [
        {
            "label": label, "count": sum(tests[key](row) for row in found), "on": key in chosen,
            "url": _url(typed, industry, [one for one in chosen if one != key] + ([] if key in chosen else [key])),
            "shape": "needs" if key == "kontakta" else "",
        }
        for key, label in names.items()
    ]  # fmt: skip
    context = {
        "rows": [_line(row, today) for row in shown], "total": len(found), "chips": chips, "words": typed,
        "industry": industry, "industries": words.choices(rules.INDUSTRY_NAMES), "tabs": frames.tabs("list"),
        "chosen": chosen, "writes": may(request.by.role, Permission.KEEP_EMPLOYERS), "today": today,
        "is_narrowed": bool(typed or industry or chosen), "all_url": reverse("employers:list"),
    }  # fmt: skip
    return frames.draw(request, "employers/list.html", context)


def _line(row: EmployerRow, today: Any) -> dict[str, Any]:
    return {
        "row": row, "url": reverse("employers:employer", args=[row.id]), "industry": words.of(rules.INDUSTRY_NAMES, row.industry),
        "shape": words.shape_of(row.next_date, today), "led_to": words.of(rules.LED_NAMES, row.led_to),
        "late": (today - row.next_date).days if row.next_date and row.next_date < today else None,
    }  # fmt: skip


def _url(typed: str, industry: str, chosen: list[str]) -> str:
    pairs = [("sok", typed), ("bransch", industry), *(("visa", one) for one in chosen)]
    kept = urlencode([pair for pair in pairs if pair[1]])
    return f"{reverse('employers:list')}{'?' if kept else ''}{kept}"
