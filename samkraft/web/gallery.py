"""Every component in every state, on one page, for those who build and those who check. Only where the demo runs."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from samkraft.web import acting, gallery_examples


@acting.page(public=True)
def show(request: HttpRequest) -> HttpResponse:
    """The gallery. `?right_to_left` turns it around; `?errors` sends the form wrong."""
    if not settings.DEMO:
        raise Http404
    form = gallery_examples.ExampleForm({"amount": "tio"} if "errors" in request.GET else None)
    if "errors" in request.GET:
        form.is_valid()
    context: dict[str, Any] = {
        **gallery_examples.everything(),
        "form": form,
        "page": Paginator(range(148), 12).get_page(request.GET.get("page", 2)),
        "sort": request.GET.get("sort", "-wait"),
        "is_turned": "right_to_left" in request.GET,
    }
    return render(request, "gallery/gallery.html", context)
