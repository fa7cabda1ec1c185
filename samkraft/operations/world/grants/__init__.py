"""The demo's grants. Amounts, targets and outcomes are those of the sources; applications, payments and draws are invented.

What is invented says so: in a note, a title or a text. Nothing is added to what the sources say was decided.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.money.actions.grants import agreements, grant_controls, grant_reports, grants, instalments, pots
from samkraft.money.actions.grants.grants import StateAid, Target
from samkraft.money.queries.grants import grant_reports as reports_asked
from samkraft.money.queries.grants import grant_sources, grants_given
from samkraft.money.queries.grants import pots as pots_asked
from samkraft.money.rules.figures import Unit
from samkraft.money.rules.grants.grant_kinds import Aid, ControlOutcome
from samkraft.money.rules.points import Support
from samkraft.operations.world.cast import acting, fund_officer, moment
from samkraft.operations.world.grants import grants_cast, grants_round
from samkraft.operations.world.grants.grants_cast import INVENTED, Cast
from samkraft.operations.world.staff import email_of
from samkraft.partners.rules.roles import Role
from samkraft.values import kronor
from samkraft.values.context import Context

WHAT = "bidragen"
PAYMENTS = "Utbetalningsplanen är påhittad i demon."
UNTOLD = "Utfallet för 2023 står inte i källorna."

REDI = (
    Target("Deltagare", Unit.PERSONS, Decimal(95), measure="participants"),
    Target("Certifikat", Unit.PERSONS, Decimal(90), measure="certificates"),
)
LEVEL = (
    ("dream-participants", "Drömma: deltagare i fasen eller på träffar", Unit.PERSONS, 250, 243, 300),
    ("start-developed", "Starta: utvecklade sitt företagande", Unit.PERSONS, 100, 105, 150),
    ("start-companies", "Starta: startade företag", Unit.COMPANIES, 35, 42, 60),
    ("grow-companies", "Växa: företag genom utveckling", Unit.COMPANIES, 30, 42, 50),
)
OFFICES = Target(
    "Entreprenörer som använder kontorsplats", Unit.COMPANIES, Decimal(15), Decimal(20), "office-places",
    "15–20 företag på tre år",
)  # fmt: skip
UNSAID = (
    Target("Workshops, seminarier och öppna evenemang", Unit.EVENTS, None, measure="workshops"),
    Target("Dagliga användare av lokalen, andra halvåret", Unit.PERSONS, None, measure="daily-users"),
)
LEVEL_OTHERS_2022 = ("44", "36", "10")


def is_loaded() -> bool:
    """Whether the last of it is there."""
    by = fund_officer()
    with transactions.read(by):
        return bool(pots_asked.listed(by=by))


def load() -> None:
    """Grants of 2022 to 2024, then an open call with applications, then pots."""
    cast = grants_cast.gathered()
    _given(cast)
    _told(cast)
    grants_round.load(cast)
    _pots(cast)


def _given(cast: Cast) -> None:
    """What is decided in the sources: ReDI School and Level, year by year."""
    with transactions.read(cast.karin):
        items = {(one.organisation_id, one.year): one for one in grants_given.decided_without_grant(by=cast.karin)}
    redi, coompanion, both = (cast.orgs[code] for code in ("redi", "coompanion", "tillvaxt-och-level"))
    level = cast.orgs["level"]
    aid_2022 = StateAid(Aid.UNKNOWN)
    made = {}
    for year, targets in ((2022, REDI), (2023, _redi_2023())):
        made["redi", year] = grants.establish(
            by=cast.karin, at=moment(year, 6, 2), point_item_id=items[redi, year].id, targets=targets,
            title="Verksamhetsbidrag till ReDI School", report_due=date(year + 1, 5, 31), plan_duty=False, aid=aid_2022,
            note=PAYMENTS,
        )  # fmt: skip
        made["level", year] = grants.establish(
            by=cast.karin, at=moment(year, 6, 2), point_item_id=items[coompanion, year].id, performer_id=level,
            targets=_level(year), title="Företagsinkubatorn Level", report_due=date(year + 1, 5, 31), plan_duty=False,
            note=PAYMENTS,
        )  # fmt: skip
    contract = grants.establish(
        by=cast.karin, at=moment(2024, 3, 8), point_item_id=items[both, 2024].id, performer_id=coompanion,
        title="Level enligt avtal", report_due=date(2025, 5, 31), plan_duty=False,
        note="Källan delar inte beloppet mellan Tillväxt Malmö och Level. " + PAYMENTS,
    )  # fmt: skip
    for (name, year), grant_id in made.items():
        signer = cast.omar if name == "redi" else cast.malin
        _agree(cast, grant_id, signer, year)
        _pay(cast, grant_id, year, parts=2 if name == "redi" else 1)
        _report(cast, grant_id, name, year)
    _agree(cast, contract, cast.malin, 2024)
    _pay(cast, contract, 2024, parts=4, held_last=True)
    sample = grant_controls.draw(by=cast.karin, at=moment(2024, 6, 12), year=2023, seed="9 14 22 27 30 31 35", size=1)
    assert sample
    _control(cast)


def _redi_2023() -> tuple[Target, ...]:
    return (
        Target("Andel kvinnor", Unit.PERCENT, Decimal(70), measure="share-women"),
        Target("Deltagare i cybersäkerhet", Unit.PERSONS, Decimal(100), measure="cyber-security-places"),
        Target("Deltagare", Unit.PERSONS, None, measure="participants"),
        Target("Certifikat", Unit.PERSONS, None, measure="certificates"),
    )


def _level(year: int) -> tuple[Target, ...]:
    wanted = [
        Target(label, unit, Decimal(first if year == 2022 else second), measure=measure)
        for measure, label, unit, first, _outcome, second in LEVEL
    ]
    return (*wanted, OFFICES, *UNSAID) if year == 2022 else tuple(wanted)


def _agree(cast: Cast, grant_id: UUID, signer: Context, year: int) -> None:
    agreements.write(
        by=cast.karin, at=moment(year, 6, 3), grant_id=grant_id, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31),
        text="Organisationen använder pengarna till det som ansökan säger, och rapporterar utfall och användning senast i "
        f"maj {year + 1}. Det som inte har använts betalas tillbaka. {INVENTED}",
    )  # fmt: skip
    agreements.sign(by=cast.karin, at=moment(year, 6, 3), grant_id=grant_id, version=1)
    agreements.sign(by=signer, at=moment(year, 6, 5), grant_id=grant_id, version=1)


def _pay(cast: Cast, grant_id: UUID, year: int, *, parts: int, held_last: bool = False) -> None:
    """Equal parts, prepared by one and decided by another. The last may wait for the report."""
    page = _page(cast, grant_id)
    each = page.row.amount_ore // parts
    for number in range(1, parts + 1):
        is_held = held_last and number == parts
        day = date(year, 6 + number, 15) if not is_held else date(year + 1, 6, 15)
        prepared = instalments.prepare(
            by=cast.karin, at=moment(year, 6, 10), grant_id=grant_id, amount_ore=each, due_date=day,
            report_id=page.reports[0].id if is_held else None,
        )  # fmt: skip
        if is_held:
            continue
        instalments.decide(by=cast.tomas, at=moment(day.year, day.month, 10), instalment_id=prepared)
        instalments.mark_paid(by=cast.karin, at=moment(day.year, day.month, 15), instalment_id=prepared, paid_date=day)


def _page(cast: Cast, grant_id: UUID) -> grants_given.GrantPage:
    with transactions.read(cast.karin):
        page = grants_given.page(by=cast.karin, grant_id=grant_id, today=cast.today)
    assert page is not None
    return page


def _report(cast: Cast, grant_id: UUID, name: str, year: int) -> None:
    """The outcomes that the sources tell; for 2023 they tell none, and the report says so."""
    page = _page(cast, grant_id)
    writer, signer = (cast.nora, cast.omar) if name == "redi" else (cast.hans, cast.malin)
    told = {"redi": ("102", "81"), "level": (*(str(row[4]) for row in LEVEL), *LEVEL_OTHERS_2022)}[name]
    outcomes = {
        str(target.id): {"value": told[place]} if year == 2022 else {"is_unknown": True, "words": UNTOLD}
        for place, target in enumerate(page.targets)
    }
    done = {
        "redi": "Kurser och mentorskap för utrikesfödda, på engelska och utan avgift.",
        "level": "Inkubatorns tre faser: Drömma, Starta och Växa.",
    }[name]
    content = {
        "year": str(year), "done": done, "outcomes": outcomes,
        "costs": [{"words": f"Verksamheten {year}. Fördelningen står inte i källan.", "amount_ore": page.row.amount_ore}],
    }  # fmt: skip
    report = page.reports[0].id
    grant_reports.save(by=writer, at=moment(year + 1, 4, 20), report_id=report, content=content, version=0)
    grant_reports.send(by=signer, at=moment(year + 1, 4, 24), report_id=report)
    grant_reports.file(by=cast.karin, at=moment(year + 1, 5, 17), report_id=report)


def _control(cast: Cast) -> None:
    with transactions.read(cast.karin):
        (sample,) = reports_asked.samples(by=cast.karin)
    grant_controls.note(
        by=cast.tomas, at=moment(2024, 9, 3), control_id=sample.controls[0].id, outcome=ControlOutcome.FINE,
        text=f"Bokföring och kvitton stämmer med rapporten. {INVENTED}",
    )  # fmt: skip


def _told(cast: Cast) -> None:
    """The board's five grants of 2024, as the yearly analysis tells them: their decisions are not here."""
    with transactions.read(cast.karin):
        document = grant_sources.source_titled(by=cast.karin, beginning="Årsanalys 2024")
    assert document is not None
    rows = (
        ("redi", 500_000, "ReDI School: generativ AI, Hermodsdal och partnerskap med it-företag", ()),
        ("pink-programming", 350_000, "Jämställd teknikbransch", (
            Target("Deltagare", Unit.PERSONS, Decimal(400), measure="participants", words="omkring 400"),
            Target("Företag", Unit.COMPANIES, Decimal(20), Decimal(30), "companies"),
        )),
        ("foo-cafe", 350_000, "FooCoding för utrikesfödda", (
            Target("I arbete", Unit.PERSONS, Decimal(10), measure="in-work"),
            Target("Kvinnor i arbete", Unit.PERSONS, Decimal(5), measure="women-in-work"),
        )),
        ("handelskammaren", 200_000, "YH-kompetens", ()),
        ("changers-hub", 136_000, "Förstudie om en innovationshubb för 16–29 år", ()),
    )  # fmt: skip
    for code, amount, title, targets in rows:
        grants.note(
            by=cast.karin, at=moment(2025, 3, 3), document_id=document, organisation_id=cast.orgs[code], title=title,
            year=2024, amount_ore=kronor.from_kronor(amount), decided_date=date(2024, 12, 31), targets=targets,
            note="Årsanalysen berättar om bidraget. Beslutets dag står inte i källan: här räknas det på årets sista dag.",
        )  # fmt: skip


