"""Lediga jobb: our copy of what Arbetsförmedlingen publishes."""
