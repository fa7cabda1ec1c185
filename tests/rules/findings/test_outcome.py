"""Keys and digests of findings, and sentences that keep their details."""

import hashlib

from samkraft.money.rules.findings import outcome, words
from samkraft.money.rules.findings.outcome import Finding, Side


def finding(*weights: str, agrees: bool = False) -> Finding:
    sides = tuple(Side(title=words.say("x"), weight=weight) for weight in weights)
    return Finding("told_twice", "subject", words.say("s"), words.say("q"), sides, agrees=agrees)


def test_the_digest_is_the_same_in_every_process_and_order() -> None:
    expected = hashlib.sha256(b"False\n100\n50\n70").hexdigest()[:16]
    assert finding("50", "100", "70").digest == finding("70", "50", "100").digest == expected


def test_one_more_source_that_says_the_same_is_no_news() -> None:
    assert finding("50", "100").digest == finding("50", "100", "100").digest
    assert finding("50", "100").digest != finding("50", "101").digest
    assert finding("50", "50").digest != finding("50", "50", agrees=True).digest


def test_a_subjects_name_never_holds_what_parts_a_key() -> None:
    assert outcome.about("a#b", "c:d", 2024) == "ab/cd/2024"
    long = outcome.about("x" * 400)
    assert len(long) == 64
    assert long != outcome.about("x" * 401)


def test_a_sentence_is_kept_with_its_details() -> None:
    said = words.say("{body} fick {amount}", body="GVN", amount="6 912 000 kr")
    assert words.read(said.stored()) == said
    assert str(words.read(said.stored())) == "GVN fick 6 912 000 kr"


def test_what_has_no_room_is_kept_as_plain_words() -> None:
    said = words.say("{body} fick pengar", body="Gymnasie- och vuxenutbildningsnämnden")
    assert str(words.read(said.stored(60))) == str(said)
    assert len(said.stored(20)) == 20


def test_words_that_a_person_typed_are_read_as_they_are() -> None:
    for typed in ("budget {2018}", '{"text": 5}', '{"text": "a', "", '{"text": "a", "b": 1}'):
        assert str(words.read(typed)) == typed