def _pots(cast: Cast) -> None:
    """Disability support's pot for employments, and compensation for supervised youths. Sizes and draws are invented."""
    with transactions.read(cast.karin):
        items = {words: key for key, words in pots_asked.decided_items(by=cast.karin)}
    fsn = next(
        key for words, key in items.items() if words.startswith("Funktionsstödsnämnden 2024") and "jobb" in words
    )
    asn = next(key for words, key in items.items() if words.startswith("Arbetsmarknads- och socialnämnden 2023"))
    gunilla = acting(email_of("Gunilla Frisk"), Role.COMMITTEE_CONTROLLER)
    note = "Att andra förvaltningar avropar står i källan. Pottens storlek och avropen är påhittade i demon."
    pot = pots.open_pot(
        by=gunilla, at=moment(2024, 4, 2), point_item_id=fsn, support=Support.CALL_OFF,
        title="Avrop för anställningar från daglig verksamhet", amount_ore=kronor.from_kronor(400_000), note=note,
    )  # fmt: skip
    for name, number, amount in (("Ewa Sandin", 2, 90_000), ("Ulla Tegner", 3, 135_000), ("Carl Munther", 1, 45_000)):
        who = acting(email_of(name), Role.COMMITTEE_CONTROLLER)
        draw = pots.ask(
            by=who, at=moment(2024, 5, 6), pot_id=pot, organisation_id=who.organisation_id, quantity=number,
            amount_ore=kronor.from_kronor(amount),
        )  # fmt: skip
        if number > 1:
            pots.decide(by=gunilla, at=moment(2024, 5, 20), draw_id=draw, gives=True)
    sara = acting(email_of("Sara Nylén"), Role.COMMITTEE_CONTROLLER)
    youths = pots.open_pot(
        by=sara, at=moment(2023, 6, 1), point_item_id=asn, support=Support.COMPENSATION, title="Handledarersättning 2023",
        amount_ore=kronor.from_kronor(300_000), unit_ore=kronor.from_kronor(1_500),
        note="Ersättningen nämns i källan. Beloppen och antalen är påhittade i demon.",
    )  # fmt: skip
    draw = pots.ask(by=sara, at=moment(2023, 8, 21), pot_id=youths, organisation_id=cast.orgs["boost"], quantity=20)
    pots.decide(by=cast.karin, at=moment(2023, 8, 25), draw_id=draw, gives=True)
