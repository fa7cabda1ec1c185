"""Every krona is counted once: transfers and grants, totals and parts, refusals and history."""

import pytest

from samkraft.money.rules import decision_text

# A decision's points, and what it hands out in kronor.
COUNTED = (
    ("1. Kommunstyrelsen överför 500 000 kronor från finansiering till kommunstyrelsen för 2024.\n"
     "2. Kommunstyrelsen beviljar Alby IK 500 000 kronor för 2024.", 500_000),
    ("1. Kommunstyrelsen överför 900 000 kronor från finansiering till kommunstyrelsen för 2024.\n"
     "2. Kommunstyrelsen beviljar Alby IK 500 000 kronor för 2024 ur överförda medel.", 900_000),
    ("1. Kommunstyrelsen överför 500 000 kronor från socialnämnden till kulturnämnden för 2024.\n"
     "2. Kommunstyrelsen beviljar Alby IK 500 000 kronor för 2024.", 1_000_000),
    ("1. Kommunstyrelsen beviljar Alby IK 500 000 kronor för 2024.\n"
     "2. Finansiering sker genom att 500 000 kronor tas ur oförutsedda medel.", 500_000),
    ("1. Kommunstyrelsen beviljar Alby IK 500 000 kronor för 2024, varav 100 000 kronor för lokaler.", 500_000),
    ("1. Kommunstyrelsen beviljar Alby IK 500 000 kronor av sökta 800 000 kronor för 2024.", 500_000),
    ("1. Kommunstyrelsen beviljar Alby IK 500 000 kronor för 2024 i stället för sökta 800 000 kronor.", 500_000),
    ("1. Kommunstyrelsen avslår ansökan från Alby IK om 500 000 kronor.", 0),
    ("1. Kommunstyrelsen noterar att Alby IK beviljades 500 000 kronor 2022.", 0),
    ("1. Kommunstyrelsen minskar socialnämndens ram med 500 000 kronor för 2024.", 0),
    ("1. Kommunstyrelsen återremitterar ansökan om 500 000 kronor.", 0),
    ("1. Kommunstyrelsen beviljar Alby IK 100 000 kronor och Hallen BK 50 000 kronor, totalt 150 000 kronor, för 2024.", 150_000),
    ("1. Kommunstyrelsen fördelar 150 000 kronor för 2024 enligt följande:\n"
     "- Alby IK 100 000 kr\n- Hallen BK 50 000 kr", 150_000),
    ("1. Kommunstyrelsen beviljar Alby IK 100 000 kronor per år 2024–2026.", 100_000),
    ("1. Kommunstyrelsen beviljar Alby IK och Hallen BK 100 000 kronor vardera för 2024.", 200_000),
    ("1. Alby IK och Hallen BK beviljas 100 000 kronor respektive 50 000 kronor för 2024.", 150_000),
    ("1. Kommunstyrelsen beviljar inte Alby IK 100 000 kronor.", 0),
)  # fmt: skip


@pytest.mark.parametrize(("points", "kronor"), COUNTED)
def test_money_is_counted_once(points: str, kronor: int) -> None:
    [reading] = decision_text.read(
        f"Kommunstyrelsens beslut\n{points}\n\nSammanfattning\nFörra året gavs 70 000 kronor.\n"
    )
    assert reading.total_ore == kronor * 100
    assert reading.not_understood == ()


def test_a_yearly_amount_is_told_on_each_of_its_years() -> None:
    [reading] = decision_text.read("Beslut\nKommunstyrelsen beviljar Alby IK 100 000 kronor årligen 2024 - 2026.\n")
    assert reading.total_by_year_ore == {2024: 10_000_000, 2025: 10_000_000, 2026: 10_000_000}


def test_an_amount_in_all_over_several_years_falls_on_no_single_year() -> None:
    [reading] = decision_text.read(
        "Beslut\nKommunstyrelsen beviljar Alby IK totalt 300 000 kronor fördelat på åren 2024–2026.\n"
    )
    assert reading.total_ore == 30_000_000
    assert reading.total_by_year_ore == {}


def test_a_transfer_names_the_points_that_it_pays_for() -> None:
    [reading] = decision_text.read("Beslut\n" + COUNTED[0][0])
    assert [point.funds for point in reading.points] == [("2",), ()]


def test_what_somebody_is_told_to_do_is_no_point_of_its_own() -> None:
    [reading] = decision_text.read(
        "Beslut\nKommunstyrelsen beslutar att uppdra åt kultur- och fritidsnämnden, att bevilja bidrag och att fördela "
        "medlen efter behov, samt att bevilja Alby IK 50 000 kronor för 2024.\n"
    )
    assert reading.points[0].verb == "ger i uppdrag"
    assert reading.points[-1].items[0].receiver == "Alby IK"
    assert reading.total_ore == 5_000_000
