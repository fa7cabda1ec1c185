"""Pure numbers: will there be room, who gets which place, did it work, and what may be shown.

A library of its own: it knows no Django, no database and no clock, and works in a notebook or on another machine's
worker. Functions take arrays and give frozen dataclasses whose shapes and units are documented; randomness is an
argument; a method names the paper that it comes from. Heavy packages are imported where they are used.

`queues` simulates a pathway with limited places · `allotment` gives places to people, with a proven bound ·
`effects` estimates what an effort changed · `disclosure` decides what may leave · `tallies` counts many groups at once.
"""
