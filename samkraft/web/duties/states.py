"""How a duty's state is shown and written in an address."""

from samkraft.initiatives.rules.duties import DutyState

SHAPES = {
    DutyState.DONE: "ok",
    DutyState.LATE: "overdue",
    DutyState.SOON: "needs",
    DutyState.LATER: "closed",
    DutyState.WITHDRAWN: "closed",
}
# Those that are withdrawn are on no list, so no address chooses them.
SLUGS = {DutyState.LATE: "forsenad", DutyState.SOON: "snart", DutyState.LATER: "senare", DutyState.DONE: "klar"}
BY_SLUG = {slug: state for state, slug in SLUGS.items()}
