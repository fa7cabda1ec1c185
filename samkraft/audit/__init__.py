"""What was done and read, by whom, as what and why. Only added to, sealed, proved whole."""
