"""Sources that differ."""
