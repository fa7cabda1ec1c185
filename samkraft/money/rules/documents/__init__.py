"""From a file's bytes to the text in it."""
