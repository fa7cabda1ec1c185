"""From a decision text as it was read to points ready to be registered."""
