"""Pages for what went wrong, in plain words and with a way out."""

import re
from enum import StrEnum

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_CHOSEN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|unknown|yes|no|on|[a-z]{2}|[a-z]+(_[a-z]+)+")
_FAULT = (
    '<!doctype html><html lang="sv"><meta charset="utf-8"><title>Felet är vårt</title><h1>Felet är vårt</h1>'
    "<p>Sidan kunde inte visas. Inget har sparats till hälften. Gå tillbaka och försök igen om en stund.</p></html>"
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent could not be understood."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not for this person, or not in this role."""
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page, or none that exists for this person: the two look alike."""
    return render(request, "errors/404.html", status=404)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's guard is missing or old, most often because the session has ended."""
    return render(request, "errors/form_too_old.html", {"typed": typed(request)}, status=403)


def signed_out(request: HttpRequest) -> HttpResponse:
    """A form was sent after the session had ended."""
    context = {"typed": typed(request), "here": request.get_full_path()}
    return render(request, "errors/signed_out.html", context, status=403)


def fault(request: HttpRequest) -> HttpResponse:
    """The fault is ours. The page needs neither session nor database."""
    try:
        return render(request, "errors/500.html", status=500)
    except Exception:  # whatever broke the page may break this one too: then only words
        return HttpResponse(_FAULT, status=500)


def typed(request: HttpRequest) -> list[str]:
    """What was typed in the form, so that it can be copied back. Never passwords, codes or hidden marks.

    What was chosen and not typed says nothing out of its list, so keys, and the codes of choices, are left out.
    """
    secret = ("csrf", "password", "code", "credential", "token", "membership", "version", "next")
    words = [
        value
        for name, values in request.POST.lists()
        for value in values
        if name != "do"  # which of the page's forms it was
        and value.strip()
        and not any(word in name.lower() for word in secret)
        and not _CHOSEN.fullmatch(value)
    ]
    codes = _codes(StrEnum) if words else set()
    return [word for word in words if word not in codes]


def _codes(kind: type[StrEnum]) -> set[str]:
    """The stored values of every closed list of ours: what a menu or a button sends, and nobody types."""
    found = {member.value for member in kind}
    return found.union(*(_codes(each) for each in kind.__subclasses__()))
