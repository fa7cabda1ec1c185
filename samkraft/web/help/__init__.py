"""Help in the product: a guide for each role, how to do things, accessibility."""
