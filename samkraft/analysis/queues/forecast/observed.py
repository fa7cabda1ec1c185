"""What has happened to people, with the day it happened and the day it became known."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.pathway import Scenario
from samkraft.analysis.queues.simulation import Run
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase, spoken

CAME, ENROLLED, PHASE, EXITED = range(4)
WORDS = {"kom": CAME, "skrevs in": ENROLLED, "fas": PHASE, "ut": EXITED}
COLUMNS = ("person", "intag", "händelse", "vad", "datum", "känt")  # as they stand in the file

BAD_FILE = Reason("people_file_faults", phrase("{name} har {count} fel:\n{lines}"))
NO_INTAKE = phrase("det finns inget intag som heter ”{name}”.")
NO_PHASE = phrase("det finns ingen fas som heter ”{name}”.")
NO_EXIT = phrase("det finns inget sätt att gå ut som heter ”{name}”.")
NO_FILE = Reason(
    "people_file_not_readable", phrase("Filen {name} gick inte att läsa: {why}."), phrase("Ange en CSV-fil i UTF-8.")
)


@dataclass(frozen=True)
class Observed:
    """Events in any order, one element each. Days are counted from the scenario's first day and may have decimals.

    where: team for ENROLLED (−1 unknown), phase for PHASE, exit kind for EXITED; known ≥ day.
    """

    person: NDArray[np.int64]
    wave: NDArray[np.int64]
    what: NDArray[np.int64]
    where: NDArray[np.int64]
    day: NDArray[np.float64]
    known: NDArray[np.float64]

    def until(self, day: float, known: float) -> "Observed":
        """What had happened before a day, as far as it was known on another; in order of day."""
        kept = np.flatnonzero((self.day < day) & (self.known <= known))
        kept = kept[np.argsort(self.day[kept], kind="stable")]
        return Observed(*(getattr(self, name)[kept] for name in self.__dataclass_fields__))

    def delay(self, share: float = 0.99) -> float:
        """Within how many days that share of what happens has become known."""
        return float(np.quantile(self.known - self.day, share)) if len(self.day) else 0.0


def from_run(run: Run, *, delay_days: NDArray[np.float64] | None = None) -> Observed:
    """What a simulated world shows: the log of its first replication, each event known after a delay."""
    codes = {layout.L_ARRIVED: CAME, layout.L_ENROLLED: ENROLLED, layout.L_PHASE: PHASE, layout.L_EXITED: EXITED}
    log = run.log[np.isin(run.log[:, 2], list(codes))]
    arrived = log[log[:, 2] == layout.L_ARRIVED]
    wave_of = dict(zip(arrived[:, 1].tolist(), arrived[:, 3].tolist(), strict=True))
    day = log[:, 0] / run.scenario.ticks_per_day
    return Observed(
        person=log[:, 1].astype(np.int64),
        wave=np.asarray([wave_of[row] for row in log[:, 1].tolist()], np.int64),
        what=np.asarray([codes[code] for code in log[:, 2].tolist()], np.int64),
        where=log[:, 3].astype(np.int64),
        day=day,
        known=day if delay_days is None else day + delay_days[: len(day)],
    )


def read(path: Path, scenario: Scenario) -> Observed:
    """Events from a CSV file with the columns person, intag, händelse, vad, datum, känt. Raises Refused with all faults."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(NO_FILE, name=path.name, why=spoken("den är inte skriven i UTF-8")) from None
    except OSError as fault:
        raise Refused(NO_FILE, name=str(path), why=(fault.strerror or spoken("okänt fel")).lower()) from None
    separator = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(text.splitlines(), delimiter=separator)
    missing = [column for column in COLUMNS[:5] if column not in (reader.fieldnames or ())]
    if missing:
        raise Refused(
            BAD_FILE,
            name=path.name,
            count=1,
            lines=spoken("  rad 1: kolumner saknas: {missing}.", missing=", ".join(missing)),
        )
    rows, faults, people = [], [], dict[str, int]()
    for number, row in enumerate(reader, 2):
        try:
            rows.append(_row(row, scenario, people))
        except ValueError as fault:
            faults.append(spoken("  rad {number}: {fault}", number=number, fault=fault))
    if faults or not rows:
        lines = "\n".join(faults[:20]) or spoken("  Filen har inga händelser.")
        raise Refused(BAD_FILE, name=path.name, count=max(1, len(faults)), lines=lines)
    made = np.asarray(rows, float)
    person, wave, what, where = (made[:, n].astype(np.int64) for n in range(4))
    return Observed(person, wave, what, where, made[:, 4], made[:, 5])


def _row(row: dict[str, str], scenario: Scenario, people: dict[str, int]) -> tuple[float, ...]:
    person = people.setdefault(_filled(row, "person"), len(people))
    wave = _place(_filled(row, "intag"), [one.name for one in scenario.intakes], NO_INTAKE)
    words = _filled(row, "händelse")
    if words not in WORDS:
        raise ValueError(spoken("händelse ska vara {known}, inte ”{words}”.", known=", ".join(WORDS), words=words))
    what, where = WORDS[words], -1
    if what == PHASE:
        where = _place(_filled(row, "vad"), [one.name for one in scenario.phases], NO_PHASE)
    elif what == EXITED:
        where = _place(_filled(row, "vad"), list(scenario.kinds), NO_EXIT)
    day = _day(_filled(row, "datum"), scenario)
    known = _day(row["känt"], scenario) if (row.get("känt") or "").strip() else day
    if known < day:
        raise ValueError(spoken("händelsen blev känd innan den hände."))
    return person, wave, what, where, day, known


def _filled(row: dict[str, str], column: str) -> str:
    value = (row.get(column) or "").strip()
    if not value:
        raise ValueError(spoken("{column} är tomt.", column=column))
    return value


def _place(name: str, names: list[str], unknown: str) -> int:
    if name not in names:
        raise ValueError(spoken(unknown, name=name))
    return names.index(name)


def _day(text: str, scenario: Scenario) -> float:
    try:
        return float((date.fromisoformat(text.strip()) - scenario.begins).days)
    except ValueError:
        raise ValueError(spoken("”{text}” är inget datum som 2020-02-01.", text=text)) from None
