"""Pages about committees' reports: as controller, reviewer, fund officer; what is kept when something is refused."""

from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from samkraft.knowledge.rules import writing
from samkraft.money.actions import decisions
from samkraft.money.queries import matters
from samkraft.money.queries.reports import reports
from samkraft.money.rules.reports.reports import State, StepKind
from samkraft.operations import errands
from samkraft.partners.actions import errands as actions
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from samkraft.web import acting
from samkraft.web.reports import analysis, analysis_file
from tests.factories import reports as factory
from tests.factories import signed_in
from tests.factories.reports import Reporting
from tests.once import Once

pytestmark = pytest.mark.django_db


def _as(by: Context) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(id=by.actor_id), backend=signed_in.BACKEND)
    session = client.session
    session[acting.SESSION_KEY] = str(by.membership_id)
    session.save()
    return client


def _post(client: Client, by: Context, address: str, **fields: object) -> Any:
    return client.post(address, {"membership": str(by.membership_id), **fields}, follow=True)


@pytest.fixture(scope="module")
def year(once: Once[Reporting]) -> Reporting:
    return once(factory.begin)


def test_a_controller_writes_a_figure_an_effort_and_an_answer(year: Reporting) -> None:
    by, report_id, question_id = year.writer, year.reports["asn"], year.questions[0]
    client = _as(by)
    figure = reverse("reports:figure", args=[report_id, question_id, 0])
    empty = _post(client, by, figure, measure="new", label="Deltagare", value="", unit="persons", rounded_to="0",
                  year="2024", source="Lista", version="0")  # fmt: skip
    assert empty.status_code == 422
    assert "kryssa för att ni inte vet" in empty.content.decode()
    saved = _post(client, by, figure, measure="new", label="Deltagare", value="4 389", unit="persons", rounded_to="0",
                  year="2024", source="Lista", version="0")  # fmt: skip
    assert "Skriv [[1]] i texten" in saved.content.decode()
    effort = reverse("reports:effort", args=[report_id, question_id, 0])
    _post(client, by, effort, title="Kurs", status="partly", version="0")
    answer = reverse("reports:answer", args=[report_id, question_id])
    page = _post(client, by, answer, text="Vi nådde [[1]].", version="0").content.decode()
    assert "4\u00a0389\u00a0personer" in page
    assert "delvis genomförd" in page
    assert "Skicka till granskning" in page


def test_the_second_of_two_sees_both_texts_and_a_field_with_both(year: Reporting) -> None:
    by, question_id = year.writer, year.questions[0]
    year.answer("Ett.\n\nTvå.")
    year.answer("Ett.\n\nTvå, kollegans.", version=1, by=year.reviewer)
    address = reverse("reports:answer", args=[year.reports["asn"], question_id])
    page = _post(_as(by), by, address, text="Ett, mitt.\n\nTvå.", version="1")
    words = page.content.decode()
    assert page.status_code == 422
    assert "Ett, mitt.\n\nTvå, kollegans.</textarea>" in words
    assert "Du skrev" in words
    assert 'name="version" value="2"' in words


def test_a_reviewer_approves_and_whoever_wrote_hands_in(year: Reporting) -> None:
    year.answer("Klart.")
    year.step(StepKind.READY, year.writer)
    page = reverse("reports:report", args=[year.reports["asn"]])
    own = _as(year.writer).get(page).content.decode()
    assert "Någon annan granskar den." in own
    reviewer = _as(year.reviewer)
    assert "Redovisning: Jobbsatsningar 2024" in reviewer.get(reverse("inbox")).content.decode()
    step = reverse("reports:step", args=[year.reports["asn"], "given-back"])
    refused = _post(reviewer, year.reviewer, step, text="")
    assert refused.status_code == 422
    assert "Det står inte vad som behöver ändras." in refused.content.decode()
    _post(reviewer, year.reviewer, reverse("reports:step", args=[year.reports["asn"], "reviewed"]))
    done = _post(_as(year.writer), year.writer, reverse("reports:step", args=[year.reports["asn"], "handed-in"]))
    assert "Redovisningen är inlämnad till stadskontoret." in done.content.decode()
    assert year.page().row.state is State.HANDED_IN


def test_a_draft_is_shown_to_its_own_committee_only(year: Reporting) -> None:
    year.answer("Bara vårt.")
    page = reverse("reports:report", args=[year.reports["asn"]])
    for by in (year.other, year.city.by):
        client = _as(by)
        assert "Bara vårt." not in client.get(page).content.decode()
        assert client.get(reverse("reports:transfers", args=[year.reports["asn"]])).status_code == 404
        assert client.get(reverse("reports:history", args=[year.reports["asn"]])).status_code == 404
        assert client.get(reverse("reports:answer", args=[year.reports["asn"], year.questions[0]])).status_code in {
            403,
            404,
        }
    assert "Bara vårt." in _as(year.reviewer).get(page).content.decode()


