"""Many groups counted at once: how many there are in each, how many of them meet something, and the middle of their days."""
