"""Contents: what is written is read back, what is wrong is refused by the name of its field."""

import json
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samkraft.partners.rules.roles import Role
from samkraft.people.rules import contents
from samkraft.people.rules.categories import Category
from samkraft.people.rules.contents import choices, reading
from samkraft.people.rules.contents.plans import Step
from samkraft.values.refusal import Refused

TODAY = date(2026, 11, 22)
ONE, OTHER = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
DIGEST = "0" * 64

# Each kind once with everything that may be said, as it is stored.
WHOLE: dict[str, dict[str, Any]] = {
    "card": {
        "given_name": "Åsa", "family_name": "Öberg", "sex": "woman", "birth_date": "1980-02-29", "language": "arabiska",
        "interpreter": True, "phone": "040-00 00 00", "email": "asa@exempel.se", "postal_address": "Gatan 1\n000 00 Orten",
        "safe_contact": "Ring bara på dagtid.", "partner_participates": False,
    },
    "referral": {
        "how": "remittering", "reason": "Behöver samordning.", "start_check": {"registered_in_city": "ja"},
        "received_on": "2026-11-01",
    },
    "referral_end": {"referral": ONE, "reason": "other_support", "ended_on": "2026-11-20", "note": "Sysselsättning."},
    "enrolled": {"initiative_id": ONE, "started_on": "2026-11-02", "wave": 3},
    "team": {"team_id": ONE, "team_name": "Team 4", "since": "2026-11-02"},
    "lead": {"membership_id": ONE, "name": "Karin Wahl", "role": "social_secretary", "area_id": OTHER, "since": "2026-11-02"},
    "phase": {"number": 2, "since": "2026-11-20", "reason": "Kartläggningen är klar."},
    "pause": {"from_date": "2026-11-10", "until": "2026-12-01", "reason_kind": "illness"},
    "prolongation": {"until": "2027-08-01", "state": "granted", "asked_by": ONE, "decided_by": OTHER, "reason": "Praktiken.",
        "answers": ONE},
    "meeting": {
        "starts_at": "2026-12-01T09:00:00+01:00", "place": "Rum 3", "with": ["Karin", "Omar"], "purpose": "start",
        "state": "booked", "about": ONE,
    },
    "minutes": {"meeting": ONE, "points": [{"about": "Praktik", "closed_as": "decided", "text": "Börjar i mars."}]},
    "contact_made": {"on": "2026-11-21", "how": "phone", "by_participant": True},
    "message": {"text": "Hej", "from_participant": True, "waits_on": "us", "answered_by": ONE},
    "time_report": {"month": "2026-10", "hours": 12, "how": "paper"},
    "time_attest": {"month": "2026-10", "hours": 12},
    "progression": {"occasion": "start", "on": "2026-11-02", "job": 3, "aim": 4, "skills": 2, "market": 1, "together": 5,
        "belief": 2},
    "progression_health": {"occasion": "quarter", "on": "2026-11-02", "health": 3},
    "sus_sheet": {
        "direction": "in", "on": "2026-11-02", "has_consent": True, "consent_sent_on": "2026-11-03", "municipality": "Malmö",
        "supports": ["assistance"], "support_months": 30, "schooling": "compulsory", "busy": ["seeks"], "extent": 50,
        "enrolled_at_af": True, "in_programme": True, "leaving": "completed",
    },
    "assessment_item": {"life_area": "health", "text": "Sover dåligt.", "source": "Samtal 1 november", "earlier": True},
    "conclusion": {"text": "Kan pröva arbete på deltid.", "rests_on": [ONE], "bodies": [ONE, OTHER]},
    "dissent": {"about": ONE, "text": "Vi tror att det är för tidigt."},
    "correction": {"about": ONE, "text": "Jag sover bra."},
    "education_level": {"level": "secondary", "is_foreign": True, "finished_year": 1998, "source": "certificate"},
    "study_plan": {
        "direction": "Undersköterska", "level": "vocational", "school": "Komvux", "starts_on": "2027-01-11", "extent": 75,
        "funding": ["study_aid", "open"], "steps": "Svenska som andraspråk först.", "made_on": "2026-11-10",
        "with": ["Karin Wahl"], "state": "ended", "ended_on": "2026-11-20", "result": "Antagen.",
    },
    "need": {"text": "Vana vid en arbetsplats", "life_area": "work"},
    "goal": {"words": "Jag vill arbeta i kök.", "measure": "Anställning", "by_date": "2027-08-01", "need": ONE, "aim": "work"},
    "step": {
        "title": "Praktik i skolkök", "step_kind": "workplace", "work_oriented": True, "goal": ONE, "body_area_id": OTHER,
        "responsible": "Arbetsmarknadssekreterare", "from_date": "2026-12-01", "to_date": "2027-02-28",
        "due_date": "2026-12-15", "order": "parallel", "depends_on": [ONE], "state": "waiting",
        "waits_on": {"who": "body", "area_id": OTHER, "role": "employment_officer", "name": "Omar", "what": "Avtal om platsen"},
        "waiting_since": "2026-11-20", "programme": {"number": "AB-1", "ends_on": "2027-02-28"}, "result": "Gick bra.",
    },
    "plan_version": {"number": 1, "frozen": {"needs": []}, "digest": DIGEST},
    "agreement": {"version_number": 1, "digest": DIGEST, "party": "participant", "how": "paper", "agreed_on": "2026-11-22"},
    "handover": {"from": ONE, "to": OTHER, "state": "asked", "overlap_until": "2026-12-31", "reason": "Byter team.",
        "answers": ONE},
    "exit": {
        "outcome": "work", "left_on": "2026-11-20", "promised_start": "2027-01-10", "promise_kept": False, "note": "Köket.",
    },
    "follow_up": {"months": 6, "due_date": "2027-05-20", "state": "done", "situation": "work", "done_on": "2026-11-21",
        "answers": ONE},
    "detail": {
        "about": ONE, "reason_kind": "illness", "outcome": "sickness_compensation", "situation": "other", "aim": "work",
        "note": "Beslut väntas.",
    },
    "own_system_note": {"system": "AIS", "text": "Möte hållet.", "entered_at": "2026-11-22", "entered_by": "Omar"},
}  # fmt: skip


