"""On which line of a TOML file something stands, so that a message can point at it.

The parser of the standard library gives values without places. This reads only headings and keys; what it cannot place
is placed at the heading above.
"""

import re

Path = tuple[str | int, ...]
"""Keys and positions from the top: ("intake", 1, "people")."""

_HEADING = re.compile(r"^\s*(\[{1,2})\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


def places(text: str) -> dict[Path, int]:
    """Path → line number, from 1, for every heading and every key that begins a line."""
    found: dict[Path, int] = {(): 1}
    here: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        if heading := _HEADING.match(line):
            here = _resolve(_parts(heading[2]), found, is_list=heading[1] == "[[")
            found[here] = number
        elif key := _KEY.match(line):
            found.setdefault((*here, *_parts(key[1])), number)
    return found


def line(path: Path, found: dict[Path, int]) -> int:
    """The line of a path, or of the nearest thing above it that has one."""
    while path not in found:
        path = path[:-1]
    return found[path]


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _resolve(parts: Path, found: dict[Path, int], *, is_list: bool) -> Path:
    """A heading's path with positions: each list of tables that is named on the way means its latest one."""
    path: Path = ()
    for depth, part in enumerate(parts):
        path = (*path, part)
        count = 0
        while (*path, count) in found:
            count += 1
        if depth == len(parts) - 1:
            return (*path, count) if is_list else path
        if count:
            path = (*path, count - 1)
    return path
