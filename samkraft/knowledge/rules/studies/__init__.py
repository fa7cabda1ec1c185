"""Studies that are registered before they begin: what is promised, the lot, what was found and what may be said of it."""
