"""A month's hours, progression and files."""
