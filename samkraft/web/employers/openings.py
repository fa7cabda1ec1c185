"""Jobs that employers have told us of, and those that are advertised: one list to choose from."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.offer.queries import employers, vacancies
from samkraft.partners.rules.roles import Permission
from samkraft.web.acting import page
from samkraft.web.employers import frames
from samkraft.web.employers.employer import opening_line

LONGEST = 100


@page(needs=Permission.SEE_EMPLOYERS)
def show(request: Any) -> HttpResponse:
    """Query: `sok` words."""
    today = timezone.localdate()
    typed = request.GET.get("sok", "").replace("\x00", "")[:LONGEST]
    parts = typed.casefold().split()
    own = [
        opening_line(one)
        for one in employers.openings(on=today)
        if all(part in f"{one.headline} {one.occupation} {one.employer}".casefold() for part in parts)
    ]
    adverts, total = vacancies.open_on(today, words=typed, most=20)
    context = {
        "rows": own, "adverts": adverts, "total": total, "words": typed, "tabs": frames.tabs("openings"),
        "fetch": vacancies.latest_fetch(),
    }  # fmt: skip
    return frames.draw(request, "employers/openings.html", context, (_("Jobb och annonser"), ""))
