"""Drawings that pages share. Made on the server, readable without script."""
