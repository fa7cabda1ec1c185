"""Bytes of a file to the text in it: plain text, Word and PDF, or a refusal that says what to do instead.

What a file is, its first bytes decide; its name must agree. Nothing is written to disk and nothing is fetched.
"""

import io
import re
import zipfile

import docx
import pypdfium2

from samkraft.money.rules.documents import page_layout, word_layout
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

LARGEST_MB = 20
LARGEST_BYTES = LARGEST_MB * 1024 * 1024
MOST_PAGES = 600
# What a Word file may unpack to; text compresses some twenty times, a bomb a thousand.
LARGEST_UNPACKED = 300 * 1024 * 1024
LARGEST_RATIO = 200
MOST_CHARACTERS = 5_000_000

NO_SUCH_FILE = Reason("no_such_file", phrase("Filen {name} finns inte."), phrase("Kontrollera sökvägen."))
EMPTY = Reason("empty", phrase("Filen är tom."), phrase("Välj en annan fil eller klistra in texten."))
TOO_LARGE = Reason(
    "too_large",
    phrase("Filen är större än {limit} MB."),
    phrase("Dela upp dokumentet eller klistra in den del som gäller beslutet."),
)
TOO_MANY_PAGES = Reason(
    "too_many_pages", phrase("Dokumentet har {pages} sidor. Gränsen är {limit}."), phrase("Dela upp dokumentet.")
)
ENCRYPTED = Reason(
    "encrypted", phrase("Filen är skyddad med lösenord."), phrase("Spara en kopia utan lösenord och läs in den.")
)
SCANNED = Reason(
    "scanned",
    phrase("Filen har bilder av sidor men ingen text."),
    phrase("Be om originalet i Word eller PDF med text, eller klistra in texten."),
)
NOT_WHAT_IT_SAYS = Reason(
    "not_what_it_says",
    phrase("Filen heter {name} men är {found}."),
    phrase("Spara om den som .txt, .docx eller .pdf och läs in den igen."),
)
UNSUPPORTED = Reason(
    "unsupported",
    phrase("Filer av den här sorten går inte att läsa in: {name}."),
    phrase("Använd .txt, .docx eller .pdf, eller klistra in texten."),
)
BROKEN = Reason(
    "broken", phrase("Filen är skadad och går inte att öppna."), phrase("Hämta filen igen, eller klistra in texten.")
)
UNPACKS_TOO_LARGE = Reason(
    "unpacks_too_large",
    phrase("Word-filen packas upp till orimligt mycket data."),
    phrase("Spara om dokumentet, eller klistra in texten."),
)
REASONS = (
    NO_SUCH_FILE,
    EMPTY,
    TOO_LARGE,
    TOO_MANY_PAGES,
    ENCRYPTED,
    SCANNED,
    NOT_WHAT_IT_SAYS,
    UNSUPPORTED,
    BROKEN,
    UNPACKS_TOO_LARGE,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KINDS = {".txt": "text", ".text": "text", ".md": "text", ".docx": "docx", ".pdf": "pdf"}
FOUND_NAMES = {
    "text": phrase("vanlig text"),
    "docx": phrase("ett Word-dokument"),
    "pdf": phrase("en PDF"),
    "zip": phrase("en zip-fil"),
    "ole": phrase("ett äldre eller krypterat Office-dokument"),
    "binary": phrase("ingen text"),
}


def extract(content: bytes, name: str) -> str:
    """The text of a file. Raises Refused with one of `REASONS`."""
    if len(content) > LARGEST_BYTES:
        raise Refused(TOO_LARGE, limit=LARGEST_MB)
    if not content.strip():
        raise Refused(EMPTY)
    ending = "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""
    kind = KINDS.get(ending)
    if kind is None:
        raise Refused(UNSUPPORTED, name=name)
    found = sniff(content)
    if found == "ole" and kind == "docx":
        raise Refused(
            ENCRYPTED if b"E\x00n\x00c\x00r\x00y\x00p\x00t" in content else NOT_WHAT_IT_SAYS,
            name=name,
            found=FOUND_NAMES["ole"],
        )
    if found != kind:
        raise Refused(NOT_WHAT_IT_SAYS, name=name, found=FOUND_NAMES[found])
    text = {"text": from_plain, "docx": from_word, "pdf": from_pdf}[kind](content)
    if not text.strip():
        raise Refused(EMPTY)
    if len(text) > MOST_CHARACTERS:
        raise Refused(TOO_LARGE, limit=LARGEST_MB)
    return text


def sniff(content: bytes) -> str:
    """What the bytes are: text, docx, pdf, zip, ole or binary."""
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(OLE):
        return "ole"
    if content.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in content else "zip"
    return "text" if _decoded(content) is not None else "binary"


def from_plain(content: bytes) -> str:
    """Text in UTF-8, UTF-16 or the older Windows and Latin alphabets."""
    text = _decoded(content)
    if text is None:
        raise Refused(NOT_WHAT_IT_SAYS, name=".txt", found=FOUND_NAMES["binary"])
    return text


def _decoded(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _try(content, "utf-16")
    text = _try(content, "utf-8-sig")
    if text is None and content[:4000].count(b"\x00") > len(content[:4000]) // 4:
        text = _try(content, "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be")
    if text is None:
        text = _try(content, "cp1252") or _try(content, "latin-1")
    if text is None:
        return None
    odd = sum(1 for character in text[:20000] if ord(character) < 32 and character not in "\n\r\t\f\v\x1a")
    return text if odd <= len(text[:20000]) // 200 else None


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def from_word(content: bytes) -> str:
    """Headers, paragraphs and tables in the order of the document; numbered lists keep their numbers."""
    _guard_unpacking(content)
    try:
        document = docx.Document(io.BytesIO(content))
    except Exception as fault:  # python-docx raises whatever its XML and zip parts raise
        raise Refused(BROKEN) from fault
    return "\n".join(word_layout.lines(document))


def _guard_unpacking(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as fault:
        raise Refused(BROKEN) from fault
    unpacked = sum(member.file_size for member in members)
    if any(member.flag_bits & 1 for member in members):
        raise Refused(ENCRYPTED)
    bomb = any(m.file_size > 5_000_000 and m.file_size > LARGEST_RATIO * max(m.compress_size, 1) for m in members)
    if unpacked > LARGEST_UNPACKED or bomb or len(members) > 5000:
        raise Refused(UNPACKS_TOO_LARGE)


def from_pdf(content: bytes) -> str:
    """The text page by page in reading order; gaps between columns become tabs, repeated heads and feet are dropped."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        raise Refused(ENCRYPTED if "password" in str(fault).lower() or b"/Encrypt" in content else BROKEN) from fault
    try:
        if len(document) > MOST_PAGES:
            raise Refused(TOO_MANY_PAGES, pages=len(document), limit=MOST_PAGES)
        pages = [_lines(document[index]) for index in range(len(document))]
    finally:
        document.close()
    if sum(len(line) for page in pages for line in page) < 20 * max(1, len(pages)) // 4:
        raise Refused(SCANNED)
    return "\n\f\n".join("\n".join(page) for page in page_layout.without_repeats(pages))


def _lines(page: pypdfium2.PdfPage) -> list[str]:
    """Lines from the top, each from the left. Built from the page's text runs, whose places tell columns apart."""
    textpage = page.get_textpage()
    try:
        runs = []
        for index in range(textpage.count_rects()):
            left, bottom, right, top = textpage.get_rect(index)
            words = textpage.get_text_bounded(left, bottom, right, top)
            if words.strip():
                runs.append((left, bottom, right, top, re.sub(r"[\r\n]+", " ", words)))
        plain = textpage.get_text_range()
    finally:
        textpage.close()
        page.close()
    lines = page_layout.lines(runs)
    built = "".join(run[4] for run in runs)
    # Overlapping runs can tell a word twice; then the library's own order is safer.
    same = len(re.sub(r"\s", "", built)) == len(re.sub(r"\s", "", plain))
    return lines if same else [line.rstrip() for line in re.split(r"\r\n|\r|\n", plain)]
