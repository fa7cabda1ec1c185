"""Who may know what, written down to be read by a person. The proofs compare the rules in Python and the database with it.

A reader knows a thing when all four say yes: the thing is HELD in the reader's own area, the reader is ON_THE_CASE, the
READER's role meets the category, and the person is not protected from the reader. Nothing else is asked.

Each cell is asked in five ways: read, list, search, export and count; by the product's own queries and in raw SQL.
"""

# s: each new version goes by itself while a consent stands. p: one at a time, by an officer. n: never.
RELEASE = """
enrolment contact plan work education referral income_source benefit_case health care_plan social_situation own_notes
s         s       s    s    s         p        p             p            p      p         p                n
"""
# R reads, W reads and writes, - does not know that it exists.
ROLES = """
                        enrolment contact plan work education referral income_source benefit_case health care_plan social_situation own_notes
employment_officer      W         W       W    W    W         W        W             W            W      -         R                W
social_secretary        W         W       W    W    W         W        W             W            W      W         W                W
labour_market_secretary W         W       W    W    W         W        W             W            R      -         -                W
insurance_officer       W         W       W    W    W         W        W             W            W      -         -                W
care_coordinator        W         W       W    W    W         W        -             -            W      W         W                W
study_counsellor        W         W       W    W    W         -        -             -            -      -         -                W
project_administrator   W         R       -    -    -         -        -             -            -      -         -                -
main_project_leader     -         -       -    -    -         -        -             -            -      -         -                -
data_protection_officer -         -       -    -    -         -        -             -            -      -         -                -
duplicate_steward       -         -       -    -    -         -        -             -            -      -         -                -
place_coordinator       -         -       -    -    -         -        -             -            -      -         -                -
provider                -         -       -    -    -         -        -             -            -      -         -                -
employer                -         -       -    -    -         -        -             -            -      -         -                -
"""  # noqa: E501 - a table reads best as a table

# How a reader may stand to a person's case → on it or not, and whether for good (an emergency opens nothing for others).
ON_THE_CASE = {
    "through the team": (True, True),
    "appointed": (True, True),
    "not at all": (False, False),
    "no longer": (False, False),
    "not yet": (False, False),
    "recused, though in the team": (False, False),
    "recused, though appointed": (False, False),
    "by break-glass": (True, False),
    "by break-glass that has run out": (False, False),
    "another area's team": (False, False),
}
# The reader's own standing beside the role → whether anything at all is seen.
READERS = {
    "at work": True,
    "membership has ended": False,
    "account is closed": False,
    "called in to the team, not in its core": False,  # but when appointed: see CALLED_IN
    "works in another area": False,
}
CALLED_IN = {"appointed", "by break-glass"}

PROTECTION = {
    "none": True,
    "on the list": True,
    "not on the list": False,
    "was struck from the list": False,
    "was lifted": True,
}

# What another area wrote in two versions, and what a consent to the reader's area (once given, for everything that can be
# released; the first version of each was handed over while it stood) leaves in the reader's area: which versions of a
# thing in a standing category, and of one that goes item by item. Counted there, so that nothing tells of what did not come.
CONSENT = {
    "never given": ((), ()),
    "stands": ((1, 2), (1,)),
    "has lapsed": ((1,), (1,)),
    "was taken back": ((1,), (1,)),
    "for another category": ((), ()),
    "for another area": ((), ()),
    "given after both were written": ((1,), ()),
}
# Whether the second version of a thing that goes item by item could be handed over now, by someone there for good.
MAY_HAND_OVER = {"stands", "given after both were written"}

