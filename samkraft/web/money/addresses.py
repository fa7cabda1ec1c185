"""Addresses of pages that other parts of the product have; without the page there is no link."""

from typing import Any

from django.urls import NoReverseMatch, reverse


def address(name: str, key: Any = None, rest: str = "") -> str:
    """The address of a page about `key`, with a query or an anchor after it; empty when there is no such page."""
    try:
        return reverse(name, args=[key] if key is not None else []) + rest
    except NoReverseMatch:
        return ""