def test_the_office_sets_questions_opens_reports_and_reads_the_analysis(year: Reporting) -> None:
    by = year.city.by
    client = _as(by)
    address = reverse("reports:setting", args=["jobb", 2023])
    assert "Frågan är med" in _post(client, by, address, text="Hur gick det?").content.decode()
    opened = _post(client, by, reverse("reports:open_year", args=["jobb", 2023]), due="2024-01-31")
    assert opened.status_code == 422
    assert "Ingen nämnd har fått pengar" in opened.content.decode()
    year.answer("Klart.")
    year.hand_in()
    page = client.get(reverse("reports:analysis", args=[2024])).content.decode()
    assert "Klart." in page
    assert "Nämnden har inte lämnat in sin redovisning" in page
    part = client.get(reverse("reports:analysis", args=[2024]), {"namnd": "gvn"}).content.decode()
    assert "Dokumentet visar bara GVN: 300" in part
    assert "Klart." not in part
    assert client.get(reverse("reports:analysis", args=[2019])).status_code == 404
    assert "inlämnade" in client.get(reverse("reports:index"), {"kvar": "forsenade"}).content.decode()
    for ending in ("docx", "pdf", "html"):
        file = client.get(reverse("reports:analysis_file", args=[2024, ending]))
        assert file.headers["Content-Type"] == writing.MEDIA_TYPES[f".{ending}"]
        assert len(file.content) > 4_000
    assert "1 av 2 är inlämnade. 1 är försenade." in client.get(reverse("reports:index")).content.decode()
    assert "ASN" in client.get(reverse("reports:index"), {"fil": "csv"}).content.decode()


def test_what_is_put_into_other_systems_is_marked_by_whom_and_when(year: Reporting) -> None:
    year.answer("Klart.")
    year.hand_in()
    by, report_id = year.writer, year.reports["asn"]
    client = _as(by)
    mark = reverse("reports:transfer_mark", args=[report_id])
    page = _post(client, by, mark, system="stratsys", fraga=str(year.questions[0])).content.decode()
    assert f"överfört av {by.actor_name}" in page
    page = _post(client, by, mark, system="stratsys", fraga=str(year.questions[0]), undo="1").content.decode()
    assert f"överfört av {by.actor_name}" not in page
    for which, holds in (
        ("fraga-1", "Klart."),
        ("allt", factory.FIRST),
        ("platina", factory.CASE),
        ("raindance", "600"),
    ):
        file = client.get(reverse("reports:transfer_file", args=[report_id, which]))
        assert holds in file.content.decode("utf-8-sig")
    assert client.get(reverse("reports:transfer_file", args=[report_id, "fraga-9"])).status_code == 404
    assert reports.one(by=by, report_id=report_id).row.transferred == frozenset()


def test_a_written_matter_is_drafted_and_read_back(year: Reporting) -> None:
    by = year.city.by
    decisions.propose(
        by=by, case_number="KS-2025-7", title="Fördelning 2025", decider_id=year.city.orgs["ks"],
        points=[year.city.gives("1", "asn", 700, 2025), year.city.gives("2", "gvn", 200, 2025)],
    )  # fmt: skip
    matter_id = next(row.id for row in matters.listed(by=by) if row.case_number == "KS-2025-7")
    page = _as(by).get(reverse("reports:written_matter", args=[matter_id])).content.decode()
    assert "Förslag till beslut" in page
    assert "alla 2 punkter ger samma uppgifter" in page
    file = _as(by).get(reverse("reports:written_matter_file", args=[matter_id, "docx"]))
    assert file.headers["Content-Type"] == writing.MEDIA_TYPES[".docx"]
    assert _as(year.writer).get(reverse("reports:written_matter", args=[matter_id])).status_code == 403


def test_the_file_of_a_large_year_is_made_beside_the_pages(year: Reporting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "MOST_AT_ONCE", 1)
    year.answer("Klart.")
    year.hand_in()
    by = year.city.by
    client = _as(by)
    address = reverse("reports:analysis_file", args=[2024, "docx"])
    assert "du får den i inkorgen" in client.get(address).content.decode()
    asked = client.post(address, {"membership": str(by.membership_id)})
    errand_id = UUID(asked.headers["Location"].rstrip("/").rpartition("/")[2])
    assert errands.run(str(errand_id), str(by.membership_id))
    made = actions.fetch(by=by, errand_id=errand_id)
    assert made.file is not None
    assert made.file.name == "arsanalys-2024.docx"
    monkeypatch.setattr(analysis, "MOST_AT_ONCE", 60)
    assert client.get(address).content == made.file.content


def test_a_year_without_reports_says_so_in_the_errand(year: Reporting) -> None:
    with pytest.raises(Refused) as met:
        analysis_file.run(year.city.by, {"year": 2019, "ending": "pdf"}, lambda done, total: None)
    assert met.value.reason is analysis_file.NOTHING
