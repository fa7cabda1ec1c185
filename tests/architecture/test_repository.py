"""What may never be committed, and what documents and lists promise about the code."""

import re
from itertools import pairwise

import pytest

from tests.architecture import house
from tests.architecture.house import PROJECT

TEXT = {
    ".py",
    ".md",
    ".html",
    ".svg",
    ".txt",
    ".in",
    ".toml",
    ".json",
    ".css",
    ".js",
    ".po",
    ".cfg",
    ".ini",
    "",
    ".npmrc",
    ".yml",
}
FILES = [path for path in house.tracked() if path.suffix in TEXT and path != PROJECT / "LICENSE"]
# Assembled, so that this file does not find itself.
REGISTRIES = re.compile(
    "|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "registry\\.npm" + r"js", "npmjs" + r"\.(org|com)/"])
)
MACHINE = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/[\w.-]+")
# Tests that try what happens with such an address or path.
ABOUT_THEM = {"tests/operations/test_registries.py", "samkraft/operations/registries.py"}
_TWELVE = re.compile(
    r"(?<![\d-])((?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01]))[-+]?(\d{4})(?!\d)"
)


def _read(path: object) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(digits):
        product = int(digit) * (2 - place % 2)
        total += product - 9 if product > 9 else product
    return total % 10 == 0


# The tax agency gives out numbers for tests that will never be anybody's: from 1990 on they have these birth numbers.
_FOR_TESTS = ("238", "239")


def _identity_numbers(text: str) -> list[str]:
    """Numbers that could be somebody's: a day (or a coordination number's) and a right check digit, not made for tests."""
    return [
        found.group()
        for found in _TWELVE.finditer(text)
        if _luhn(found.group(1)[-6:] + found.group(2)) and not _is_for_tests(found.group(1)[:-4], found.group(2))
    ]


def _is_for_tests(year: str, rest: str) -> bool:
    return rest.startswith(_FOR_TESTS) and year >= ("1990" if len(year) == 4 else "90")


def test_the_search_for_identity_numbers_finds_one() -> None:
    known = "8112" + "189876"  # the tax agency's own example
    assert _identity_numbers(f"nr {known[:6]}-{known[6:]}") == [f"{known[:6]}-{known[6:]}"]
    assert _identity_numbers(f"nr 19{known}") == [f"19{known}"]
    assert _identity_numbers("STK-2023-576, 212000-1124, 39 837 000") == []
    for_tests = "199006022397"
    assert _identity_numbers(f"{for_tests} och {for_tests[2:]}") == []


def test_nobodys_identity_number_is_in_the_repository() -> None:
    lists = {"requirements.txt", "requirements-test.txt", "requirements-bench.txt", "package-lock.json"}
    found = {
        house.short(path): numbers
        for path in FILES
        if path.name not in lists
        and not path.name.startswith("requirements")
        and (numbers := _identity_numbers(_read(path)))
    }
    assert found == {}


def test_no_address_of_a_package_registry_is_committed() -> None:
    assert [
        house.short(path) for path in FILES if house.short(path) not in ABOUT_THEM and REGISTRIES.search(_read(path))
    ] == []


def test_no_path_of_somebodys_machine_is_committed() -> None:
    found = [
        f"{house.short(path)}: {match.group()}"
        for path in FILES
        if house.short(path) not in ABOUT_THEM
        for match in MACHINE.finditer(_read(path))
    ]
    assert found == []


@pytest.mark.parametrize("name", [f"requirements{group}.in" for group in ("", "-test", "-bench", "-peers")])
def test_every_dependency_has_its_reason(name: str) -> None:
    lines = [
        line
        for line in (PROJECT / name).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "-r"))
    ]
    assert [line for line in lines if len(line.partition(" #")[2].strip()) < 10] == []
    names = [re.split(r"[\[<>=]", line)[0].lower() for line in lines]
    assert names == list(dict.fromkeys(names)), "named twice"


def test_pins_are_hashed_and_carry_no_addresses() -> None:
    for path in PROJECT.glob("requirements*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("==") <= text.count("--hash=sha256:"), path.name


def test_decision_records_are_numbered_in_order_as_their_headings_say() -> None:
    records = sorted((PROJECT / "docs" / "decisions").glob("*.md"))
    assert records, "no decision records"
    numbers = [int(path.name[:4]) for path in records]
    assert numbers == list(range(1, len(records) + 1))
    for path in records:
        first, *rest = path.read_text(encoding="utf-8").splitlines()
        assert first.startswith(f"# {int(path.name[:4])}. "), path.name
        headings = [line for line in rest if line.startswith("## ")]
        assert headings == ["## Context", "## Decision", "## Consequences"], path.name


LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def test_links_in_documents_lead_somewhere() -> None:
    broken = []
    for path in (path for path in FILES if path.suffix == ".md"):
        for target in LINK.findall(_read(path)):
            place = target.partition("#")[0]
            if (
                place
                and "://" not in place
                and not place.startswith(("/", "mailto:", "{"))
                and not (path.parent / place).exists()
            ):
                broken.append(f"{house.short(path)}: {target}")
    assert broken == []


def test_code_named_in_documents_exists() -> None:
    """Paths in `code` that begin with a folder of the project must be there."""
    named = re.compile(r"`((?:samkraft|tests|docs)/[\w./-]+)`")
    wrong = [
        f"{house.short(path)}: {name}"
        for path in FILES
        if path.suffix == ".md" and "roller" not in path.parts
        for name in named.findall(_read(path))
        if not (PROJECT / name.rstrip("/.")).exists()
    ]
    assert wrong == []


def _glossary() -> list[tuple[str, str]]:
    rows = [
        line.strip("|").split("|")
        for line in (PROJECT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    return [(row[0].strip(), row[1].strip()) for row in rows[2:]]


def test_names_of_the_glossary_exist_in_the_code_or_are_said_to_come() -> None:
    """A name in `code` must be found as a word in the product's Python; a name without is one that is yet to come."""
    words = set()
    for path in house.python_files():
        words |= set(re.findall(r"[A-Za-z_]\w*", _read(path)))
    lower = {word.lower() for word in words}
    rows = _glossary()
    assert len(rows) > 30
    missing = [
        name
        for _, names in rows
        for name in re.findall(r"`([\w.]+)`", names)
        if name.split(".")[-1].lower() not in lower
    ]
    assert missing == []


def test_the_glossary_is_in_order_and_says_each_word_once() -> None:
    terms = [term for term, _ in _glossary()]
    keys = [term.lower().translate(str.maketrans("åäöé", "{|}e")) for term in terms]
    assert [(a, b) for a, b in pairwise(keys) if a >= b] == []
