"""Sources that differ and that no rule can find: entered by a person, and said to be. The rules find the rest."""

from samkraft.operations.world.stage import Stage


def load(stage: Stage) -> None:
    """Run the rules over what is registered, then enter what only a reader sees."""
