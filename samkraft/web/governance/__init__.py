"""Pages about how an initiative is steered: risks, meetings and what they decide, plan, handbook and staff."""
