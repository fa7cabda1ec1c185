"""Verbs of decision points, kinds of support, outcomes of decisions: the words that decide what is posted."""

from enum import StrEnum

from samkraft.values.wording import phrase


class Verb(StrEnum):
    """What a body does in a point. The value is the finite Swedish form, which is also what is shown."""

    APPROVES = phrase("godkänner")
    ADOPTS = phrase("antar")
    SETS = phrase("fastställer")
    ALLOCATES = phrase("tilldelar")
    APPROPRIATES = phrase("anslår")
    SETS_ASIDE = phrase("avsätter")
    TRANSFERS = phrase("överför")
    REALLOCATES = phrase("omfördelar")
    GRANTS = phrase("beviljar")
    INSTRUCTS = phrase("ger i uppdrag")
    URGES = phrase("uppmanar")
    INCORPORATES = phrase("inarbetar")
    DECIDES = phrase("beslutar")
    FILES = phrase("lägger till handlingarna")
    NOTES = phrase("noterar")
    REJECTS = phrase("avslår")
    DELEGATES = phrase("delegerar")
    REVOKES = phrase("återkallar")
    REPEALS = phrase("upphäver")
    OTHER = phrase("annat")


GIVES_MONEY = frozenset(
    {Verb.ALLOCATES, Verb.APPROPRIATES, Verb.SETS_ASIDE, Verb.TRANSFERS, Verb.REALLOCATES, Verb.GRANTS}
)
GIVES_DUTY = frozenset({Verb.INSTRUCTS, Verb.URGES, Verb.DECIDES})


class Support(StrEnum):
    """What kind of money a receiver gets: they follow different rules and are never mixed in a sum without saying so."""

    FRAME = "frame"
    GRANT = "grant"
    PROCUREMENT = "procurement"
    CONTRACT = "contract"
    CALL_OFF = "call_off"
    COMPENSATION = "compensation"
    UNKNOWN = "unknown"


SUPPORT_LABELS = {
    Support.FRAME: phrase("kommunbidrag"),
    Support.GRANT: phrase("bidrag"),
    Support.PROCUREMENT: phrase("upphandlad tjänst"),
    Support.CONTRACT: phrase("avtalsbundet stöd"),
    Support.CALL_OFF: phrase("avrop"),
    Support.COMPENSATION: phrase("ersättning per handledd ungdom"),
    Support.UNKNOWN: phrase("oklart: bidrag eller upphandling"),
}


class Outcome(StrEnum):
    """What a body did with a proposal."""

    AS_PROPOSED = "as_proposed"
    CHANGED = "changed"
    REMITTED = "remitted"
    TABLED = "tabled"
    REJECTED = "rejected"


OUTCOME_LABELS = {
    Outcome.AS_PROPOSED: phrase("beslutat enligt förslaget"),
    Outcome.CHANGED: phrase("beslutat med ändringar"),
    Outcome.REMITTED: phrase("återremitterat"),
    Outcome.TABLED: phrase("bordlagt"),
    Outcome.REJECTED: phrase("avslaget"),
}

POSTS = frozenset({Outcome.AS_PROPOSED, Outcome.CHANGED})
