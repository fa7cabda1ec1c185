"""Summer jobs, as the round's keepers, workplaces and the young people read them."""
