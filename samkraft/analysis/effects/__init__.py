"""Did it work? Effects with their uncertainty, and what may be said of them.

Start in `study` (what a whole study answers) and `results` (what an estimate holds). One file for each method:
`comparisons` (means, regression, weighting, AIPW), `invitations` (invited but not all came), `waiting_lists` and
`draw_waves` (places given in random order), `staggered` (start at different times), `exits` (time to exit). Around them:
`balance`, `attrition`, `sensitivity`, `power`, `wording`. `worlds` makes data whose true effect is known.
"""
