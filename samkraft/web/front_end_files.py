"""Which of the fetched files pages use, and how the icon sprite is drawn. A new icon needs a reason."""

import re
from collections.abc import Iterator
from pathlib import Path

FILES = {
    "@digdir/designsystemet-css/dist/src/index.css": "designsystemet/components.css",
    "@digdir/designsystemet-css/dist/theme/designsystemet.css": "designsystemet/theme.css",
    "@digdir/designsystemet-css/LICENSE": "designsystemet/LICENSE",
    "@digdir/designsystemet-web/dist/umd/index.js": "designsystemet/web.js",
    "@fontsource-variable/source-sans-3/LICENSE": "fonts/source-sans-3-LICENSE",
    "@fontsource-variable/source-serif-4/LICENSE": "fonts/source-serif-4-LICENSE",
    "@fontsource-variable/noto-sans-arabic/LICENSE": "fonts/noto-sans-arabic-LICENSE",
    "lucide-static/LICENSE": "lucide-LICENSE",
}

# Swedish, English and Somali are latin; Polish and Turkish names need latin-ext; Ukrainian cyrillic.
FONT_FILES = (
    "source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
    "source-sans-3/files/source-sans-3-latin-wght-italic.woff2",
    "source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2",
    "source-sans-3/files/source-sans-3-cyrillic-wght-normal.woff2",
    "source-sans-3/files/source-sans-3-cyrillic-ext-wght-normal.woff2",
    "source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
    "source-serif-4/files/source-serif-4-latin-wght-italic.woff2",
    "source-serif-4/files/source-serif-4-latin-ext-wght-normal.woff2",
    "source-serif-4/files/source-serif-4-cyrillic-wght-normal.woff2",
    "source-serif-4/files/source-serif-4-cyrillic-ext-wght-normal.woff2",
    "noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2",
)

# Lucide's own names. Grouped by what they are for.
ICONS = (
    # the shell
    "search", "inbox", "menu", "chevron-down", "chevron-right", "chevron-left", "flask-conical", "circle-question-mark",
    "sun-moon", "log-out", "user-round", "users-round", "key-round", "building-2", "languages", "ellipsis",
    # places to go
    "house", "coins", "route", "landmark", "target", "scale", "calendar-days", "clipboard-list", "book-open",
    "chart-line", "map-pin", "shield-check",
    # things to do
    "download", "upload", "bookmark", "printer", "pencil", "plus", "x", "check", "square-check", "undo-2", "link",
    "copy", "sliders-horizontal", "arrow-down-wide-narrow", "table", "message-square", "phone", "volume-2", "bell",
    # marks in text
    "info", "arrow-right", "arrow-left", "arrow-left-right", "file-input", "file-text", "clock", "lock",
    "external-link",
)  # fmt: skip

_SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def found_in(packages: Path) -> Iterator[tuple[str, str]]:
    """Pairs of (path inside node_modules, path inside static/vendor) of every file that pages use."""
    yield from FILES.items()
    for font in FONT_FILES:
        yield f"@fontsource-variable/{font}", f"fonts/{Path(font).name}"


def sprite(folder: Path) -> str:
    """One SVG with a symbol per icon, named as Lucide names it; stroke and size are given by the page's CSS."""
    symbols = []
    for name in sorted(ICONS):
        found = _SHAPES.search((folder / f"{name}.svg").read_text(encoding="utf-8"))
        if found is None:
            raise ValueError(f"{name}.svg is not an icon")
        shapes = re.sub(r"\s+", " ", found.group(1)).strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "\n".join(symbols) + "</svg>\n"
