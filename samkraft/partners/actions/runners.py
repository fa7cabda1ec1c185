"""Who does what is asked for beside the pages: one module for each kind of errand.

A runner is a module with `NAME` (what it is called), `NEEDS` (the permission) and `run(by, arguments, tell) -> Made`. When it
makes a file about people it has `still_holds(by, arguments, basis) -> bool`, asked when the file is fetched. It may have
`about(arguments) -> str`, what tells one from another. `run` opens transactions of its own, one for each part that it reads,
and calls `tell(done, total)` between them. It is asked as whoever asked for it, as that membership may see when it runs. The
list of kinds is `samkraft/operations/errands.py`.
"""

import importlib
from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast

from samkraft.partners.rules.errands import Made
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context

Tell = Callable[[int, int], None]


class Runner(Protocol):
    """What such a module has."""

    NAME: str
    NEEDS: Permission

    def run(self, by: Context, arguments: dict[str, Any], tell: Tell) -> Made:
        """Do it. Raises Refused with a reason that whoever asked can do something about."""


_modules: dict[str, str] = {}


def register(modules: Mapping[str, str]) -> None:
    """Say which module does each kind. By name, since a module may stand on any floor."""
    _modules.update(modules)


def of(kind: str) -> Runner:
    """The runner of a kind. Raises KeyError for a kind that nobody does: a fault in the program."""
    return cast(Runner, importlib.import_module(_modules[kind]))


def about(kind: str, arguments: dict[str, Any]) -> str:
    """What tells this one from others of its kind, in the reader's language; empty when the runner has no `about`."""
    said = getattr(of(kind), "about", None)
    return str(said(arguments)) if said else ""


def is_known(kind: str) -> bool:
    """Whether somebody does such errands: an old one may be of a kind that is no more."""
    return kind in _modules


def still_holds(by: Context, kind: str, arguments: dict[str, Any], basis: str) -> bool:
    """Whether what was made may still be handed out to whoever asked. What rests on nothing always may."""
    if not basis:
        return True
    asked = getattr(of(kind), "still_holds", None)
    return asked is not None and bool(asked(by, arguments, basis))
