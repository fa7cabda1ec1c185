"""What a file that somebody attaches is, told from its bytes and not from its name, and what is not let in.

Let in: PDF, Word and Excel without macros, OpenDocument, PNG, JPEG and plain text. Nothing is unpacked to disk and
nothing in a file is run; what unpacks to too much is refused before it is unpacked.
"""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

import pikepdf

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

LARGEST_MB = 20
LARGEST_BYTES = LARGEST_MB * 1024 * 1024
MOST_FILES = 15
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_RATIO = 150
MOST_PARTS = 3000
LONGEST_NAME = 150

TOO_LARGE = Reason(
    "attachment_too_large",
    phrase("Filen är större än {limit} MB."),
    phrase("Spara den i ett mindre format, eller dela den i flera."),
)
TOO_MANY = Reason(
    "attachments_too_many", phrase("Det finns redan {most} bilagor."), phrase("Ta bort någon, eller slå ihop filer.")
)
EMPTY = Reason("attachment_empty", phrase("Filen är tom."), phrase("Välj filen igen."))
BAD_NAME = Reason(
    "attachment_bad_name",
    phrase("Filens namn innehåller snedstreck eller tecken som inte syns."),
    phrase("Döp om filen, till exempel till budget.pdf, och välj den igen."),
)
NOT_LET_IN = Reason(
    "attachment_not_let_in",
    phrase("Filer av den här sorten tas inte emot."),
    phrase("Spara filen som PDF, Word, Excel, OpenDocument, bild (PNG eller JPEG) eller vanlig text."),
)
NOT_WHAT_IT_SAYS = Reason(
    "attachment_not_what_it_says",
    phrase("Filen heter {name} men innehållet är {found}."),
    phrase("Spara om filen i rätt format, eller ge den rätt ändelse."),
)
MACROS = Reason(
    "attachment_macros",
    phrase("Filen har makron eller program i sig."),
    phrase("Spara en kopia utan makron, eller spara som PDF."),
)
FETCHES = Reason(
    "attachment_fetches",
    phrase("Filen hämtar en mall eller annat innehåll utifrån när den öppnas."),
    phrase("Spara en kopia utan kopplingar till andra filer, eller spara som PDF."),
)
BOMB = Reason(
    "attachment_bomb",
    phrase("Filen packas upp till orimligt mycket data."),
    phrase("Spara om dokumentet, eller spara som PDF."),
)
LOCKED = Reason("attachment_locked", phrase("Filen är skyddad med lösenord."), phrase("Spara en kopia utan lösenord."))
BROKEN = Reason(
    "attachment_broken", phrase("Filen är skadad och går inte att öppna."), phrase("Spara om den och försök igen.")
)

