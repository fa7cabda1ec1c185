"""Routes of the whole project."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("samkraft.web.routes"))]
handler400 = "samkraft.web.errors.bad_request"
handler403 = "samkraft.web.errors.forbidden"
handler404 = "samkraft.web.errors.not_found"
handler500 = "samkraft.web.errors.fault"
