"""The same for several from the board: each is its own case, one refusal spoils nothing, sent twice is done once."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import protection
from samkraft.people.queries import boards
from samkraft.people.queries.contributions import held
from samkraft.people.rules.held import latest
from samkraft.people.rules.meetings import month_of
from samkraft.values.period import day_in_stockholm
from samkraft.web.people.board import board_several
from tests.factories import people, signed_in
from tests.factories.partners import Member
from tests.factories.people import Setting
from tests.once import Once
from tests.pages.test_board import taking_part

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("setting")]
TODAY = day_in_stockholm(timezone.now())
LAST_MONTH = month_of(TODAY.replace(day=1) - timedelta(days=1))
MEETING = {"starts_at": "2027-03-15 09.00", "place": "Föreningsgatan 35", "purpose": "planning", "between": "30"}


@pytest.fixture(scope="module")
def setting(once: Once[Setting]) -> Setting:
    return once(people.joint)


def send(client: Client, member: Member, deed: str, chosen: list[UUID], **said: Any) -> Any:
    """Send the board's form, or the page after it."""
    signed_in.sign_in(client, member)
    sent = {"membership": str(member.membership_id), "gor": deed, "p": [str(one) for one in chosen], "lista": "team"}
    return client.post("/team/flera/", sent | said)


def said_of(member: Member, person: UUID, kind: str) -> list[dict[str, Any]]:
    """The newest versions of a kind, as the member's area holds them."""
    with transactions.read(member.context):
        return [one.content for one in latest(held(member.context, person), kind)]


def test_the_board_has_a_box_for_each_and_what_can_be_done_with_the_marked(client: Client, setting: Setting) -> None:
    _amira, enrolment = taking_part(setting, "Amira", "Haddad-Lund")
    signed_in.sign_in(client, setting.officer)
    shown = client.get("/team/").content.decode()
    assert f'value={enrolment} aria-label="Markera Amira Haddad-Lund"' in shown
    for words in ("Byt processledare", "Be någon ta över", "Boka möte", "Påminn om tidrapport", "Exportera"):
        assert words in shown


def test_the_question_comes_before_anything_is_done(client: Client, setting: Setting) -> None:
    amira, enrolment = taking_part(setting, "Amira", "Haddad-Lund")
    asked = send(client, setting.officer, "mote", [enrolment]).content.decode()
    assert "Boka möte: 1 deltagare" in asked
    assert "Minuter mellan tiderna" in asked
    assert "Amira Haddad-Lund" in asked
    assert said_of(setting.officer, amira, "meeting") == []


def test_each_gets_a_time_and_a_letter_and_a_form_sent_twice_books_once(client: Client, setting: Setting) -> None:
    (amira, first), (bo, second) = taking_part(setting, "Amira", "Ask"), taking_part(setting, "Bo", "Berg")
    done = send(client, setting.officer, "mote", [first, second], klar="1", **MEETING).content.decode()
    assert "Boka möte: 2 av 2 klara" in done
    assert "Kallelse till möte" in done
    assert "Föreningsgatan 35" in done
    times = [said_of(setting.officer, person, "meeting")[0]["starts_at"][:16] for person in (amira, bo)]
    assert times == ["2027-03-15T09:00", "2027-03-15T09:30"]
    again = send(client, setting.officer, "mote", [first, second], klar="1", **MEETING).content.decode()
    assert "Boka möte: 0 av 2 klara" in again
    assert again.count("Samma möte är redan bokat") == 2
    assert len(said_of(setting.officer, amira, "meeting")) == 1


def test_one_refusal_stops_no_other_and_says_the_way_out(client: Client, setting: Setting) -> None:
    (amira, first), (bo, second) = taking_part(setting, "Amira", "Ask"), taking_part(setting, "Bo", "Berg")
    people.write(
        setting.officer.context, amira, "time_report", {"month": LAST_MONTH, "hours": 20, "how": "paper"},
        enrolment_id=first,
    )  # fmt: skip
    sent = {"klar": "1", "month": LAST_MONTH, "text": "Vi saknar din tidrapport."}
    done = send(client, setting.officer, "paminn", [first, second], **sent).content.decode()
    assert "Påminn om tidrapport: 1 av 2 klara" in done
    assert f"Tidrapporten för {LAST_MONTH} är redan inlämnad." in done
    assert "Ingen påminnelse behövs." in done
    assert "Försök igen med den som är kvar" in done
    assert done.index("Amira") < done.index("Bo Berg"), "what is left to do stands first"
    assert said_of(setting.officer, amira, "message") == []
    assert done.count("Vi saknar din tidrapport.") == 1, "a letter for each it was done for, and no other"
    assert [one["waits_on"] for one in said_of(setting.officer, bo, "message")] == ["participant"]
    again = send(client, setting.officer, "paminn", [second], **sent).content.decode()
    assert "Samma påminnelse är redan skriven i dag." in again
    assert len(said_of(setting.officer, bo, "message")) == 1


def test_the_process_lead_is_changed_for_all_and_who_leads_already_stays(client: Client, setting: Setting) -> None:
    (amira, first), (_bo, second) = taking_part(setting, "Amira", "Ask"), taking_part(setting, "Bo", "Berg")
    sent = {"klar": "1", "to_id": str(setting.officer.membership_id), "since": TODAY.isoformat()}
    done = send(client, setting.officer, "ledare", [first], **sent).content.decode()
    assert "Byt processledare: 1 av 1 klar" in done
    done = send(client, setting.officer, "ledare", [first, second], **sent).content.decode()
    assert "Byt processledare: 1 av 2 klara" in done
    assert len(said_of(setting.officer, amira, "lead")) == 1