PDF, DOCX, XLSX, ODT, ODS, PNG, JPEG, TEXT = "pdf", "docx", "xlsx", "odt", "ods", "png", "jpeg", "text"
MEDIA_TYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ODT: "application/vnd.oasis.opendocument.text",
    ODS: "application/vnd.oasis.opendocument.spreadsheet",
    PNG: "image/png",
    JPEG: "image/jpeg",
    TEXT: "text/plain",
}
ENDINGS = {
    ".pdf": PDF, ".docx": DOCX, ".xlsx": XLSX, ".odt": ODT, ".ods": ODS, ".png": PNG, ".jpg": JPEG, ".jpeg": JPEG,
    ".txt": TEXT, ".csv": TEXT,
}  # fmt: skip
FOUND_NAMES = {
    PDF: phrase("en PDF"),
    DOCX: phrase("ett Word-dokument"),
    XLSX: phrase("ett Excel-ark"),
    ODT: phrase("ett OpenDocument-dokument"),
    ODS: phrase("ett OpenDocument-ark"),
    PNG: phrase("en bild"),
    JPEG: phrase("en bild"),
    TEXT: phrase("vanlig text"),
    "zip": phrase("en zip-fil"),
    "ole": phrase("ett äldre eller låst Office-dokument"),
    "program": phrase("ett program"),
    "unknown": phrase("något annat"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_MACRO_PARTS = re.compile(
    r"(vbaproject|vbadata|macrosheets|activex|oleobject|^basic/|^scripts/|\.(bin|exe|dll|js|vbs|docm|dotm|xlsm|xlsb|pptm)$)",
    re.IGNORECASE,
)


# A relation that leads out and is opened by itself: a template, a frame, an object. A link that somebody presses may stay.
_FETCHES = re.compile(
    rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)(?=[^>]*/(?:attachedTemplate|oleObject|frame|subDocument|"
    rb"package|externalLink|externalLinkPath|control)[\"'])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept: a name without a path, what it is, and its bytes."""

    name: str
    media_type: str
    content: bytes


def accept(name: str, content: bytes) -> Accepted:
    """Look a file through. Raises Refused with one of the reasons of this module."""
    tidy = tidy_name(name)
    if not content.strip():
        raise Refused(EMPTY)
    if len(content) > LARGEST_BYTES:
        raise Refused(TOO_LARGE, limit=LARGEST_MB)
    ending = "." + tidy.rsplit(".", 1)[-1].lower() if "." in tidy else ""
    found = sniff(content)
    if ending not in ENDINGS:
        raise Refused(MACROS if ending in {".docm", ".xlsm", ".xlsb", ".dotm", ".pptm"} else NOT_LET_IN)
    if found == "ole" and _is_locked(content):
        raise Refused(LOCKED)
    if found != ENDINGS[ending]:
        raise Refused(NOT_WHAT_IT_SAYS, name=tidy, found=FOUND_NAMES[found])
    if found in (DOCX, XLSX, ODT, ODS):
        _look_through_zip(content)
    elif found == PDF:
        _look_through_pdf(content)
    return Accepted(tidy, MEDIA_TYPES[found], content)


def tidy_name(name: str) -> str:
    """The name as people see it. Raises Refused for a path, for signs that do not show, and for no name at all."""
    text = unicodedata.normalize("NFC", name).strip()
    hidden = any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for sign in text)
    if not text or "/" in text or "\\" in text or ":" in text or hidden or text.startswith("."):
        raise Refused(BAD_NAME)
    if len(text) <= LONGEST_NAME:
        return text
    stem, dot, ending = text.rpartition(".")
    return f"{stem[: LONGEST_NAME - 10]}{dot}{ending[:9]}"


def sniff(content: bytes) -> str:
    """What the bytes are: one of the kinds that are let in, or `zip`, `ole`, `program` or `unknown`."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(_OLE):
        return "ole"
    if content.startswith(_PROGRAMS):
        return "program"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"PK"):
        return _office_kind(content)
    return TEXT if _is_text(content) else "unknown"


def _office_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist()[:MOST_PARTS])
            if "mimetype" in names:
                info = packed.getinfo("mimetype")
                said = packed.read("mimetype") if info.file_size < 200 else b""
                kinds = {MEDIA_TYPES[ODT].encode(): ODT, MEDIA_TYPES[ODS].encode(): ODS}
                return kinds.get(said.strip(), "zip")
    except (zipfile.BadZipFile, RuntimeError, OSError, ValueError, NotImplementedError):
        return "zip"
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return DOCX
        if any(name.startswith("xl/") for name in names):
            return XLSX
    return "zip"


def _is_text(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<svg", "<?xml", "<script", "{\\rtf")):
        return False
    odd = sum(
        (unicodedata.category(sign) == "Cc" and sign not in "\r\n\t\f") or sign == "\ufffd" for sign in text[:20_000]
    )
    return odd == 0


def _is_locked(content: bytes) -> bool:
    return "EncryptedPackage".encode("utf-16-le") in content


def _look_through_zip(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS:
                raise Refused(BOMB)
            unpacked = sum(part.file_size for part in parts)
            if unpacked > LARGEST_UNPACKED or unpacked > LARGEST_RATIO * max(len(content), 1):
                raise Refused(BOMB)
            for part in parts:
                _look_at_part(packed, part)
    except (zipfile.BadZipFile, RuntimeError, OSError, ValueError, NotImplementedError) as error:
        raise Refused(BROKEN) from error


def _look_at_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """One part: no path out of the package, no password, no macros, not more than it says."""
    if part.filename.startswith(("/", "\\")) or ".." in part.filename.replace("\\", "/").split("/"):
        raise Refused(BROKEN)
    if part.flag_bits & 1:
        raise Refused(LOCKED)
    if _MACRO_PARTS.search(part.filename) and "printersettings" not in part.filename.lower():
        raise Refused(MACROS)
    seen, kept = 0, b""
    with packed.open(part) as opened:  # a part may lie about its size
        while chunk := opened.read(1 << 20):
            seen += len(chunk)
            kept = kept or chunk
            if seen > part.file_size + 1 or seen > LARGEST_UNPACKED:
                raise Refused(BOMB)
    if part.filename == "[Content_Types].xml" and b"macroenabled" in kept.lower():
        raise Refused(MACROS)
    if part.filename.endswith(".rels") and _FETCHES.search(kept):
        raise Refused(FETCHES)


def _look_through_pdf(content: bytes) -> None:
    """A PDF may not carry scripts, programs to start or other files."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            if len(document.pages) == 0:
                raise Refused(BROKEN)
            for thing in document.objects:
                if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) and _runs_something(thing):
                    raise Refused(MACROS)
    except pikepdf.PasswordError as error:
        raise Refused(LOCKED) from error
    except pikepdf.PdfError as error:
        raise Refused(BROKEN) from error


def _runs_something(thing: pikepdf.Object) -> bool:
    if "/JavaScript" in thing or "/EmbeddedFiles" in thing or "/JS" in thing:
        return True
    if str(thing.get("/Type", "")) == "/EmbeddedFile":
        return True
    action = thing.get("/S")
    if isinstance(action, pikepdf.Name) and str(action) in {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"}:
        return True
    inner = (thing.get(name) for name in ("/A", "/OpenAction"))
    return any(isinstance(one, pikepdf.Dictionary) and _runs_something(one) for one in inner)
