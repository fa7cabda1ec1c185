"""The product's files and code, as the promises for everything at once look at them."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PRODUCT = PROJECT / "samkraft"
# From the bottom up; names on one line never meet.
LAYERS = (
    ("values",),
    ("analysis",),
    ("audit",),
    ("partners",),
    ("initiatives",),
    ("offer",),
    ("money", "people"),
    ("knowledge",),
    ("web", "api", "operations"),
    ("project",),
)
DOMAINS = ("audit", "partners", "initiatives", "offer", "money", "people", "knowledge")


def height(part: str) -> int:
    """The floor of a part of the product, counted from the ground."""
    return next(floor for floor, parts in enumerate(LAYERS) if part in parts)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is committed, or would be: what git ignores is left out."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(path for line in listed.stdout.splitlines() if (path := PROJECT / line).is_file())


def python_files(under: Path = PRODUCT) -> list[Path]:
    """Python files of the product, without migrations."""
    return sorted(path for path in under.rglob("*.py") if "migrations" not in path.parts)


@cache
def parsed(path: Path) -> ast.Module:
    """One file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Import:
    """One import: in which module of the product, of what."""

    where: str
    what: str


@cache
def imports(path: Path) -> tuple[Import, ...]:
    """Every module or name that a file imports, inside functions too."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[Import]:
    where = ".".join(path.relative_to(PROJECT).with_suffix("").parts)
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (Import(where, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (Import(where, f"{node.module}.{name.name}") for name in node.names)


def short(path: Path) -> str:
    """A path as people write it."""
    return str(path.relative_to(PROJECT))
