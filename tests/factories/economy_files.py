"""A city with a decided year in its book, and a SIE file out of an economy system."""

from datetime import date

from samkraft.money.actions import decisions
from samkraft.money.rules.points import Outcome
from samkraft.money.rules.sie import writing
from samkraft.money.rules.sie.book import PROJECT, Book, Entry, Row
from tests.factories import money


def decided() -> money.City:
    city = money.city()
    city.budget(1_000)
    proposal = decisions.propose(
        by=city.by, case_number="KS-2024-1", title="Fördelning", decider_id=city.orgs["ks"],
        points=[city.gives("1", "asn", 600), city.gives("2", "gvn", 300)],
    )  # fmt: skip
    decisions.decide(
        by=city.by, case_number="KS-2024-1", body_id=city.orgs["ks"], date=date(2024, 3, 6),
        outcome=Outcome.AS_PROPOSED, proposal_id=proposal, paragraph="98",
    )  # fmt: skip
    return city


def outcome_file(*rows: tuple[str, int, str], number: str = "7") -> bytes:
    total = sum(amount for _account, amount, _code in rows)
    booked = [Row(account, amount, {PROJECT: code} if code else {}) for account, amount, code in rows]
    entry = Entry("L", number, date(2020, 2, 14), "Faktura", (*booked, Row("2440", -total)))
    return writing.write(
        Book(
            "AF", "", (date(2020, 1, 1), date(2020, 12, 31)), date(2020, 3, 1),
            {"4610": "Resor", "5010": "Löner", "7690": "Konsulter", "3910": "Avgifter", "2440": "Skulder", "6000": "Annat"},
            {PROJECT: "Projekt"}, {(PROJECT, "P1"): "Malmökraften", (PROJECT, "P2"): "Annat"}, (entry,),
        )
    )  # fmt: skip
