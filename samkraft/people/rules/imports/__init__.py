"""Tables that other systems have written: read without running anything in them, and told row by row what is wrong."""
