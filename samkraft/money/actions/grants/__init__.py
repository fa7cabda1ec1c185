"""Grants to organisations: applied for, assessed, agreed, paid out, reported and controlled."""
