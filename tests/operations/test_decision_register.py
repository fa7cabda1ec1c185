"""`samkraft decision register`: the same rules and the same no as on the page; nothing saved when something is open."""

from pathlib import Path

import pytest

from samkraft.money.models import Decision, Proposal, Transfer
from samkraft.operations import command
from samkraft.partners.rules.organisations import OrganisationKind
from tests.factories import money, partners

pytestmark = pytest.mark.django_db
TEXT = f"""Protokoll
STK-2024-5
Jobbsatsningar 2024

Beslut
Kommunstyrelsen beslutar

1. Kommunstyrelsen tilldelar arbetsmarknadsnämnden 6 000 kronor %s från {money.APPROPRIATION.lower()}.
"""


@pytest.fixture
def city() -> money.City:
    partners.organisation("ks", OrganisationKind.BOARD, name="Kommunstyrelsen")
    partners.organisation("asn", name="Arbetsmarknadsnämnden")
    made = money.city()
    made.budget(10_000)
    return made


def register(tmp_path: Path, year: str, *words: str) -> int:
    file = tmp_path / "beslut.txt"
    file.write_text(TEXT % year, encoding="utf-8")
    return command.main(["decision", "register", str(file), *words])


def test_a_clear_decision_is_registered_and_posted(
    city: money.City, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert register(tmp_path, "år 2024", "--date", "2024-03-06", "--paragraph", "87") == command.FINE
    assert "Antal punkter: 1" in capsys.readouterr().out
    assert city.kronor_at("frame", "asn") == 6_000
    assert register(tmp_path, "år 2024", "--date", "2024-03-06") == command.BAD_USE
    assert "har redan ett registrerat beslut" in capsys.readouterr().err


def test_a_question_stops_it_until_it_is_answered(
    city: money.City, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert register(tmp_path, "", "--date", "2024-03-06") == command.FOUND_WRONG
    assert "vilket år" in capsys.readouterr().out
    assert Decision.objects.count() == 0
    assert register(tmp_path, "", "--date", "2024-03-06", "--answer", "A=2024") == command.FINE
    assert city.kronor_at("frame", "asn") == 6_000


def test_a_proposal_posts_nothing(city: money.City, tmp_path: Path) -> None:
    before = Transfer.objects.count()
    assert register(tmp_path, "år 2024", "--proposal") == command.FINE
    assert (Proposal.objects.count(), Transfer.objects.count()) == (1, before)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Ett beslut behöver en dag."),
        (("--date", "2024-03-06", "--body", "finns-inte"), "Inget organ heter"),
        (("--date", "2024-03-06", "--as", "ingen@exempel.invalid"), "har ingen roll"),
        (("--date", "2024-03-06", "--matter", "2"), "Texten har 1 ärenden"),
        (("--date", "2024-03-06", "--answer", "Q=1"), "går inte att använda"),
    ],
)
def test_bad_use_is_said_in_words(
    city: money.City, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert register(tmp_path, "år 2024", *words) == command.BAD_USE
    assert told in capsys.readouterr().err
    assert Decision.objects.count() == 0