def test_a_colleague_is_asked_to_take_over_once(client: Client, setting: Setting) -> None:
    (amira, first) = taking_part(setting, "Amira", "Ask", with_=(setting.social,))
    sent = {
        "klar": "1",
        "to_id": str(setting.social.membership_id),
        "reason": "Jag går på ledighet",
        "overlap_until": "",
    }
    done = send(client, setting.officer, "over", [first], **sent).content.decode()
    assert "Be någon ta över: 1 av 1 klar" in done
    again = send(client, setting.officer, "over", [first], **sent).content.decode()
    assert "En överlämning väntar redan på svar." in again
    assert [one["state"] for one in said_of(setting.officer, amira, "handover")] == ["asked"]


def test_a_form_that_is_not_filled_in_does_nothing_and_keeps_what_was_typed(client: Client, setting: Setting) -> None:
    amira, enrolment = taking_part(setting, "Amira", "Ask")
    shown = send(client, setting.officer, "mote", [enrolment], klar="1", **MEETING | {"starts_at": "snart"})
    assert shown.status_code == 200
    assert "Skriv dag och klockslag" in shown.content.decode()
    assert "Föreningsgatan 35" in shown.content.decode()
    assert said_of(setting.officer, amira, "meeting") == []


def test_nobody_marked_leads_back_to_the_list_as_it_was(client: Client, setting: Setting) -> None:
    response = send(client, setting.officer, "mote", [], fraga="visa=oss&fil=csv&annat=1")
    assert response.status_code == 303
    assert response.headers["Location"] == "/team/?visa=oss"
    assert "Du har inte markerat någon" in client.get("/team/").content.decode()


@pytest.mark.parametrize("deed", ["mote", "paminn", "ledare", "over", "exportera"])
def test_who_is_not_on_the_case_and_who_does_not_exist_are_left_out_alike(
    client: Client, deed: str, setting: Setting
) -> None:
    _amira, enrolment = taking_part(setting, "Amira", "Ask")
    answers = [send(client, setting.outsider, deed, [one]) for one in (enrolment, uuid4())]
    assert [one.status_code for one in answers] == [200, 200]
    if deed != "exportera":
        assert all("Ingen av dem du markerade står kvar i din lista" in one.content.decode() for one in answers)
    assert all(b"Amira" not in one.content for one in answers)


def test_who_was_protected_while_the_page_was_open_is_not_among_them(client: Client, setting: Setting) -> None:
    amira, first = taking_part(setting, "Amira", "Ask", with_=(setting.social,))
    _bo, second = taking_part(setting, "Bo", "Berg", with_=(setting.social,))
    protection.protect(by=setting.officer.context, person_id=amira, level="marked")
    asked = send(client, setting.social, "mote", [first, second]).content.decode()
    assert "Amira" not in asked
    assert "1 av dem du markerade står inte längre i din lista" in asked
    done = send(client, setting.social, "mote", [first, second], klar="1", **MEETING).content.decode()
    assert "Boka möte: 1 av 1 klar" in done
    assert said_of(setting.officer, amira, "meeting") == []


def test_a_role_is_offered_and_allowed_only_its_own(client: Client, setting: Setting) -> None:
    amira, enrolment = taking_part(setting, "Amira", "Ask", with_=(setting.care,))
    signed_in.sign_in(client, setting.care)
    assert "Byt processledare" not in client.get("/deltagare/").content.decode()
    refused = send(client, setting.care, "ledare", [enrolment])
    assert refused.status_code == 403
    assert said_of(setting.officer, amira, "lead") == []
    everything, called_in = (
        {deed.code for deed in board_several.offered(role)} for role in (Role.EMPLOYMENT_OFFICER, Role.CARE_COORDINATOR)
    )
    assert called_in < everything
    assert "ledare" in everything - called_in
    signed_in.as_role(client, Role.STEERING_GROUP)
    assert client.post("/team/flera/", {"gor": "mote"}).status_code in {403, 409}


def test_the_marked_as_a_file_and_a_trace_of_whom_by_id(client: Client, setting: Setting) -> None:
    (amira, first), (_bo, _second) = taking_part(setting, "Amira", "Ask"), taking_part(setting, "Bo", "Berg")
    response = send(client, setting.officer, "exportera", [first])
    assert response.content[:2] == b"PK"
    send(client, setting.officer, "mote", [first])
    with transactions.read(setting.officer.context):
        traces = {
            event.action: json.loads(event.content) for event in Event.objects.filter(subject_kind="people.caseload")
        }
    assert traces["caseload.exported"]["shown"] == [str(amira)]
    assert traces["caseload.chosen"] == {"deed": "mote", "shown": [str(amira)]}


def test_another_area_names_nobody_for_us(client: Client, setting: Setting) -> None:
    """Those it is done to are read again as the reader: the chosen are only a wish."""
    _amira, enrolment = taking_part(setting, "Amira", "Ask")
    with transactions.read(setting.social.context):
        assert boards.again(setting.social.context, [enrolment]) == []
