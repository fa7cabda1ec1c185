"""The smallest PDF that a reader accepts: lines of text at places on pages. Only for tests."""

Line = tuple[float, float, str]


def write(pages: list[list[Line]], *, encrypt: bool = False, size: int = 10) -> bytes:
    """Pages of (x, y, words) in Helvetica; `encrypt` adds a dictionary that asks for a password nobody has."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for index, lines in enumerate(pages):
        stream = b"BT\n" + b"".join(_shown(line, size) for line in lines) + b"ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R "
            f">> >> /Contents {5 + 2 * index} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    return _file(objects, encrypt)


def _shown(line: Line, size: int) -> bytes:
    x, y, words = line
    escaped = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return f"/F1 {size} Tf 1 0 0 1 {x} {y} Tm (".encode() + escaped + b") Tj\n"


def _file(objects: list[bytes], encrypt: bool) -> bytes:
    out, places = b"%PDF-1.4\n", []
    if encrypt:
        objects = [
            *objects,
            b"<< /Filter /Standard /V 1 /R 2 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> /P -4 >>",
        ]
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(
        f"{at:010d} 00000 n \n".encode() for at in places
    )
    extra = f" /Encrypt {len(objects)} 0 R /ID [<00> <00>]" if encrypt else ""
    return out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{extra} >>\nstartxref\n{start}\n%%EOF".encode()


def page_of(text: str, *, top: float = 790, left: float = 60, leading: float = 14) -> list[Line]:
    """Lines of text from the top of a page; a tab moves to the next column."""
    found: list[Line] = []
    for index, line in enumerate(text.split("\n")):
        for column, words in enumerate(line.split("\t")):
            if words.strip():
                found.append((left + 170 * column, top - leading * index, words))
    return found
