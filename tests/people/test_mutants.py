"""The small cousin of the proof of secrecy: a few stones taken out of the walls, and each is missed at once."""

import argparse
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from samkraft.operations.proofs import secrecy
from tests.people import checks, ground, mutants, mutating, reaching, survivors
from tests.people.mutants import Mutant

# One of each kind; `samkraft prove secrecy` takes all of them.
FEW = (
    "people_contribution has no walls",
    "a policy that lets everybody in",
    "policy people_consent.protected_identity is gone",
    "the serving role may SELECT people_identity",
    "the serving role may INSERT people_caseaccess",
    "samkraft_app may run people_put_on_list(uuid,uuid,text)",
)


@cache
def _every() -> dict[str, Mutant]:
    with ground.copied() as owner:
        found = {one.name: one for one in mutants.every(owner)}
    policy = "policy people_contribution.reads_own_area_on_case (SELECT) without"
    part = next(one for name, one in found.items() if name.startswith(policy))
    opened = "ALTER POLICY reads_own_area_on_case ON people_contribution USING (true)"
    return {**found, FEW[1]: replace(part, name=FEW[1], sql=opened)}


def test_the_proof_has_as_many_checks_as_it_had() -> None:
    """A test that begins to ask for a fixture leaves the proof of secrecy without a word: who does that says so here."""
    assert len(checks.plain()) >= 424


@pytest.mark.django_db(transaction=True)
def test_a_stone_that_is_taken_out_is_missed_by_a_check_that_stands_when_it_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def falls_anyway() -> None:
        raise AssertionError

    with ground.ground() as ready:
        told = mutating.run([_every()[name] for name in FEW], ready=ready)
        assert ready.fallen == []
        assert [one.mutant for one in told if not one.caught_by] == []
        monkeypatch.setattr(checks, "plain", lambda: {"falls anyway": falls_anyway, "grants": checks.grants_hold})
        told = mutating.run([replace(_every()[FEW[3]], name="nothing is known of its kin", of="")], ready=ready)
    assert [one.caught_by for one in told] == ["grants"]
    assert ready.fallen == ["falls anyway"]


@pytest.mark.django_db(transaction=True)
def test_what_caught_such_a_mutant_before_is_tried_first_and_what_is_gone_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one = _every()[FEW[3]]
    monkeypatch.setattr(mutating, "REMEMBERED", tmp_path / "caught.json")
    caught = mutating.Told(one.name, "grants", mutating._digest(one.sql))
    mutating.remember({(caught.mutant, caught.sql): caught}, [one])
    before = json.loads(mutating.REMEMBERED.read_text("utf-8"))
    assert before == {mutants.kin(one)[0]: ["grants"]}
    tried: list[str] = []

    def grants() -> None:
        tried.append("grants")
        checks.grants_hold()

    named = {"quick but says nothing": lambda: tried.append("quick"), "grants": grants}
    monkeypatch.setattr(checks, "plain", lambda: named)
    with ground.ground() as ready:
        ready.expect({kin: ["a check that is gone", *names] for kin, names in before.items()})
        assert ready.first_that_falls(one) == "grants"
    assert tried[0] == "grants"


def test_what_a_check_is_made_of_is_its_own_file_and_those_that_it_imports(tmp_path: Path) -> None:
    """What is changed there is why it is asked once more what it reaches."""
    modules = mutating.checks_by_digest()
    assert set(modules) >= {"grants", checks.HANDING_OVER, "reading on it"}
    of = reaching.digest_of("tests.people.test_policies")
    assert of == reaching.digest_of("tests.people.test_policies") != reaching.digest_of("tests.people.test_doors")
    assert {"tests/people/world.py", "tests/factories/partners.py"} <= reaching.made_of("tests.people.test_policies")
    one = reaching.Reach(("people_me",), 0.5, False)
    reaching.keep(tmp_path / "reach", {"old": "1", "new": "1"}, {"old": one, "new": one})
    assert reaching.kept(tmp_path / "reach", {"old": "1", "new": "2"}) == {"old": one}


