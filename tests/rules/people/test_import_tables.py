"""Files as they come from other systems: alphabets, separators, workbooks, and what is refused before anything is read."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, time
from typing import Any

import openpyxl
import pytest

from samkraft.people.rules.imports import cells, shapes, tables
from samkraft.people.rules.imports.shapes import Kind
from samkraft.values.refusal import Refused

TEXT = "Efternamn;Förnamn;Inkom\nÖberg;Åsa;2026-03-31\n"


def workbook(*rows: list[Any], more: Callable[[Any], None] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if more:
        more(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
        for name, part_content in (extra or {}).items():
            new.writestr(name, part_content)
    return made.getvalue()


def refused(content: bytes, name: str, **more: Any) -> str:
    with pytest.raises(Refused) as met:
        tables.read(content, name, **more)
    return met.value.reason.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_a_file_is_read_in_the_alphabets_that_swedish_systems_write(encoding: str) -> None:
    table = tables.read(TEXT.encode(encoding), "remisser.csv")
    assert table.heads == ("Efternamn", "Förnamn", "Inkom")
    assert table.rows[0].cells == ("Öberg", "Åsa", "2026-03-31")
    assert table.rows[0].number == 2


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_the_one_that_the_heads_have(separator: str) -> None:
    table = tables.read(TEXT.replace(";", separator).encode(), "remisser.csv")
    assert table.rows[0].cells == ("Öberg", "Åsa", "2026-03-31")


def test_a_line_that_names_the_separator_is_none_of_the_rows() -> None:
    assert tables.read(("sep=;\r\n" + TEXT).encode(), "remisser.csv").rows[0].cells[0] == "Öberg"


def test_quoted_cells_may_hold_separators_and_empty_rows_are_left_out_but_counted() -> None:
    table = tables.read('Namn;Inkom\n\n;\n"Ek; Åsa";2026-03-31\n'.encode(), "a.csv")
    assert [(row.number, row.cells) for row in table.rows] == [(4, ("Ek; Åsa", "2026-03-31"))]


def test_a_row_with_more_cells_than_heads_is_a_fault_of_that_row() -> None:
    table = tables.read(b"A;B\n1;2\n1;2;3\n", "a.csv")
    assert [(fault.row, fault.reason.code) for fault in table.faults] == [(3, "row_too_many_cells")]


def test_a_workbook_gives_days_times_and_numbers_as_a_person_sees_them() -> None:
    content = workbook(["Dag", "Tid", "Antal", "Ja"], [date(2026, 3, 31), time(9, 30), 12.0, True])
    assert tables.read(content, "a.xlsx").rows[0].cells == ("2026-03-31", "09:30", "12", "Ja")


def test_a_formula_is_never_worked_out_and_is_told_with_row_and_column() -> None:
    for content, name in (
        (workbook(["Namn", "Antal"], ["Ek", "=1+1"]), "a.xlsx"),
        (b"Namn;Antal\nEk;=1+1\n", "a.csv"),
        (b"Namn;Antal\nEk;@SUM(A1)\n", "a.csv"),
    ):
        (fault,) = tables.read(content, name).faults
        assert (fault.row, fault.column, fault.reason.code) == (2, "Antal", "cell_formula")


def test_macros_passwords_and_foreign_kinds_are_refused() -> None:
    plain = workbook(["A"], ["1"])
    assert refused(plain, "a.xlsm") == "import_macros"
    assert refused(repacked(plain, lambda _name, part: part, {"xl/vbaProject.bin": b"x"}), "a.xlsx") == "import_macros"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "a.xlsx") == "import_broken"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "a.xls") == "import_unsupported"
    assert refused(plain[:-40], "a.xlsx") == "import_broken"
    assert refused(b"%PDF-1.7 ...", "a.pdf") == "import_unsupported"
    assert refused(b"A;B\n\x00\x01;\x02\n", "a.csv") == "import_not_text"
    assert refused(b"", "a.csv") == refused(b"A;B\n", "a.csv") == "import_empty"


def test_what_unpacks_beyond_reason_and_entities_are_refused() -> None:
    plain = workbook(["A"], ["1"])
    bomb = repacked(plain, lambda name, part: part + b" " * 30_000_000 if "sheet1" in name else part)
    assert len(bomb) < tables.LARGEST_BYTES
    assert refused(bomb, "a.xlsx") == "import_unpacks_too_large"
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    hostile = repacked(plain, lambda name, part: laughs + part if "sheet1" in name else part)
    assert refused(hostile, "a.xlsx") == "import_broken"


def test_too_much_is_refused_before_it_is_read() -> None:
    assert refused(b"A\n" + b"x" * tables.LARGEST_BYTES, "a.csv") == "import_too_large"
    assert refused(b"A\n" + b"1\n" * 11, "a.csv", most_rows=10) == "import_too_many_rows"
    assert refused(workbook(["A"], *[[str(n)] for n in range(11)]), "a.xlsx", most_rows=10) == "import_too_many_rows"
    assert len(tables.read(b"A\n" + b"1\n" * 10, "a.csv", most_rows=10).rows) == 10


def test_a_second_sheet_with_anything_in_it_is_not_silently_left_out() -> None:
    several = workbook(["A"], ["1"], more=lambda book: book.create_sheet("Mer").append(["B"]))
    assert refused(several, "a.xlsx") == "import_several_sheets"
    assert tables.read(workbook(["A"], ["1"], more=lambda book: book.create_sheet("Tomt")), "a.xlsx").rows


def _matched(*heads: str, kind: Kind = Kind.REFERRALS) -> shapes.Matched:
    return shapes.match(tables.Table(heads, (), ()), kind)


def test_each_systems_file_is_known_by_its_columns_wherever_they_stand() -> None:
    own = _matched("Inkom", "Förnamn", "Efternamn", "Hur kom personen")
    assert own.shape.code == "own"
    ais = _matched("Personnr", "Namn", "Sökandekategori", "Anvisningsdatum", "Telefon")
    assert (ais.shape.code, ais.unread) == ("ais", ("Sökandekategori",))
    assert ais.values(("1", "Ek, Åsa", "11", "2026-03-31", ""))["how"] == "anvisning"
    procapita = _matched("Aktnummer", "Personnummer", "Klient", "Aktualiserad", "Diagnos")
    assert (procapita.shape.code, procapita.never) == ("procapita", ("Diagnos",))
    sus = _matched("Personnummer", "Förnamn", "Efternamn", "Folkbokföringskommun", "Startdatum", "Försörjning före")
    assert (sus.shape.code, sus.unread) == ("sus", ("Folkbokföringskommun", "Försörjning före"))


def test_a_file_without_what_is_needed_is_told_what_it_lacks() -> None:
    with pytest.raises(Refused) as met:
        _matched("Förnamn", "Efternamn", "Hur kom personen")
    assert met.value.reason.code == "import_no_such_shape"
    assert met.value.details == {"missing": "Inkom"}
    with pytest.raises(Refused) as met:
        _matched("Förnamn", "förnamn ", "Efternamn", "Inkom", "Väg in")
    assert met.value.reason.code == "import_column_twice"


@pytest.mark.parametrize(
    "text", ["2026-03-31", "20260331", "260331", "31/3 2026", "31.3.2026", "31 mars 2026", "2026-03-31 00:00:00"]
)
def test_days_are_read_as_people_in_sweden_write_them(text: str) -> None:
    assert cells.day(text) == date(2026, 3, 31)


@pytest.mark.parametrize("text", ["9.30", "09:30", "kl. 9.30", "09:30:00"])
def test_times_are_read_as_people_in_sweden_write_them(text: str) -> None:
    assert cells.clock(text) == time(9, 30)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,99006E+11", "cell_number_lost_digits"),
        ("1.99006022397E11", "cell_number_lost_digits"),
        ("60223970", "cell_number_lost_digits"),
        ("199006022398", "identity_number_wrong_check_digit"),
    ],
)
def test_a_number_that_a_spreadsheet_has_rewritten_is_told_as_that(text: str, code: str) -> None:
    with pytest.raises(Refused) as met:
        cells.number(text, date(2026, 11, 22))
    assert met.value.reason.code == code


@pytest.mark.parametrize("text", ["199006022397", "19900602-2397", "900602-2397", "9006022397"])
def test_identity_numbers_are_read_as_people_in_sweden_write_them(text: str) -> None:
    assert cells.number(text, date(2026, 11, 22)).digits == "199006022397"


def test_what_cannot_be_read_is_refused() -> None:
    for read, text in (
        (cells.day, "2026-02-30"),
        (cells.clock, "25.00"),
        (cells.whole, "1,5"),
        (cells.truth, "kanske"),
    ):
        with pytest.raises(Refused):
            read(text)
