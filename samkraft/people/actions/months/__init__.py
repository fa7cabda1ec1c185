"""A month that is reported and closed: hours, progression, signatures."""
