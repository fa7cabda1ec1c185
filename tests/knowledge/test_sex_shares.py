"""Who gets what: shares of women with intervals, and nothing where a number is hidden."""

from datetime import date
from uuid import NAMESPACE_URL, uuid5

from samkraft.knowledge.rules import sex_shares
from samkraft.knowledge.rules.figures import Figure
from samkraft.knowledge.rules.indicators import BY_CODE
from samkraft.knowledge.rules.weighing import dimensions

DAY, BEFORE = date(2026, 10, 31), date(2026, 9, 30)


def _told(**by_sex: tuple[int | None, int | None]) -> dict[str, dict[str, Figure]]:
    return {code: {"woman": Figure(n=women), "man": Figure(n=men)} for code, (women, men) in by_sex.items()}


def test_shares_are_held_against_all_participants_and_what_is_hidden_has_none() -> None:
    told = _told(
        participants=(100, 100), workplace=(20, 80), in_matching=(30, 33), in_education=(None, 12), guided=(0, 0)
    )
    found = {one.code: one for one in sex_shares.of([(DAY, told)])}
    everybody = found["participants"].share
    assert everybody == 0.5
    assert (found["workplace"].share, found["workplace"].of_women, found["workplace"].of_men) == (0.2, 0.2, 0.8)
    assert found["workplace"].differs(everybody)
    assert not found["in_matching"].differs(everybody)
    assert (found["in_education"].share, found["in_education"].low, found["in_education"].of_women) == (
        None,
        None,
        None,
    )
    assert found["in_education"].of_men == 0.12
    assert found["guided"].share is None
    assert not found["guided"].differs(everybody)
    assert "in_programme" not in found  # the snapshot does not tell of it


def test_what_is_hidden_now_stands_as_it_was_told_last() -> None:
    told = [
        (DAY, _told(participants=(50, 50), workplace=(None, 9))),
        (BEFORE, _told(participants=(40, 60), workplace=(8, 12))),
    ]
    everybody, workplace = sex_shares.of(told)
    assert (everybody.day, everybody.share) == (DAY, 0.5)
    assert (workplace.day, workplace.share, workplace.of_women, workplace.of_men) == (BEFORE, 0.4, 0.2, 0.2)


def test_every_activity_is_told_by_sex_and_by_month() -> None:
    for code in sex_shares.ACTIVITIES:
        assert {"sex", "month"} <= set(dimensions(BY_CODE[code]))


def test_each_named_activity_tells_who_stood_in_line_and_who_began_and_nothing_of_those_that_are_kept_back() -> None:
    kitchen, care, few = (uuid5(NAMESPACE_URL, name) for name in ("kök", "vård", "få"))
    told = {
        (kitchen, sex_shares.JOINED, "woman"): 60, (kitchen, sex_shares.JOINED, "man"): 20,
        (kitchen, sex_shares.BEGUN, "woman"): 9, (care, sex_shares.JOINED, "man"): 12,
    }  # fmt: skip
    found = sex_shares.by_name(told, {kitchen: "Kök", care: "Vård", few: "Få"}, date(2026, 3, 1))
    assert [name for name, _joined, _begun in found] == ["Kök", "Vård"]
    (_name, joined, begun), (_other, hidden, _none) = found
    assert (joined.share, joined.differs(0.5), joined.differs(0.75)) == (0.75, True, False)
    assert begun.share is None  # the men who began are too few
    assert (hidden.women, hidden.men, hidden.share) == (None, 12, None)
