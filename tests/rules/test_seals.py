"""The arithmetic of seals against values worked out by hand once: the form may never change."""

import hashlib

from samkraft.audit.rules import seals


def test_a_digest_is_taken_over_a_json_array_with_nothing_for_the_unknown() -> None:
    by_hand = '["1", null, "Åsa \\"Ek\\"\\n", "\\u0001"]'
    assert seals.digest(["1", None, 'Åsa "Ek"\n', "\x01"]) == hashlib.sha256(by_hand.encode()).hexdigest()


def test_each_part_of_a_seal_changes_the_chain() -> None:
    told = {"before": "ab", "number": 2, "sealed_at": 3, "horizon": 4, "count": 1, "digests": [("e", "d")]}
    first = seals.chain(**told)
    assert first == hashlib.sha256(b"ab:2:3:4:1:ed").hexdigest()
    for key, other in (("before", "ac"), ("number", 3), ("sealed_at", 4), ("horizon", 5), ("count", 2)):
        assert seals.chain(**{**told, key: other}) != first
    assert seals.chain(**{**told, "digests": [("e", "x")]}) != first
