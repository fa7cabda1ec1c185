"""Municipal bodies and offices, known by the form of their names and not from a list of one city's."""

import re

_LETTER = "a-zåäöéA-ZÅÄÖÉ"
# Runs of letters are bounded so that no text, however odd, makes the patterns slow.
_RUN = rf"[{_LETTER}]{{0,50}}"
_STEMS = (r"styrelsen|nämnden|nämnd|fullmäktige|utskottet|utskott|beredningen|förvaltningen|kontoret|kansliet|"
          r"avdelningen|enheten|delegationen|kommittén|förbundet|direktören|chefen|styrelse|förvaltning")  # fmt: skip
_DECIDING = r"styrelsen|nämnden|fullmäktige|utskottet|beredningen|delegationen|kommittén|rådet|direktionen"

# "Arbetsmarknads- och socialnämnden", "Gymnasie- och vuxenutbildningsnämnden", "Stadsdelsnämnden Väst"…
_FIRST_HALF = (
    rf"(?:[{_LETTER}]{{1,50}}-\s*(?:,\s*[{_LETTER}]{{1,50}}-\s*){{0,3}}(?:och|samt)\s+|"
    rf"[{_LETTER}]{{1,50}}\s+och\s+(?=[{_LETTER}]{{1,50}}nämnden)|"
    rf"(?:tekniska|sociala|gemensamma|lokala|centrala|kommunala|regionala|operativa)\s+"
    rf"(?=[{_LETTER}]{{0,50}}(?:nämnden|utskottet|beredningen|delegationen|kommittén)))"
)
NAME = rf"(?:{_FIRST_HALF})?{_RUN}(?:{_STEMS})s?(?![{_LETTER}])"
_OF_SOMETHING = r"(?:\s+för\s+[a-zåäöé-]{1,50}(?:,\s[a-zåäöé-]{1,50}){0,3}(?:\s+(?:och|samt)\s+[a-zåäöé-]{1,50})?)?"
_DECIDING_NAME = rf"(?:(?:{_FIRST_HALF})?{_RUN}(?:{_DECIDING})|KSAU|KSLU|KSFU|KS|KF|AU)"

# A body that can decide: "kommunstyrelsens arbetsutskott", "nämnden för arbetsmarknad och vuxenutbildning".
DECIDER = (
    rf"(?:(?:(?:{_FIRST_HALF})?{_RUN}(?:styrelsens|nämndens|fullmäktiges)\s+{_RUN}(?:utskott|beredning|presidium|ordförande))"
    rf"|(?:{_DECIDING_NAME}(?:(?<=ämnden){_OF_SOMETHING})?))(?![{_LETTER}])"
)
BODY = re.compile(rf"(?<![{_LETTER}-]){NAME}", re.I)
DECIDING = re.compile(rf"(?<![{_LETTER}-]){DECIDER}", re.I)

SHORT = {"ks": "Kommunstyrelsen", "kf": "Kommunfullmäktige", "ksau": "Kommunstyrelsens arbetsutskott"}


def name(words: str) -> str:
    """The body's name in the nominative, with a capital and single spaces: "kommunstyrelsens" → "Kommunstyrelsen"."""
    bare = nominative(" ".join(words.split()))
    bare = SHORT.get(bare.lower(), bare.lower() if bare.isupper() and len(bare) > 6 else bare)
    return bare[:1].upper() + bare[1:]


def nominative(words: str) -> str:
    """Take away the genitive of a body ("nämndens" → "nämnden"); other words are left as they are."""
    match = re.fullmatch(rf"(.*(?:{_DECIDING}|{_STEMS}))s", words, re.I | re.S)
    if match and not words.lower().endswith(("utskotts", "fullmäktiges")):
        return match[1]
    return words[:-1] if words.lower().endswith("fullmäktiges") else words


def is_body(words: str) -> bool:
    """Whether the words are a municipal body or office and nothing more."""
    return (
        BODY.fullmatch(" ".join(words.split())) is not None or DECIDING.fullmatch(" ".join(words.split())) is not None
    )


def find_deciders(text: str) -> list[re.Match[str]]:
    """Every mention of a body that can decide."""
    return list(DECIDING.finditer(text))
