"""Language and colour scheme, so that the page is right from its first byte: from a cookie, else from the account that
has signed in on a computer where nothing has been chosen. Swedish unless chosen."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

COLOUR_COOKIE = "colour_scheme"
COLOUR_SCHEMES = ("auto", "light", "dark")
LANGUAGE_KEY = "language"  # in the session: what the account's owner has chosen elsewhere
_LANGUAGES = {code for code, _name in settings.LANGUAGES}


class LanguageMiddleware:
    """The browser's own language list is not used: a Swedish city's staff get Swedish whatever their computer says."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or request.session.get(LANGUAGE_KEY, "")
        language = wanted if wanted in _LANGUAGES else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def colour_scheme(request: HttpRequest) -> str:
    """auto, light or dark."""
    session = getattr(request, "session", {})  # an error page may come before there is one
    wanted = request.COOKIES.get(COLOUR_COOKIE) or session.get(COLOUR_COOKIE, "auto")
    return wanted if wanted in COLOUR_SCHEMES else "auto"
