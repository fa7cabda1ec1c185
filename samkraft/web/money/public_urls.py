"""Addresses of the pages about money that anybody may see. One line for each page."""

from django.urls import URLPattern, path

from samkraft.web.money import public

app_name = "public"
urlpatterns: list[URLPattern] = [
    path("", public.home, name="home"),
    path("folj-kronan/", public.flow, name="flow"),
    path("satsningar/", public.fund_list, name="funds"),
    path("satsningar/<slug:code>/", public.fund, name="fund"),
    path("satsningar/<slug:code>/budget/<int:year>/", public.budget, name="budget"),
    path("satsningar/<slug:code>/nyckel/", public.key, name="key"),
    path("punkter/<uuid:point_id>/", public.point, name="point"),
    path("organ/<slug:code>/", public.body, name="body"),
    path("anvandning/<uuid:use_id>/", public.use, name="use"),
]
