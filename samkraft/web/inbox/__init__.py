"""What waits for the reader. Start in `sources`: a part of the product is one module here."""
