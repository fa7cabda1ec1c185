"""Figures, days, states, fields and frame as templates say them."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils import translation

from samkraft.web import days, figures, front_end_files

HARD = "\u00a0"
WEB = Path(front_end_files.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
STYLES = WEB / "static" / "samkraft"


def rendered(source: str, **context: object) -> str:
    return Template("{% load look %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("ore", "text"),
    [
        (1_305_600_000, f"13{HARD}056{HARD}000{HARD}kr"),
        (0, f"0{HARD}kr"),
        (50, f"0,50{HARD}kr"),
        (-16_300_005, f"−163{HARD}000,05{HARD}kr"),
        (None, "okänt"),
    ],
)
def test_an_amount_has_hard_spaces_and_what_is_unknown_is_never_nought(ore: int | None, text: str) -> None:
    assert rendered("{{ ore|kronor }}", ore=ore) == text


@pytest.mark.parametrize(
    ("ore", "text"),
    [
        (1_305_600_000, f"13,1{HARD}mnkr"),
        (4_200_000_000, f"42,0{HARD}mnkr"),
        (-4_200_000_000, f"−42,0{HARD}mnkr"),
        (1_200_000, f"0,012{HARD}mnkr"),
        (2_515_000_000, f"25,2{HARD}mnkr"),
        (None, "okänt"),
    ],
)
def test_overviews_show_millions_and_a_small_amount_does_not_look_like_nothing(ore: int | None, text: str) -> None:
    assert rendered("{{ ore|mnkr }}", ore=ore) == text


def test_english_readers_get_a_decimal_point() -> None:
    with translation.override("en"):
        assert figures.amount(123_456_789) == f"1{HARD}234{HARD}567.89"
        assert days.short(date(2024, 3, 6)) == f"6{HARD}Mar"


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.27, "27"), (0.2419, "24,19"), (Decimal("0.005"), "0,5"), (1, "100"), (0.33333, "33,33"), (0.1, "10")],
)
def test_a_share_has_the_decimals_it_needs_up_to_two(share: Decimal | float, text: str) -> None:
    assert figures.percent(share) == f"{text}{HARD}%"


def test_a_change_shows_its_sign_with_a_real_minus() -> None:
    assert [figures.signed(change) for change in (25, 0, -5600)] == ["+25", "0", f"−5{HARD}600"]


def test_days_are_short_in_tables_and_whole_in_text() -> None:
    day = date(2024, 2, 27)
    assert rendered("{{ day|day }}", day=day) == f"27{HARD}feb"
    assert rendered("{{ day|dated }}", day=day) == f"27{HARD}feb{HARD}2024"
    assert rendered("{{ day|month }}", day=day) == f"februari{HARD}2024"
    assert rendered("{{ day|full_day }}", day=day) == f"27{HARD}februari{HARD}2024"
    assert rendered("{{ day|weekday_day }}", day=day) == f"tisdag 27{HARD}februari"
    assert rendered("{{ day|week }}", day=date(2021, 4, 5)) == f"v.{HARD}14"
    assert rendered("{{ day|day }}", day=None) == "okänt"


def test_an_instant_is_shown_as_the_swedish_day_and_clock() -> None:
    late = datetime(2024, 6, 30, 22, 30, tzinfo=UTC)
    assert rendered("{{ at|day }} {{ at|clock }}", at=late) == f"1{HARD}juli 00.30"


def test_unknown_and_nothing_are_not_the_same() -> None:
    assert rendered("{{ x|unknown }} {{ x|none }} {{ nought|unknown }}", x=None, nought=0) == "okänt – 0"


@pytest.mark.parametrize("kind", ["ok", "needs", "overdue", "closed"])
def test_a_state_is_told_by_shape_and_word_and_not_by_colour_alone(kind: str) -> None:
    html = rendered("{% status kind words %}", kind=kind, words="väntar <b>")
    assert "<svg" in html
    assert "väntar &lt;b&gt;" in html


def test_the_four_states_have_four_forms() -> None:
    drawn = [rendered("{% shape kind %}", kind=kind) for kind in ("ok", "needs", "overdue", "closed")]
    assert len({drawing.partition(">")[2] for drawing in drawn}) == 4


def test_no_line_ends_inside_an_amount_that_somebody_else_wrote() -> None:
    hard = "\N{NO-BREAK SPACE}"
    told = "Nämnden får 9 000 000 kronor år 2024, 25,6 mnkr och 27 % av 100 arbetslösa."
    kept = f"Nämnden får 9{hard}000{hard}000{hard}kronor år 2024, 25,6{hard}mnkr och 27{hard}% av 100 arbetslösa."
    assert rendered("{{ s|unbroken }}", s=told) == kept
    assert rendered("{{ s|unbroken }}", s="<6 192>") == f"&lt;6{hard}192&gt;"


def test_words_in_a_sentence_are_marked_and_everything_is_escaped() -> None:
    assert rendered("{{ s|marked:w }}", s="fick <6 192> tkr", w="<6 192> tkr") == (
        "fick <mark>&lt;6\N{NO-BREAK SPACE}192&gt; tkr</mark>"
    )
    assert rendered("{{ s|marked:w }}", s="a & b", w=None) == "a &amp; b"


def test_an_icon_alone_has_a_name_and_one_beside_a_word_is_silent() -> None:
    assert 'aria-label="Sök"' in rendered('{% icon "search" label="Sök" %}')
    assert 'aria-hidden="true"' in rendered('{% icon "search" %}')


class Question(forms.Form):
    amount = forms.CharField(label="Belopp", help_text="Hela kronor.")
    kind = forms.ChoiceField(label="Slag", choices=[("a", "Ett"), ("b", "Två")], widget=forms.RadioSelect)
    note = forms.CharField(label="Not", required=False)


def test_a_field_ties_label_help_and_error_to_its_control() -> None:
    html = rendered("{% field form.amount %}", form=Question({"amount": ""}))
    assert 'for="id_amount"' in html
    assert 'aria-describedby="id_amount_help id_amount_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_amount_help"' in html
    assert 'id="id_amount_error"' in html


def test_a_field_in_order_is_not_called_wrong() -> None:
    html = rendered("{% field form.note %}", form=Question({"amount": "1", "kind": "a"}))
    assert "aria-invalid" not in html
    assert "(frivilligt)" in html


def test_choices_are_a_group_with_a_name() -> None:
    html = rendered("{% field form.kind %}", form=Question())
    assert "<fieldset" in html
    assert "<legend>Slag" in html
    assert html.count('class="ds-input"') == 2


def test_the_error_summary_names_each_fault_and_leads_to_its_field() -> None:
    form = Question({"amount": ""})
    form.is_valid()
    html = rendered("{% error_summary form %}", form=form)
    assert "Rätta 2 saker" in html
    assert '<a href="#id_amount">Belopp: ' in html
    assert rendered("{% error_summary form %}", form=Question()).strip() == ""


class Hours(forms.Form):
    """Three rows that ask the same, and a question of its own with a number in its name."""

    who_0 = forms.CharField(label="Namn")
    hours_0 = forms.IntegerField(label="Timmar")
    who_1 = forms.CharField(label="Namn")
    hours_1 = forms.IntegerField(label="Timmar")
    total_2 = forms.IntegerField(label="Summa")


class Named(Hours):
    """The same, where the rows have names."""

    def row_words(self, name: str) -> str:
        """The name that was typed in the row."""
        return str(self.data.get(f"who_{name[-1]}", "")) if name.startswith("hours") else ""


def test_the_error_summary_says_which_row_where_several_ask_the_same() -> None:
    sent = {"who_0": "Amira", "hours_0": "x", "who_1": "", "hours_1": "y", "total_2": ""}
    html = rendered("{% error_summary form %}", form=Hours(sent))
    assert "Rätta 4 saker" in html
    assert '<a href="#id_hours_0">Rad 1 · Timmar: ' in html
    assert '<a href="#id_who_1">Rad 2 · Namn: ' in html
    assert '<a href="#id_hours_1">Rad 2 · Timmar: ' in html
    assert '<a href="#id_total_2">Summa: ' in html, "alone with its question"
    html = rendered("{% error_summary form %}", form=Named(sent))
    assert '<a href="#id_hours_0">Amira · Timmar: ' in html
    assert '<a href="#id_hours_1">Rad 2 · Timmar: ' in html, "counted where nobody has a name for it"


def test_every_link_of_the_error_summary_has_a_target() -> None:
    form = Question({"amount": ""})
    summary = rendered("{% error_summary form %}", form=form)
    page = rendered("{% field form.amount %}{% field form.kind %}{% field form.note %}", form=form)
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert len(targets) == 2
    assert all(f'id="{target}"' in page for target in targets)


@pytest.mark.parametrize(
    ("sort", "direction", "leads_to"),
    [("wait", "ascending", "sort=-wait"), ("-wait", "descending", "sort=wait"), ("name", "none", "sort=wait")],
)
def test_a_sorting_head_says_its_direction_and_keeps_the_filters(sort: str, direction: str, leads_to: str) -> None:
    request = RequestFactory().get("/", {"fund": "jobbpakt", "page": "3"})
    html = rendered('{% sort_head "Väntat" "wait" sort %}', request=request, sort=sort)
    assert f'aria-sort="{direction}"' in html
    assert f"?fund=jobbpakt&amp;{leads_to}" in html
    assert "page" not in html


def test_a_filter_with_nothing_behind_it_stays_and_one_that_is_on_says_so() -> None:
    assert "chip-none" in rendered('{% chip "Försenat" "?a" count=0 shape="overdue" %}')
    on = rendered('{% chip "Försenat" "?a" count=0 on=True %}')
    assert 'aria-current="true"' in on
    assert "chip-none" not in on


def test_an_event_without_a_kind_still_has_a_shape() -> None:
    html = render_to_string("components/history.html", {"events": [{"when": date(2024, 1, 2), "heading": "Bytt"}]})
    assert "shape-closed" in html


def test_the_page_for_a_fault_needs_nothing_at_all() -> None:
    html = get_template("errors/500.html").template.render(Context({}))
    assert "Felet är vårt" in html


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_templates_hold_no_style_script_or_event_that_the_policy_would_drop(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", source)
    assert not re.search(r"<script(?![^>]*\s(?:src=|type=.application/json))", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_every_icon_that_a_template_names_is_in_the_sprite(path: Path) -> None:
    named = re.findall(r'{% icon "([^"]+)"', path.read_text(encoding="utf-8"))
    assert set(named) <= set(front_end_files.ICONS)


def colours(name: str) -> dict[str, str]:
    text = (STYLES / name).read_text(encoding="utf-8")
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", text))


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: relative luminance of the lighter over the darker, each with 0.05 added."""

    def luminance(colour: str) -> float:
        digits = colour.lstrip("#")
        digits = "".join(letter * 2 for letter in digits) if len(digits) == 3 else digits
        parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light.css", "dark.css"])
