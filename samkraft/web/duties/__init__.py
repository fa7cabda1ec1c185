"""The year wheel: what must be done when, by whom, and what is late."""
