"""Figures as the sources say them: budgets that are told, targets, outcomes. The same figure can come from two sources.

Measures that two sources tell have the same name in both; amounts of money are in kronor, as the sources write them.
"""

from decimal import Decimal
from typing import NamedTuple

from samkraft.money.actions import figures
from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.operations.world.cast import moment
from samkraft.operations.world.stage import Stage

B, T, R, S = FigureKind.BUDGET, FigureKind.TARGET, FigureKind.OUTCOME, FigureKind.STATED
KR, PERS, PLACES, FIRMS, PCT, TIMES = (
    Unit.KRONOR, Unit.PERSONS, Unit.PLACES, Unit.COMPANIES, Unit.PERCENT, Unit.EVENTS,
)  # fmt: skip


class Row(NamedTuple):
    """A figure, shortly. `upper` for a span, `step` for what it is rounded to."""

    document: str
    measure: str
    label: str
    kind: FigureKind
    unit: Unit
    value: str | None
    year: int | None
    org: str = ""
    fund: str = ""
    quote: str = ""
    upper: str | None = None
    step: int = 0
    group: str = ""


P23, P24, A24, S24 = "proposal-2023", "proposal-2024", "analysis-2024", "analysis-2024-safety"
SJS = "strategiska-jobbsatsningar"

