"""The state machine: every from × to × role is tried against what is written out here by hand."""

from itertools import product

import pytest

from samkraft.partners.rules.roles import Role
from samkraft.people.rules import states
from samkraft.people.rules.states import NEW, Kind

CORE = {Role.EMPLOYMENT_OFFICER, Role.SOCIAL_SECRETARY, Role.LABOUR_MARKET_SECRETARY}
CALLED_IN = {Role.INSURANCE_OFFICER, Role.CARE_COORDINATOR, Role.STUDY_COUNSELLOR}
TEAM = CORE | CALLED_IN
REFERRING = CORE | {Role.INSURANCE_OFFICER, Role.CARE_COORDINATOR}
FOLLOWING_UP = CORE | {Role.INSURANCE_OFFICER}

# kind → "before>after" → who. A star after it means that a reason must be given. Nothing else may happen.
EXPECTED: dict[Kind, dict[str, set[Role]]] = {
    Kind.ENROLMENT: {
        ">referred": REFERRING, "referred>enrolled": CORE, "enrolled>paused*": CORE, "paused>enrolled": CORE,
        "referred>referral_ended*": REFERRING, "referral_ended>referred": REFERRING,
        "enrolled>exited*": CORE, "paused>exited*": CORE, "exited>enrolled*": CORE,
    },
    Kind.STEP: {
        ">planned": TEAM, ">waiting": TEAM, ">ongoing": TEAM,
        "planned>waiting": TEAM, "planned>ongoing": TEAM, "planned>done*": TEAM, "planned>dropped*": TEAM,
        "waiting>planned": TEAM, "waiting>ongoing": TEAM, "waiting>done*": TEAM, "waiting>dropped*": TEAM,
        "ongoing>waiting": TEAM, "ongoing>planned": TEAM, "ongoing>done*": TEAM, "ongoing>dropped*": TEAM,
        "done>ongoing*": TEAM, "dropped>planned*": TEAM,
    },
    Kind.MEETING: {">booked": TEAM, "booked>held": TEAM, "booked>cancelled": TEAM},
    Kind.PROLONGATION: {">asked*": CORE, "asked>granted": CORE, "asked>refused*": CORE},
    Kind.HANDOVER: {">asked*": TEAM, "asked>accepted": TEAM, "asked>refused": TEAM},
    Kind.FOLLOW_UP: {
        ">due": CORE, "due>done": FOLLOWING_UP, "due>not_reached": FOLLOWING_UP, "not_reached>done": FOLLOWING_UP,
    },
    Kind.MESSAGE: {">open": TEAM, "open>answered": TEAM},
    Kind.STUDY_PLAN: {
        f"{move}": {Role.STUDY_COUNSELLOR}
        for move in (">proposed", ">agreed", "proposed>agreed", "proposed>ended*", "agreed>ended*")
    },
    Kind.OWN_SYSTEM_NOTE: {">written": TEAM, "written>entered": TEAM},
}  # fmt: skip
OWN_PART = {
    Kind.STEP: {key.rstrip("*") for key in EXPECTED[Kind.STEP]},
    Kind.MEETING: {"booked>held", "booked>cancelled"},
    Kind.OWN_SYSTEM_NOTE: {"written>entered"},
    Kind.STUDY_PLAN: {"proposed>agreed", "proposed>ended", "agreed>ended"},
}
ANOTHER = {Kind.PROLONGATION: {"asked>granted", "asked>refused"}}
RECEIVER = {Kind.HANDOVER: {"asked>accepted", "asked>refused"}}


def all_states(kind: Kind) -> list[str]:
    return [NEW, *(state for one, state in states.STATE_NAMES if one is kind)]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("role", list(Role))
def test_every_move_is_allowed_or_refused_as_written_here(kind: Kind, role: Role) -> None:
    allowed = {key.rstrip("*"): (key.endswith("*"), who) for key, who in EXPECTED[kind].items()}
    for before, after in product(all_states(kind), repeat=2):
        key = f"{before}>{after}"
        answer = states.why_not(kind, before, after, role=role.value, reason="Därför.")
        if before == after:
            assert answer is (states.NO_SUCH_MOVE if before == NEW else None)
        elif key not in allowed:
            assert answer is states.NO_SUCH_MOVE, key
        else:
            needs_reason, who = allowed[key]
            assert answer is (None if role in who else states.NOT_FOR_ROLE), key
            without = states.why_not(kind, before, after, role=role.value, reason=" ")
            assert without is (
                states.NOT_FOR_ROLE if role not in who else states.NO_REASON if needs_reason else None
            ), key


@pytest.mark.parametrize("kind", list(Kind))
def test_each_move_asks_what_it_must_beside_the_role(kind: Kind) -> None:
    for key in (key.rstrip("*") for key in EXPECTED[kind]):
        before, _, after = key.partition(">")

        def refused(before: str = before, after: str = after, **said: bool) -> object:
            role = Role.STUDY_COUNSELLOR if kind is Kind.STUDY_PLAN else Role.SOCIAL_SECRETARY
            return states.why_not(kind, before, after, role=role.value, reason="x", **said)

        assert (refused(is_own_part=False) is states.NOT_YOUR_PART) == (key in OWN_PART.get(kind, set())), key
        assert (refused(is_another=False) is states.SAME_PERSON) == (key in ANOTHER.get(kind, set())), key
        assert (refused(is_receiver=False) is states.NOT_RECEIVER) == (key in RECEIVER.get(kind, set())), key


def test_what_stays_in_its_state_is_changed_only_by_who_wrote_it() -> None:
    role = Role.STUDY_COUNSELLOR.value
    assert states.why_not(Kind.STEP, "ongoing", "ongoing", role=role) is None
    assert states.why_not(Kind.STEP, "ongoing", "ongoing", role=role, is_own_part=False) is states.NOT_YOUR_PART


def test_every_state_can_be_reached_and_has_a_name() -> None:
    for kind in Kind:
        reached, more = {NEW}, True
        while more:
            found = {one.after for one in states.MOVES if one.kind is kind and one.before in reached}
            more = not found <= reached
            reached |= found
        assert reached == set(all_states(kind)), kind


def test_the_buttons_of_a_page_are_the_moves_that_the_role_may_make() -> None:
    words = [one.words for one in states.from_here(Kind.STEP, "ongoing", Role.CARE_COORDINATOR.value)]
    assert words == ["Väntar på någon", "Hade inte börjat", "Klart", "Utgår"]
    assert states.from_here(Kind.STEP, "ongoing", Role.STEERING_GROUP.value) == []


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        (Kind.STEP, {}, "planned"),
        (Kind.STEP, {"state": "done"}, "done"),
        (Kind.MEETING, {"state": "held"}, "held"),
        (Kind.MESSAGE, {}, "open"),
        (Kind.MESSAGE, {"answered_by": "x"}, "answered"),
        (Kind.OWN_SYSTEM_NOTE, {}, "written"),
        (Kind.OWN_SYSTEM_NOTE, {"entered_at": "2026-01-01"}, "entered"),
    ],
)
def test_the_state_stands_in_the_content(kind: Kind, content: dict[str, str], expected: str) -> None:
    assert states.state_of(kind, content) == expected
