"""A year of reports: one committee in time, one late; two who write at once; different persons; the document of the year."""

from copy import deepcopy
from datetime import date, datetime
from decimal import Decimal

import pytest

from samkraft.initiatives.queries import keyed
from samkraft.initiatives.rules.duties import DutyState
from samkraft.knowledge.queries import annual_analysis
from samkraft.knowledge.rules import writing
from samkraft.knowledge.rules.documents.parts import Document, Heading, Paragraph, Table, plain
from samkraft.money.actions import figures
from samkraft.money.actions.reports import report_steps, report_writing, report_years
from samkraft.money.models import Figure, Use
from samkraft.money.queries import documents
from samkraft.money.queries.reports import reports, waiting_reports
from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.reports import report_texts
from samkraft.money.rules.reports import reports as rules
from samkraft.money.rules.reports.reports import State, StepKind, System
from samkraft.money.rules.uses import EffortStatus, UseStage
from samkraft.values.period import STOCKHOLM
from tests.factories import refusals
from tests.factories import reports as factory
from tests.factories.reports import Reporting
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept")]

IN_TIME = datetime(2025, 1, 30, 9, tzinfo=STOCKHOLM)
LATE = datetime(2025, 2, 11, 9, tzinfo=STOCKHOLM)


@pytest.fixture(scope="module")
def kept(once: Once[Reporting]) -> Reporting:
    return once(factory.begin)


@pytest.fixture
def year(kept: Reporting) -> Reporting:
    return deepcopy(kept)


def test_a_year_of_reports_with_a_late_committee(year: Reporting) -> None:
    assert set(year.reports) == {"asn", "gvn"}
    assert [question.text for question in year.page().content.questions] == [factory.FIRST]  # type: ignore[union-attr]  # own draft
    assert "600" in year.page().opening
    assert factory.CASE in year.page().opening
    _write(year)
    _reviewed_by_another(year)
    _handed_in_and_read_by_all(year)
    _filed_as_a_source(year)
    _the_other_is_late(year)


def _write(year: Reporting) -> None:
    figure = _figure(year, 34)
    year.effort("Jobb för unga")
    year.effort("BID Malmö", EffortStatus.NOT_DONE)
    assert year.answer(f"Vi hade [[{figure}]].") == 1
    assert waiting_reports.number(by=year.city.by) == 0


def _reviewed_by_another(year: Reporting) -> None:
    with refusals.refused(rules.NOT_IN_THAT_STATE.code):
        year.step(StepKind.HANDED_IN, year.writer)
    year.step(StepKind.READY, year.writer)
    assert waiting_reports.number(by=year.reviewer) == 1
    assert waiting_reports.number(by=year.writer) == 0
    with refusals.refused(rules.OWN_WORDS.code):
        year.step(StepKind.REVIEWED, year.writer)
    with refusals.refused(rules.OTHER_COMMITTEE.code):
        year.step(StepKind.REVIEWED, year.other)
    year.step(StepKind.REVIEWED, year.reviewer)
    year.answer("Vi hade [[1]] för unga.", version=1)
    assert year.page().row.state is State.DRAFT
    assert year.page().row.review_lapsed
    year.step(StepKind.REVIEWED, year.reviewer)
    with refusals.refused(rules.REVIEWER_HANDS_IN.code):
        year.step(StepKind.HANDED_IN, year.reviewer)


def _handed_in_and_read_by_all(year: Reporting) -> None:
    assert year.page(year.other).content is None
    year.step(StepKind.HANDED_IN, year.writer, IN_TIME)
    row = year.page(year.other).row
    assert (row.state, row.came_late) == (State.HANDED_IN, False)
    assert year.page(year.other).content is not None
    assert waiting_reports.number(by=year.city.by) == 1
    with refusals.refused(rules.CLOSED.code):
        year.answer("Något annat.", version=2)
    duty = keyed.beginning(prefixes=[f"report:{year.reports['asn']}"], today=date(2025, 2, 1))[0]
    assert duty.row.state is DutyState.DONE
    with refusals.refused(rules.SAYS_WHY.code):
        year.step(StepKind.GIVEN_BACK, year.city.by)
    year.step(StepKind.GIVEN_BACK, year.city.by, text="Skriv vilka platser.")
    year.answer("Vi hade [[1]] för unga med funktionsnedsättning.", version=2)
    year.hand_in(IN_TIME)


