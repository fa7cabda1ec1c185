"""A page as it comes from the server, before any script: what it is called, how it is built, where it leads."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

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


def read(html: str) -> Paper:
    """Read a page's HTML; of what is none, nothing."""
    paper = Paper()
    if not html.strip():
        return paper
    for element in document_fromstring(html).iter(etree.Element):
        tag, given = str(element.tag), {name: str(value) for name, value in element.attrib.items()}
        paper.skeleton.add(_kind(tag, given))
        paper.landmarks[tag] += 1
        if "id" in given:
            paper.ids.append(given["id"])
        if tag == "html":
            paper.language = given.get("lang", "")
        elif tag == "a" and given.get("href"):
            paper.links.append(given["href"])
        elif tag in HEADINGS:
            paper.headings.append((int(tag[1]), _words(element)))
        elif tag == "title" and next(element.iterancestors("svg"), None) is None:
            paper.title = _words(element)
        _note_form(paper.forms, tag, given)
        paper.inline += _inline(tag, given)
    return paper


def _words(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _note_form(forms: list[Form], tag: str, given: dict[str, str]) -> None:
    if tag == "form":
        forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
    elif forms and tag == "input" and given.get("name") and given.get("type") not in {"radio", "checkbox", "file"}:
        forms[-1].fields[given["name"]] = given.get("value", "")
    elif forms and tag == "button":
        forms[-1].buttons.append((given.get("name", ""), given.get("value", "")))


def _inline(tag: str, given: dict[str, str]) -> list[str]:
    """The content-security policy would drop these; better that no one writes them."""
    found = [f"style in <{tag}>"] if "style" in given or tag == "style" else []
    found += [f"{name} in <{tag}>" for name in given if name.startswith("on")]
    if tag == "script" and "src" not in given and given.get("type") not in {"application/json"}:
        found.append("script")
    return found


def _kind(tag: str, given: dict[str, str]) -> str:
    classes = ".".join(sorted(given.get("class", "").split()))
    rest = ",".join(
        f"{name}={value}" if name in SKELETON else name
        for name, value in sorted(given.items())
        if name in SKELETON or name.startswith("aria-")
    )
    return f"{tag}.{classes}[{rest}]"
