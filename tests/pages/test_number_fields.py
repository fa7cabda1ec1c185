"""Numbers in forms: read as people write them, and every fault said in one sentence of ours, in all forms."""

import ast
import importlib
import pkgutil

import pytest
from django import forms
from django.utils import translation

import samkraft.web
from samkraft.web import number_fields
from samkraft.web.eu.writing import HoursField
from samkraft.web.number_fields import DecimalsField, OneSentence, WholeNumberField, YearField
from tests.architecture import house

STIFF = ("Kontrollera att", "Fyll i ett", "Ensure", "Enter a")
DJANGOS = {"IntegerField", "FloatField", "DecimalField"}


def _fault(field: forms.Field, typed: str) -> str:
    with pytest.raises(forms.ValidationError) as fault:
        field.clean(typed)
    return " ".join(fault.value.messages)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12", 12), (" 12 ", 12), ("1 200", 1200), ("1\u00a0200", 1200), ("1\u202f200", 1200), ("1 200 000", 1_200_000),
        ("12,0", None), ("12.0", 12), ("1 2", None), ("12 st", None), ("12,5", None), ("0", None), ("1200001", None),
        ("9" * 5000, None), ("nan", None),
    ],
)  # fmt: skip
def test_a_whole_number_is_read_as_it_is_written_or_the_limits_are_told(typed: str, read: int | None) -> None:
    field = WholeNumberField(min_value=1, max_value=1_200_000)
    if read is not None:
        assert field.clean(typed) == read
    else:
        assert _fault(field, typed) == "Skriv ett helt tal mellan 1 och 1\u00a0200\u00a0000."


def test_what_may_be_left_empty_says_so_and_what_is_empty_says_that() -> None:
    assert _fault(WholeNumberField(min_value=1), "x") == "Skriv ett helt tal som är minst 1."
    assert _fault(WholeNumberField(max_value=9, required=False), "10") == (
        "Skriv ett helt tal som är högst 9, eller lämna tomt."
    )
    assert _fault(WholeNumberField(), "x") == "Skriv ett helt tal, till exempel 12."
    assert _fault(WholeNumberField(min_value=1), "") == "Det här behöver fyllas i."
    assert WholeNumberField(required=False).clean(" ") is None


def test_a_year_has_no_space_in_it_and_decimals_have_a_comma() -> None:
    assert _fault(YearField(min_value=1990, max_value=2199), "26") == "Skriv ett år mellan 1990 och 2199."
    assert DecimalsField(min_value=0, max_value=80).clean("7,5") == 7.5
    assert DecimalsField(min_value=0).clean("2 500,5") == 2500.5
    assert _fault(DecimalsField(min_value=0, max_value=80), "81") == "Skriv ett tal mellan 0 och 80, till exempel 7,5."
    assert _fault(DecimalsField(min_value=0, max_value=80), "inf").startswith("Skriv ett tal")
    assert HoursField().clean("1 152,5") == 69_150
    assert _fault(HoursField(), "7,555") == "Skriv timmarna med högst två decimaler, till exempel 152,5."


def test_no_form_takes_a_number_in_another_way() -> None:
    """Fields that somebody writes in; a hidden one is written by us."""
    own = "samkraft/web/number_fields.py"
    files = [path for path in house.tracked() if path.suffix == ".py" and house.short(path).startswith("samkraft/web/")]
    found = [
        f"{house.short(path)}:{node.lineno}"
        for path in files
        if house.short(path) != own
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {f"forms.{name}" for name in DJANGOS}
        and "HiddenInput" not in ast.unparse(node)
    ]
    assert found == []


def _forms() -> list[type[forms.Form]]:
    for one in pkgutil.walk_packages(samkraft.web.__path__, "samkraft.web."):
        importlib.import_module(one.name)
    found, waiting = [], [forms.Form]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            if one.__module__.startswith("samkraft."):
                found.append(one)
    return found


def test_every_form_says_what_is_wrong_with_a_number_in_our_words() -> None:
    fields = [
        (f"{form.__module__}.{form.__name__}.{name}", field)
        for form in _forms()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.IntegerField) and not isinstance(field.widget, forms.HiddenInput)
    ]
    assert len(fields) > 30, "so many numbers are asked for"
    assert [name for name, field in fields if not isinstance(field, OneSentence)] == []
    for name, field in fields:
        below = [] if field.min_value is None else [str(field.min_value - 1)]
        above = [] if field.max_value is None else [str(field.max_value + 1)]
        for typed in ("tolv", *below, *above):
            said = _fault(field, typed)
            assert said.startswith("Skriv "), (name, said)
            assert not said.startswith(STIFF), (name, said)


def test_a_text_that_is_too_long_is_told_in_our_words() -> None:
    said = _fault(forms.CharField(max_length=5), "många ord")
    assert said == "Skriv kortare: högst 5 tecken. Nu är det 9."


def test_the_sentence_is_in_english_too() -> None:
    with translation.override("en"):
        said = _fault(number_fields.WholeNumberField(min_value=1, max_value=5, required=False), "6")
    assert said == "Write a whole number from 1 to 5, or leave it empty."
