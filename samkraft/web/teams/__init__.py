"""Pages about how an initiative meets its participants: teams, intakes, phases, authorities and rules."""
