"""Study plans on the person's page: made, changed and ended by the counsellor, read by those who may, listed for each reader."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from samkraft.people.actions import study_plans
from samkraft.web import acting
from tests.factories import joint_work, signed_in, studying

pytestmark = pytest.mark.django_db


def _told(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode().replace("\u00a0", " ")


def _post(client: Client, url: str, data: dict[str, Any]) -> Any:
    return client.post(url, {acting.FORM_FIELD: client.session[acting.SESSION_KEY], **data})


def test_a_counsellor_makes_a_plan_on_the_persons_page_and_the_team_reads_it(client: Client) -> None:
    made = joint_work.setting()
    way = joint_work.begun(made, made.labour)
    counsellor = studying.counselled(way, made.labour)
    base = f"/deltagare/{way.person_id}/studier/"
    signed_in.sign_in(client, counsellor)
    assert "Här kommer studieplaner" in _told(client, base)
    wrong = _post(
        client, f"{base}ny/", {"do": "add", "direction": "", "level": "vocational", "state": "agreed", "made_on": "x"}
    )
    assert wrong.status_code == 200
    assert "Skriv dagen" in wrong.content.decode() or "dag" in wrong.content.decode()
    form = {
        "do": "add", "direction": "Barnskötare", "level": "vocational", "made_on": "2026-01-07", "state": "proposed",
        "funding": ["study_aid", "open"], "with": "Karin Wahl, Omar Ali", "starts_on": "2026-08-17",
    }  # fmt: skip
    assert _post(client, f"{base}ny/", form).headers["Location"] == base
    page = _told(client, base)
    for words in (
        "Barnskötare",
        "förslag",
        "Karin Wahl, Omar Ali",
        "17 augusti 2026",
        "Studiemedel från CSN, Inte klart än",
    ):
        assert words in page, words
    (held,) = [one for one in way.held(counsellor) if one.kind == "study_plan"]
    again = {**form, "do": "change", "state": "agreed", "based_on": "1", "extent": "50"}
    assert _post(client, f"{base}{held.lineage}/", again).headers["Location"] == base
    stale = _post(client, f"{base}{held.lineage}/", {**again, "direction": "Något annat"})
    assert "Någon annan hann ändra" in stale.content.decode()
    assert "Något annat" in stale.content.decode()  # nothing that was typed is lost
    assert "överenskommen" in _told(client, base)
    assert _post(client, base, {"do": "education", "level": "secondary", "source": "certificate"}).status_code == 303
    assert "Betyg eller intyg".lower() in _told(client, base)
    signed_in.sign_in(client, made.labour)
    page = _told(client, base)
    assert "Barnskötare" in page
    assert "Ny studieplan" not in page
    assert "Ändra eller avsluta" not in page
    assert client.get(f"{base}ny/").status_code == 403
    assert "Barnskötare" in _told(client, "/studieplaner/?visa=galler")
    assert "Barnskötare" not in _told(client, "/studieplaner/?visa=forslag")
    study_plans.end(
        by=counsellor.context,
        person_id=way.person_id,
        lineage=held.lineage,
        ended_on=date(2026, 2, 1),
        result="Antagen.",
    )
    assert "Antagen." in _told(client, base)
    joint_work.join(way, made.labour, made.officer)
    signed_in.sign_in(client, made.officer)
    assert "Barnskötare" not in _told(client, base) + _told(
        client, "/studieplaner/"
    )  # not without consent to education
