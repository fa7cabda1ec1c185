"""Funds with their keys, and the requests for money."""
