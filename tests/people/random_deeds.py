"""A deed whose answer is foretold, done and counted: what the random call lists and summer rounds share."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.people import world
from tests.people.random_lists import Differs


class Deeds:
    """What has been told so far, and in `happened` how often each deed was done and refused in all worlds of the run."""

    def __init__(self, happened: Counter[tuple[str, bool]]) -> None:
        self.happened = happened
        self.told: list[str] = []

    def do(self, what: str, foretold: str, act: Callable[..., Any], **said: Any) -> bool:
        """Do it; whether it was done. The first word of `what` is the deed, `foretold` the code of the refusal or nothing."""
        answer = world.refusal(act, **said)
        self.told.append(f"{what} → {answer or 'gjort'}")
        self.happened[what.split()[0], not answer] += 1
        if answer != foretold:
            raise Differs(f"{what}: {answer or 'gjort'} i stället för {foretold or 'gjort'} efter {self.told}")
        return not answer
