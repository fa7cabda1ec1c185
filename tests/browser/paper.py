"""A page as it comes from the server, before any script: what it is called, how it is built, where it leads."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
SKELETON = {"role", "data-variant", "data-color", "data-size", "hidden", "disabled", "dir", "open"}
SKELETON |= {"data-prints", "data-copy-link", "data-needs-script"}


@dataclass(slots=True)
class Form:
    """A form and what a browser would send with it untouched."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Paper:
    """What tests ask of a page's HTML. `skeleton` is the set of kinds of elements that it is built of."""

    language: str = ""
    title: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    skeleton: set[str] = field(default_factory=set)
    inline: list[str] = field(default_factory=list)
    landmarks: Counter[str] = field(default_factory=Counter)

    def first_heading(self) -> str:
        """The h1's words."""
        return next((words for level, words in self.headings if level == 1), "")

    def faults(self) -> list[str]:
        """What is wrong in the HTML itself, in words."""
        found = []
        firsts = sum(level == 1 for level, _ in self.headings)
        if firsts != 1:
            found.append(f"{firsts} h1")
        found += [f"an empty h{level}" for level, words in self.headings if not words]
        levels = [level for level, _ in self.headings]
        skipped = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
        found += [f"h{above} is followed by h{below}" for above, below in skipped]
        found += [f"two elements called {one}" for one, times in Counter(self.ids).items() if times > 1]
        found += [f"inline {one}" for one in self.inline]
        if self.language not in {"sv", "en"}:
            found.append(f"lang is {self.language!r}")
        if not re.fullmatch(r".+ · Samkraft", self.title) or self.title.startswith(" "):
            found.append(f"title is {self.title!r}")
        if self.landmarks["main"] != 1:
            found.append(f"{self.landmarks['main']} main")
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paper = Paper()
        self.within = ""
        self.in_svg = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        paper = self.paper
        self.in_svg += tag == "svg"
        paper.skeleton.add(_kind(tag, given))
        paper.landmarks[tag] += 1
        if "id" in given:
            paper.ids.append(given["id"])
        if tag == "html":
            paper.language = given.get("lang", "")
        elif tag == "a" and given.get("href"):
            paper.links.append(given["href"])
        elif tag in HEADINGS or (tag == "title" and not self.in_svg):
            self.within = tag
            if tag in HEADINGS:
                paper.headings.append((int(tag[1]), ""))
        self._note_form(tag, given)
        self._note_inline(tag, given)

    def _note_form(self, tag: str, given: dict[str, str]) -> None:
        forms = self.paper.forms
        if tag == "form":
            forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif forms and tag == "input" and given.get("name") and given.get("type") not in {"radio", "checkbox", "file"}:
            forms[-1].fields[given["name"]] = given.get("value", "")
        elif forms and tag == "button":
            forms[-1].buttons.append((given.get("name", ""), given.get("value", "")))

    def _note_inline(self, tag: str, given: dict[str, str]) -> None:
        """The content-security policy would drop these; better that no one writes them."""
        if "style" in given or tag == "style":
            self.paper.inline.append(f"style in <{tag}>")
        self.paper.inline += [f"{name} in <{tag}>" for name in given if name.startswith("on")]
        if tag == "script" and "src" not in given and given.get("type") not in {"application/json"}:
            self.paper.inline.append("script")

    def handle_endtag(self, tag: str) -> None:
        self.in_svg -= tag == "svg"
        if tag == self.within:
            self.within = ""

    def handle_data(self, data: str) -> None:
        paper = self.paper
        if self.within == "title":
            paper.title = " ".join((paper.title + " " + data).split())
        elif self.within:
            level, words = paper.headings[-1]
            paper.headings[-1] = (level, " ".join(f"{words} {data}".split()))


def read(html: str) -> Paper:
    """Read a page's HTML."""
    reader = _Reader()
    reader.feed(html)
    return reader.paper


def _kind(tag: str, given: dict[str, str]) -> str:
    classes = ".".join(sorted(given.get("class", "").split()))
    rest = ",".join(
        f"{name}={value}" if name in SKELETON else name
        for name, value in sorted(given.items())
        if name in SKELETON or name.startswith("aria-")
    )
    return f"{tag}.{classes}[{rest}]"
