"""Where an initiative lands: the forecast, what colleagues try, what it counts on and how well it has held."""
