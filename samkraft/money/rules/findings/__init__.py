"""Rules that find where sources say different things. Pure: values in, findings out; nothing is settled here.

Start with `facts` (what the rules read), then `outcome` (what they say) and `every.RULES` (all of them). Each rule says
what it compares and when it stays silent. Rounding is respected; a comparison that matters and comes out equal is
kept as agreeing.

How sources must be noted for the rules to meet them:

* What a body says that it was given: a figure with measure `tilldelat` (`ALLOCATED`), unit kronor, kind `stated`,
  organisation = the receiving committee, fund = the very fund (not its family), year; `rounded_to` in kronor
  (1 000 for "6 192 tkr", 100 000 for "4,1 miljoner", 0 for exact kronor). Compared with decided points.
* The same figure told twice: the same measure, organisation, fund (or none in both), year, unit and group. The measure
  is a slug that names what is counted and by whom it is meant, such as `deltagare-sommarlovsentreprenor`. Targets and
  budgets are compared with their own kind only; outcomes and stated figures with each other.
* Parts of a whole: the same measure, organisation, fund, year and document; the whole has an empty group, each part a
  group that begins with `del:` ("del: uppsökande arbete"). Use it only where the source itself gives them as all.
* A meeting in a document's name ("KSAU 230424"): the words stand in the document's title, its file name or, as an
  item in a list of supporting documents, in its text; the proposal has its planned meetings.
* What a committee reports as used: uses of stage `reported` with an amount each; when all of a body's uses of a fund and
  year have amounts, their sum is held against what was decided for it.
* A grant out of a board's own share has no appropriation and no paying point.
* A key's shares are read from the fund's key that holds on the first of January of the year.
"""

ALLOCATED = "tilldelat"
PART = "del:"
