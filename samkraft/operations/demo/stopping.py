"""Hears that somebody wants the demo to stop: Ctrl-C, a kill, or a terminal that was closed."""

import signal
from dataclasses import dataclass

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StoppedError(Exception):
    """Somebody asked us to stop while we were starting."""


@dataclass(slots=True)
class Stopping:
    """Whether somebody has asked us to stop."""

    asked: bool = False

    def listen(self) -> None:
        """From now on the signals only leave a note here: whoever waits looks at it, and nothing is cut in half."""
        for number in ENDS:
            signal.signal(number, self._note)

    def is_asked(self) -> bool:
        return self.asked

    def check(self) -> None:
        """Raise StoppedError if somebody has asked."""
        if self.asked:
            raise StoppedError

    def _note(self, _number: int, _frame: object) -> None:
        self.asked = True
