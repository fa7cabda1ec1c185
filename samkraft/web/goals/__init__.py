"""Goals and initiatives, and what other parts of the product know about each."""
