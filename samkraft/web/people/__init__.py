"""Pages for those who work with participants: the caseload, the person, what is handed over and who has looked."""
