"""Why an action refuses, for tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from samkraft.values.refusal import Refused


def of(act: Callable[..., Any], *arguments: Any, **named: Any) -> Refused:
    """The refusal of an action, whose words have every detail filled in."""
    with pytest.raises(Refused) as met:
        act(*arguments, **named)
    assert "{" not in str(met.value)
    return met.value


def code_of(act: Callable[..., Any], *arguments: Any, **named: Any) -> str:
    """The code of the reason with which an action refuses."""
    return of(act, *arguments, **named).reason.code


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What stands inside is refused with this reason, which can be said in words."""
    with pytest.raises(Refused) as met:
        yield
    assert met.value.reason.code == code
    assert str(met.value)