def refusal(kind: str, found: Any, today: date | None = TODAY) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        contents.read(kind, found, today)
    assert str(caught.value), "the reason can be said in words"
    details = caught.value.details
    return caught.value.reason.code.removeprefix("content_"), str(details.get("field", details.get("name", "")))


def without(kind: str, key: str) -> dict[str, Any]:
    return {name: value for name, value in WHOLE[kind].items() if name != key}


def test_every_kind_is_tried_here() -> None:
    assert set(WHOLE) == set(contents.KINDS)
    for kind, whole in WHOLE.items():
        assert set(whole) == set(reading.keys_of(contents.shape_of(kind))), kind


@pytest.mark.parametrize("kind", WHOLE)
def test_what_is_written_is_read_back_the_same(kind: str) -> None:
    content = contents.read(kind, WHOLE[kind], TODAY)
    assert contents.write(content) == WHOLE[kind]
    assert contents.read(kind, json.loads(json.dumps(contents.write(content)))) == content


_OPTIONAL = {
    kind: [key for key in whole if key not in required]
    for kind, whole in WHOLE.items()
    for required in [set(contents.REQUIRED[kind])]
}


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind, keys in contents.REQUIRED.items() for key in keys])
def test_a_field_that_must_be_filled_in_is_named_when_it_is_empty(kind: str, key: str) -> None:
    label = reading.label_of(contents.shape_of(kind), key)
    assert refusal(kind, without(kind, key)) == ("missing", label)
    assert refusal(kind, {**WHOLE[kind], key: "  "}) == ("missing", label)
    assert label[0].isupper()


_OPTIONAL["sus_sheet"].remove("has_consent")  # without it nothing else may stand there, and the sheet here is whole


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind, keys in _OPTIONAL.items() for key in keys])
def test_what_is_not_known_may_be_left_out_and_is_not_stored(kind: str, key: str) -> None:
    hangs_together = {
        ("step", "waits_on"): "step_waits_on_nobody",  # this one waits, so it must say on whom
        ("study_plan", "ended_on"): "study_plan_ends_without_day",  # and this one has ended
    }
    if (kind, key) in hangs_together:
        assert refusal(kind, without(kind, key))[0] == hangs_together[kind, key]
        return
    written = contents.write(contents.read(kind, without(kind, key), TODAY))
    kept = {name: value for name, value in written.items() if name != key}
    assert kept == without(kind, key)
    assert written.get(key) in (None, False, "none", "sequence", "planned")


