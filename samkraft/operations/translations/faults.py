"""What is wrong with the translations, one sentence each."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry

from samkraft.operations.translations import catalogue, messages, visible
from samkraft.operations.translations.messages import PRODUCT, Message


def all_of(product: Path = PRODUCT, file: Path = catalogue.FILE) -> list[str]:
    """Every fault: keys without translation, translations that do not fit, Swedish outside translation."""
    found = messages.all_of(product)
    faults = list(_of_catalogue(found, catalogue.read(file)))
    for source in messages.sources(product):
        faults += visible.in_file(source, product)
    return faults


def _of_catalogue(found: list[Message], known: Catalog) -> Iterator[str]:
    wanted: set[tuple[str, str | None]] = set()
    for message in found:
        key = (message.text, message.context)
        if key in wanted:
            continue
        wanted.add(key)
        entry = known.get(*key)
        if entry is None:
            yield f"{message.file}: saknas i katalogen: {_short(message.text)}"
        elif bool(message.plural) and not isinstance(entry.id, tuple):
            yield f"{message.file}: flertal saknas i katalogen: {_short(message.text)}"
        else:
            yield from _of_entry(entry, message.file)
    for entry in known:
        single = entry.id[0] if isinstance(entry.id, tuple) else entry.id
        if single and (single, entry.context) not in wanted:
            yield f"katalogen: används inte längre: {_short(single)}"


def _of_entry(entry: Entry, file: str) -> Iterator[str]:
    originals = entry.id if isinstance(entry.id, tuple) else (entry.id,)
    translated = entry.string if isinstance(entry.string, tuple) else (entry.string,)
    name = _short(originals[0])
    if entry.fuzzy:
        yield f"{file}: märkt som osäker (fuzzy): {name}"
    if not all(translated):
        yield f"{file}: inte översatt: {name}"
        return
    # One form may leave out the number ("one duty is late"); none may have a field that the sentence does not give.
    given = {field for text in originals for field in catalogue.fields(text)}
    for original, text in zip(originals, translated, strict=False):
        has, needs = set(catalogue.fields(text)), set(catalogue.fields(original))
        if has - given or (len(originals) == 1 and needs - has):
            yield f"{file}: fälten skiljer sig: {name} → {_short(text)}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return f"”{words[:90]}{'…' if len(words) > 90 else ''}”"
