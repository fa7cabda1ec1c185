"""Which file a document becomes, by how its name ends."""

from samkraft.knowledge.rules.documents import pdf_file, web_page, word_file
from samkraft.knowledge.rules.documents.parts import Document

MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".html": "text/html; charset=utf-8",
}


def as_file(document: Document, ending: str) -> bytes:
    """The bytes of the file. Raises KeyError for an ending that is none of ours."""
    if ending == ".docx":
        return word_file.write(document)
    if ending == ".pdf":
        return pdf_file.write(document)
    if ending == ".html":
        return web_page.whole(document).encode()
    raise KeyError(ending)
