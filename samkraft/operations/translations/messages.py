"""Find every sentence that is marked for translation, in Python and in templates."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

PRODUCT = Path(__file__).resolve().parents[2]
TEMPLATES = (".html", ".svg", ".txt")
# The demo world is data, and what prepares it tells in Swedish only. Of the commands, what is marked is collected.
SWEDISH_ONLY = ("operations/demo/", "operations/embedded_postgres/", "operations/world/")

# Function name → which arguments are the sentence (None: the first).
_KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "phrase": None,  # wording in rules, which know no Django
    "spoken": None,  # the same, said at once
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_CALLED = re.compile(rf"\b(?:{'|'.join(_KEYWORDS)})\s*\(")
_COMMENT = ["Translators:"]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in the source: Swedish, with its plural and context when it has them, and the file it stands in."""

    text: str
    plural: str | None
    context: str | None
    file: str
    comments: tuple[str, ...] = ()


def all_of(product: Path = PRODUCT) -> list[Message]:
    """Every marked sentence of the product, in order of file."""
    found: list[Message] = []
    for file in sources(product):
        found += in_file(file, product)
    return found


def sources(product: Path = PRODUCT) -> Iterator[Path]:
    """The files in which sentences for people can stand."""
    for file in sorted(product.rglob("*")):
        if any(part in str(file.relative_to(product)) for part in SWEDISH_ONLY):
            continue
        if (file.suffix == ".py" and "migrations" not in file.parts) or (
            file.suffix in TEMPLATES and "templates" in file.parts
        ):
            yield file


def in_file(file: Path, product: Path = PRODUCT) -> list[Message]:
    """The marked sentences of one file."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # What is no call in the output is noise; its indentation would confuse Python's own tokenizer.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    name = str(file.relative_to(product.parent))
    return list(_messages(text, name))


def _messages(source: str, name: str) -> Iterator[Message]:
    if not _CALLED.search(source):
        return  # to take a file to pieces costs most of all
    stream = io.BytesIO(source.encode())
    for _line, function, words, comments in extract_python(stream, list(_KEYWORDS), _COMMENT, {"encoding": "utf-8"}):
        arguments = (words,) if isinstance(words, str) else tuple(words or ())
        context = plural = None
        if function and "p" in function.split("gettext")[0] and "gettext" in function:
            context, *rest = arguments
            arguments = tuple(rest)
        if function and function.lstrip("p").startswith("n"):
            plural = arguments[1] if len(arguments) > 1 else None
        if arguments and arguments[0]:
            yield Message(arguments[0], plural, context, name, tuple(comments))
