"""Each proof of secrecy has been seen to fall: a fault is planted in a database of its own, and the proof must notice."""

import os

import pytest
from django.test import Client

from tests.people import checks, ground, planted
from tests.people.planted import Fault, Kit
from tests.people.random_lists import Differs

# All of them in the long proof (`samkraft prove secrecy`); otherwise one for each kind of proof.
LONG = "SAMKRAFT_RANDOM_WORLDS" in os.environ
PART, OF = (int(part) for part in os.environ.get("SAMKRAFT_PLANTED_PART", "1/1").split("/"))
FAULTS = planted.FAULTS[PART - 1 :: OF] if LONG else [fault for fault in planted.FAULTS if fault.name in planted.ALWAYS]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_proof_falls(fault: Fault, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    with ground.copied() as owner:
        kit = Kit(owner, Client(), caplog, monkeypatch)
        fault.plant(kit)
        with pytest.raises((AssertionError, Differs, pytest.fail.Exception)):
            _prove(fault, kit)


def _prove(fault: Fault, kit: Kit) -> None:
    if fault.alone:
        fault.proof(kit)
        return
    with checks.in_a_transaction_of_tests():
        fault.proof(kit)
