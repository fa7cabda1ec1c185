"""Behind the personal link, on a phone: choose a time, change it, or say that one cannot come. No account.

Opening the page changes nothing: post offices and phones open links by themselves. Guesses are counted for each address
that they come from, and a link that does not hold is answered like one that never was.
"""

import hashlib
from collections.abc import Callable
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from samkraft.people.actions import invitations as actions
from samkraft.people.queries import invitation_links
from samkraft.people.queries.invitation_links import InvitationLink
from samkraft.people.rules import invitations as rules
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, secret_addresses
from samkraft.web.acting import page

View = Callable[..., HttpResponse]
MOST_GUESSES, WITHIN = 20, 600


def kept_secret(view: View) -> View:
    """The address itself is the secret: it is not told on, and not kept by anybody in between. Guesses are counted here,
    outside of the page's own reading."""

    def answered(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        key = f"guesses-of-links-{_address_of(request)}"
        request.has_guessed_often = cache.get(key, 0) >= MOST_GUESSES
        request.has_guessed = False
        response = view(request, *args, **kwargs)
        if request.has_guessed and not request.has_guessed_often:
            cache.add(key, 0, WITHIN)
            cache.incr(key)
        return secret_addresses.keep(response)

    answered.page_needs, answered.page_public = view.page_needs, view.page_public  # type: ignore[attr-defined]  # the mark
    return answered


@kept_secret
@never_cache
@page(public=True)
def show(request: Any, token: str) -> HttpResponse:
    """Times to choose among, or the one that is chosen."""
    link = held(request, token)
    if request.method == "POST":
        return _choose(request, link)
    now = timezone.now()
    free = [] if link.chosen and link.chosen.starts_at <= now else invitation_links.free_times(link)
    days = [(day, list(group)) for day, group in groupby(free, key=lambda one: timezone.localdate(one.starts_at))]
    context = {
        "link": link, "days": days[:10], "has_been": bool(link.chosen and link.chosen.starts_at <= now),
        "is_late": link.answer_until <= now, "until": timezone.localdate(link.answer_until),
        "calendar_url": reverse("invitations:calendar", args=[token]) if link.chosen else "",
    }  # fmt: skip
    return render(request, "invitations/choose.html", context)


def held(request: Any, token: str) -> InvitationLink:
    """The link that holds. Too many guesses from one address, and no link holds from there for a while."""
    if request.has_guessed_often:
        raise Refused(rules.REASONS["invitation_link_not_valid"])
    try:
        return invitation_links.find(token)
    except Refused:
        request.has_guessed = True
        raise


def _choose(request: Any, link: InvitationLink) -> HttpResponse:
    try:
        if "avboka" in request.POST:
            actions.give_back(link=link)
            messages.success(request, _("Du har lämnat tillbaka tiden. Välj en ny när du vill."))
        else:
            actions.choose(link=link, slot_id=UUID(request.POST.get("tid", "")))
            messages.success(request, _("Tack! Tiden är din."))
    except ValueError:
        messages.error(request, _("Välj en av tiderna."))
    except Refused as refused:
        refusals.tell(request, refused)
    return afterwards.to("invitations:choose", link.token)


def _address_of(request: Any) -> str:
    """Where a request comes from, as a digest that says nothing by itself."""
    where = f"{settings.SECRET_KEY}{request.META.get('REMOTE_ADDR', '')}"
    return hashlib.sha256(where.encode()).hexdigest()
