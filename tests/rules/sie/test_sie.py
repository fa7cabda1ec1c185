"""SIE 4 out and in: what is written is read back the same, also by another reader, and bad files are refused by line."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pysie_accounting.pysie import PySIE

from samkraft.money.rules.sie import reading, writing
from samkraft.money.rules.sie.book import Book, Entry, Row
from samkraft.values.refusal import Refused

YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def _book(*entries: Entry) -> Book:
    return Book(
        company="Malmö stad", organisation_number="212000-1124", year=YEAR, made=date(2024, 3, 7),
        accounts={"4510": "Lämnade bidrag", "1690": "Anslag"}, dimensions={1: "Nämnd", 6: "Projekt", 20: "Satsning"},
        objects={(1, "asn"): "Arbetsmarknads- och socialnämnden", (20, "sjs"): "Strategiska jobbsatsningar"},
        entries=entries,
    )  # fmt: skip


def _entry(number: int = 1, amount: int = 1_305_600_050, text: str = "Fördelning enligt ärendet") -> Entry:
    day = date(2024, 3, 6)
    rows = (Row("4510", amount, {1: "asn", 20: "sjs"}, day, "tilldelar"), Row("1690", -amount))
    return Entry("S", str(number), day, text, rows, day)


def test_the_file_is_the_one_that_the_format_describes() -> None:
    told = writing.write(_book(_entry())).decode("cp437")
    assert told.splitlines()[:6] == [
        "#FLAGGA 0", '#PROGRAM "Samkraft" 1', "#FORMAT PC8", "#GEN 20240307", "#SIETYP 4", "#ORGNR 212000-1124",
    ]  # fmt: skip
    assert '#VER "S" "1" 20240306 "Fördelning enligt ärendet" 20240306\r\n{\r\n' in told
    assert '   #TRANS 4510 {1 "asn" 20 "sjs"} 13056000.50 20240306 "tilldelar"\r\n' in told
    assert b"Malm\x94 stad" in writing.write(_book())  # ö of code page 437


def test_what_is_written_is_read_back_the_same() -> None:
    book = _book(_entry(1), _entry(2, 5, 'Ett "citat" och ett snedstreck'))
    assert reading.read(writing.write(book)) == book


TEXTS = st.text(
    st.characters(codec="cp437", exclude_categories=["Cc", "Cs"], exclude_characters="\\σΣ÷┼─╓├┬Γ\u00a0"), max_size=40
).map(lambda text: " ".join(text.split()))
AMOUNTS = st.integers(-(10**13), 10**13).filter(bool)


@given(st.lists(st.tuples(AMOUNTS, TEXTS, TEXTS), max_size=6))
@settings(max_examples=200, deadline=None)
def test_any_vouchers_go_out_and_come_in_again(drawn: list[tuple[int, str, str]]) -> None:
    entries = []
    for number, (amount, text, name) in enumerate(drawn, start=1):
        rows = (Row("4510", amount, {1: name} if name else {}, None, ""), Row("1690", -amount, {}, YEAR[0], text))
        entries.append(Entry("S", str(number), YEAR[1], text, rows, YEAR[1]))
    book = _book(*entries)
    assert reading.read(writing.write(book)) == book


def test_letters_that_the_code_page_lacks_become_the_nearest() -> None:
    entry = _entry(text="§ 98 – år 1…\nČeš łódź \u202f漢")
    (read,) = reading.read(writing.write(_book(entry))).entries
    assert read.text == "par. 98 - år 1... Ces ?ódz ?"


def test_another_reader_finds_the_same_vouchers(tmp_path: Path) -> None:
    file = tmp_path / "ut.se"
    file.write_bytes(writing.write(_book(_entry(1), _entry(2, -700))))
    other = PySIE()
    other.sie_encoding = "cp437"
    (tmp_path / "sru.csv").write_text("SRU,Ink2\n")  # its table of tax codes, which we do not have
    other.open_trans(str(tmp_path / "sru.csv"))
    other.open(str(file))
    assert other.fnamn == "Malmö stad"
    assert other.verifikat["1"][:3] == ("20240306", "Fördelning enligt ärendet", "20240306")
    assert [(account, amount) for account, _objects, amount in other.verifikat["1"][3]] == [
        ("4510", "13056000.50"), ("1690", "-13056000.50"),
    ]  # fmt: skip
    assert [amount for _account, _objects, amount in other.verifikat["2"][3]] == ["-7.00", "7.00"]


def test_a_voucher_that_does_not_balance_is_never_written() -> None:
    with pytest.raises(writing.Unbalanced):
        writing.write(_book(Entry("S", "1", YEAR[0], "", (Row("4510", 1),))))


def _file(
    *lines: str, head: str = "#FLAGGA 0\n#SIETYP 4\n#RAR 0 20240101 20241231\n#KONTO 4510 Bidrag\n#KONTO 1690 Anslag"
) -> bytes:
    return "\n".join([head, *lines]).encode("cp437")


GOOD = ("#VER A 1 20240306 Text", "{", "#TRANS 4510 {} 100.5", "#TRANS 1690 {} -100.50", "}")


def test_files_of_other_programs_are_read() -> None:
    book = reading.read(_file('#TAXAR 2024', *GOOD, '#VER "" "" 20240401', "{", '#TRANS 4510 {"6" "P1"} 7 "" "en rad" 2',
                              "#RTRANS 1690 {} -7", "#TRANS 1690 {} -7", "#BTRANS 1690 {} -900", "}", "\x1a"))  # fmt: skip
    first, second = book.entries
    assert [row.amount_ore for row in first.rows] == [10_050, -10_050]
    assert (second.rows[0].objects, second.rows[0].text, len(second.rows)) == ({6: "P1"}, "en rad", 2)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", reading.NOT_SIE),
        (b"PK\x03\x04 zip", reading.NOT_SIE),
        (b"namn;belopp\nA;1", reading.NOT_SIE),
        (_file(head="#FLAGGA 0\n#SIETYP 1\n#RAR 0 20240101 20241231"), reading.WRONG_TYPE),
        (_file(*GOOD[:3], "#TRANS 1690 {} -100.49", "}"), reading.UNBALANCED),
        (_file(*GOOD[:3], "#TRANS 9999 {} -100.50", "}"), reading.UNKNOWN_ACCOUNT),
        (_file(*GOOD[:4]), reading.OPEN_VOUCHER),
        (_file(*GOOD[:4], *GOOD), reading.OPEN_VOUCHER),
        (_file(GOOD[0].replace("2024", "2023"), *GOOD[1:]), reading.OUTSIDE_YEAR),
        (_file("#VER A 1 20241345 Text", *GOOD[1:]), reading.BAD_LINE),
        (_file(*GOOD[:2], "#TRANS 4510 {} 1e9", "}"), reading.BAD_LINE),
        (_file(*GOOD[:2], "#TRANS 4510 {6} 1", "}"), reading.BAD_LINE),
        (_file(*GOOD[:2], "#TRANS 4510 100", "}"), reading.BAD_LINE),
        (_file("#TRANS 4510 {} 1"), reading.BAD_LINE),
        (_file('#VER A 1 20240306 "Text', *GOOD[1:]), reading.BAD_LINE),
        ("#FLAGGA 0\n#SIETYP 4\n#FNAMN Malmö".encode(), reading.OTHER_CODE_PAGE),
        ("#FLAGGA 0\n#SIETYP 4\n#FNAMN Malmö".encode("latin-1"), reading.OTHER_CODE_PAGE),
        (b"\xef\xbb\xbf#FLAGGA 0\n#SIETYP 4", reading.OTHER_CODE_PAGE),
        (b"#FLAGGA 0\n" + b" " * reading.LARGEST, reading.TOO_LARGE),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_by_name(content: bytes, reason: object) -> None:
    with pytest.raises(Refused) as refused:
        reading.read(content)
    assert refused.value.reason is reason


def test_the_refusal_names_the_line_and_the_sum() -> None:
    with pytest.raises(Refused) as refused:
        reading.read(_file(*GOOD[:3], "#TRANS 1690 {} -100.40", "}"))
    assert "Verifikat A1 på rad 6" in str(refused.value)
    assert "0,10 kronor" in str(refused.value)


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for tried in (content, b"#FLAGGA 0\n#SIETYP 4\n#RAR 0 20240101 20241231\n" + content):
        try:
            reading.read(tried)
        except Refused:
            continue
