"""Jobs that run beside the pages, from the queue in the same database. Names are explicit and short."""

from procrastinate import App


def register(app: App) -> None:
    """Called when the queue is ready. Tasks are added here by explicit name."""
