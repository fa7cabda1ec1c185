"""The page of open data, its files and its catalogue. Open to anybody; the same for whoever asks."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.money.queries import open_data
from samkraft.web import shell
from samkraft.web.acting import PUBLIC, for_anybody
from samkraft.web.open_data import catalogue, datasets


@for_anybody
def show(request: Any) -> HttpResponse:
    """What there is, column by column."""
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Öppna medel"), "url": reverse("public:home")}, {"label": _("Öppna data"), "url": ""}]
    context = {
        "shell": frame,
        "datasets": [
            {
                "title": _(one.title), "description": _(one.description), "slug": one.slug,
                "columns": [(column.name, _(column.meaning)) for column in one.columns],
                "files": [(suffix.upper(), reverse("public:data_file", args=[one.slug, suffix])) for suffix in ("csv", "json")],
            }
            for one in datasets.ALL
        ],
        "catalogues": [(suffix, reverse("public:catalogue", args=[suffix])) for suffix in catalogue.FORMATS],
    }  # fmt: skip
    return render(request, "open_data/index.html", context)


@for_anybody
def file(request: Any, slug: str, suffix: str) -> HttpResponse:
    """One data set as CSV or JSON."""
    one = next((each for each in datasets.ALL if each.slug == slug), None)
    if one is None or suffix not in ("csv", "json"):
        raise Http404
    if suffix == "csv":
        response: HttpResponse = HttpResponse(datasets.as_csv(one, PUBLIC), content_type="text/csv; charset=utf-8")
    else:
        rows = list(datasets.as_json(one, PUBLIC))
        response = JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.{suffix}"'
    response.headers["Access-Control-Allow-Origin"] = (
        "*"  # made to be fetched by others' programs; nobody's session counts
    )
    return response


@for_anybody
def harvest(request: Any, suffix: str) -> HttpResponse:
    """The catalogue for data portals."""
    if suffix not in catalogue.FORMATS:
        raise Http404
    root = request.build_absolute_uri(reverse("public:data"))
    content = catalogue.write(suffix, address=lambda path: f"{root}{path}", publisher=open_data.publisher())
    response = HttpResponse(content, content_type=f"{catalogue.FORMATS[suffix][1]}; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
