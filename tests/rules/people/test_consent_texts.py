"""The consent's text in languages that many are told it in: drafts say what they are, and none replaces an interpreter."""

import unicodedata

import pytest

from samkraft.people.rules import consent_texts, consents

SCRIPTS = {"ar": "ARABIC", "fa": "ARABIC", "prs": "ARABIC", "so": "LATIN", "uk": "CYRILLIC"}


@pytest.mark.parametrize("code", SCRIPTS)
def test_each_draft_is_written_in_its_own_script_and_read_its_own_way(code: str) -> None:
    draft = consent_texts.DRAFTS[code]
    letters = [unicodedata.name(sign).split()[0] for sign in draft.text if sign.isalpha()]
    assert {name for name in letters if name != SCRIPTS[code]} <= {"MODIFIER"}
    assert draft.direction == ("rtl" if SCRIPTS[code] == "ARABIC" else "ltr")
    assert len(draft.text) > len(consents.TEXT) / 2


def test_a_draft_that_nobody_has_looked_at_is_no_text_that_the_person_is_told_without_help() -> None:
    assert consent_texts.DRAFTS.keys() <= consents.READ_LANGUAGES.keys()
    assert (consent_texts.DRAFTS.keys() - consent_texts.LOOKED_AT).isdisjoint(consents.TEXT_LANGUAGES)
