"""Figures and efforts with their sources."""
