"""Sources that differ: the list, one pair, and one that a person writes down."""
