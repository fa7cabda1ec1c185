"""What we learn: indicators, scorecards, forecasts, proposals for places, studies, composed documents.

The one floor that sees money and people, and people only as pseudonymous rows through the cohort door.
"""
