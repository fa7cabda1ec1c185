"""What an amount in a clause is: decided, asked for, part of another, told as history, or the size of something else."""

import re

from samkraft.money.rules.decision_text.amounts import Amount

# The last words before an amount give its role; the first row that matches counts. A new way of telling is a new row.
BEFORE: tuple[tuple[str, str], ...] = (
    ("part", r"(?:varav|därav|av\s+vilk(?:a|et)|inklusive|inkl\.?|av\s+dess[a]|av\s+detta)\b[^.;]{0,80}$"),
    ("history", r"(?:tidigare|föregående\s+år|förra\s+året|jämfört\s+med|i\s+stället\s+för|istället\s+för|"
        r"i\s+förhållande\s+till|har\s+(?:redan\s+)?(?:beviljats|tilldelats|fått|erhållit|beviljat|tilldelat|avsatt)|"
                r"beviljades|tilldelades|avsattes|betalades|utbetalades|uppgick|fick|erhöll|hade|redan\s+beslutade)\b[^.;]{0,70}$"),
    ("asked", r"(?:ansök\w*|ansökt\w*|sökt|sökta|söker|begär\w*|begärt|äskat|äskar|äskande\w*|äskade|yrka\w*|"
        r"önska\w*|sökande)\b[^.;]{0,90}$"),
    ("size", r"(?:total(?:a|t)?\s+(?:kostnad\w*|budget\w*|projekt\w*|omslutning\w*|utgift\w*|investering\w*)|"
        r"kostnad\w*\s+(?:är|beräknas|uppgår|uppskattas|på|om)|"
             r"budget(?:en)?\s+(?:på|om)|omsättning\w*|egen\s?insats\w*|motfinansiering\w*|medfinansiering\s+från|av\s+totalt|av\s+en\s+total\w*|beräknad\w*\s+kostnad\w*|projektbudget\w*|hyra\w*\s+(?:på|om))\b[^.;]{0,60}$"),
)  # fmt: skip
AFTER: tuple[tuple[str, str], ...] = (
    ("asked", r"^\s*(?:som\s+(?:har\s+)?(?:sökts|söktes|begärts)|har\s+(?:sökts|begärts))"),
    ("history", r"^\s*(?:betalades|utbetalades|beviljades|användes|har\s+(?:redan\s+)?(?:betalats|beviljats|"
        r"utbetalats|använts|förbrukats)|avsattes|tilldelades)"),
    ("limit", r"^\s*(?:per\s+direktupphandling|i\s+vite)"),
)  # fmt: skip
_BEFORE = tuple((role, re.compile(pattern, re.I)) for role, pattern in BEFORE)
_AFTER = tuple((role, re.compile(pattern, re.I)) for role, pattern in AFTER)
# "Totalt 3 mnkr fördelat med 1 mnkr per år": the yearly amount is a part of the whole.
SHARED_OUT = re.compile(r"(?:fördela[dts]\w*|uppdela[dts]\w*|utbetalas|som\s+fördelas)(?:\s+(?:med|på|om))?\s*$", re.I)
# "(2024: 1 350 000 kronor)" beside this year's amount.
YEAR_IN_BRACKETS = re.compile(r"\((?:år\s+)?(?:19|20)\d\d\s*:\s*$")
# "Utbetalning sker i två delar: 110 000 kr i maj och 75 000 kr i september": when, and not how much more.
INSTALMENTS = re.compile(
    r"(?:ut|del)?betalning(?:en|ar|arna)?\s+(?:sker|görs|fördelas|delas|kommer\s+att\s+(?:ske|göras))\b[^.;]*$", re.I
)
SOUGHT_OF = re.compile(r"av\s+(?:de\s+)?(?:sökta|begärda|ansökta|äskade)\s*$", re.I)


def of(flat: str, start: int, amount: Amount) -> str:
    """The role of an amount in the clause that begins at `start`: main, part, history, asked, size or rate."""
    before = flat[max(start, amount.start - 140) : amount.start]
    # A role word before another amount belongs to that one, except when nothing but a comma parts them.
    if amount.per is not None and amount.per != "år":
        return "rate"
    if amount.per == "år" and SHARED_OUT.search(before):
        return "part"
    after = flat[amount.end : amount.end + 60]
    for role, pattern in _AFTER:
        if pattern.match(after):
            return role
    if SOUGHT_OF.search(before):
        return "asked"
    if INSTALMENTS.search(before):
        return "part"
    if YEAR_IN_BRACKETS.search(before):
        return "history"
    for role, pattern in _BEFORE:
        match = pattern.search(before)
        while match is not None and _overtaken(match[0]):
            match = pattern.search(before, match.start() + 1)
        if match is not None:
            return role
    return "main"


def _overtaken(words: str) -> bool:
    """Whether a decision verb or a completed amount stands between the role word and the amount."""
    return (
        re.search(
            r"\d\s*(?:kronor|kr|tkr|mnkr|mkr)\b|beviljas\b|tilldelas\b|\b(?:bevilja|tilldela|anslå)\b", words, re.I
        )
        is not None
    )