@pytest.mark.parametrize("role", ["accent", "neutral", "success", "warning", "danger", "info"])
def test_text_of_every_role_can_be_read_on_every_ground(scheme: str, role: str) -> None:
    token = {key: value for key, value in colours(scheme).items() if key.startswith(f"ds-color-{role}-")}
    prefix = f"ds-color-{role}"
    for text in ("text-subtle", "text-default"):
        for ground in ("background-default", "surface-default", "surface-tinted", "surface-hover"):
            assert contrast(token[f"{prefix}-{text}"], token[f"{prefix}-{ground}"]) >= 5.5
    for base in ("base-default", "base-hover"):
        assert contrast(token[f"{prefix}-{base}"], token[f"{prefix}-base-contrast-default"]) >= 5.5
    assert contrast(token[f"{prefix}-border-default"], token[f"{prefix}-surface-default"]) >= 3


@pytest.mark.parametrize("scheme", ["light.css", "dark.css"])
def test_our_own_pairs_can_be_read(scheme: str) -> None:
    token = colours(scheme)
    pairs = [
        ("ink", "page"), ("ink", "surface"), ("ink", "stone"), ("ink", "question-tint"), ("ink", "late-tint"),
        ("quiet", "page"), ("quiet", "surface"), ("quiet", "stone"), ("quiet", "question-tint"), ("quiet", "late-tint"),
        ("plum", "page"), ("plum", "surface"), ("plum", "plum-tint"), ("plum", "stone"),
        ("bar-text", "bar"), ("bar-quiet", "bar"), ("on-brass", "brass"), ("question-text", "question-fill"),
    ]  # fmt: skip
    measured = {pair: contrast(token[pair[0]], token[pair[1]]) for pair in pairs}
    assert {pair: value for pair, value in measured.items() if value < 5.5} == {}
    assert contrast(token["control"], token["surface"]) >= 3
    assert contrast(token["series-1"], token["page"]) >= 3


def test_dark_has_every_colour_that_light_has() -> None:
    assert set(colours("dark.css")) >= set(colours("light.css")) - {"ds-link-color-visited"}
