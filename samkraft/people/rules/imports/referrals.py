"""Rows of a file as referrals: who the person is and how they came. Nothing is guessed from an empty cell."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from samkraft.people.rules import contents
from samkraft.people.rules.contents.choices import HowReferred
from samkraft.people.rules.imports import cells, faults
from samkraft.people.rules.imports.lines import Line, lines, say_repeated
from samkraft.people.rules.imports.shapes import Matched
from samkraft.people.rules.imports.tables import Table
from samkraft.values.identity_number import IdentityNumber, Sex
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase

HOW = {
    "anvisning": HowReferred.ASSIGNED.value, "anvisad": HowReferred.ASSIGNED.value,
    "remittering": HowReferred.REFERRED.value, "remiss": HowReferred.REFERRED.value,
    "remitterad": HowReferred.REFERRED.value, "egen ansökan": HowReferred.OWN_APPLICATION.value,
    "ansökan": HowReferred.OWN_APPLICATION.value, "eget initiativ": HowReferred.OWN_APPLICATION.value,
}  # fmt: skip
HOW_NAMES = phrase("anvisning, remittering eller egen ansökan")
SEX = {"kvinna": Sex.WOMAN.value, "k": Sex.WOMAN.value, "man": Sex.MAN.value, "m": Sex.MAN.value}
SEX_NAMES = phrase("kvinna eller man")
_FIELD_OF = {"received_on": "received"}


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """What a row says: the number if there is one, the card and the referral as they are written."""

    row: int
    number: IdentityNumber | None
    card: dict[str, Any]
    referral: dict[str, Any]


def read(table: Table, matched: Matched, today: date) -> tuple[list[ReferralLine], list[faults.Fault]]:
    """The rows that can be read, and all that is wrong with the others."""
    found = [(line, _one(line, today)) for line in lines(table, matched)]
    say_repeated(
        [(line, made.number.digits if made.number else None) for line, made in found], "number", faults.SAME_NUMBER
    )
    good = [made for line, made in found if not line.faults]
    return good, [fault for line, _made in found for fault in line.faults]


def _one(line: Line, today: date) -> ReferralLine:
    if line.values.get("protected") and line.take("protected", cells.truth):
        line.wrong("protected", faults.ONLY_BY_HAND)
    number = line.take("number", lambda text: cells.number(text, today))
    given, family = _name(line)
    card: dict[str, Any] = {"given_name": given, "family_name": family}
    for name in ("language", "phone", "email", "safe_contact"):
        card[name] = line.text(name)
    card["sex"] = line.take("sex", lambda text: cells.choice(text, SEX, SEX_NAMES))
    card["interpreter"] = line.take("interpreter", cells.truth)
    received = line.take("received", cells.day, needed=True)
    referral = {
        "how": line.take("how", lambda text: cells.choice(text, HOW, HOW_NAMES), needed=True),
        "received_on": received.isoformat() if received else None,
        "reason": line.text("reason"),
    }
    made = ReferralLine(line.number, number, _filled(card), _filled(referral))
    if not line.faults:
        _hold_against(line, made, today)
    return made


def _name(line: Line) -> tuple[str, str]:
    """Given and family name: in two columns, or in one as ”Efternamn, Förnamn”."""
    whole = line.values.get("whole_name", "")
    if whole and not (line.values.get("given_name") or line.values.get("family_name")):
        family, comma, given = whole.partition(",")
        if not (comma and given.strip() and family.strip()):
            line.wrong("whole_name", faults.NAME_IN_ONE)
        return given.strip(), family.strip()
    if "whole_name" in line.matched.places and "given_name" not in line.matched.places:
        line.wrong("whole_name", faults.MISSING)
        return "", ""
    return line.text("given_name", needed=True), line.text("family_name", needed=True)


def _hold_against(line: Line, made: ReferralLine, today: date) -> None:
    """The rules that hold for what people write hold here too: lengths, signs, days that lie ahead."""
    for kind, said in (("card", made.card), ("referral", made.referral)):
        for name in said:
            try:
                contents.read(kind, _alone(kind, said, name), today)
            except Refused as refusal:
                line.faults.append(faults.of(line.number, line.matched.head(_FIELD_OF.get(name, name)), refusal))


def _alone(kind: str, said: dict[str, Any], name: str) -> dict[str, Any]:
    """One field among harmless others that have to be there, so that a fault is told of its own column."""
    harmless = {
        "card": {"given_name": "A", "family_name": "A"},
        "referral": {"how": HowReferred.REFERRED.value, "received_on": "2000-01-01"},
    }[kind]
    return harmless | {name: said[name]}


def _filled(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in ("", None)}
