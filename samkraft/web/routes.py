"""All pages' addresses, one line for each part of the product. A part lists its own pages in its `urls`."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("samkraft.web.sign_in.urls")),
    path("", include("samkraft.web.partners.urls")),
    path("", include("samkraft.web.audit.urls")),
    path("", include("samkraft.web.look_urls")),
    path("", include("samkraft.web.duties.urls")),
    path("", include("samkraft.web.goals.urls")),
    path("", include("samkraft.web.teams.urls")),
    path("handlingar/", include("samkraft.web.access.urls")),
    path("medel/eu-projekt/", include("samkraft.web.eu.urls")),
    path("", include("samkraft.web.grants.urls")),
    path("medel/", include("samkraft.web.money.urls")),
    path("medel/", include("samkraft.web.reports.urls")),
    path("oppet/", include("samkraft.web.money.public_urls")),
    path("", include("samkraft.web.people.urls")),
    path("", include("samkraft.web.summer.urls")),
    path("", include("samkraft.web.offer.urls")),
    path("", include("samkraft.web.imports.urls")),
    path("", include("samkraft.web.vacancies.urls")),
    path("", include("samkraft.web.employers.urls")),
    path("", include("samkraft.web.invitations.urls")),
    path("", include("samkraft.web.months.urls")),
    path("", include("samkraft.web.knowledge.urls")),
    path("", include("samkraft.web.governance.urls")),
    path("", include("samkraft.web.calling.urls")),
    path("", include("samkraft.web.inbox.urls")),
    path("", include("samkraft.web.errands.urls")),
    path("", include("samkraft.web.search.urls")),
    path("", include("samkraft.web.help.urls")),
]