@pytest.mark.parametrize(
    ("kind", "change", "code", "field"),
    [
        ("card", {"given_name": "123"}, "without_letters", "Förnamn"),
        ("card", {"family_name": "An\u202ena"}, "not_readable_text", "Efternamn"),
        ("card", {"family_name": "An\x00na"}, "not_readable_text", "Efternamn"),
        ("card", {"given_name": "\ud800a"}, "not_readable_text", "Förnamn"),
        ("card", {"given_name": "a" * 101}, "too_long", "Förnamn"),
        ("card", {"given_name": 7}, "not_understood", "Förnamn"),
        ("card", {"birth_date": "2026-11-23"}, "not_yet", "Födelsedag"),
        ("card", {"birth_date": "1899-12-31"}, "long_ago", "Födelsedag"),
        ("card", {"birth_date": "1981-02-29"}, "not_a_day", "Födelsedag"),
        ("card", {"birth_date": "20260101"}, "not_a_day", "Födelsedag"),
        ("card", {"email": "asa"}, "not_understood", "E-post"),
        ("card", {"sex": "okänt"}, "not_understood", "Kön"),
        ("card", {"interpreter": "kanske"}, "not_understood", "Tolk behövs"),
        ("card", {"shoe_size": 43}, "unknown_field", "shoe_size"),
        ("referral", {"received_on": "2026-11-23"}, "not_yet", "Kom in"),
        ("referral", {"start_check": ["ja"]}, "not_understood", "Startkontroll"),
        ("enrolled", {"initiative_id": "malmo"}, "not_understood", "Insats"),
        ("enrolled", {"started_on": "2062-11-02"}, "far_ahead", "Första dag"),
        ("enrolled", {"wave": 0}, "out_of_range", "Intagsperiod"),
        ("enrolled", {"wave": True}, "not_understood", "Intagsperiod"),
        ("pause", {"until": "2026-11-10"}, "ends_before_it_begins", "Åter i gång"),
        ("meeting", {"starts_at": "2026-12-01T09:00"}, "not_a_day", "Tid"),
        ("meeting", {"starts_at": "2099-12-01T09:00+01:00"}, "far_ahead", "Tid"),
        ("meeting", {"with": "Karin"}, "not_understood", "Vilka som är med"),
        ("minutes", {"points": []}, "missing", "Punkter"),
        ("minutes", {"points": [{"about": "Praktik"}]}, "missing", "Hur punkten slutade"),
        ("minutes", {"points": ["Praktik"]}, "not_understood", "Punkter"),
        ("time_report", {"hours": 401}, "out_of_range", "Timmar"),
        ("time_report", {"hours": 1.5}, "not_understood", "Timmar"),
        ("time_report", {"month": "2026-13"}, "not_understood", "Månad"),
        ("step", {"to_date": "2026-11-30"}, "ends_before_it_begins", "Till och med"),
        ("step", {"due_date": "2032-01-01"}, "far_ahead", "Senast klart"),
        ("step", {"waiting_since": "2026-11-23"}, "not_yet", "Har väntat sedan"),
        ("step", {"waits_on": {"who": "body"}}, "missing", "Vad som ska göras"),
        ("agreement", {"digest": "abc"}, "not_understood", "Kontrollsumma"),
        ("agreement", {"party": "grannen"}, "agreement_party_is_nobody", ""),
        ("exit", {"left_on": "2026-11-23"}, "not_yet", "Sista dag"),
        ("exit", {"outcome": "vann på lotteri"}, "not_understood", "Utfall"),
    ],
)  # fmt: skip
def test_each_fault_is_refused_by_its_field(kind: str, change: dict[str, Any], code: str, field: str) -> None:
    assert refusal(kind, {**WHOLE[kind], **change}) == (code, field)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("meeting", {"with": ["a" * 200] * 30}),
        ("card", {"given_name": "a" * 100}),
        ("card", {"birth_date": "1900-01-01"}),
        ("card", {"birth_date": TODAY.isoformat()}),
        ("enrolled", {"wave": 1}),
        ("enrolled", {"wave": "999"}),
        ("enrolled", {"started_on": "2031-12-31"}),
        ("time_report", {"hours": 0}),
        ("time_report", {"hours": 400}),
        ("meeting", {"with": ["a"] * 30}),
        ("referral", {"start_check": {f"q{number}": "yes" for number in range(50)}}),
        ("step", {"to_date": "2026-12-01"}),
    ],
)
def test_what_lies_on_the_limit_is_accepted(kind: str, change: dict[str, Any]) -> None:
    contents.read(kind, {**WHOLE[kind], **change}, TODAY)


