"""Open data: files that anybody may use, and the catalogue that data portals read."""
