"""A month that is reported and closed, and the files that others want of it."""
