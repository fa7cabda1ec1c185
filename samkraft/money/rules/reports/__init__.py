"""Committees' reports."""
