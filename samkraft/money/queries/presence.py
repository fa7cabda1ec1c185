"""Whether there is anything yet: asked before the demo world is loaded."""

from samkraft.money.models import Fund


def any_funds() -> bool:
    """True when at least one fund exists."""
    return Fund.objects.exists()
