"""The demo's reports hold what the sources tell of 2024, and the annual analysis is composed of them in time."""

import re
import time
from pathlib import Path

import pytest

from samkraft.knowledge.queries import written_matters
from samkraft.knowledge.rules.documents import plain_text
from samkraft.money.queries import matters
from samkraft.money.queries.reports import reports
from samkraft.operations import command
from samkraft.operations.commands import report
from samkraft.operations.world import initiatives, money, partners, year_wheel
from samkraft.operations.world import reports as told
from samkraft.operations.world.cast import fund_officer

pytestmark = pytest.mark.django_db

# What committees told, as it stands in the document.
HELD = (
    "omkring 4 100 000 kr", "omkring 6 192 000 kr", "34 platser", "70 deltagare", "43 elever", "33 elever", "4 389",
    "4 417 tillfällen", "16 personer", "623 deltagare", "omkring 30 % flickor", "omkring 1 250 000 kr", "653 000 kr",
    "200 personer", "50 personer", "1 536 000 kr", "Hågkomstresor", "inte genomförd", "delvis genomförd", "UngDrive Academy",
    "Slussfunktion", "Yrkes-DV", "Maxa", "Uppgifter som skiljer sig", "6 912 000 kr", "Kvalitetsuppföljning",
)  # fmt: skip


def test_the_documents_of_the_demo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for part in (partners, initiatives, money, year_wheel, told):
        part.load()
    assert told.is_loaded()
    by = fund_officer()
    rows = reports.listed(by=by)
    assert len(rows) == 16
    assert {(row.body_code, row.year) for row in rows if row.is_late} == {("asn", 2025), ("ks", 2025)}
    assert {row.body_code for row in rows if row.came_late} == {"gvn", "kultur"}
    began = time.process_time()
    for ending in ("html", "docx", "pdf"):
        path = tmp_path / f"a.{ending}"
        asked = command.parser().parse_args(["report", "annual-analysis", "--year", "2024", "--out", str(path)])
        assert report.run(asked) == command.FINE
        assert path.stat().st_size > 10_000
    assert time.process_time() - began < 10
    page = re.sub(r"\u00a0<a class=\"doc-note\".*?</a>", "", (tmp_path / "a.html").read_text(encoding="utf-8"))
    page = page.replace("\u00a0", " ")
    assert [words for words in HELD if words not in page] == []
    assert "45 källor" in capsys.readouterr().out
    for matter in matters.listed(by=by):
        drafted = written_matters.of_matter(by=by, matter_id=matter.id)
        assert drafted is None or drafted.differs == (), matter.case_number
        assert drafted is None or f"{drafted.points}. " in plain_text.write(drafted.document)


def test_a_year_without_reports_and_a_file_of_another_kind_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parse = command.parser().parse_args
    assert report.run(parse(["report", "annual-analysis", "--year", "1999", "--out", str(tmp_path / "a.pdf")])) == 1
    assert "inga redovisningar för 1999" in capsys.readouterr().out
    assert report.run(parse(["report", "annual-analysis", "--year", "2024", "--out", str(tmp_path / "a.odt")])) == 2
    assert report.run(parse(["report", "annual-analysis", "--year", "2024", "--out", "/nowhere/at/all/a.pdf"])) == 2
    assert not list(tmp_path.iterdir())
