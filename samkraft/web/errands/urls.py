"""Their addresses."""

from django.urls import path

from samkraft.web.errands import errand

app_name = "errands"
urlpatterns = [
    path("pagaende/", errand.listed, name="listed"),
    path("pagaende/<uuid:errand_id>/", errand.show, name="errand"),
    path("pagaende/<uuid:errand_id>/hamta/", errand.fetch, name="fetch"),
    path("pagaende/<uuid:errand_id>/igen/", errand.again, name="again"),
    path("pagaende/<uuid:errand_id>/ta-bort/", errand.put_away, name="put_away"),
]
