"""The client of JobSearch, against a service on this machine; and the copy that it keeps."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import requests

from samkraft.offer.models import Concept, Vacancy, VacancyFetch, VacancyWish
from samkraft.offer.queries import vacancies
from samkraft.operations import command, jobs
from samkraft.operations.clock import CLOCK
from samkraft.operations.vacancies import fetching, job_search
from samkraft.values.refusal import Refused
from tests.factories import job_search as made
from tests.factories.job_search import Service

DAY = date(2026, 11, 22)


@pytest.fixture
def service() -> Iterator[Service]:
    with made.running() as running:
        yield running


def fetch(service: Service, **more: Any) -> tuple[job_search.Fetched, list[float]]:
    waits: list[float] = []
    return job_search.fetch(service.source(**more), wait=waits.append), waits


def test_all_pages_are_had_with_the_search_that_is_configured(service: Service) -> None:
    service.fill(250)
    found, waits = fetch(service, key="hemlig")
    assert (len(found.found), found.is_whole, found.unread, waits) == (250, True, 0, [])
    assert [asked["offset"] for asked in service.asked] == ["0", "100", "200"]
    assert {asked["municipality"] for asked in service.asked} == {"oYPt_yRA_Smm"}
    assert {asked["path"] for asked in service.asked} == {"/search"}
    assert set(service.keys) == {"hemlig"}


def test_more_than_the_service_lets_through_is_had_by_going_on_from_the_oldest(service: Service) -> None:
    service.fill(4_321)
    found, _waits = fetch(service)
    assert (len(found.found), found.is_whole) == (4_321, True)
    assert max(int(asked["offset"]) for asked in service.asked) == 2_000


def test_more_within_one_moment_than_can_be_paged_through_is_told(service: Service) -> None:
    service.hits = [made.hit(str(n)) for n in range(2_300)]
    found, _waits = fetch(service)
    assert not found.is_whole
    assert len(found.found) == 2_100


def test_it_waits_longer_and_longer_or_as_long_as_it_is_asked_to(service: Service) -> None:
    service.fill(1)
    service.troubles = [(503, ""), (500, ""), (429, "17"), (429, "9999")]
    found, waits = fetch(service)
    assert (len(found.found), waits) == (1, [1.0, 2.0, 17.0, 60.0])


def test_it_gives_up_in_the_end_and_at_once_when_it_is_told_no(service: Service) -> None:
    service.troubles = [(503, "")] * 5
    with pytest.raises(Refused) as met:
        fetch(service)
    assert (met.value.reason, len(service.asked)) == (job_search.NO_ANSWER, 5)
    service.asked.clear()
    service.troubles = [(401, "")]
    with pytest.raises(Refused) as met:
        fetch(service)
    assert (met.value.reason, len(service.asked)) == (job_search.REFUSED_US, 1)


def test_nobody_there_and_nothing_said_in_time_are_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = job_search.Source("http://127.0.0.1:9", {}, 22)
    with pytest.raises(Refused) as met:
        job_search.fetch(gone, wait=lambda _: None)
    assert met.value.reason is job_search.NO_ANSWER
    asked = []

    def slow(*_: Any, timeout: Any, **__: Any) -> Any:
        asked.append(timeout)
        raise requests.ReadTimeout

    monkeypatch.setattr(requests.Session, "get", slow)
    with pytest.raises(Refused) as met:
        job_search.fetch(gone, wait=lambda _: None)
    assert met.value.reason is job_search.NO_ANSWER
    assert asked == [job_search.TIMEOUT_S] * job_search.TRIES


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"hits": []}'])
def test_an_answer_that_is_none_is_refused(service: Service, body: bytes) -> None:
    service.body = body
    with pytest.raises(Refused) as met:
        fetch(service)
    assert met.value.reason.code == "vacancies_not_an_answer"


def test_one_that_cannot_be_read_is_left_out_and_nothing_is_taken_for_gone(service: Service) -> None:
    service.fill(3)
    del service.hits[1]["headline"]
    found, _waits = fetch(service)
    assert (len(found.found), found.unread, found.is_whole) == (2, 1, False)


@pytest.mark.django_db
def test_the_copy_follows_the_source_and_keeps_what_is_gone(service: Service) -> None:
    service.fill(3)
    kept = fetching.renew(by=CLOCK, source=service.source())
    assert (kept.found, kept.added, kept.gone) == (3, 3, 0)
    rows, total = vacancies.open_on(DAY)
    assert total == 3
    assert rows[0].occupation == vacancies.ConceptRow("7wdX_4rv_33z", 22, "Kock, storhushåll")
    assert [one.label for one in rows[0].needed] == ["Specialkost", "Svenska"]
    assert Concept.objects.count() == 7
    ids = set(Vacancy.objects.values_list("id", flat=True))

    service.hits[0]["headline"] = "Kock sökes"
    service.hits[0]["must_have"]["skills"] = []
    service.hits[1]["removed"] = True
    del service.hits[2]
    kept = fetching.renew(by=CLOCK, source=service.source())
    assert (kept.found, kept.added, kept.gone) == (1, 0, 2)
    assert [row.headline for row in vacancies.open_on(DAY)[0]] == ["Kock sökes"]
    assert set(Vacancy.objects.values_list("id", flat=True)) == ids
    assert VacancyWish.objects.filter(vacancy__source_id="1000").count() == 2

    service.fill(3)
    del service.hits[0]["headline"]  # one that is known cannot be read: it is not gone for that
    kept = fetching.renew(by=CLOCK, source=service.source())
    assert (kept.found, kept.gone, vacancies.open_on(DAY)[1]) == (2, 0, 3)
    assert vacancies.open_on(DAY, words="kock sökes")[1] == 1
    assert vacancies.open_on(DAY, field="ScKy_FHB_7wT", without_experience=True)[1] == 3
    assert vacancies.open_on(date(2026, 12, 2))[1] == 0


@pytest.mark.django_db
def test_no_answer_leaves_the_copy_as_it_is(service: Service) -> None:
    service.fill(2)
    fetching.renew(by=CLOCK, source=service.source())
    service.troubles = [(503, "")] * 5
    with pytest.raises(Refused):
        fetching.renew(by=CLOCK, source=service.source(), wait=lambda _: None)
    assert vacancies.open_on(DAY)[1] == 2
    assert VacancyFetch.objects.count() == 1


@pytest.mark.django_db
def test_nothing_is_asked_of_anybody_unless_it_is_configured(
    service: Service, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.VACANCIES = None
    assert jobs.fetch_vacancies() is None
    assert command.main(["vacancies", "fetch"]) == command.BAD_USE
    assert service.asked == []
    service.fill(2)
    settings.VACANCIES = {"address": service.address, "query": {}, "taxonomy_version": 22, "key": ""}
    assert jobs.fetch_vacancies() == 2
    capsys.readouterr()
    assert command.main(["vacancies", "fetch", "--json"]) == command.FINE
    assert json.loads(capsys.readouterr().out)["found"] == 2
