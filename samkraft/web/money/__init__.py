"""Money from the council's budget to what it was used for: start in `home`; ledger and matters beside, the rest in rooms."""
