"""A mark that hushes a checker says why."""

import pytest

from samkraft.operations import unexplained

IGNORE, NOQA, UNCOVERED = "type: " + "ignore", "no" + "qa", "pragma: " + "no cover"


@pytest.mark.parametrize(
    ("line", "is_explained"),
    [
        (f"x = y  # {IGNORE}[attr-defined]", False),
        (f"x = y  # {IGNORE}", False),
        (f"import z  # {NOQA}: F401", False),
        (f"import z  # {NOQA}: F401, E402", False),
        (f"x = y  # {IGNORE}[attr-defined]  # the library has no stubs", True),
        (f"import z  # {NOQA}: F401 - loaded for what it registers", True),
        (f"x = y  # {IGNORE}[arg-type] #", False),
        (f"x = run(z)  # {NOQA}: S603  # {IGNORE}", False),
        (f"x = run(z)  # {NOQA}: S603  # {IGNORE} - our own words", True),
        (f"x = run(z)  # {NOQA}: S603  # {IGNORE}  # our own words", True),
        (f"def z():  # {UNCOVERED}", False),
        (f"def z():  # {UNCOVERED} - compiled", True),
        ("x = 1  # an ordinary comment", True),
    ],
)
def test_a_mark_without_a_reason_is_found(line: str, is_explained: bool) -> None:
    assert (unexplained.unexplained([line]) == []) is is_explained
