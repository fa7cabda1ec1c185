"""Folders and files: none escapes the linters, none is a junk drawer, none becomes a monster."""

from tests.architecture import house
from tests.architecture.house import PROJECT

JUNK = {"utils", "util", "helpers", "helper", "common", "core", "misc", "tools", "shared", "lib", "stuff"}
LONG = 360
LONG_TEST = 450  # a table of cases may run on
# Files that may be long, with the reason.
LONG_FOR_A_REASON = {
    "samkraft/initiatives/migrations/0007_governance.py": "made by Django",
    "samkraft/money/migrations/0001_begin.py": "made by Django",
    "samkraft/money/migrations/0006_committee_reports.py": "made by Django",
    "samkraft/money/migrations/0007_grants.py": "made by Django",
    "samkraft/money/migrations/0009_eu_projects.py": "made by Django",
    "samkraft/partners/rules/roles.py": "one row for each permission and each role, which are read together",
    "samkraft/people/migrations/0001_begin.py": "made by Django",
    "samkraft/people/migrations/0009_places.py": "made by Django",
    "samkraft/people/migrations/0040_suggested_places.py": "the functions of a proposal, beside its tables and walls",
    "samkraft/people/migrations/0014_giving_places.py": "the database's functions that give a place, which call each other",
    "samkraft/people/migrations/0015_coordinating_places.py": "the functions for those outside the area, beside each other",
    "samkraft/offer/migrations/0002_catalogue.py": "made by Django",
    "samkraft/offer/migrations/0001_summer.py": "made by Django",
    "samkraft/people/migrations/0010_summer.py": "made by Django",
    "samkraft/offer/migrations/0004_employers.py": "made by Django",
    "samkraft/people/migrations/0029_recruitment.py": "made by Django",
    "samkraft/people/migrations/0027_months.py": "made by Django, with the walls of its tables",
}


def test_every_folder_of_python_is_a_package() -> None:
    folders = {path.parent for path in house.tracked() if path.suffix == ".py" and path.parent != PROJECT}
    assert [house.short(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_nothing_is_called_after_nothing() -> None:
    named = [path for path in house.tracked() if path.suffix in (".py", ".html", ".js", ".css")]
    wrong = [house.short(path) for path in named if JUNK & {*path.relative_to(PROJECT).parts[:-1], path.stem}]
    assert wrong == []


def _lines() -> dict[str, int]:
    files = [path for path in house.tracked() if path.suffix in (".py", ".html", ".js", ".css")]
    return {house.short(path): path.read_text(encoding="utf-8").count("\n") for path in files}


def test_a_file_is_split_before_it_is_long() -> None:
    """Those that are long are listed above with the reason, so that nobody gets used to them."""
    long = {
        name: lines for name, lines in _lines().items() if lines > (LONG_TEST if name.startswith("tests/") else LONG)
    }
    assert [f"{name}: {lines}" for name, lines in long.items() if name not in LONG_FOR_A_REASON] == []


def test_the_list_of_long_files_is_true() -> None:
    lines = _lines()
    assert [name for name in LONG_FOR_A_REASON if lines.get(name, 0) <= LONG] == []


def test_migrations_are_named_for_the_change() -> None:
    auto = [house.short(path) for path in house.PRODUCT.glob("*/migrations/*.py") if "_auto_" in path.name]
    assert auto == []
