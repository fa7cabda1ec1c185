"""The engines' commands speak Swedish and English: the same figures, the other's words and signs."""

import re
from pathlib import Path

import pytest

from samkraft.operations import command, speech
from samkraft.values import wording
from samkraft.values.refusal import Reason, Refused


def _said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    command.main(arguments)
    told = capsys.readouterr()
    return told.out + told.err


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ((), "", "sv"),
        ((), "en", "en"),
        ((), "fi", "sv"),
        (("--language", "sv"), "en", "sv"),
        (("simulate", "plan.toml", "--language=en"), "", "en"),
        (("--language",), "en", "en"),
    ],
)
def test_the_language_is_what_the_arguments_say_or_else_the_environment(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], environment: str, language: str
) -> None:
    monkeypatch.setenv(speech.VARIABLE, environment)
    assert speech.asked(arguments) == language


def test_numbers_carry_the_signs_of_the_language() -> None:
    assert wording.number(-12345.678, 2) == "−12\xa0345,68"
    assert wording.percent(0.125, 1) == "12,5\xa0%"
    with wording.speaking(speech.of("en")):
        assert wording.number(-12345.678, 2) == "-12,345.68"
        assert wording.percent(0.125, 1) == "12.5%"
    assert wording.language() == "sv"


def test_a_refusal_is_said_with_its_details_translated() -> None:
    translated = {
        "Filen {name} går inte att läsa: {what}.": "{name} cannot be read: {what}.",
        "okänt fel": "unknown fault",
    }
    english = wording.Speech("en", lambda text: translated.get(text, text))
    refused = Refused(Reason("x", "Filen {name} går inte att läsa: {what}."), name="a.json", what="okänt fel")
    assert speech.refusal(refused) == "Filen a.json går inte att läsa: okänt fel."
    with wording.speaking(english):
        assert speech.refusal(refused) == "a.json cannot be read: unknown fault."


def _shout(text: str) -> str:
    """A translation into capitals; fields stay as they are."""
    return "".join(part if part.startswith("{") else part.upper() for part in re.split(r"(\{[^{}]*\})", text))


def _not_shouted(said: str, known: str) -> set[str]:
    """Words in small letters that stand in none of the files that the answer is about."""
    found = {word for word in re.findall(r"[^\W\d_]{2,}", said) if word.islower()}
    return found - set(re.findall(r"[^\W\d_]{2,}", known.lower()))


@pytest.fixture
def shouted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder, while the command speaks in capitals: what is not said in capitals was not translated."""
    monkeypatch.setattr(speech, "of", lambda language: wording.Speech("sv", _shout))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_everything_that_allot_says_is_translated(shouted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    example = _said(capsys, "allot", "--example")
    (shouted / "exempel.json").write_text(example, encoding="utf-8")
    (shouted / "trasig.json").write_text(example.replace('"weeks": 1,', '"weeks": "en",'), encoding="utf-8")
    for arguments in (
        ("exempel.json", "--plan", "plan.json"),
        ("exempel.json", "--check", "plan.json"),
        ("exempel.json", "--why", "P5", "sprakpraktik@3"),
        ("trasig.json",),
    ):
        said = _said(capsys, "allot", *arguments)
        assert said
        assert not _not_shouted(said, f"{example} json plan trasig samkraft allot"), said


def test_everything_that_effects_says_is_translated(shouted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = _said(capsys, "effects", "--example", "prov")
    assert "SANN EFFEKT" in known
    asked = ("prov/bakgrund.csv", "--outcome", "inkomst", "--treatment", "deltog", "--covariates", "alder,behov")
    columns = " ".join(
        (shouted / "prov" / f"{name}.csv").read_text().splitlines()[0] for name in ("bakgrund", "utgangar")
    )
    for arguments in (
        asked,
        (*asked, "--seek", "0.5"),
        ("prov/utgangar.csv", "--treatment", "deltog", "--time", "dagar", "--event", "utgang", "--kind", "1"),
        ("prov/bakgrund.csv", "--outcome", "lön", "--treatment", "deltog"),
    ):
        said = _said(capsys, "effects", *arguments)
        said = said[: said.rfind("\n\n")] if "\n\n" in said else said  # the last paragraph is written in both languages
        assert said
        assert not _not_shouted(said, f"{columns} lön kind horizon chi log rank gray"), said


def test_everything_that_simulate_says_is_translated(shouted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "guides" / "simulate.md").read_text(encoding="utf-8")
    scenario = guide.split("```toml")[1].split("```")[0]
    (shouted / "plan.toml").write_text(scenario, encoding="utf-8")
    (shouted / "trasig.toml").write_text(scenario.replace("people = 120", 'people = "många"'), encoding="utf-8")
    for arguments in (
        ("plan.toml",),
        ("plan.toml", "--compare", "plan.toml"),
        ("plan.toml", "--limit-days", "300"),
        ("trasig.toml",),
        ("finns-inte.toml",),
    ):
        said = _said(capsys, "simulate", *arguments, "--replications", "20")
        assert said
        assert "UT: ANNAT" not in said  # the scenario's own words stay as they are
        assert not _not_shouted(said, f"{scenario} många trasig toml finns inte no such file or directory"), said
