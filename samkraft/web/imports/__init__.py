"""Files from other systems: tried on one page, read in from the next, and kept nowhere between the two."""
