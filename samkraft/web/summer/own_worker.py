"""The small program that lets the young person's page open without signal. It reaches nothing but those pages."""

from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpResponse

from samkraft.web.acting import page

FILE = Path(__file__).resolve().parents[1] / "static" / "samkraft" / "summer_worker.js"


@page(public=True)
def show(request: Any) -> HttpResponse:
    """Served from under the pages that it is for: a worker reaches no further than where it lies."""
    response = HttpResponse(_text(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _text() -> str:
    return FILE.read_text(encoding="utf-8")