# Who may know what of a place that somebody has. rows: the entry, the hold and all that happened, in raw SQL. queue: the
# line by code. roll: the list of a session by code. numbers: how many places and how many wait. deciding: what waits for
# one's decision. name: the person's name in any of it, before it was told to anybody (-) and after it was told (T).
PLACES = """
                         rows queue roll numbers deciding name
officer_on_the_case      R    -     -    R       R        -
colleague_not_on_it      -    -     -    R       -        -
another_area_on_the_case -    -     -    R       -        -
coordinator_of_it        -    R     -    R       -        T
coordinator_of_another   -    -     -    R       -        -
provider_of_it           -    -     R    R       -        T
provider_of_another      -    -     -    R       -        -
employer                 -    -     -    R       -        -
main_project_leader      -    -     -    R       -        -
data_protection_officer  -    -     -    R       -        -
nobody                   -    -     -    -       -        -
"""

# Who may know what of a proposal of places. rows: what is proposed for a person, in raw SQL. told: the proposal's rows, by code.
# figures: what the proposal is worth. files: those who wait as numbers, with days and sex, and the plan that is proven.
PROPOSALS = """
                         rows told figures files
officer_on_the_case      R    -    -       -
colleague_not_on_it      -    -    -       -
another_area_on_the_case -    -    -       -
coordinator_of_it        -    R    R       -
coordinator_of_another   -    -    -       -
provider                 -    -    -       -
evaluator                -    -    R       R
steering_group           -    -    -       -
main_project_leader      -    -    -       -
data_protection_officer  -    -    -       -
nobody                   -    -    -       -
"""

# Who may know what of somebody who is invited to meet an employer and, by a link, to choose a time for a first meeting.
# meeting, first: the invitations and what came of them, in raw SQL. listed: by the product's own lists. times: when the area
# has time. numbers: how many are invited. candidates: the employer's list by code. name: the person's name in any of it.
# R always, O only while the person is not protected (on the list is whoever protected, alone), F a first name only. Who does
# not meet plans has no name in these lists: names stand in the caseload.
INVITATIONS = """
                          meeting first listed times numbers candidates name
officer_who_invited       R       R     R      R     R       -          R
colleague_on_the_case     O       O     O      R     R       -          O
administrator_on_the_case -       O     O      R     R       -          -
colleague_not_on_it       -       -     -      R     R       -          -
another_area_on_the_case  -       -     -      -     R       -          -
employer_of_the_meeting   -       -     -      -     R       R          O
another_employer          -       -     -      -     R       -          -
provider                  -       -     -      -     R       -          -
place_coordinator         -       -     -      R     R       -          -
main_project_leader       -       -     -      R     R       -          -
data_protection_officer   -       -     -      -     R       -          -
who_holds_the_link        -       -     -      -     -       -          F
a_stranger                -       -     -      -     -       -          -
nobody                    -       -     -      -     -       -          -
"""

# Who reaches what of a young person who applies to Ung i sommar, in raw SQL. self: the application and what happened.
# adults: guardians and their answers. work: the place, its hours and their attest. card: what the workplace is told.
# round: who holds it and the wages paid. lot: what is published. R always, O only while the young person is not protected.
SUMMER = """
                         self adults work card round lot
who_holds_the_round      R    R      R    R    R     R
colleague_who_holds_it   O    O      O    O    R     R
colleague_who_does_not   -    -      -    -    -     R
holder_of_another_round  -    -      -    -    -     R
supervisor               -    -      O    O    -     R
another_supervisor       -    -      -    -    -     R
employment_officer       -    -      -    -    -     R
provider                 -    -      -    -    -     R
main_project_leader      -    -      -    -    -     R
data_protection_officer  -    -      -    -    -     R
the_young_person         R    R      R    R    -     R
another_young_person     -    -      -    -    -     R
the_guardian             R    R      R    -    -     R
a_stranger               -    -      -    -    -     R
nobody                   -    -      -    -    -     -
"""


def table(text: str) -> dict[str, dict[str, str]]:
    """Row name → column name → cell."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    return {line[0]: dict(zip(head, line[1:], strict=True)) for line in lines}


def releases() -> dict[str, str]:
    """Category → s, p or n."""
    names, marks = [line.split() for line in RELEASE.strip().splitlines()]
    return dict(zip(names, marks, strict=True))
