"""Where will we land? What is known of an initiative becomes a scenario of the simulation, is run onward, and is told.

`arranging` makes the scenario · `changes` are what somebody wants to try · `observing` makes events of the cohort's rows ·
`estimating` says what each assumption is and rests on · `landing` runs and sums up · `judging` holds old forecasts against
what happened.
"""
