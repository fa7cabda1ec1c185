"""Committees' reports: a year, one report, its answers, efforts and figures; and documents made of them."""
