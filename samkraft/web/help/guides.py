"""The help pages: Markdown files in docs/guides, in Swedish and English, shown as they are in the repository.

A file begins with a heading, then one paragraph that sums it up. `name.en.md` beside `name.md` is the English text.
"""

import functools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.urls import reverse
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "guides"
SHELVES = ("roller", "sa-gor-du")  # the folders whose pages are listed; in the order that they are shown
ORDER = {
    "roller": (
        "handlaggare",
        "controller",
        "fortroendevald",
        "projektledning",
        "projektadministrator",
        "projektekonom",
        "teamet",
        "platssamordnare",
        "utforare",
        "arbetsgivare",
        "styrgrupp",
        "utvarderare",
        "bidragsmottagare",
        "bedomare",
        "dubblettansvarig",
        "dataskyddsombud",
        "systemadministrator",
    ),
    "sa-gor-du": (
        "en-persons-vag",
        "gemensamt-mote",
        "samtycke",
        "hitta-en-plats",
        "mot-arbetsgivare",
        "bjud-in-att-valja-tid",
        "personens-uppgifter",
        "las-in-ett-beslut",
        "las-in-fran-fil",
        "folj-kronan",
        "uppgifter-som-skiljer-sig",
        "arshjulet",
        "redovisa",
        "manaden",
        "gor-en-studie",
        "styra-en-insats",
        "ung-i-sommar",
        "handleda-unga",
        "kom-i-gang",
        "kortkommandon",
    ),
}


_LINK = re.compile(r'<a href="(?P<to>/[^"#]*)[^"]*">(?P<words>.*?)</a>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Guide:
    """One page. `body` is HTML made from our own files, with no HTML of theirs let through."""

    name: str
    title: str
    summary: str
    text: str
    body: str

    @property
    def url(self) -> str:
        """Where it is shown."""
        return reverse("help:page", args=[self.name])


def shelf(name: str, language: str) -> list[Guide]:
    """The pages of one folder, in their order."""
    return [page for slug in ORDER[name] if (page := read(name, slug, language)) is not None]


def one(slug: str, language: str) -> Guide | None:
    """The page with this name, whichever shelf it stands on."""
    shelf_name = next((name for name in SHELVES if slug in ORDER[name]), None)
    return read(shelf_name, slug, language) if shelf_name else None


def found(words: Iterable[str], language: str) -> list[Guide]:
    """Pages with every word somewhere in the text; those that have them all in the title first."""
    wanted = [word.casefold() for word in words]
    pages = [page for name in SHELVES for page in shelf(name, language)]
    hits = [page for page in pages if all(word in page.text.casefold() for word in wanted)]
    return sorted(hits, key=lambda page: not all(word in page.title.casefold() for word in wanted))


@functools.cache
def read(folder: str, slug: str, language: str) -> Guide | None:
    """Read one file; the Swedish one when there is no English. None when there is neither."""
    names = [f"{slug}.en.md", f"{slug}.md"] if language == "en" else [f"{slug}.md"]
    file = next((path for name in names if (path := FOLDER / folder / name).is_file()), None)
    if file is None:
        return None
    text = file.read_text(encoding="utf-8")
    heading, _line, rest = text.partition("\n")
    summary = re.split(r"\n\s*\n", rest.strip(), maxsplit=1)[0]
    html = _markdown().render(rest)
    return Guide(
        name=slug,
        title=heading.removeprefix("# ").strip(),
        summary=re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", " ".join(summary.split())).replace("`", ""),
        text=text,
        body=mark_safe(html),  # noqa: S308 - our own files, with any HTML in them escaped
    )


def for_reader(body: str, opens: Callable[[str], bool]) -> str:
    """The text with those links only that open for the reader; of the others the words are left."""
    return mark_safe(_LINK.sub(lambda link: link[0] if opens(link["to"]) else link["words"], body))  # noqa: S308 - parts of what was safe


def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