ROWS = (
    # Budgets and uses that are told
    Row(P23, "budget-total", "Jobbpaktens budget", B, KR, "42000000", 2023, "ks", "jobbpakt", "42 000 000 kronor avsatta"),
    Row(P24, "budget-total", "Jobbpaktens budget, blir strategiska jobbsatsningar", B, KR, "40000000", 2024, "ks", "",
        "I budget 2024 finns 40 000 000 kronor"),
    Row(P24, "moved-to-frame", "Flyttas till ram", B, KR, "14400000", 2024, "ks", "", "14,4 mnkr flyttas till ram", step=100_000),
    Row(P24, "split-by-key", "Fördelas efter nyckeln", B, KR, "25600000", 2024, "ks", SJS, "25,6 mnkr fördelas", step=100_000),
    Row(A24, "tilldelat", "Medel för strategiska jobbsatsningar, enligt nämnden", S, KR, "4100000", 2024, "fsn", SJS,
        "Nämnden har använt 4,1 miljoner kronor", step=100_000),
    Row(A24, "tilldelat", "Medel för strategiska jobbsatsningar, enligt nämnden", S, KR, "6192000", 2024, "gvn", SJS,
        "Nämnden anger att 6 192 tkr av jobbpaktsmedlen har använts", step=1_000),
    Row(A24, "tilldelat", "Medel för strategiska jobbsatsningar, enligt nämnden", S, KR, None, 2024, "asn", SJS, "Beloppet anges inte"),
    Row(S24, "tilldelat", "Medel för ökad trygghet, enligt nämnden", S, KR, "1000000", 2024, "fritid", "trygghet", "1 mnkr", step=1_000_000),
    Row(S24, "tilldelat", "Medel för ökad trygghet, enligt nämnden", S, KR, "653000", 2024, "fsn", "trygghet", "653 000 kronor"),
    Row(S24, "tilldelat", "Medel för ökad trygghet, enligt nämnden", S, KR, "300000", 2024, "forskole", "trygghet", "300 tkr", step=1_000),
    Row(S24, "tilldelat", "Medel för ökad trygghet, enligt nämnden", S, KR, "1250000", 2024, "grundskole", "trygghet", "1,25 mnkr", step=10_000),
    Row(S24, "tilldelat", "Medel för ökad trygghet, enligt nämnden", S, KR, "350000", 2024, "gvn", "trygghet", "350 tkr", step=1_000),
    *(Row(S24, "tilldelat", "Medel för ökad trygghet, enligt nämnden", S, KR, None, 2024, code, "trygghet", "Beloppet anges inte")
      for code in ("asn", "kultur", "teknik")),
    Row(S24, "asked-amount", "Sökt för ökad trygghet", S, KR, "3000000", 2024, "grundskole", "trygghet",
        "drygt 3 mnkr som söktes", step=1_000_000),
    # ReDI School
    Row(P23, "participants", "Deltagare", T, PERS, "95", 2022, "redi", "jobbpakt", "målet var 95"),
    Row(P23, "participants", "Deltagare", R, PERS, "102", 2022, "redi", "jobbpakt", "102 elever gick sex kurser"),
    Row(P23, "certificates", "Certifikat", T, PERS, "90", 2022, "redi", "jobbpakt", "målet var 90"),
    Row(P23, "certificates", "Certifikat", R, PERS, "81", 2022, "redi", "jobbpakt", "81 fick certifikat"),
    Row(P23, "places-spring", "Platser, vårterminen", R, PLACES, "150", 2023, "redi", "jobbpakt", "150 platser"),
    Row(P23, "applicants-spring", "Sökande, vårterminen", R, PERS, "258", 2023, "redi", "jobbpakt", "258 sökande"),
    Row(P23, "share-women", "Andel kvinnor", T, PCT, "70", 2023, "redi", "jobbpakt", "70 % kvinnor", group="kvinnor"),
    Row(P23, "cyber-security-places", "Deltagare i cybersäkerhet", T, PERS, "100", 2023, "redi", "jobbpakt", "100 personer"),
    Row(P23, "other-financier-microsoft", "Annan finansiering: Microsoft", S, KR, "1000000", 2023, "redi", "jobbpakt",
        "1 000 000 kronor av Microsoft"),
    Row(P23, "other-financier-coca-cola", "Annan finansiering: Coca-Cola Foundation", S, KR, "1500000", 2023, "redi",
        "jobbpakt", "1 500 000 kronor av Coca-Cola Foundation"),
    # Level
    *(Row(P23, measure, label, kind, unit, value, year, "level", "jobbpakt", "", upper)
      for measure, label, unit, target22, outcome22, target23, upper in (
          ("dream-participants", "Drömma: deltagare i fasen eller på träffar", PERS, "250", "243", "300", None),
          ("start-developed", "Starta: utvecklade sitt företagande", PERS, "100", "105", "150", None),
          ("start-companies", "Starta: startade företag", FIRMS, "35", "42", "60", None),
          ("grow-companies", "Växa: företag genom utveckling", FIRMS, "30", "42", "50", None),
      )
      for kind, value, year in ((T, target22, 2022), (R, outcome22, 2022), (T, target23, 2023))),
    Row(P23, "office-places", "Entreprenörer som använder kontorsplats", T, FIRMS, "15", 2022, "level", "jobbpakt",
        "15–20 företag på tre år", "20"),
    Row(P23, "office-places", "Entreprenörer som använder kontorsplats", R, PERS, "44", 2022, "level", "jobbpakt",
        "44 entreprenörer använde kontorsplatserna"),
    Row(P23, "workshops", "Workshops, seminarier och öppna evenemang", R, TIMES, "36", 2022, "level", "jobbpakt"),
    Row(P23, "daily-users", "Dagliga användare av lokalen, andra halvåret", R, PERS, "10", 2022, "level", "jobbpakt",
        "i snitt omkring tio om dagen", step=2),
    Row(P23, "granted-amount", "Anslaget april 2021", S, KR, "3500000", 2021, "coompanion", "jobbpakt",
        "knappt 3 500 000 kronor", step=100_000),
    Row(P23, "yearly-support", "Årligt verksamhetsstöd sedan 2014", S, KR, "200000", 2022, "coompanion", "", "200 000 kronor"),
    # What committees told of 2022
    Row(P23, "labour-market-employments", "Arbetsmarknadsanställningar per månad", R, PERS, "1100", 2022, "asn", "jobbpakt",
        "1 100–1 200 i månaden", "1200"),
    Row(P23, "sfi-short-schooling", "SFI-elever med kort utbildning som fick stöd", R, PERS, "221", 2022, "gvn", "jobbpakt"),
    Row(P23, "make-it-work", "Inskrivna i Make it work", R, PERS, "10", 2022, "fsn", "jobbpakt"),
    Row(P23, "job-tracks", "Deltagare i jobbspår", R, PERS, "135", 2022, "asn", "jobbpakt"),
    # Young people in summer: told by two sources
    Row(P23, "summer-entrepreneurs", "Unga i Sommarlovsentreprenör", R, PERS, "50", 2022, "ks", "ung-i-sommar",
        "50 ungdomar i Sommarlovsentreprenör"),
    *(Row(A24, "summer-entrepreneurs", "Unga i Sommarlovsentreprenör eller UngDrive", R, PERS, value, year, "ks",
          "ung-i-sommar", quote)
      for year, value, quote in (
          (2019, "50", "50 unga 2019"), (2020, "100", "100 om året 2020–2022"), (2021, "100", "100 om året 2020–2022"),
          (2022, "100", "100 om året 2020–2022"), (2023, "200", "200 år 2023"), (2024, "200", "200 år 2024"),
      )),
    # 2024
    Row(A24, "youth-places", "Ungdomsplatser i Jobb för unga", R, PLACES, "34", 2024, "asn", SJS),
    Row(A24, "orientation-course", "Deltagare i orienteringskursen", R, PERS, "70", 2024, "gvn", SJS),
    Row(A24, "practice-and-studies", "Praktik kombinerad med komvux", R, PERS, "43", 2024, "gvn", SJS),
    Row(A24, "subject-studies", "Erbjudna ämnesstudier", R, PERS, "16", 2023, "gvn", SJS),
    Row(A24, "subject-studies", "Erbjudna ämnesstudier", R, PERS, "33", 2024, "gvn", SJS),
    Row(A24, "contact-attempts", "Kontaktförsök, kommunens aktivitetsansvar", R, TIMES, "4417", 2023, "gvn", SJS),
    Row(A24, "contact-attempts", "Kontaktförsök, kommunens aktivitetsansvar", R, TIMES, "4389", 2024, "gvn", SJS),
    Row(S24, "autumn-holiday", "Deltagare höstlovet", R, PERS, "623", 2024, "teknik", "trygghet", "623 deltagare"),
    Row(S24, "autumn-holiday-share", "Andel flickor höstlovet", R, PCT, "30", 2024, "teknik", "trygghet",
        "omkring 30 procent flickor", step=5, group="flickor"),
    Row(S24, "autumn-holiday-share", "Andel pojkar höstlovet", R, PCT, "70", 2024, "teknik", "trygghet",
        "omkring 70 procent pojkar", step=5, group="pojkar"),
)  # fmt: skip


def load(stage: Stage) -> None:
    """Every row."""
    said = {P23: "Stadskontoret", P24: "Stadskontoret", A24: "", S24: ""}
    for row in ROWS:
        figures.note_figure(
            by=stage.by,
            at=moment(2025, 2, 25),
            measure=row.measure,
            label=row.label,
            kind=row.kind,
            unit=row.unit,
            value=Decimal(row.value) if row.value is not None else None,
            upper_value=Decimal(row.upper) if row.upper else None,
            document_id=stage.documents[row.document],
            organisation_id=stage.org(row.org) if row.org else None,
            fund_id=stage.funds[row.fund] if row.fund else None,
            year=row.year,
            group=row.group,
            rounded_to=row.step,
            quote=row.quote,
            said_by=said[row.document],
        )
