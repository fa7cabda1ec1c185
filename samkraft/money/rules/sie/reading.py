"""The bytes of a SIE 4 file as a book. What cannot be trusted is refused with the line, and nothing is guessed.

Labels that are not about vouchers are skipped, as the format asks of a reader. `#RTRANS` (added) is followed by a
`#TRANS` that repeats it; `#BTRANS` (removed) does not count: both are skipped.
"""

import re
from collections.abc import Iterator
from datetime import date

from samkraft.money.rules.sie.book import Book, Entry, Row
from samkraft.money.rules.sie.writing import ENCODING
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

LARGEST = 20_000_000  # bytes
NOT_SIE = Reason(
    "sie_not_sie", phrase("Filen är inte en SIE-fil."), phrase("Välj den fil som ekonomisystemet gav, av typ SIE 4.")
)
WRONG_TYPE = Reason(
    "sie_wrong_type",
    phrase("Filen är av SIE-typ {kind}."),
    phrase("Ta ut en fil av typ 4 ur ekonomisystemet: bara den har verifikat."),
)
OTHER_CODE_PAGE = Reason(
    "sie_code_page",
    phrase("Filens bokstäver går inte att läsa: den är sparad med en annan teckenkod än SIE:s."),
    phrase("Öppna den inte i en texteditor. Ta ut den igen och välj den direkt."),
)
TOO_LARGE = Reason(
    "sie_too_large", phrase("Filen är större än {most} MB."), phrase("Ta ut ett år eller en period i taget.")
)
UNBALANCED = Reason(
    "sie_unbalanced",
    phrase("Verifikat {voucher} på rad {line} går inte jämnt upp: raderna ger {sum} kronor."),
    phrase("Rätta det i ekonomisystemet och ta ut filen igen."),
)
UNKNOWN_ACCOUNT = Reason(
    "sie_unknown_account",
    phrase("Rad {line} bokför på konto {account}, som filen inte har lagt upp."),
    phrase("Ta ut filen igen med kontoplanen."),
)
BAD_LINE = Reason("sie_bad_line", phrase("Rad {line} går inte att läsa: {text}"), phrase("Ta ut filen igen."))
OPEN_VOUCHER = Reason(
    "sie_open_voucher",
    phrase("Verifikatet på rad {line} tar inte slut."),
    phrase("Filen verkar vara avklippt. Ta ut den igen."),
)
OUTSIDE_YEAR = Reason(
    "sie_outside_year",
    phrase("Verifikat {voucher} på rad {line} har datumet {day}, utanför räkenskapsåret {first}–{last}."),
    phrase("Välj en fil för rätt år."),
)