@pytest.mark.django_db(transaction=True)
def test_the_list_of_stones_is_made_from_the_database_and_is_long() -> None:
    names = list(_every())
    assert len(names) > 300
    for words in (
        "policy people_contribution.",
        "people_release: ",
        "may SELECT people_identity",
        "people_consent has no walls",
    ):
        assert any(words in name for name in names), words


def test_what_is_called_harmless_has_its_reason() -> None:
    assert all(len(why) > 15 for why in survivors.HARMLESS.values())
    assert survivors.reason("people_release: nothing of the kind") == ""


@pytest.mark.parametrize(
    ("told", "holds"),
    [
        ({"unharmed": "", "lived": [], "mutants": 2}, True),
        ({"unharmed": "", "lived": ["one that nobody missed"], "mutants": 2}, False),
        ({"unharmed": "grants", "lived": [], "mutants": 0}, False),
        ({"unharmed": "", "lived": [], "mutants": 0}, False),
    ],
)
def test_the_proof_holds_only_when_every_stone_was_missed(
    told: dict[str, Any], holds: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = {**told, "harmless": {}, "killed": 2, "explained": 0, "told": [{"mutant": "one", "caught_by": "grants"}]}
    monkeypatch.setattr(
        secrecy, "_python", lambda arguments, **more: CompletedProcess(arguments, 0, json.dumps(answer), "")
    )
    outcome = secrecy.run(argparse.Namespace())
    assert outcome.holds is holds
    assert outcome.lines[-1] == ("Sekretessen håller." if holds else "Sekretessen är inte bevisad.")


def test_a_part_is_added_to_the_others_in_a_file_and_holds_when_none_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"unharmed": "", "lived": [], "harmless": {}, "mutants": 4, "killed": 4, "explained": 0, "told": []}
    ran: list[list[str]] = []

    def ran_as(arguments: list[str], **more: str) -> CompletedProcess[str]:
        ran.append(arguments)
        return CompletedProcess(arguments, 0, json.dumps({**told, "untried": 0 if "2/2" in arguments else 2}), "")

    monkeypatch.setattr(secrecy, "_python", ran_as)
    assert not secrecy.run(argparse.Namespace(part="1/2")).holds, "a part alone adds up to nothing"
    assert ran == []
    outcomes = [
        secrecy.run(argparse.Namespace(part=part, notes=str(tmp_path / "notes"), worlds=3)) for part in ("1/2", "2/2")
    ]
    assert [one.holds for one in outcomes] == [False, True]
    assert outcomes[1].data["worlds"] == 3
    many = len(ran)
    assert secrecy.run(argparse.Namespace(part="2/2", notes=str(tmp_path / "notes"), worlds=3)).holds
    assert len(ran) == many + 1, "worlds that agreed are not played again"


def test_what_is_proved_is_not_asked_as_the_owner_whom_no_wall_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMKRAFT_ACT_AS", "owner")
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere")
    said = secrecy._python(["-c", "import os; print(sorted(os.environ))"]).stdout
    assert "PATH" in said
    assert "SAMKRAFT_ACT_AS" not in said
    assert "DATABASE_" not in said


def test_the_sum_says_how_many_were_killed_and_which_are_explained() -> None:
    told = [
        mutating.Told("people_release: nothing of the kind", "grants"),
        mutating.Told("people_number_of: people_refuse('not_for_your_role') is not refused (1)", ""),
        mutating.Told("people_release: nobody noticed", ""),
    ]
    found = survivors.summed_up(told)
    assert (found["mutants"], found["killed"], found["explained"]) == (3, 1, 1)
    assert found["lived"] == ["people_release: nobody noticed"]
    assert list(found["harmless"].values()) == ["every role that can be on a case reads the contact"]
