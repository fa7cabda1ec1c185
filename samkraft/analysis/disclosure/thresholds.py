"""The limits, in one place. Lower one of them, and more about people can be worked out from what is published."""

SMALLEST_COUNT = 5  # people: fewer in a cell are not shown
NARROWEST = 5.0  # people: nobody may be able to place a hidden count within fewer than this
SMALLEST_FOR_MEAN = 10  # people behind a mean or a median
EVENTS_IN_BIN = 5  # events in each step of a curve
DOMINANCE_PERCENT = 10.0  # of the largest: how near the second largest may come to it by subtraction
FEWEST_PAYERS = 3  # contributors behind an amount
MOST_ATOMS = 200_000  # combinations that the audit can hold; beyond it the release must be split
