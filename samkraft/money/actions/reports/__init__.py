"""Committees' reports of what they did with the money."""
