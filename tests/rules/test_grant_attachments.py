"""What may be attached: told from the bytes, with a reason for each thing that is not let in."""

import io

import docx
import openpyxl
import pikepdf
import pytest

from samkraft.money.rules.grants import attachments
from samkraft.values.refusal import Refused
from tests.factories.grants import packed


def _pdf(**catalogue: object) -> bytes:
    kept = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        for name, value in catalogue.items():
            made.Root[f"/{name}"] = value
        made.save(kept)
    return kept.getvalue()


def _word() -> bytes:
    kept = io.BytesIO()
    docx.Document().save(kept)
    return kept.getvalue()


def _sheet() -> bytes:
    kept = io.BytesIO()
    openpyxl.Workbook().save(kept)
    return kept.getvalue()


SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
LAUNCH = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
TEMPLATE_OUTSIDE = (
    b'<Relationships><Relationship TargetMode="External" Target="https://x.example/a.dotm" Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
)
LINK_OUTSIDE = TEMPLATE_OUTSIDE.replace(b"attachedTemplate", b"hyperlink")
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("plan.pdf", _pdf(), "application/pdf"),
        ("Budget 2027 åäö.docx", _word(), attachments.MEDIA_TYPES["docx"]),
        ("budget.xlsx", _sheet(), attachments.MEDIA_TYPES["xlsx"]),
        ("bild.PNG", b"\x89PNG\r\n\x1a\n....", "image/png"),
        ("bild.jpeg", b"\xff\xd8\xff\xe0....", "image/jpeg"),
        ("plan.txt", "Så gör vi: räkna, mät.".encode(), "text/plain"),
        ("tal.csv", "a;b\n1;2\n".encode("cp1252"), "text/plain"),
    ],
)
def test_ordinary_files_are_let_in_as_what_they_are(name: str, content: bytes, media_type: str) -> None:
    assert attachments.accept(name, content).media_type == media_type


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("plan.pdf", b"MZ\x90\x00", "attachment_not_what_it_says"),
        ("plan.docx", _pdf(), "attachment_not_what_it_says"),
        ("plan.pdf", _word(), "attachment_not_what_it_says"),
        ("plan.docx", packed({"a.txt": b"x"}, word=False), "attachment_not_what_it_says"),
        ("plan.txt", b"<!DOCTYPE html><script>", "attachment_not_what_it_says"),
        ("plan.txt", b"\x00\x01\x02", "attachment_not_what_it_says"),
        ("plan.exe", b"MZ", "attachment_not_let_in"),
        ("plan", b"text", "attachment_not_let_in"),
        ("plan.html", b"<p>", "attachment_not_let_in"),
        ("plan.docm", _word(), "attachment_macros"),
        ("plan.docx", packed({"word/vbaProject.bin": b"x"}), "attachment_macros"),
        ("plan.docx", packed({"word/activeX/activeX1.xml": b"x"}), "attachment_macros"),
        ("plan.docx", packed({"word/embeddings/a.xlsm": b"PK"}), "attachment_macros"),
        ("plan.docx", packed({"word/_rels/settings.xml.rels": TEMPLATE_OUTSIDE}), "attachment_fetches"),
        (
            "plan.xlsx",
            packed({"[Content_Types].xml": b"macroEnabled", "xl/a.xml": b"x"}, word=False),
            "attachment_macros",
        ),
        ("plan.pdf", _pdf(OpenAction=SCRIPT), "attachment_macros"),
        ("plan.pdf", _pdf(OpenAction=LAUNCH), "attachment_macros"),
        ("plan.docx", packed({"word/big.xml": b"0" * 60_000_000}), "attachment_bomb"),
        ("plan.docx", packed({"../../etc/passwd": b"x"}), "attachment_broken"),
        ("plan.docx", packed({"/etc/passwd": b"x"}), "attachment_broken"),
        ("plan.docx", LOCKED, "attachment_locked"),
        ("plan.pdf", b"%PDF-1.7 nothing", "attachment_broken"),
        ("plan.pdf", b"  ", "attachment_empty"),
        ("../plan.pdf", _pdf(), "attachment_bad_name"),
        ("a/b.pdf", _pdf(), "attachment_bad_name"),
        ("a\\b.pdf", _pdf(), "attachment_bad_name"),
        ("C:plan.pdf", _pdf(), "attachment_bad_name"),
        ("plan\u202efdp.exe", b"MZ", "attachment_bad_name"),
        ("plan\n.pdf", _pdf(), "attachment_bad_name"),
        (".htaccess", b"x", "attachment_bad_name"),
        ("", b"x", "attachment_bad_name"),
    ],
)
def test_what_is_not_let_in_says_why(name: str, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        attachments.accept(name, content)
    assert refused.value.reason.code == code


def test_half_a_gigabyte_is_refused_before_it_is_looked_at() -> None:
    class Large(bytes):
        def __len__(self) -> int:
            return 500 * 1024 * 1024

    with pytest.raises(Refused) as refused:
        attachments.accept("plan.pdf", Large(b"%PDF-"))
    assert refused.value.reason.code == "attachment_too_large"


def test_a_long_name_keeps_its_ending() -> None:
    name = attachments.tidy_name("å" * 300 + ".pdf")
    assert name.endswith(".pdf")
    assert len(name) <= attachments.LONGEST_NAME


def test_a_link_that_somebody_presses_is_let_in() -> None:
    file = packed({"word/_rels/document.xml.rels": LINK_OUTSIDE})
    assert attachments.accept("plan.docx", file).name == "plan.docx"
