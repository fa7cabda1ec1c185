"""A document as plain text: what a reader of decision texts reads, and what can be pasted anywhere."""

from samkraft.knowledge.rules.documents.parts import Bars, Document, Heading, Paragraph, Part, Points, plain


def write(document: Document) -> str:
    """The text; an empty line between parts."""
    head = "\n".join(document.head)
    return "\n\n".join([head, document.title, *(_part(part) for part in document.parts)]) + "\n"


def _part(part: Part) -> str:
    if isinstance(part, Heading):
        return part.text
    if isinstance(part, Paragraph):
        return plain(part.line)
    if isinstance(part, Points):
        marks = (f"{place}. " if part.is_numbered else "• " for place in range(1, len(part.lines) + 1))
        return "\n\n".join(f"{mark}{plain(line)}" for mark, line in zip(marks, part.lines, strict=True))
    if isinstance(part, Bars):
        return f"{part.caption}. {part.told}"
    rows = [[column.head for column in part.columns], *([plain(cell) for cell in row] for row in part.rows)]
    return "\n".join([part.caption, *("\t".join(row) for row in rows)])
