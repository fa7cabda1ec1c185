"""The quick checks that the walls stand, to be run one by one against a database in which one stone has been taken out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from inspect import getsource, isfunction, signature
from typing import Any, cast

from django.core import mail
from django.db import connection, transaction

from samkraft.operations.database import grants
from tests.actions.people import (
    test_attendance,
    test_enrolments,
    test_imports,
    test_leaving,
    test_offer_taken_back,
    test_place_proposals,
    test_plan_work,
    test_wrong_here,
)
from tests.architecture import test_people_walls as walls
from tests.people import (
    stage,
    test_call_list_walls,
    test_call_lists,
    test_carried_along,
    test_cohort_door,
    test_cohort_waits,
    test_doors,
    test_employer_walls,
    test_errand_policies,
    test_given_in_order,
    test_guard_refusals,
    test_matrix,
    test_matrix_elsewhere,
    test_month_policies,
    test_no_longer_or_not_this_one,
    test_place_policies,
    test_place_queues,
    test_place_refusals,
    test_place_suggestion_doors,
    test_place_suggestion_walls,
    test_place_walls,
    test_policies,
    test_proposals_and_the_queue,
    test_session_doors,
    test_study_walls,
    test_summer_guarantees,
    test_summer_has_ended,
    test_summer_policies,
    test_summer_refusals,
    test_summer_walls,
    test_taking_part,
    test_told_apart,
    test_what_has_ended,
)
from tests.stories import (
    test_a_month,
    test_employer,
    test_invitation,
    test_place,
    test_summer_cancelled,
    test_summer_year,
)

Check = Callable[[], None]

# How readers stand and how the person is protected, for the part of the matrix that is quick enough.
SITUATIONS = (
    ("through the team", "none"), ("appointed", "not on the list"), ("not at all", "none"), ("no longer", "on the list"),
    ("by break-glass", "was lifted"), ("recused, though appointed", "none"), ("recused, though in the team", "on the list"),
    ("not yet", "none"), ("another area's team", "none"), ("appointed", "was struck from the list"),
    ("by break-glass that has run out", "none"),
)  # fmt: skip
HANDING_OVER = "matrix handing over"
MODULES: tuple[Any, ...] = (
    walls, test_guard_refusals, test_doors, test_policies, test_summer_walls, test_what_has_ended, test_carried_along,
    test_given_in_order, test_no_longer_or_not_this_one, test_place_policies, test_place_walls,
    test_place_refusals, test_employer_walls, test_errand_policies, test_taking_part, test_told_apart,
    test_summer_policies, test_matrix_elsewhere, test_summer_refusals, test_call_list_walls, test_call_lists,
    test_place_suggestion_walls, test_place_suggestion_doors, test_study_walls, test_summer_guarantees,
    test_month_policies, test_cohort_door, test_cohort_waits, test_session_doors,
    # Not about walls, but what the functions behind them refuse is refused here too.
    test_place_queues, test_proposals_and_the_queue, test_attendance, test_enrolments, test_imports, test_leaving,
    test_place_proposals, test_plan_work, test_wrong_here, test_offer_taken_back,
    test_a_month, test_employer, test_invitation, test_place,
    test_summer_cancelled, test_summer_year,
)  # fmt: skip


def plain() -> dict[str, Check]:
    """Name → check, for those that make what they need themselves. Each raises when a wall is down."""
    found: dict[str, Check] = {"grants": grants_hold}
    for module in MODULES:
        found |= _of(module)
    return found


def is_about_walls(name: str) -> bool:
    """Whether the check reads policies, grants and functions themselves."""
    return name == "grants" or _module_of(name) is walls


def modules() -> dict[str, str]:
    """Name of a check → the module that it is made of; empty for what is the product's own."""
    found = {name: module.__name__ if (module := _module_of(name)) else "" for name in plain()}
    for name, check in on_stage(cast(stage.Stage, None), None).items():
        found[name] = str(cast(partial[None], check).func.__module__)
    return found | dict.fromkeys(from_the_beginning(None), test_matrix.__name__)


def file_of(name: str) -> str:
    """The text of the file that a check stands in; empty for those on the stage."""
    module = _module_of(name)
    return _text(module) if module else ""


def text_of(name: str) -> str:
    """The text of the check itself; empty for those on the stage."""
    module = _module_of(name)
    return _text(vars(module)[name.split("[")[0]]) if module else ""


@cache
def _text(of: Any) -> str:
    return getsource(of)


def _module_of(name: str) -> Any:
    test = name.split("[")[0]
    return next((module for module in MODULES if test in vars(module)), None)


def on_stage(made: stage.Stage, owner: Any) -> dict[str, Check]:
    """Name → check, for those that are played on a stage that is set up in the database at hand."""
    found: dict[str, Check] = {}
    for case, protection in SITUATIONS:
        for word, test in (("reading", test_matrix.test_reading), ("writing", test_matrix.test_writing)):
            found[f"matrix {word}: {case}, {protection}"] = partial(test, case, protection, (made, owner))
    for test in (test_summer_has_ended.test_what_has_ended_holds_no_longer,
                 test_summer_has_ended.test_nobody_presses_ahead_of_time_but_where_time_is_invented):  # fmt: skip
        found[test.__name__] = partial(test, owner)
    found[HANDING_OVER] = partial(test_matrix.test_handing_over, (made, owner))
    return found


def from_the_beginning(owner: Any) -> dict[str, Check]:
    """The stage set up anew with the stone already out, and what then lies there: for what happens while it is set up."""
    made: list[stage.Stage] = []

    def set_up() -> None:
        made.append(stage.set_up(owner))
        test_matrix.test_what_consent_leaves_in_the_receiving_area_is_what_the_matrix_says((made[0], owner))

    def read() -> None:
        test_matrix.test_reading("through the team", "none", (made[0], owner))

    return {"the stage from the beginning": set_up, "reading on it": read}


def grants_hold() -> None:
    assert grants.differences() == []


def _of(module: Any) -> dict[str, Check]:
    """The tests of a module that need nothing but the database; of those with parameters, each."""
    return {
        f"{name}{list(arguments.values()) or ''}": partial(_undone, test, arguments)
        for name, test in vars(module).items()
        if name.startswith("test_") and isfunction(test)  # a module that is used here has such a name too
        for arguments in _arguments(test)
        if set(signature(test).parameters) == set(arguments)  # not those that ask for a fixture
        and not _commits(test)
    }


def _commits(test: Any) -> bool:
    """Whether the test must be let to commit, as where two do something at once."""
    return any(mark.name == "django_db" and mark.kwargs for mark in getattr(test, "pytestmark", []))


def _arguments(test: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{}]
    for mark in getattr(test, "pytestmark", []):
        if mark.name == "parametrize":
            words, values = mark.args
            names = [one.strip() for one in words.split(",")] if isinstance(words, str) else list(words)
            rows = [dict(zip(names, value if len(names) > 1 else [value], strict=True)) for value in values]
            found = [{**one, **row} for one in found for row in rows]
    return found


def _undone(test: Callable[..., None], arguments: dict[str, Any]) -> None:
    with in_a_transaction_of_tests():
        test(**arguments)


@contextmanager
def in_a_transaction_of_tests() -> Iterator[None]:
    """As a test is run: the actions may open their own transactions inside, and nothing stays."""
    mail.outbox = []  # letters of whoever fell before it had read them
    with transaction.atomic():
        connection.atomic_blocks[-1]._from_testcase = True
        try:
            yield
        finally:
            transaction.set_rollback(True)
