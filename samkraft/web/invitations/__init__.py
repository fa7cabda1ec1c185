"""Inviting somebody to a first meeting at a time of their own choice."""
