"""The trail: what was done, in words, and its seals."""
