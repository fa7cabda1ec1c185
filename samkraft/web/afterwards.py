"""Where the reader comes after something has been done: by a new request, so that loading the page again does nothing twice."""

from django.http import HttpResponseRedirect
from django.urls import reverse

SEE_OTHER = 303


def to(route: str, *arguments: object) -> HttpResponseRedirect:
    """To a page by its name."""
    return at(reverse(route, args=arguments))


def at(address: str) -> HttpResponseRedirect:
    """To an address of our own."""
    return HttpResponseRedirect(address, status=SEE_OTHER)
