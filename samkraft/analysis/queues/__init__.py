"""Will there be room? A pathway with teams, phases and limited places, simulated many times.

Description → run → records → summary. `pathway` describes, `scenario_file` reads a description, `network` lays it out as
arrays, `kernel` runs them, `simulation` runs many, `summary` says what came out. `theory` has what is known in advance.
"""
