"""What the offer itself allows: pure, no clock and no database."""