def _filed_as_a_source(year: Reporting) -> None:
    with refusals.refused("not_allowed"):
        year.step(StepKind.FILED, year.writer)
    told = {"organisation_id": year.city.orgs["asn"], "fund_id": year.city.fund_id, "year": 2024}
    figures.note_use(
        by=year.city.by, stage=UseStage.REPORTED, title="Jobb för unga", status=EffortStatus.DONE,
        source_title="Årsanalys", **told,
    )  # fmt: skip
    year.step(StepKind.FILED, year.city.by, IN_TIME)
    assert Use.objects.count() == 2  # what a source has told already is not noted again
    content = year.page().content
    assert content is not None
    document_id = content.steps[-1].document_id
    assert document_id is not None
    page = documents.page(by=year.city.by, document_id=document_id)
    assert page is not None
    assert "34\u00a0platser för unga med funktionsnedsättning" in page.text
    assert Figure.objects.get(measure="youth-places").document_id == document_id
    assert set(Use.objects.values_list("title", "status")) == {("Jobb för unga", "done"), ("BID Malmö", "not_done")}
    for system in System:
        questions = [year.questions[0]] if system is System.FOLLOW_UP else [None]
        for question in questions:
            report_steps.mark_transferred(
                by=year.writer, report_id=year.reports["asn"], system=system, question_id=question
            )
    assert year.page().row.transferred == set(System)


def _the_other_is_late(year: Reporting) -> None:
    row = next(row for row in reports.listed(by=year.city.by) if row.body_code == "gvn")
    assert row.is_late
    composed = _document(year)
    assert "Nämnden har inte lämnat in sin redovisning" in _words(composed)
    for number, question in enumerate(year.questions):
        report_writing.answer(
            by=year.other,
            at=LATE,
            report_id=year.reports["gvn"],
            question_id=question,
            version=0,
            text=f"Svar {number}.",
        )
    report_steps.take(by=year.other, at=LATE, report_id=year.reports["gvn"], kind=StepKind.READY)
    row = next(row for row in reports.listed(by=year.city.by) if row.body_code == "gvn")
    assert row.is_late


def test_two_who_write_at_once_lose_nothing(year: Reporting) -> None:
    year.answer("Ett.\n\nTvå.\n\nTre.")
    year.answer("Ett, ändrat.\n\nTvå.\n\nTre.", version=1, by=year.reviewer)
    with refusals.refused(rules.STALE.code):
        year.answer("Ett.\n\nTvå.\n\nTre, ändrat.", version=1)
    held = year.page().content.answers[year.questions[0]]  # type: ignore[union-attr]  # own draft
    base = reports.text_of(by=year.writer, report_id=year.reports["asn"], question_id=year.questions[0], version=1)
    merged = report_texts.merge(base, "Ett.\n\nTvå.\n\nTre, ändrat.", held.text)
    assert merged == report_texts.Merged("Ett, ändrat.\n\nTvå.\n\nTre, ändrat.", True)
    assert year.answer(merged.text, version=held.version) == 3
    assert reports.history(by=year.writer, report_id=year.reports["asn"])[0].text == merged.text


def test_a_figure_that_the_text_names_stays_and_a_later_year_is_refused(year: Reporting) -> None:
    number = _figure(year, 34)
    year.answer(f"Vi hade [[{number} tal]] platser.")
    with refusals.refused(rules.STILL_IN_TEXT.code):
        _figure(year, 34, number=number, version=1, is_removed=True)
    with refusals.refused(rules.WRONG_YEAR.code):
        _figure(year, 34, year_of=2025)
    with refusals.refused(rules.SOURCE_EMPTY.code):
        _figure(year, 34, source=" ")
    with refusals.refused(rules.STALE.code):
        _figure(year, 35, number=number, version=0)


