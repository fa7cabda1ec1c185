"""How the product starts another Python of its own: one way, so that all start alike."""

import sys

SETTINGS = "samkraft.project.settings"


def django(*words: str) -> list[str]:
    """Return the command line of one of Django's commands."""
    return [sys.executable, "-m", "django", *words, "--settings", SETTINGS]


def samkraft(*words: str) -> list[str]:
    """Return the command line of one of our own."""
    return [sys.executable, "-m", "samkraft", *words]
