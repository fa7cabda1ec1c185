"""A composed document as a file to save: never opened inside our pages."""

from django.http import HttpResponse
from django.utils.text import slugify

from samkraft.knowledge.rules import writing


def of(content: bytes, name: str, ending: str) -> HttpResponse:
    """The answer with its name and type; nothing in it may run."""
    response = HttpResponse(content, content_type=writing.MEDIA_TYPES[f".{ending}"])
    response.headers["Content-Disposition"] = f'attachment; filename="{slugify(name) or "dokument"}.{ending}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