_FIELD = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|(\{(?:[^"{}]|"(?:[^"\\]|\\.)*")*\})|([^\s"{}]+))')
_AMOUNT = re.compile(r"-?\d{1,15}(?:\.\d{1,2})?")
# Letters that other code pages turn into when they are read as 437: å ä ö Å Ä Ö of Latin-1, and the lead bytes of UTF-8.
_FOREIGN = frozenset("σΣ÷┼─╓├┬Γ")


def read(content: bytes) -> Book:
    """The file as a book. Raises Refused with the line that is wrong."""
    if len(content) > LARGEST:
        raise Refused(TOO_LARGE, most=LARGEST // 1_000_000)
    lines = list(_lines(content))
    if not any(fields[0] == "#FLAGGA" for _number, fields in lines):
        raise Refused(NOT_SIE)
    heads = {fields[0]: fields[1:] for _number, fields in lines}
    kind = (heads.get("#SIETYP") or ["1"])[0]
    if kind.upper() not in ("4", "4I", "4E"):
        raise Refused(WRONG_TYPE, kind=kind)
    accounts = {fields[1]: _field(fields, 2) for _number, fields in lines if fields[0] == "#KONTO" and len(fields) > 1}
    year = _year(lines)
    return Book(
        company=(heads.get("#FNAMN") or [""])[0],
        organisation_number=(heads.get("#ORGNR") or [""])[0],
        year=year,
        made=_made(heads, year),
        accounts=accounts,
        dimensions={
            int(fields[1]): _field(fields, 2)
            for _number, fields in lines
            if fields[0] == "#DIM" and fields[1].isdigit()
        },
        objects={
            (int(fields[1]), fields[2]): _field(fields, 3)
            for _number, fields in lines
            if fields[0] == "#OBJEKT" and len(fields) > 2 and fields[1].isdigit()
        },
        entries=tuple(_entries(lines, accounts, year)),
        program=(heads.get("#PROGRAM") or [""])[0],
        kind=kind,
    )


def _lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each line that says something: its number, and its fields without quotation marks."""
    text = content.removeprefix(b"\xef\xbb\xbf").decode(ENCODING)
    if content.startswith(b"\xef\xbb\xbf") or _FOREIGN & set(text):
        raise Refused(OTHER_CODE_PAGE)
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip("\t \x1a\x00")
        if not stripped:
            continue
        if stripped in "{}":
            yield number, [stripped]
            continue
        if not stripped.startswith("#"):
            raise Refused(NOT_SIE) if number == 1 else Refused(BAD_LINE, line=number, text=stripped[:60])
        yield number, list(_fields(number, stripped))


def _fields(number: int, line: str) -> Iterator[str]:
    place = 0
    while place < len(line.rstrip()):
        found = _FIELD.match(line, place)
        if found is None:
            raise Refused(BAD_LINE, line=number, text=line[:60])
        quoted, braced, plain = found.groups()
        yield re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else braced or plain
        place = found.end()


def _year(lines: list[tuple[int, list[str]]]) -> tuple[date, date]:
    for number, fields in lines:
        if fields[0] == "#RAR" and _field(fields, 1) == "0":
            return _day(number, _field(fields, 2)), _day(number, _field(fields, 3))
    days = [_day(number, _field(fields, 3)) for number, fields in lines if fields[0] == "#VER"]
    if not days:
        raise Refused(NOT_SIE)
    return date(min(days).year, 1, 1), date(max(days).year, 12, 31)


def _made(heads: dict[str, list[str]], year: tuple[date, date]) -> date:
    told = (heads.get("#GEN") or [""])[0]
    return _day(0, told) if told else year[1]


def _entries(lines: list[tuple[int, list[str]]], accounts: dict[str, str], year: tuple[date, date]) -> Iterator[Entry]:
    head: tuple[int, list[str]] | None = None
    rows: list[Row] = []
    is_open = False
    for number, fields in lines:
        label = fields[0]
        if label == "#VER":
            if head is not None:
                raise Refused(OPEN_VOUCHER, line=head[0])
            head, rows, is_open = (number, fields), [], False
        elif label == "{" and head is not None:
            is_open = True
        elif label == "#TRANS" and is_open:
            rows.append(_row(number, fields, accounts))
        elif label == "}" and head is not None:
            yield _entry(head, rows, year)
            head, is_open = None, False
        elif label in ("{", "}", "#TRANS"):
            raise Refused(BAD_LINE, line=number, text=" ".join(fields)[:60])
    if head is not None:
        raise Refused(OPEN_VOUCHER, line=head[0])


def _entry(head: tuple[int, list[str]], rows: list[Row], year: tuple[date, date]) -> Entry:
    number, fields = head
    series, voucher, day = _field(fields, 1), _field(fields, 2), _day(number, _field(fields, 3))
    name = f"{series}{voucher}" or f"{day:%Y%m%d}"
    total = sum(row.amount_ore for row in rows)
    if total:
        raise Refused(UNBALANCED, voucher=name, line=number, sum=f"{total / 100:.2f}".replace(".", ","))
    if not year[0] <= day <= year[1]:
        raise Refused(OUTSIDE_YEAR, voucher=name, line=number, day=day, first=year[0], last=year[1])
    registered = _field(fields, 5)
    return Entry(series, voucher, day, _field(fields, 4), tuple(rows), _day(number, registered) if registered else None)


def _row(number: int, fields: list[str], accounts: dict[str, str]) -> Row:
    account, braces, amount = _field(fields, 1), _field(fields, 2), _field(fields, 3)
    if accounts and account not in accounts:
        raise Refused(UNKNOWN_ACCOUNT, line=number, account=account)
    if not _AMOUNT.fullmatch(amount) or not braces.startswith("{"):
        raise Refused(BAD_LINE, line=number, text=" ".join(fields)[:60])
    whole, _dot, fraction = amount.lstrip("-").partition(".")
    ore = int(whole) * 100 + int(fraction.ljust(2, "0") or "0")
    parts = list(_fields(number, braces[1:-1]))
    if len(parts) % 2 or not all(part.isdigit() for part in parts[::2]):
        raise Refused(BAD_LINE, line=number, text=" ".join(fields)[:60])
    day = _field(fields, 4)
    return Row(
        account=account,
        amount_ore=-ore if amount.startswith("-") else ore,
        objects={int(dimension): code for dimension, code in zip(parts[::2], parts[1::2], strict=True)},
        day=_day(number, day) if day else None,
        text=_field(fields, 5),
    )


def _day(number: int, told: str) -> date:
    try:
        return date(int(told[:4]), int(told[4:6]), int(told[6:8]))
    except ValueError:
        raise Refused(BAD_LINE, line=number, text=told[:60]) from None


def _field(fields: list[str], place: int) -> str:
    return fields[place] if place < len(fields) else ""
