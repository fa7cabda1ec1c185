"""A document as tagged PDF (PDF/UA-1): headings, tables with heads, alternative texts, language, title, contents, bookmarks.

The typesetter refuses what PDF/UA-1 forbids, such as a picture without an alternative text. Only its own fonts are used,
so that the same document gives the same bytes on every machine.
"""

from samkraft.knowledge.rules.documents import bar_picture
from samkraft.knowledge.rules.documents.parts import (
    Bars,
    Column,
    Document,
    Heading,
    Line,
    Paragraph,
    Part,
    Points,
    Table,
)

SETUP = """\
#set text(lang: "sv", region: "SE", hyphenate: true, size: 10.5pt, font: "Libertinus Serif", number-width: "tabular")
#set par(justify: false, leading: 0.68em, spacing: 1.05em)
#set heading(numbering: none)
#show heading: set text(hyphenate: false, fill: rgb("#2b1128"))
#show heading.where(level: 1): set block(above: 2.2em, below: 0.9em)
#show heading.where(level: 1): set text(size: 17pt)
#show heading.where(level: 2): set block(above: 1.7em, below: 0.8em)
#show heading.where(level: 2): set text(size: 13.5pt)
#show heading.where(level: 3): set text(size: 11.5pt)
#show figure: set block(breakable: true, above: 1.4em, below: 1.4em)
#show figure.caption: set align(left)
#show figure.caption: set block(sticky: true)
#show figure.caption: set text(weight: "bold", size: 9.5pt)
#show figure.where(kind: table): set figure.caption(position: top)
#set table(stroke: (_, y) => (bottom: if y == 0 { 0.8pt + rgb("#6b645a") } else { 0.4pt + rgb("#cfc8bd") }),
  inset: (x: 3pt, y: 4pt))
#show table: set text(size: 9.3pt)
#show table: set par(leading: 0.5em)
#show table.cell.where(y: 0): set text(weight: "bold")
#show link: set text(fill: rgb("#5b2553"))
#let note(n) = text(size: 0.82em)[~#link(label("not-" + str(n)), "[" + str(n) + "]")]
"""


def write(document: Document) -> bytes:
    """The file's bytes. Raises RuntimeError when the document is not one that PDF/UA-1 allows."""
    import typst  # the typesetter takes long to load, and few of our processes need it

    made = typst.compile(source(document).encode(), format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def source(document: Document) -> str:
    """The document in the typesetter's language. Every text is a quoted string: nothing in it is markup."""
    dated = document.dated
    when = f"datetime(year: {dated.year}, month: {dated.month}, day: {dated.day})" if dated else "none"
    head = " · ".join(document.head)
    keywords = "".join(f"{_text(word)}, " for word in document.keywords)
    lines = [
        f"#set document(title: {_text(document.title)}, author: {_text(document.author)}, date: {when}, "
        f"keywords: ({keywords}))",
        SETUP,
        f'#set page(paper: "a4", margin: (x: 24mm, top: 28mm, bottom: 24mm), header: context [#set text(size: 8.5pt, '
        f'fill: rgb("#57504a"))\n#{_text(head)} #h(1fr) #counter(page).display("1 (1)", both: true)])',
        "#show title: set text(size: 24pt, hyphenate: false)",
        "#show title: set align(left)",
        "#title()",
    ]
    if document.has_contents:
        lines.append(f"#outline(title: [#{_text(document.contents_heading)}], depth: 2, indent: 1.2em)")
        lines.append("#pagebreak()")
    lines += [_part(part) for part in document.parts]
    lines += _notes(document)
    return "\n".join(lines) + "\n"


def _text(words: str) -> str:
    """A string of the typesetter's language."""
    kept = words.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "").replace("\n", " ")
    return f'"{"".join(sign for sign in kept if sign >= " ")}"'


def _part(part: Part) -> str:
    if isinstance(part, Heading):
        return f"#heading(level: {part.level}, {_text(part.text)}) #label({_text(part.key)})"
    if isinstance(part, Paragraph):
        return f"#par[{_quiet(_line(part.line)) if part.is_quiet else _line(part.line)}]"
    if isinstance(part, Points):
        kind = "enum" if part.is_numbered else "list"
        return f"#{kind}({', '.join(f'[{_line(line)}]' for line in part.lines)})"
    if isinstance(part, Bars):
        drawing = bar_picture.draw(part, font="Libertinus Serif", title=False)
        return (
            f'#figure(image(bytes({_text(drawing)}), format: "svg", width: 100%, alt: {_text(part.told)}), '
            f"kind: image, supplement: [Diagram], caption: [#{_text(part.caption)}])"
        )
    return _table(part)


def _quiet(inner: str) -> str:
    return f'#text(size: 9pt, fill: rgb("#57504a"))[{inner}]'


def _table(table: Table) -> str:
    widths = ", ".join(_width(column) for column in table.columns)
    aligned = ", ".join("right" if column.is_number else "left" for column in table.columns)
    heads = ", ".join(f"[#{_text(column.head)}]" for column in table.columns)
    rows = ",\n  ".join(", ".join(f"[{_line(cell)}]" for cell in row) for row in table.rows)
    total = ", ".join(f"[#strong[{_line(cell)}]]" for cell in table.total)
    footer = f",\n  {total}" if total else ""
    return (
        f"#figure(table(columns: ({widths},), align: ({aligned},),\n  table.header({heads}),\n  {rows}{footer}),\n"
        f"  kind: table, supplement: [Tabell], caption: [#{_text(table.caption)}])"
    )


def _width(column: Column) -> str:
    return "auto" if column.is_number else f"{column.weight}fr"


def _line(line: Line) -> str:
    return "".join(
        (f"#strong[#{_text(run.text)}]" if run.is_strong else f"#{_text(run.text)}")
        + (f"#note({run.note})" if run.note else "")
        for run in line
    )


def _notes(document: Document) -> list[str]:
    if not document.notes:
        return []
    rows = [
        f'#par(hanging-indent: 2em)[#box(width: 2em)[#"{note.number}"]#{_text(note.text)}] #label("not-{note.number}")'
        for note in document.notes
    ]
    return [f'#heading(level: 1, {_text(document.notes_heading)}) #label("kallor")', "#set text(size: 9pt)", *rows]
