"""Follow the krona: from the council's budget to what it is used for."""
