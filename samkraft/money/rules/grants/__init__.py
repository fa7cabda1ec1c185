"""Grants to organisations."""
