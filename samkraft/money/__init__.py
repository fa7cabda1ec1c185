"""From earmarked fund to paid-out krona: decisions, the ledger, grants, reports, sources that differ. Knows no persons."""
