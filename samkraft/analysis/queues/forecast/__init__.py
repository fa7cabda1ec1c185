"""Forecast from data: what is known on a day, what it says about the parameters, and what may come of it.

`observed` keeps what happened and when it became known · `state` is who waits and who is where on a day, as known then ·
`learning` updates the scenario's parameters · `prediction` simulates onward · `scores` judges · `stored` keeps forecasts
unaltered · `calibration` tries the whole on worlds whose truth is known.
"""
