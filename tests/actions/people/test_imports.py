"""Files read in: tried first, all of it or nothing, each fault with its row and column, the same file once."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.db.utils import ProgrammingError
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.offer.models import Occasion, Place
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import imports
from samkraft.people.actions.imports import ReadIn
from samkraft.people.actions.places import place_sessions, places
from samkraft.people.models import Attendance, Contribution, ImportedFile
from samkraft.people.queries import contributions
from samkraft.people.queries.places import place_lists
from samkraft.people.rules.imports.shapes import Kind
from samkraft.values.refusal import Refused
from tests.factories import joint_work, partners, people
from tests.factories import places as made
from tests.factories.partners import Member

pytestmark = pytest.mark.django_db
HEADS = "Personnummer;Efternamn;Förnamn;Telefon;Hur kom personen;Inkom"
AMIRA = "199006022397;Haddad;Amira;040-12 34 56;anvisning;2026-03-31"
BO = ";Öberg;Bo;;egen ansökan;31 mars 2026"


def read(
    by: Member, *rows: str, kind: Kind = Kind.REFERRALS, heads: str = HEADS, trial: bool = False, **more: Any
) -> ReadIn:
    content = "\n".join([heads, *rows]).encode()
    return imports.read_in(by=by.context, kind=kind, content=content, name="fil.csv", is_trial=trial, **more)


def faults(done: ReadIn) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.reason.code) for fault in done.faults]


def count(by: Member, model: Any, **said: Any) -> int:
    with transactions.read(by.context):
        return int(model.objects.filter(**said).count())


def trail(by: Member) -> list[Event]:
    with transactions.read(by.context):
        return list(Event.objects.filter(membership_id=by.membership_id).order_by("recorded_at"))


def test_a_trial_keeps_nothing_and_reading_in_keeps_everything() -> None:
    officer = partners.member(Role.EMPLOYMENT_OFFICER)
    tried = read(officer, AMIRA, BO, trial=True)
    assert (tried.rows, tried.faults, tried.is_kept, tried.shape) == (2, (), False, "own")
    assert count(officer, Contribution) == 0
    assert [event.action for event in trail(officer)] == ["import.tried"]

    done = read(officer, AMIRA, BO)
    assert done.is_kept
    assert count(officer, Contribution, kind="card") == count(officer, Contribution, kind="referral") == 2
    with transactions.read(officer.context):
        told = {row.content["family_name"]: row.content for row in Contribution.objects.filter(kind="card")}
        assert told["Haddad"]["phone"] == "040-12 34 56"
        assert {row.content["received_on"] for row in Contribution.objects.filter(kind="referral")} == {"2026-03-31"}
    assert {event.action for event in trail(officer)} >= {"import.read_in", "case.begun", "referral.made"}
    for event in trail(officer):
        assert "Haddad" not in event.content + event.subject_name
        assert "9006022397" not in event.content + event.subject_name


def test_one_wrong_row_keeps_all_of_them_out_and_everything_wrong_is_told_at_once() -> None:
    officer = partners.member(Role.EMPLOYMENT_OFFICER)
    done = read(
        officer,
        AMIRA,
        "199006022398;Ek;Åsa;;anvisning;2026-03-31",
        ";;Siv;;hej;32 mars 2026",
        ";Holm;Siv;;anvisning;2099-01-01",
        ";Lind;Siv;;anvisning;=TODAY()",
    )
    assert faults(done) == [
        (3, "Personnummer", "identity_number_wrong_check_digit"),
        (4, "Efternamn", "cell_missing"),
        (4, "Hur kom personen", "cell_not_a_choice"),
        (4, "Inkom", "cell_not_a_day"),
        (5, "Inkom", "content_not_yet"),
        (6, "Inkom", "cell_formula"),
    ]
    assert not done.is_kept
    assert count(officer, Contribution) == count(officer, ImportedFile) == 0


def test_the_same_file_is_read_in_once_whichever_program_saved_it() -> None:
    officer = partners.member(Role.EMPLOYMENT_OFFICER, name="Åsa Ek")
    colleague = partners.member(Role.EMPLOYMENT_OFFICER)
    elsewhere = partners.member(Role.SOCIAL_SECRETARY)
    read(officer, BO)
    for by, rows in ((officer, [BO]), (colleague, [BO, ";;;;;"])):
        with pytest.raises(Refused) as met:
            read(by, *rows)
        assert met.value.reason.code == "import_read_in_before"
        assert met.value.details["name"] == "Åsa Ek"
    assert read(elsewhere, BO).is_kept  # another authority knows nothing of it


def test_that_a_file_was_read_in_is_known_to_the_own_area_alone_and_written_only_as_oneself() -> None:
    officer, colleague = partners.member(Role.EMPLOYMENT_OFFICER), partners.member(Role.EMPLOYMENT_OFFICER)
    elsewhere = partners.member(Role.SOCIAL_SECRETARY)
    read(officer, BO)
    assert [count(by, ImportedFile) for by in (officer, colleague, elsewhere)] == [1, 1, 0]
    for changed in ({"membership_id": officer.membership_id}, {"area_id": elsewhere.area_id}):
        said = {"area_id": colleague.area_id, "membership_id": colleague.membership_id, **changed}
        with pytest.raises(ProgrammingError), transactions.write(colleague.context):
            ImportedFile.objects.create(
                kind="referrals", shape="own", rows=1, digest="x", read_at=timezone.now(), read_by="Någon", **said
            )


def test_rows_that_repeat_each_other_are_told() -> None:
    officer = partners.member(Role.EMPLOYMENT_OFFICER)
    done = read(officer, AMIRA, BO, BO, "19900602-2397;Haddad;A;;remiss;2026-04-01")
    assert faults(done) == [(4, "", "row_same"), (5, "Personnummer", "row_same_number")]
    assert done.faults[1].details == {"row": 2}


def test_a_person_on_ones_own_case_keeps_the_card_and_is_not_referred_twice_the_same_day() -> None:
    setting = people.joint()
    person_id = people.participant(setting.officer.context, text="199006022397", given="Amira", family="Haddad-Lund")
    done = read(setting.officer, AMIRA)
    assert (done.known, done.is_kept) == (1, True)
    with transactions.read(setting.officer.context):
        held = contributions.held(setting.officer.context, person_id)
        assert [one.content["family_name"] for one in held if one.kind == "card"] == ["Haddad-Lund"]
        assert [one.kind for one in held].count("referral") == 1
    again = read(setting.officer, AMIRA, BO)
    assert faults(again) == [(2, "", "row_referred_before")]
    assert read(setting.social, AMIRA).known == 0  # another area is told nothing


def test_a_protected_person_is_not_read_in_from_a_file() -> None:
    officer = partners.member(Role.EMPLOYMENT_OFFICER)
    heads = "Personnr;Namn;Sökandekategori;Sekretessmarkering;Anvisningsdatum"
    done = read(officer, "199006022397;Haddad, Amira;11;Ja;2026-03-31", heads=heads)
    assert (done.shape, faults(done)) == ("ais", [(2, "Sekretessmarkering", "row_only_by_hand")])
    assert done.unread == ("Sökandekategori",)
    assert read(officer, "199006022397;Haddad, Amira;11;Nej;2026-03-31", heads=heads).is_kept


def test_no_more_persons_are_begun_than_the_guard_of_the_numbers_lets_through() -> None:
    officer = partners.member(Role.EMPLOYMENT_OFFICER)
    rows = [f";Ek{'ab'[n % 2]}{n};Åsa;;anvisning;2026-03-31" for n in range(61)]
    with pytest.raises(Refused) as met:
        read(officer, *rows)
    assert met.value.reason.code == "import_too_many_rows"
    people.participant(officer.context)
    assert faults(read(officer, *rows[:60])) == [(61, "", "too_many_questions")]


def test_trials_do_not_go_round_how_often_numbers_may_be_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "MOST_TRIALS", 2)
    officer, colleague = partners.member(Role.EMPLOYMENT_OFFICER), partners.member(Role.EMPLOYMENT_OFFICER)
    for _ in range(2):
        read(officer, AMIRA, trial=True)
    for trial in (True, False):
        with pytest.raises(Refused) as met:
            read(officer, AMIRA, trial=trial)
        assert met.value.reason.code == "too_many_questions"
    assert read(colleague, AMIRA).is_kept


def test_who_may_not_do_it_by_hand_may_not_do_it_by_file() -> None:
    for role, kind in (
        (Role.PROVIDER, Kind.REFERRALS),
        (Role.SOCIAL_SECRETARY, Kind.OCCASIONS),
        (Role.EMPLOYMENT_OFFICER, Kind.ATTENDANCE),
    ):
        with pytest.raises(Refused) as met:
            read(partners.member(role), BO, kind=kind)
        assert met.value.reason.code == "not_allowed"


OCCASIONS = "Aktivitet;Tillfälle;Utförare;Första dagen;Sista dagen;Platser;Timmar i veckan;Lokal;Språk;Stadsdel"


def test_occasions_with_places_come_from_a_file_for_the_activities_that_one_coordinates() -> None:
    offered = made.offered(name="Språkpraktik")
    way = joint_work.begun(offered.setting, offered.setting.officer)
    day, last = way.today + timedelta(days=30), way.today + timedelta(days=90)
    rest = f"UTFORAREN;{day};{last};12;20;Föreningsgatan 35"
    good = [f"Språkpraktik;Start {n};{rest};svenska, arabiska;Rosengård" for n in (1, 2)]
    wrong = read(
        offered.coordinator,
        good[0],
        f"Simskola;Start 3;{rest};;",
        f"Språkpraktik;Start 3;Ingen AB;{day};{last};0;20;Gatan 1;klingonska;Månen",
        f"Språkpraktik;Start 4;UTFORAREN;2020-01-01;{last};12;20;Gatan 1;;",
        kind=Kind.OCCASIONS, heads=OCCASIONS, at=way.at,
    )  # fmt: skip
    assert faults(wrong) == [
        (3, "Aktivitet", "import_no_such_activity"),
        (4, "Utförare", "import_no_such_provider"),
        (4, "Platser", "import_places"),
        (4, "Språk", "import_no_such_language"),
        (4, "Stadsdel", "import_no_such_district"),
        (5, "", "occasion_in_the_past"),
    ]
    assert Occasion.objects.count() == 0
    assert read(offered.coordinator, *good, kind=Kind.OCCASIONS, heads=OCCASIONS, at=way.at).is_kept
    assert [(row.name, row.languages) for row in Occasion.objects.order_by("name")] == [
        ("Start 1", ["sv", "ar"]),
        ("Start 2", ["sv", "ar"]),
    ]
    assert Place.objects.count() == 24
    more = read(offered.coordinator, good[0], kind=Kind.OCCASIONS, heads=OCCASIONS, at=way.at)
    assert faults(more) == [(2, "", "row_occasion_before")]
    other = partners.member(Role.PLACE_COORDINATOR, "af")
    assert faults(read(other, good[0], kind=Kind.OCCASIONS, heads=OCCASIONS, at=way.at)) == [
        (2, "Aktivitet", "import_no_such_activity")
    ]


ATTENDANCE = "Aktivitet;Datum;Tid;Kod;Närvaro"


def test_attendance_comes_from_a_file_by_code_and_the_same_again_changes_nothing() -> None:
    offered = made.offered(name="Språkpraktik")
    officer = offered.setting.officer
    way = joint_work.begun(offered.setting, officer)
    places.join(by=officer.context, person_id=way.person_id, activity_id=offered.activity_id, at=way.at)
    occasion = offered.occasion(way)
    offered.open(way, occasion)
    hold = made.hold_of(way, officer)
    places.answer(by=officer.context, person_id=way.person_id, hold_id=hold.id, accepts=True, at=way.at)
    places.decide(by=officer.context, hold_id=hold.id, granted=True, number="AF 1", decided_date=way.today, at=way.at)
    monday = made.monday_after(way.today + timedelta(days=30))
    session, _told = place_sessions.add(
        by=offered.coordinator.context, occasion_id=occasion, day=monday, starts=time(9), ends=time(12), at=way.at
    )
    way.after((monday - way.today).days + 1)
    (row,) = made.asked(offered.provider, place_lists.roll, session)
    line = f"Språkpraktik;{monday};9.00;{row.code.lower()};Här"

    wrong = read(
        offered.provider,
        line,
        f"Språkpraktik;{monday};13.00;{row.code};Här",
        f"Språkpraktik;{monday};9.00;ZZZZZ;Borta",
        f"Språkpraktik;{monday};9.00;{row.code};sjuk",
        kind=Kind.ATTENDANCE, heads=ATTENDANCE, at=way.at,
    )  # fmt: skip
    assert faults(wrong) == [
        (3, "Datum", "import_no_session"),
        (4, "", "import_no_code"),
        (5, "Närvaro", "cell_not_a_choice"),
    ]
    assert count(officer, Attendance) == 0
    done = read(offered.provider, line, kind=Kind.ATTENDANCE, heads=ATTENDANCE, at=way.at)
    assert (done.is_kept, done.known, count(officer, Attendance)) == (True, 0, 1)
    again = read(offered.provider, line.replace("9.00", "09:00"), kind=Kind.ATTENDANCE, heads=ATTENDANCE, at=way.at)
    assert (again.known, count(officer, Attendance)) == (1, 1)
    stranger = partners.member(Role.PROVIDER, "annan-utforare")
    assert faults(read(stranger, line, kind=Kind.ATTENDANCE, heads=ATTENDANCE, at=way.at)) == [
        (2, "Datum", "import_no_session")
    ]
