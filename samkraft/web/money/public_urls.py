"""Addresses of the pages about money that anybody may see. One line for each page."""

from django.urls import URLPattern, path

from samkraft.web.money import public
from samkraft.web.open_data import pages as open_data

app_name = "public"
urlpatterns: list[URLPattern] = [
    path("", public.home, name="home"),
    path("folj-kronan/", public.flow, name="flow"),
    path("satsningar/", public.fund_list, name="funds"),
    path("satsningar/<slug:code>/", public.fund, name="fund"),
    path("satsningar/<slug:code>/budget/<int:year>/", public.budget, name="budget"),
    path("satsningar/<slug:code>/nyckel/", public.key, name="key"),
    path("data/", open_data.show, name="data"),
    path("data/katalog.<slug:suffix>", open_data.harvest, name="catalogue"),
    path("data/<slug:slug>.<slug:suffix>", open_data.file, name="data_file"),
    path("punkter/<uuid:point_id>/", public.point, name="point"),
    path("organ/<slug:code>/", public.body, name="body"),
    path("anvandning/<uuid:use_id>/", public.use, name="use"),
]
