"""Follow the krona: the year as a picture, a table, and a page for each of its nodes."""
