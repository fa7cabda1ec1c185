"""How the command speaks: Swedish, or English when `--language en` or SAMKRAFT_LANGUAGE says so.

The sentences are those of the catalogue that the pages use. Needs no settings and no database.
"""

import argparse
import gettext
import io
import os
from collections.abc import Sequence

from samkraft.values.refusal import Refused
from samkraft.values.wording import SWEDISH, Speech, spoken

VARIABLE = "SAMKRAFT_LANGUAGE"
LANGUAGES = ("sv", "en")


def asked(arguments: Sequence[str]) -> str:
    """The language that the arguments or else the environment ask for; one that there is not is Swedish."""
    found = os.environ.get(VARIABLE, "")
    for number, word in enumerate(arguments):
        if word == "--language":
            found = next(iter(arguments[number + 1 : number + 2]), found)
        elif word.startswith("--language="):
            found = word.partition("=")[2]
    return found if found in LANGUAGES else LANGUAGES[0]


def add_option(parser: argparse.ArgumentParser) -> None:
    """Let a command be told its language after its name too. `asked` has read it already."""
    words = spoken("språk: sv eller en (annars enligt SAMKRAFT_LANGUAGE)")
    parser.add_argument("--language", choices=LANGUAGES, default=argparse.SUPPRESS, help=words)


def of(language: str) -> Speech:
    """How that language is spoken."""
    if language == "sv":
        return SWEDISH
    known = _catalogue()

    def translate(text: str) -> str:
        return known.gettext(text) if text else text

    return Speech(language, translate, decimal=".", thousands=",", minus="-", percent="%")


def _catalogue() -> gettext.GNUTranslations:
    """The English sentences, compiled when the compiled ones are older or not there."""
    from babel.messages import mofile

    from samkraft.operations.translations import catalogue

    compiled = catalogue.FILE.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= catalogue.FILE.stat().st_mtime:
        with compiled.open("rb") as opened:
            return gettext.GNUTranslations(opened)
    written = io.BytesIO()
    mofile.write_mo(written, catalogue.read())
    written.seek(0)
    return gettext.GNUTranslations(written)


def refusal(refused: Refused) -> str:
    """The whole sentence in the language that is spoken; details that are wording too are said in it."""
    details = {name: spoken(value) if isinstance(value, str) else value for name, value in refused.details.items()}
    reason = refused.reason
    return " ".join(spoken(part).format(**details) for part in (reason.text, reason.way_out) if part)
