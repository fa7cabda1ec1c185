"""Small immutable things that all floors speak of: kronor, periods, identity numbers, who acts, reasons to refuse, words."""
