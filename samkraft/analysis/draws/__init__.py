"""A fair draw: a list and a rule that are published before anybody can know the seed. `fair` makes and checks it."""
