"""The translations: what is found, what is kept, and each fault seen."""

from pathlib import Path

import pytest

from samkraft.operations.translations import catalogue, faults, messages, visible


@pytest.fixture
def product(tmp_path: Path) -> Path:
    """A product of two files, with everything marked that should be."""
    made = tmp_path / "samkraft"
    (made / "web" / "templates").mkdir(parents=True)
    (made / "money" / "rules").mkdir(parents=True)
    (made / "web" / "page.py").write_text(
        '"""Sidan."""\nfrom django.utils.translation import gettext as _\n'
        'heading = _("Första sidan")\nmany = ngettext("%(n)d sak", "%(n)d saker", 2)\nodd = pgettext("verb", "Öppna")\n'
    )
    (made / "money" / "rules" / "reasons.py").write_text('REASON = phrase("Det går inte för {name}.")\n')
    (made / "web" / "templates" / "page.html").write_text(
        "{% load i18n %}<h1>{% translate 'Rubrik' %}</h1>\n<p title=\"{% translate 'Tips' %}\">"
        "{% blocktranslate trimmed count n=n %}\n  {{ n }} rad\n{% plural %}\n  {{ n }} rader\n{% endblocktranslate %}</p>\n"
    )
    return made


ENGLISH: dict[str, str | tuple[str, str]] = {
    "Första sidan": "First page",
    "%(n)d sak": ("%(n)d thing", "%(n)d things"),
    "Öppna": "Open",
    "Det går inte för {name}.": "It cannot be done for {name}.",
    "Rubrik": "Heading",
    "Tips": "Tip",
    "%(n)s rad": ("%(n)s row", "%(n)s rows"),
}


def _translated(product: Path, **changed: str) -> Path:
    """A catalogue with everything in it, but for what is changed."""
    file = product / "en.po"
    kept = catalogue.bring_up_to_date(messages.all_of(product), file)
    for entry in kept:
        key = entry.id[0] if isinstance(entry.id, tuple) else entry.id
        if key:
            entry.string = changed.get(key, ENGLISH[key])
    file.write_bytes(_written(kept))
    return file


def _written(kept: catalogue.Catalog) -> bytes:
    import io

    from babel.messages import pofile

    out = io.BytesIO()
    pofile.write_po(out, kept, omit_header=True)
    return catalogue._HEADER.encode() + out.getvalue()


def test_sentences_are_found_in_python_rules_and_templates(product: Path) -> None:
    found = {(one.text, one.plural, one.context) for one in messages.all_of(product)}
    assert found == {
        ("Första sidan", None, None),
        ("%(n)d sak", "%(n)d saker", None),
        ("Öppna", None, "verb"),
        ("Det går inte för {name}.", None, None),
        ("Rubrik", None, None),
        ("Tips", None, None),
        ("%(n)s rad", "%(n)s rader", None),
    }


def test_a_complete_catalogue_has_no_faults(product: Path) -> None:
    assert faults.all_of(product, _translated(product)) == []


def test_a_missing_translation_is_told(product: Path) -> None:
    file = _translated(product, Rubrik="")
    assert [fault for fault in faults.all_of(product, file) if "inte översatt: ”Rubrik”" in fault]


def test_a_sentence_that_is_not_in_the_catalogue_is_told(product: Path) -> None:
    file = _translated(product)
    (product / "web" / "more.py").write_text('text = _("En ny mening")\n')
    assert [fault for fault in faults.all_of(product, file) if "saknas i katalogen: ”En ny mening”" in fault]


def test_a_sentence_that_nobody_uses_is_told(product: Path) -> None:
    file = _translated(product)
    (product / "money" / "rules" / "reasons.py").write_text("")
    assert [fault for fault in faults.all_of(product, file) if "används inte längre" in fault]


def test_a_field_that_the_sentence_does_not_give_is_told(product: Path) -> None:
    file = _translated(product, **{"Det går inte för {name}.": "It cannot be done for {who}."})
    assert [fault for fault in faults.all_of(product, file) if "fälten skiljer sig" in fault]


def test_a_guess_is_told(product: Path) -> None:
    file = _translated(product)
    file.write_text(file.read_text().replace('msgid "Rubrik"', '#, fuzzy\nmsgid "Rubrik"'))
    assert [fault for fault in faults.all_of(product, file) if "fuzzy" in fault]


def test_collecting_keeps_what_is_translated_and_drops_the_rest(product: Path) -> None:
    file = _translated(product)
    (product / "web" / "page.py").write_text('heading = _("Första sidan")\nnew = _("Ny")\n')
    kept = catalogue.bring_up_to_date(messages.all_of(product), file)
    assert kept.get("Första sidan").string == "First page"
    assert kept.get("Ny").string == ""
    assert kept.get("Öppna", "verb") is None


def test_collecting_twice_changes_nothing(product: Path) -> None:
    file = _translated(product)
    catalogue.bring_up_to_date(messages.all_of(product), file)
    once = file.read_bytes()
    catalogue.bring_up_to_date(messages.all_of(product), file)
    assert file.read_bytes() == once


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("web/templates/bare.html", "<p>Bara svenska</p>"),
        ("web/templates/bare.html", '<button aria-label="Stäng rutan"></button>'),
        ("web/bare.py", 'text = "Ändrad i går"\n'),
        ("money/rules/bare.py", 'REASON = Reason("x", "Det finns inte.")\n'),
    ],
)
def test_swedish_outside_translation_is_told(product: Path, name: str, text: str) -> None:
    (product / name).write_text(text)
    assert visible.in_file(product / name, product)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "web/templates/fine.html",
            "<p>{{ name }} · {% translate 'Hej' %} 12 kr</p>{# Bara för oss #}<script>var å</script>",
        ),
        ("web/fine.py", '"""Ändrad i går."""\ntext = _("Ändrad i går")\nraise ValueError("får inte hända")\n'),
        ("money/rules/decision_text/fine.py", 'VERBS = ("överför", "föreslår")\n'),
    ],
)
def test_what_is_marked_or_is_data_is_let_be(product: Path, name: str, text: str) -> None:
    (product / name).parent.mkdir(exist_ok=True)
    (product / name).write_text(text)
    assert visible.in_file(product / name, product) == []
