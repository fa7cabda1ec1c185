"""The reader's own choice of colours and language, kept in a cookie that the server reads, so that nothing flickers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from samkraft.web.language import COLOUR_COOKIE, COLOUR_SCHEMES

ONE_YEAR = 365 * 24 * 60 * 60


@require_POST
def choose_colour_scheme(request: HttpRequest) -> HttpResponse:
    """`scheme` is auto, light or dark; then back to the page that asked."""
    return _remember(request, COLOUR_COOKIE, request.POST.get("scheme", ""), COLOUR_SCHEMES)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """`language` is one of the site's languages; then back to the page that asked."""
    codes = tuple(code for code, _name in settings.LANGUAGES)
    return _remember(request, settings.LANGUAGE_COOKIE_NAME, request.POST.get("language", ""), codes)


def _remember(request: HttpRequest, cookie: str, wanted: str, allowed: tuple[str, ...]) -> HttpResponse:
    if wanted not in allowed:
        return HttpResponseBadRequest()
    response = HttpResponseRedirect(_back(request))
    response.set_cookie(
        cookie, wanted, max_age=ONE_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    return response


def _back(request: HttpRequest) -> str:
    """The page that asked, if it is one of ours."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else "/"
