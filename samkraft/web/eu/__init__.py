"""Projects that the EU pays part of: budget, hours, outcome, claims."""