@pytest.mark.parametrize(
    ("kind", "change", "code"),
    [
        ("meeting", {"with": ["a"] * 31}, "too_many"),
        ("meeting", {"with": ["a" * 201]}, "too_long"),
        ("referral", {"start_check": {f"q{number}": "yes" for number in range(51)}}, "too_many"),
        ("enrolled", {"wave": 1000}, "out_of_range"),
        ("enrolled", {"started_on": "2032-01-01"}, "far_ahead"),
        ("card", {"given_name": "a" * 101}, "too_long"),
    ],
)
def test_what_lies_beyond_it_is_not(kind: str, change: dict[str, Any], code: str) -> None:
    assert refusal(kind, {**WHOLE[kind], **change})[0] == code


def test_a_kind_that_does_not_exist_is_refused() -> None:
    assert refusal("control_report", {})[0] == "of_unknown_kind"


@pytest.mark.parametrize(
    "name",
    ["Nguyễn Thị Hoa", "محمد العربي", "Олександра", "ثنا‌الله", "王小明", "Íñigo O’Neil-Þórsson", "ፍሬህይወት", "Åsa"],
)
def test_names_are_read_in_any_alphabet(name: str) -> None:
    card = contents.read("card", {"given_name": name, "family_name": name})
    assert (card.given_name, card.family_name) == (name, name)


def test_what_was_worked_out_when_it_was_written_is_no_part_of_what_was_said() -> None:
    stored = {**WHOLE["card"], "_sort_key": "a", "_search": ["asa"]}
    assert contents.write(contents.read("card", stored)) == WHOLE["card"]


def test_the_same_name_typed_in_two_ways_is_stored_in_one() -> None:
    composed, decomposed = "Å", "A\u030a"
    cards = [contents.read("card", {"given_name": name, "family_name": "Ek"}) for name in (composed, decomposed)]
    assert cards[0] == cards[1]


def test_the_same_instant_is_stored_in_one_way() -> None:
    instants = ("2026-12-01T08:00:00+00:00", "2026-12-01T09:00:30+01:00", "2026-12-01T08:00Z")
    read = [contents.read("meeting", {**WHOLE["meeting"], "starts_at": one}) for one in instants]
    assert {contents.write(meeting)["starts_at"] for meeting in read} == {"2026-12-01T09:00:00+01:00"}


def test_old_contributions_are_read_without_a_day_to_hold_them_against() -> None:
    assert contents.read("step", {**WHOLE["step"], "due_date": "2099-01-01"}).due_date == date(2099, 1, 1)


@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_whatever_a_form_says_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    """Anything but Refused would be a fault: forms and files can say anything."""
    lists = st.lists(st.text(), max_size=3) | st.dictionaries(st.text(), st.text(), max_size=2)
    anything = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | lists
    key = data.draw(st.sampled_from(sorted(WHOLE[kind])))
    with suppress(Refused):
        written = contents.tidied(kind, {**WHOLE[kind], key: data.draw(anything)}, TODAY)
        assert contents.tidied(kind, written, TODAY) == written
        json.dumps(written, allow_nan=False).encode()


def test_the_category_follows_from_the_kind_where_there_is_but_one() -> None:
    said = {kind: contents.category_of(kind, contents.read(kind, whole)) for kind, whole in WHOLE.items()}
    assert {kind for kind, category in said.items() if category is None} == {
        "need",
        "step",
        "dissent",
        "correction",
        "plan_version",
        "detail",
    }
    assert said["card"] is Category.CONTACT
    assert said["own_system_note"] is Category.OWN_NOTES
    assert said["assessment_item"] is Category.HEALTH
    assert said["exit"] is Category.ENROLMENT
    assert Category.OWN_NOTES not in contents.categories_of("step")


@pytest.mark.parametrize("area", list(choices.LifeArea))
def test_every_area_of_life_has_a_category_of_its_own_kind(area: choices.LifeArea) -> None:
    assert choices.LIFE_AREA_CATEGORY[area] in contents.categories_of("assessment_item")


def test_every_choice_has_a_name() -> None:
    lists = [
        found for found in vars(choices).values() if isinstance(found, type) and issubclass(found, choices.StrEnum)
    ]
    members = {(type(one), one) for found in lists if found not in (choices.StrEnum, Category, Role) for one in found}
    assert set(choices.NAMES) == members


def test_a_step_is_a_value() -> None:
    step = contents.read("step", WHOLE["step"])
    assert isinstance(step, Step)
    assert step.goal == UUID(ONE)
    with pytest.raises(AttributeError):
        step.title = "Annat"
