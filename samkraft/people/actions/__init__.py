"""What can be done in the joint work with a person."""
