"""Sources that differ: what is compared, what was found, and what rests on it."""
