"""Where someone wanted to go before the sign-in came between. Only addresses of our own are followed."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

FIELD = "next"


def asked_for(request: HttpRequest) -> str:
    """The page that was asked for, or nothing."""
    target = request.POST.get(FIELD) or request.GET.get(FIELD) or ""
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else ""
