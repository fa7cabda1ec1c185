"""Take in a decision text, answer what it leaves open, and register it."""
