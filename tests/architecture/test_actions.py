"""Every public action: keyword-only, says who acts and when, opens one transaction, and leaves a trace inside it."""

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture import house

# Functions in `actions` that are no actions of a person, with the reason.
NO_ACTIONS = {
    "audit.transactions.write": "opens the transaction of an action",
    "audit.transactions.read": "opens the transaction of a query",
    "audit.trail.record": "the trace itself",
    "audit.seals.seal": "the machine's own; a seal is its own trace, written by the database",
}
# Actions that leave no event in the trail, with the reason.
SILENT = {
    "partners.errands.progress": "says only how far it has come; its beginning and its end are in the trail",
    "audit.reads.record": "what it writes is the trail",
}
# Actions where nobody acts yet or the one who acts is not a member, with the reason.
WITHOUT_BY = {
    "partners.begin.begin": "makes the first one who can act",
    "partners.invitations.accept": "who follows the link is not signed in yet",
    "partners.memberships.choose": "who chooses what to act as does not act as anything yet",
}
# Actions whose moment is the database's alone, with the reason.
WITHOUT_AT = {
    "audit.reads.record": "when somebody looked is never said by the program",
}
INSIDE = ("inside the transaction", "inside a transaction")  # what a step says that other actions call


def _public() -> Iterator[tuple[str, ast.FunctionDef, ast.Module]]:
    for domain in house.DOMAINS:
        for path in house.python_files(house.PRODUCT / domain / "actions"):
            for node in house.parsed(path).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield f"{domain}.{path.stem}.{node.name}", node, house.parsed(path)


def _called(node: ast.AST) -> set[str]:
    return {
        f"{call.func.value.id}.{call.func.attr}" if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)
        else getattr(call.func, "id", getattr(call.func, "attr", ""))
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
    }  # fmt: skip


def _reached(node: ast.FunctionDef, domain: str, file: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """What a function calls, through the functions of its own file and of the files beside it."""
    own = {one.name: one for one in _parsed(domain, file).body if isinstance(one, ast.FunctionDef)}
    called = _called(node)
    for name in sorted(called):
        beside, _, function = name.rpartition(".")
        place = beside or file
        mark = f"{place}.{function}"
        if mark in seen or place not in _files(domain):
            continue
        there = (
            own
            if place == file
            else {one.name: one for one in _parsed(domain, place).body if isinstance(one, ast.FunctionDef)}
        )
        if function in there:
            called |= _reached(there[function], domain, place, seen | {mark})
    return called


@cache
def _files(domain: str) -> dict[str, Path]:
    """A domain's files of actions by their names, which no two share, whatever folder they lie in."""
    found = [path for path in house.python_files(house.PRODUCT / domain / "actions") if path.stem != "__init__"]
    named = {path.stem: path for path in found}
    assert len(named) == len(found)
    return named


def _parsed(domain: str, file: str) -> ast.Module:
    return house.parsed(_files(domain)[file])


def _opened(node: ast.FunctionDef) -> int:
    return sum(
        1
        for block in ast.walk(node)
        if isinstance(block, ast.With)
        for item in block.items
        if isinstance(item.context_expr, ast.Call) and ast.unparse(item.context_expr.func) == "transactions.write"
    )


def _is_step(node: ast.FunctionDef) -> bool:
    return node.name.endswith("_within") or any(
        words in " ".join((ast.get_docstring(node) or "").split()).lower() for words in INSIDE
    )


WRITING = {"create", "bulk_create", "delete", "update", "bulk_update", "update_or_create", "set", "add"}


def _writes(node: ast.FunctionDef) -> bool:
    calls = [ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)]
    return any(call.endswith(".save") or ("objects" in call and call.rpartition(".")[2] in WRITING) for call in calls)


ALL = [(name, node, module) for name, node, module in _public() if name not in NO_ACTIONS]
ACTIONS = [(name, node, module) for name, node, module in ALL if _opened(node)]
STEPS = [(name, node, module) for name, node, module in ALL if not _opened(node)]


def test_there_are_actions_to_look_at() -> None:
    assert len(ACTIONS) > 25


@pytest.mark.parametrize(("node"), [pytest.param(node, id=name) for name, node, _ in ACTIONS])
def test_an_action_takes_only_named_arguments_and_says_who_and_when(
    node: ast.FunctionDef, request: pytest.FixtureRequest
) -> None:
    names = {
        argument.arg: default for argument, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    }
    assert not node.args.args, "arguments by position read badly and break silently"
    if request.node.callspec.id not in WITHOUT_BY:
        assert "by" in names
        assert names["by"] is None, "by is never optional"
    if request.node.callspec.id in WITHOUT_AT:
        return
    assert "at" in names
    assert names["at"] is not None, "at defaults to None: the clock's own time"


@pytest.mark.parametrize("node", [pytest.param(node, id=name) for name, node, _ in ACTIONS])
def test_an_action_opens_one_transaction_and_leaves_a_trace_in_it(
    node: ast.FunctionDef, request: pytest.FixtureRequest
) -> None:
    assert _opened(node) == 1, "one use case, one transaction: all of it or nothing"
    if request.node.callspec.id in SILENT:
        return
    domain, file, _ = request.node.callspec.id.split(".")
    assert "trail.record" in _reached(node, domain, file), "what is done is written down in the same transaction"


@pytest.mark.parametrize(("node"), [pytest.param(node, id=name) for name, node, _ in STEPS])
def test_what_opens_no_transaction_writes_only_inside_somebody_elses(node: ast.FunctionDef) -> None:
    if _writes(node):
        assert _is_step(node), (
            "a step that writes is named …_within, or its docstring says that it runs inside the transaction"
        )


@pytest.mark.parametrize("name", sorted({*NO_ACTIONS, *SILENT, *WITHOUT_BY, *WITHOUT_AT}))
def test_every_exception_still_exists(name: str) -> None:
    domain, file, function = name.split(".")
    assert hasattr(importlib.import_module(f"samkraft.{domain}.actions.{file}"), function)


def test_no_action_calls_another_action_that_opens_a_transaction_of_its_own() -> None:
    """The database would refuse it at run time; here it is found before."""
    opening = {name.split(".", 1)[1]: name for name, _, _ in ACTIONS}
    wrong = [
        f"{name} → {call}"
        for name, node, _ in ACTIONS
        for call in _called(node)
        if call in opening and "transactions" not in call
    ]
    assert wrong == []


def test_every_trace_is_dated_by_the_moment_that_its_action_was_given() -> None:
    """The database refuses a trace whose time is not now: so an action cannot be dated otherwise in silence."""
    undated = [
        f"{house.short(path)}:{call.lineno}"
        for domain in house.DOMAINS
        for path in house.python_files(house.PRODUCT / domain / "actions")
        for call in ast.walk(house.parsed(path))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) == "trail.record"
        and "at" not in {keyword.arg for keyword in call.keywords}
    ]
    assert undated == []
