"""`samkraft decision read FILE`: what a decision text says, without any database."""

import argparse
import json

from samkraft.money.rules import decision_text
from samkraft.money.rules.decision_text import Point, Question, Reading
from samkraft.operations import decision_files, decision_registering
from samkraft.values.wording import spoken

FINE, FOUND_WRONG = 0, 1

DESCRIPTION = """\
Läser ett beslut eller ett förslag till beslut (.txt, .docx eller .pdf) och visar dess punkter:
verb, mottagare, belopp, år och varifrån pengarna kommer. Inget sparas och ingen databas behövs.
Det som inte går att förstå visas för sig. Ett belopp gissas aldrig."""
EPILOG = """\
Så räknas pengarna: varje belopp räknas en gång, så som det står. Ett belopp per år ("årligen 2024-2026")
räknas alltså en gång i summan; total_by_year_kr i JSON visar vad som hör till varje år. En överföring och de
bidrag som betalas ur den räknas en gång. Det som avslås, minskas eller berättas om äldre beslut räknas inte.

Slutkod: 0 allt är läst, 1 något förstods inte eller inga punkter hittades, 2 filen kunde inte läsas."""


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `decision` with its own sub-commands."""
    parser = subparsers.add_parser("decision", help=spoken("läs beslutstexter"), description="Läs beslutstexter.")
    commands = parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True)
    read = commands.add_parser(
        "read", help="visa punkterna i ett beslut", description=DESCRIPTION, epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    read.add_argument("file", metavar="FIL", help="en .txt-, .docx- eller .pdf-fil, eller - för text på standard in")
    read.add_argument(
        "--json", action="store_true", help="skriv JSON: ett objekt, eller en lista när texten har flera ärenden"
    )
    read.set_defaults(func=run)
    decision_registering.add(commands)


def run(options: argparse.Namespace) -> int:
    """Read the file and print what it says. Raises Refused when the file cannot be read."""
    readings = decision_text.read(decision_files.text_of(options.file))
    if options.json:
        found = [reading.as_json() for reading in readings]
        print(json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(_told(reading) for reading in readings))
    unread = any(reading.not_understood or not reading.points for reading in readings)
    return FOUND_WRONG if unread else FINE


STATUS = {
    "proposal": "förslag",
    "decided": "beslutat",
    "remitted": "återremitterat",
    "tabled": "bordlagt",
    "rejected": "avslaget",
    "unknown": "okänt",
}


TOLD_AS = {
    "part": "del av ett belopp",
    "sum": "summa",
    "size": "storleken på något annat",
    "rate": "pris per enhet",
    "asked": "sökt",
    "refused": "avslaget eller minskat",
    "history": "tidigare beslut",
    "noted": "noteras",
    "limit": "gräns",
}


def _told(reading: Reading) -> str:
    lines = [_heading(reading), ""]
    if reading.points:
        lines += [*_table(reading), ""]
    lines += [f"Summa  {_kr(reading.total_ore)}  (varje belopp räknat en gång)"]
    lines += [f"       {_kr(ore)}  år {year}" for year, ore in reading.total_by_year_ore.items()]
    if reading.recipients:
        lines += ["", "Beslutet skickas till: " + "; ".join(reading.recipients)]
    if reading.questions:
        lines += [
            "",
            f"Frågor om texten ({len(reading.questions)}):",
            *(_asked(question) for question in reading.questions),
        ]
    if reading.told:
        lines += ["", f"Nämns men räknas inte ({len(reading.told)}):"]
        lines += [
            f"  {_kr(told.amount_ore)} ({TOLD_AS.get(told.role, 'nämns')}): ”{_short(told.sentence)}”"
            for told in reading.told
        ]
    if reading.not_understood:
        lines += ["", f"Inte förstått ({len(reading.not_understood)}):"]
        lines += [
            f"  ”{_short(part.text)}” (tecken {part.place.original_start}): {part.why}"
            for part in reading.not_understood
        ]
    return "\n".join(lines)


def _heading(reading: Reading) -> str:
    parts = [reading.case_number or "ärendenummer saknas", reading.body or "okänt organ", STATUS[reading.status]]
    parts += [f"{meeting.body} {meeting.date}" for meeting in reading.meetings]
    title = reading.facts.title
    return (f"{title}\n" if title else "") + " · ".join(parts)


def _table(reading: Reading) -> list[str]:
    rows = [("P.", "Vad", "Mottagare", "Kronor", "År", "Från")]
    for point in reading.points:
        rows += _rows(point, reading)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(_cell(row[c], widths[c], right=c == 3) for c in range(len(row))).rstrip() for row in rows]


def _cell(words: str, width: int, *, right: bool) -> str:
    return words.rjust(width) if right else words.ljust(width)


def _rows(point: Point, reading: Reading) -> list[tuple[str, str, str, str, str, str]]:
    payer = next((other.number for other in reading.points if point.number in other.funds), None)
    source = f"p. {payer}" if payer else None
    if not point.items:
        return [(point.number, point.verb, _short(point.text, 50), "–", point.due or "", "")]
    rows = []
    for index, item in enumerate(point.items):
        years = _years(item.years) or (point.due or "" if item.amount_ore is None else "?")
        rows.append((
            point.number if not index else "", point.verb if not index else "", _short(item.receiver or item.purpose or "–", 50),
            _kr(item.amount_ore).removesuffix(" kr") if item.amount_ore is not None else "–", years,
            _short(source or item.appropriation or "", 40),
        ))  # fmt: skip
    return rows


def _years(years: tuple[int, ...]) -> str:
    if len(years) > 1 and years == tuple(range(years[0], years[-1] + 1)):
        return f"{years[0]}–{years[-1]}"
    return ", ".join(str(year) for year in years)


def _asked(question: Question) -> str:
    answers = " / ".join(answer.label for answer in question.answers)
    return f"  {question.id}  {question.text} {question.why}" + (f" [{answers}]" if answers else "")


def _kr(ore: int | None) -> str:
    return "okänt" if ore is None else f"{(ore + 50) // 100:,}".replace(",", " ") + " kr"


def _short(words: str, width: int = 90) -> str:
    return words if len(words) <= width else words[: width - 1].rstrip() + "…"
