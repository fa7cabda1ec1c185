"""Colours and language: in a cookie at once, and with the account for the next computer."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from samkraft.partners.actions import people
from samkraft.web import acting, appearance, language


@receiver(user_logged_in)
def bring_choices(request: Any, user: Any, **_rest: Any) -> None:
    """On a computer where nothing has been chosen the account's choices hold until something is."""
    if request is not None and hasattr(request, "session"):
        request.session[language.LANGUAGE_KEY] = user.language
        request.session[language.COLOUR_COOKIE] = user.colour_scheme


@require_POST
def choose_colour_scheme(request: Any) -> HttpResponse:
    """`scheme` is auto, light or dark."""
    response = appearance.choose_colour_scheme(request)
    if response.status_code < 400 and _is_someone(request):
        people.choose_colour_scheme(by=request.by, scheme=request.POST["scheme"])
    return response


@require_POST
def choose_language(request: Any) -> HttpResponse:
    """`language` is one of the site's languages."""
    response = appearance.choose_language(request)
    if response.status_code < 400 and _is_someone(request):
        people.choose_language(by=request.by, language=request.POST["language"])
    return response


def _is_someone(request: Any) -> bool:
    return request.by is not None and request.by is not acting.PUBLIC
