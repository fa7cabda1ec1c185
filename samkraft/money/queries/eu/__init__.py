"""Projects that the EU pays part of."""
