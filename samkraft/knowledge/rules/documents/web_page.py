"""A document as HTML: the inside of a page, and a whole file that stands on its own."""

from html import escape

from samkraft.knowledge.rules.documents import bar_picture
from samkraft.knowledge.rules.documents.parts import (
    Bars,
    Document,
    Heading,
    Line,
    Paragraph,
    Part,
    Points,
    Table,
    contents,
)

STYLE = """
body{font:17px/1.55 "Source Sans 3","Segoe UI",sans-serif;color:#1f1a18;background:#fff;max-width:46em;margin:0 auto;
padding:2em 1.2em;hyphens:auto}
h1,h2,h3,h4{font-family:"Source Serif 4",Georgia,serif;line-height:1.25;margin:1.6em 0 .4em;hyphens:manual}
h1{font-size:1.9em}h2{font-size:1.45em;border-top:1px solid #ddd7cd;padding-top:1em}h3{font-size:1.2em}h4{font-size:1em}
table{border-collapse:collapse;width:100%;font-size:.93em}caption{text-align:left;font-weight:600;padding:.4em 0}
th,td{text-align:left;vertical-align:top;padding:.35em .6em .35em 0;border-bottom:1px solid #ddd7cd}
thead th{border-bottom:1.5px solid #6b645a}.num{text-align:right;font-variant-numeric:tabular-nums lining-nums}
tfoot th,tfoot td{font-weight:600}figure{margin:1.4em 0}figcaption{font-weight:600;padding:.4em 0}svg{max-width:100%;height:auto}
.quiet,.doc-head{color:#57504a;font-size:.93em}.doc-note{text-decoration:none;font-size:.85em}a{color:#5b2553}
.doc-table{overflow-x:auto}:target{background:#f6eef4}@page{size:A4;margin:22mm 20mm}
@media print{body{font-size:10.5pt;max-width:none;padding:0}h2{break-after:avoid}tr{break-inside:avoid}}
"""
QUIET = '<p class="quiet">'


def whole(document: Document) -> str:
    """A file that stands on its own: no script, nothing fetched from elsewhere."""
    return (
        '<!doctype html>\n<html lang="sv-SE"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document.title)}</title><style>{STYLE}</style></head>\n<body>"
        f'<p class="doc-head">{"<br>".join(escape(line) for line in document.head)}</p>'
        f"<h1>{escape(document.title)}</h1>\n{inside(document, top=1)}</body></html>\n"
    )


def inside(document: Document, *, top: int = 1, with_links: bool = False) -> str:
    """The document without its title, for a page that has it as heading. `top` is the level of that heading.

    `with_links` makes notes lead to their sources inside the product.
    """
    listed = _contents(document) if document.has_contents else ""
    body = "\n".join(_part(part, top) for part in document.parts)
    return f"{listed}\n{body}\n{_notes(document, top, with_links)}"


def _contents(document: Document) -> str:
    rows = "".join(
        f'<li class="level-{each.level}"><a href="#{escape(each.key)}">{escape(each.text)}</a></li>'
        for each in contents(document)
    )
    heading = escape(document.contents_heading)
    return f'<nav class="doc-contents" aria-label="{heading}"><p><strong>{heading}</strong></p><ul>{rows}</ul></nav>'


def _part(part: Part, top: int) -> str:
    if isinstance(part, Heading):
        level = min(part.level + top, 6)
        return f'<h{level} id="{escape(part.key)}">{escape(part.text)}</h{level}>'
    if isinstance(part, Paragraph):
        return f"{QUIET if part.is_quiet else '<p>'}{_line(part.line)}</p>"
    if isinstance(part, Points):
        kind = "ol" if part.is_numbered else "ul"
        return f"<{kind}>{''.join(f'<li>{_line(line)}</li>' for line in part.lines)}</{kind}>"
    if isinstance(part, Bars):
        drawing = bar_picture.draw(part)
        return f'<figure id="{escape(part.key)}">{drawing}<figcaption>{escape(part.caption)}</figcaption></figure>'
    return _table(part)


def _table(table: Table) -> str:
    kinds = [' class="num"' if column.is_number else "" for column in table.columns]
    heads = "".join(
        f'<th scope="col"{kind}>{escape(column.head)}</th>' for column, kind in zip(table.columns, kinds, strict=True)
    )
    rows = "".join(_row(row, kinds) for row in table.rows)
    total = f"<tfoot>{_row(table.total, kinds)}</tfoot>" if table.total else ""
    name = escape(table.key)
    return (
        f'<div class="doc-table" role="group" tabindex="0" aria-labelledby="{name}"><table>'
        f'<caption id="{name}">{escape(table.caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>{total}</table></div>"
    )


def _row(cells: tuple[Line, ...], kinds: list[str]) -> str:
    first = f'<th scope="row"{kinds[0]}>{_line(cells[0])}</th>'
    rest = "".join(f"<td{kind}>{_line(cell)}</td>" for cell, kind in zip(cells[1:], kinds[1:], strict=True))
    return f"<tr>{first}{rest}</tr>"


def _line(line: Line) -> str:
    return "".join(
        (f"<strong>{escape(run.text)}</strong>" if run.is_strong else escape(run.text)) + _mark(run.note)
        for run in line
    )


def _mark(note: int) -> str:
    return f'\u00a0<a class="doc-note" href="#not-{note}" aria-label="Källa {note}">[{note}]</a>' if note else ""


def _notes(document: Document, top: int, with_links: bool) -> str:
    if not document.notes:
        return ""
    level = min(1 + top, 6)
    rows = "".join(
        f'<li id="not-{note.number}">{_linked(note.text, note.address if with_links else "")}</li>'
        for note in document.notes
    )
    return f'<h{level} id="kallor">{escape(document.notes_heading)}</h{level}><ol class="doc-notes">{rows}</ol>'


def _linked(text: str, address: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)