def test_one_figure_changed_changes_only_what_rests_on_it(year: Reporting) -> None:
    number, other = _figure(year, 34), _figure(year, None, measure="unknown", label="Gått till arbete")
    year.effort("Jobb för unga")
    year.answer(f"Vi hade [[{number}]].\n\nHur många som fick arbete är [[{other}]].")
    year.hand_in(IN_TIME)
    before = _document(year)
    assert writing.as_file(before, ".docx") == writing.as_file(_document(year), ".docx")
    assert writing.as_file(before, ".pdf") == writing.as_file(_document(year), ".pdf")
    year.step(StepKind.GIVEN_BACK, year.city.by, text="Räkna om.")
    _figure(year, 35, number=number, version=1)
    year.hand_in(IN_TIME)
    after = _document(year)
    differs = [(old, new) for old, new in zip(before.parts, after.parts, strict=True) if old != new]
    assert [type(old) for old, _new in differs] == [Paragraph, Table]
    assert all("34" in _told(old) and "35" in _told(new) for old, new in differs)
    assert before.notes == after.notes


def test_a_draft_is_never_in_the_document(year: Reporting) -> None:
    year.answer("Hemligt utkast.")
    assert "Hemligt utkast" not in _words(_document(year))
    assert reports.copies(by=year.other, report_id=year.reports["asn"]) is None
    assert reports.history(by=year.city.by, report_id=year.reports["asn"]) == []


def test_questions_come_before_reports_and_money_before_both(year: Reporting) -> None:
    with refusals.refused(rules.NO_QUESTIONS.code):
        report_years.open_year(by=year.city.by, fund_id=year.city.fund_id, year=2023, due_date=date(2024, 1, 31))
    report_years.ask(by=year.city.by, fund_id=year.city.fund_id, year=2023, text="Hur?")
    with refusals.refused(rules.NO_BODIES.code):
        report_years.open_year(by=year.city.by, fund_id=year.city.fund_id, year=2023, due_date=date(2024, 1, 31))
    again = report_years.open_year(by=year.city.by, fund_id=year.city.fund_id, year=2024, due_date=factory.DUE)
    assert again == []


def _figure(
    year: Reporting,
    value: int | None,
    *,
    number: int = 0,
    version: int = 0,
    measure: str = "youth-places",
    label: str = "Ungdomsplatser",
    year_of: int = 2024,
    source: str = "Egen lista",
    is_removed: bool = False,
) -> int:
    return report_writing.write_figure(
        by=year.writer, at=factory.MET, report_id=year.reports["asn"], question_id=year.questions[0], number=number,
        version=version, measure=measure, label=label, unit=Unit.PLACES,
        value=Decimal(value) if value is not None else None, year=year_of, source=source, is_removed=is_removed,
    )  # fmt: skip


def _document(year: Reporting) -> Document:
    found = annual_analysis.document(by=year.city.by, year=2024)
    assert found is not None
    return found


def _told(part: object) -> str:
    if isinstance(part, Paragraph):
        return plain(part.line)
    if isinstance(part, Heading):
        return part.text
    return " ".join(plain(cell) for row in part.rows for cell in row) if isinstance(part, Table) else ""


def _words(document: Document) -> str:
    return "\n".join(_told(part) for part in document.parts)


def test_earlier_years_stand_beside_and_sources_that_differ_are_told(year: Reporting) -> None:
    told = {
        "organisation_id": year.city.orgs["asn"],
        "kind": FigureKind.OUTCOME,
        "unit": Unit.PLACES,
        "label": "Platser",
    }
    for source, of, value in (("A", 2022, 20), ("A", 2023, 30), ("B", 2023, 31)):
        figures.note_figure(by=year.city.by, measure="youth-places", value=value, year=of, source_title=source, **told)
    _figure(year, 34)
    assert year.page().lines[0].earlier == (
        (2022, "20\u00a0platser", Decimal("20.00")),
        (2023, "källorna skiljer sig", None),
    )
    _figure(year, 32, year_of=2023)
    assert year.page().lines[0].earlier[1] == (2023, "32\u00a0platser", Decimal("32.00"))
    assert len(year.page().lines) == 1
