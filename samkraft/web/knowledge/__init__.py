"""Pages about where we stand: figures that the disclosure door lets through, and what they rest on."""
