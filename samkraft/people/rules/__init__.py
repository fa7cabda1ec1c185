"""What the case allows in the joint work with a person. Pure: no Django, no clock, no database."""
