"""Lediga jobb: what our copy has, searched here; and what the page says where nothing is fetched."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samkraft.offer.actions import vacancies
from samkraft.offer.rules import vacancies as rules
from samkraft.operations.clock import CLOCK
from samkraft.partners.rules.roles import Role
from tests.factories import job_search, signed_in

pytestmark = pytest.mark.django_db


def text(client: Client, query: str = "") -> str:
    response = client.get(f"/lediga-jobb/{query}")
    assert response.status_code == 200
    return str(response.content.decode())


def test_vacancies_are_listed_and_searched(client: Client) -> None:
    signed_in.as_role(client, Role.EMPLOYMENT_OFFICER)
    today = timezone.localdate().isoformat()
    hits: list[dict[str, Any]] = [
        job_search.hit("1"),
        job_search.hit("2") | {"headline": "Diskare <b>", "webpage_url": None},
    ]
    found = [rules.read(one | {"application_deadline": today}) for one in hits]
    vacancies.keep_by_clock(
        by=CLOCK, source="https://jobsearch.exempel.invalid", version=22, found=found, unread=0, is_whole=True
    )
    page = text(client)
    assert "2 annonser att söka" in page
    assert 'href="https://arbetsformedlingen.se/platsbanken/annonser/1" rel="noreferrer noopener"' in page
    assert "Diskare &lt;b&gt;" in page
    assert "50–100 procent" in page
    assert "Specialkost, Svenska" in page
    assert "Kontaktperson " not in page
    assert (
        "Diskare" not in text(client, "?sok=kock+skolk%C3%B6k&omrade=ScKy_FHB_7wT&erfarenhet=nej").split("</form>")[-1]
    )
    assert "Ingen annons passar" in text(client, "?sok=astronaut")
    assert "Ingen annons passar" in text(client, "?omrade=%00x")


def test_where_nothing_is_fetched_it_is_said_why(client: Client, settings: Any) -> None:
    signed_in.as_role(client, Role.EMPLOYMENT_OFFICER)
    assert "Ingen tjänst är inställd" in text(client)
    settings.VACANCIES = {"address": "https://jobsearch.exempel.invalid", "query": {}, "taxonomy_version": 22}
    assert "De hämtas varje natt" in text(client)


def test_who_does_not_see_the_offer_does_not_see_them(client: Client) -> None:
    signed_in.as_role(client, Role.EVALUATOR)
    assert client.get("/lediga-jobb/").status_code == 403
