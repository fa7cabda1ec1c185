"""Two who edit the same thing at once: nothing is lost, and only what contradicts has to be chosen."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from samkraft.people.rules import contents, merging
from samkraft.people.rules.merging import Side
from tests.rules.people.cases import SOCIAL

STEP = {"title": "Praktik", "step_kind": "workplace", "body_area_id": str(SOCIAL), "responsible": "Karin"}


def test_fields_that_only_one_changed_are_taken_and_fields_that_both_changed_are_chosen() -> None:
    theirs = {**STEP, "responsible": "Omar", "from_date": "2026-04-01", "due_date": "2026-05-01"}
    mine = {**STEP, "title": "Praktik i kök", "responsible": "Eva", "due_date": "2026-05-01"}
    merge = merging.merge("step", STEP, theirs, mine)
    sides = {field.key: field.side for field in merge.differing}
    assert sides == {
        "title": Side.MINE,
        "responsible": Side.BOTH,
        "from_date": Side.THEIRS,
        "due_date": Side.BOTH_ALIKE,
    }
    assert [(field.label, field.theirs, field.mine) for field in merge.to_choose] == [
        ("Ansvarig person eller roll", "Omar", "Eva")
    ]
    assert merge.merged({"responsible": "Omar", "shoe_size": 43}) == {
        **theirs,
        "title": "Praktik i kök",
        "responsible": "Omar",
    }


def test_what_one_took_away_stays_away() -> None:
    without = {key: value for key, value in STEP.items() if key != "responsible"}
    assert "responsible" not in merging.merge("step", STEP, without, STEP).merged({})
    assert "responsible" not in merging.merge("step", STEP, STEP, without).merged({})


texts = st.fixed_dictionaries(
    {"title": st.sampled_from(["a", "b", "c"])},
    optional={"responsible": st.sampled_from(["a", "b"]), "result": st.sampled_from(["a", "b"])},
)


@given(texts, texts, texts)
def test_nothing_that_anybody_wrote_is_lost(base: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]) -> None:
    forms = [{**STEP, **form} for form in (base, theirs, mine)]
    merge = merging.merge("step", *forms)
    shown = {field.key: (field.base, field.theirs, field.mine) for field in merge.differing}
    for key in {key for form in forms for key in form}:
        values = tuple(form.get(key) for form in forms)
        if len(set(values)) > 1 and not (values[0] == values[1] == values[2]):
            assert shown[key] == values
        if values[1] != values[0] and values[2] != values[0] and values[1] != values[2]:
            assert key in {field.key for field in merge.to_choose}
        elif values[1] != values[0]:
            assert merge.merged({}).get(key) == values[1]
    contents.read("step", merge.merged({}))


@given(texts, texts)
def test_who_changed_nothing_gets_what_stands_now(base: dict[str, Any], theirs: dict[str, Any]) -> None:
    base, theirs = {**STEP, **base}, {**STEP, **theirs}
    merge = merging.merge("step", base, theirs, base)
    assert merge.merged({}) == theirs
    assert merge.to_choose == ()
