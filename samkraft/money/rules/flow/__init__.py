"""Follow the krona: which way each krona went, and how that is drawn."""
