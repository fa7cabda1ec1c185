"""Organisations, people and roles."""
