"""Summer jobs."""
