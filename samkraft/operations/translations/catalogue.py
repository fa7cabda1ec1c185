"""The English catalogue: one file to read and write, and its compiled form, which is not committed."""

import io
import re
from pathlib import Path

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog

from samkraft.operations.translations.messages import PRODUCT, Message

FILE = PRODUCT / "locale" / "en" / "LC_MESSAGES" / "django.po"
# Fixed words: dates and names in a header would change the file without changing what it says.
_HEADER = """\
# Samkraft in English. Swedish sentences are the keys; they stand in the source.
# `python -m samkraft.operations.translations collect` brings the keys up to date; names follow GLOSSARY.md.
msgid ""
msgstr ""
"Project-Id-Version: Samkraft\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
_FIELD = re.compile(r"\{[^{}]*\}|%\([^)]+\)[sd]|%[sd]")


def read(file: Path = FILE) -> Catalog:
    """The catalogue as it stands; empty when there is none."""
    if not file.exists():
        return _empty()
    with file.open("rb") as opened:
        return pofile.read_po(opened, locale="en")


def bring_up_to_date(found: list[Message], file: Path = FILE) -> Catalog:
    """Write the catalogue with exactly these keys: known translations are kept, new keys are empty, the rest is gone."""
    before, after = read(file), _empty()
    for message in found:
        old = before.get(message.text, message.context)
        key = (message.text, message.plural) if message.plural else message.text
        string: str | tuple[str, ...] = ("", "") if message.plural else ""
        if old is not None and isinstance(old.string, tuple) == bool(message.plural):
            string = old.string
        kept = after.get(message.text, message.context)
        places = {*(place for place, _ in kept.locations)} if kept is not None else set()
        if kept is not None and isinstance(kept.id, tuple) and not message.plural:
            key, string = kept.id, kept.string
        after.delete(message.text, message.context)
        after.add(
            key,
            string,
            locations=[(place, None) for place in sorted({*places, message.file})],
            auto_comments=list(message.comments),
            context=message.context,
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    pofile.write_po(written, after, width=120, sort_output=True, include_lineno=False, omit_header=True)
    file.write_bytes(_HEADER.encode() + written.getvalue())
    return after


def compile_mo(file: Path = FILE) -> Path:
    """Write the form that Django reads, beside the catalogue."""
    target = file.with_suffix(".mo")
    with target.open("wb") as opened:
        mofile.write_mo(opened, read(file))
    return target


def fields(text: str) -> list[str]:
    """The placeholders of a sentence, in order of name; `{name:.1f}` counts as `{name}`."""
    return sorted(re.sub(r"[:!].*(?=\})", "", field) for field in _FIELD.findall(text))


def _empty() -> Catalog:
    return Catalog(locale="en", fuzzy=False)
