"""Verbs of decision points, kinds of support, outcomes of decisions: the words that decide what is posted."""

from enum import StrEnum

from samkraft.values.wording import phrase


class Verb(StrEnum):
    """What a body does in a point. The value is the finite Swedish form, which is also what is shown."""

    APPROVES = "godkänner"
    ADOPTS = "antar"
    SETS = "fastställer"
    ALLOCATES = "tilldelar"
    APPROPRIATES = "anslår"
    SETS_ASIDE = "avsätter"
    TRANSFERS = "överför"
    REALLOCATES = "omfördelar"
    GRANTS = "beviljar"
    INSTRUCTS = "ger i uppdrag"
    URGES = "uppmanar"
    INCORPORATES = "inarbetar"
    DECIDES = "beslutar"
    FILES = "lägger till handlingarna"
    NOTES = "noterar"
    REJECTS = "avslår"
    DELEGATES = "delegerar"
    REVOKES = "återkallar"
    REPEALS = "upphäver"
    OTHER = "annat"


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
