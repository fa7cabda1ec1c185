"""The caseload board: what is chosen, its rows and words, deeds for several, views that are kept, the file."""
