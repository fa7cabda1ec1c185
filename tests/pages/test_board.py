"""The caseload board and the list of everyone: what they show to whom, what the address chooses, what a file holds."""

import csv
import io
import json
import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.initiatives.actions import teams
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import protection, saved_views
from samkraft.people.queries import boards
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from tests.factories import joint_work, people, signed_in
from tests.factories.partners import Member
from tests.factories.people import Setting
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("setting")]
TODAY = day_in_stockholm(timezone.now())


@pytest.fixture(scope="module")
def setting(once: Once[Setting]) -> Setting:
    return once(people.joint)


def taking_part(setting: Setting, given: str, family: str, *, with_: tuple[Member, ...] = ()) -> tuple[UUID, UUID]:
    """Somebody enrolled by the employment officer; with those whose areas are told."""
    by = setting.officer.context
    person = people.participant(by, given=given, family=family)
    enrolment = people.enrolled(setting, by, person, started_on=TODAY - timedelta(days=40))
    people.join_team(setting, by, person, *with_)
    return person, enrolment


def step(
    by: Context, person: UUID, enrolment: UUID, title: str, *, days: int = 3, who: str = "us", **more: object
) -> None:
    """A step that waits."""
    people.write(
        by,
        person,
        "step",
        {
            "title": title,
            "step_kind": "workplace",
            "work_oriented": True,
            "body_area_id": str(by.area_id),
            "responsible": "Åsa Ek",
            "state": "waiting",
            "waits_on": {"who": who, "what": "Svara", **more},
            "waiting_since": (TODAY - timedelta(days=days)).isoformat(),
        },
        enrolment_id=enrolment,
        category="plan",
    )


def page(client: Client, address: str, member: Member) -> str:
    """The page as text, as this member."""
    signed_in.sign_in(client, member)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_board_says_who_waits_for_what_and_on_whom(client: Client, setting: Setting) -> None:
    amira, enrolment = taking_part(setting, "Amira", "Haddad-Lund")
    step(setting.officer.context, amira, enrolment, "Praktik i köket", days=9)
    taking_part(setting, "Bo", "Ask")
    shown = page(client, "/team/", setting.officer)
    assert "Team 4 · alla deltagare" in shown
    assert "2 deltagare" in shown
    assert f'href="/deltagare/{amira}/"' in shown
    assert "Praktik i köket" in shown
    assert "9 d" in shown
    assert "försenat" in shown
    assert shown.index("Amira Haddad-Lund") < shown.index("Bo Ask"), "the late one stands first"


def test_chips_combine_and_stand_in_the_address(client: Client, setting: Setting) -> None:
    amira, enrolment = taking_part(setting, "Amira", "Haddad-Lund")
    step(setting.officer.context, amira, enrolment, "Praktik i köket")
    taking_part(setting, "Bo", "Ask")
    shown = page(client, "/team/?visa=oss", setting.officer)
    assert "Team 4 · deltagare som väntar på oss" in shown
    assert "1 av 2 deltagare" in shown
    assert "Visa alla 2" in shown
    assert "Bo Ask" not in shown
    assert "visa=oss,utan-plan" in shown, "the next chip adds itself to those that are on"
    assert "Ingen med det urvalet" in page(client, "/team/?visa=oss,pausad", setting.officer)


def test_a_name_is_searched_in_the_list_and_columns_sort(client: Client, setting: Setting) -> None:
    taking_part(setting, "Amira", "Haddad-Lund")
    taking_part(setting, "Bo", "Ask")
    found = page(client, "/team/?q=hadd", setting.officer)
    assert "Amira Haddad-Lund" in found
    assert "Bo Ask" not in found
    by_name = page(client, "/team/?ordning=-namn", setting.officer)
    assert 'aria-sort="descending"' in by_name
    assert by_name.index("Amira") < by_name.index("Bo Ask")


def test_what_an_area_was_not_told_is_not_on_its_board_nor_counted(client: Client, setting: Setting) -> None:
    """The same person, one step that only the employment service knows of: as if it did not exist for the others."""
    amira, enrolment = taking_part(setting, "Amira", "Haddad-Lund", with_=(setting.social,))
    before = page(client, "/team/", setting.social)
    people.write(
        setting.officer.context,
        amira,
        "own_system_note",
        {"system": "AIS", "text": "Hemligt"},
        enrolment_id=enrolment,
    )
    taking_part(setting, "Bo", "Ask")
    after = page(client, "/team/", setting.social)
    assert "Bo Ask" not in after
    assert "Hemligt" not in after

    def told(text: str) -> str:
        part = text[text.index('class="content board-page"') : text.index("board-foot")]
        return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", part)  # new on each page

    assert told(before) == told(after)


def test_a_protected_person_leaves_the_board_at_once(client: Client, setting: Setting) -> None:
    amira, _ = taking_part(setting, "Amira", "Haddad-Lund", with_=(setting.social,))
    assert "Amira" in page(client, "/team/", setting.social)
    protection.protect(by=setting.officer.context, person_id=amira, level="marked")
    hidden = page(client, "/team/", setting.social)
    assert "Amira" not in hidden
    assert "Inga deltagare än" in hidden
    assert "Amira" in page(client, "/team/", setting.officer)


def test_a_name_is_text_and_never_markup(client: Client, setting: Setting) -> None:
    amira, enrolment = taking_part(setting, "<script>alert(1)</script>", 'O"Neill')
    step(setting.officer.context, amira, enrolment, "<img src=x onerror=alert(2)>")
    shown = page(client, "/team/", setting.officer)
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; O&quot;Neill" in shown


def test_the_file_holds_what_the_screen_shows_in_its_order(client: Client, setting: Setting) -> None:
    amira, enrolment = taking_part(setting, "Amira", "Haddad-Lund")
    step(setting.officer.context, amira, enrolment, "Praktik i köket", days=9)
    taking_part(setting, "Bo", "Ask")
    taking_part(setting, "Cilla", "Berg")
    shown = page(client, "/team/?visa=utan-plan", setting.officer)
    names = ["Amira Haddad-Lund", "Bo Ask", "Cilla Berg"]
    assert sorted(names, key=shown.index) == names
    signed_in.sign_in(client, setting.officer)
    response = client.get("/team/?visa=utan-plan&fil=csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows] == ["Namn", *names]
    assert rows[1][3:8] == ["Praktik i köket", "Oss", "9", (TODAY - timedelta(days=9)).isoformat(), "ja"]
    assert client.get("/team/?fil=xlsx").content[:2] == b"PK"


def test_what_was_shown_and_what_was_taken_out_is_written_down_by_id(client: Client, setting: Setting) -> None:
    amira, _ = taking_part(setting, "Amira", "Haddad-Lund")
    page(client, "/team/", setting.officer)
    client.get("/team/?fil=csv")
    with transactions.read(setting.officer.context):
        events = {event.action: event for event in Event.objects.filter(subject_kind="people.caseload")}
    for action in ("caseload.listed", "caseload.exported"):
        assert json.loads(events[action].content)["shown"] == [str(amira)]
        assert "Amira" not in events[action].content


def test_mine_are_those_whose_process_is_mine_to_lead(client: Client, setting: Setting) -> None:
    amira, enrolment = taking_part(setting, "Amira", "Haddad-Lund")
    taking_part(setting, "Bo", "Ask")
    officer = setting.officer
    people.write(
        officer.context,
        amira,
        "lead",
        {"membership_id": str(officer.membership_id), "name": "Åsa Ek", "role": "employment_officer",
         "area_id": str(officer.area_id), "since": TODAY.isoformat()},
        enrolment_id=enrolment,
    )  # fmt: skip
    shown = page(client, "/team/?vilka=mina", officer)
    assert "Team 4 · mina deltagare" in shown
    assert "Amira" in shown
    assert "Bo Ask" not in shown


def test_the_list_of_everyone_has_those_who_have_left_on_a_page_of_its_own(client: Client, setting: Setting) -> None:
    amira, enrolment = taking_part(setting, "Amira", "Haddad-Lund")
    taking_part(setting, "Bo", "Ask")
    people.write(
        setting.officer.context,
        amira,
        "exit",
        {"outcome": "work", "left_on": TODAY.isoformat()},
        enrolment_id=enrolment,
    )
    now = page(client, "/deltagare/", setting.officer)
    assert "Alla deltagare" in now
    assert "Bo Ask" in now
    assert "Amira" not in now
    left = page(client, "/deltagare/?vilka=utskrivna", setting.officer)
    assert "De som är utskrivna" in left
    assert "Amira" in left
    assert "Bo Ask" not in left


def test_a_team_that_is_not_ones_own_is_not_there(client: Client, setting: Setting) -> None:
    signed_in.sign_in(client, setting.officer)
    assert client.get(f"/team/{setting.team_id}/").status_code == 200
    assert client.get(f"/team/{uuid4()}/").status_code == 404
    signed_in.sign_in(client, setting.outsider)
    assert client.get(f"/team/{setting.team_id}/").status_code == 404


def test_who_never_meets_participants_is_refused(client: Client) -> None:
    signed_in.as_role(client, Role.STEERING_GROUP)
    assert client.get("/team/").status_code == 403
    assert client.get("/deltagare/").status_code == 403


def _views(member: Member) -> list[str]:
    with transactions.read(member.context):
        return [view.name for view in boards.frame(member.context, TODAY).views]


def test_a_choice_is_saved_shared_within_the_area_and_removed(client: Client, setting: Setting) -> None:
    officer = setting.officer
    signed_in.sign_in(client, officer)
    sent = {"membership": str(officer.membership_id), "namn": "Veckans", "visa": "oss,forsenat", "q": "Amira",
            "dela": "1", "team": str(setting.team_id), "lista": "team"}  # fmt: skip
    response = client.post("/team/urval/", sent)
    assert response.status_code == 303
    assert response.headers["Location"] == "/team/?visa=oss,forsenat"
    shown = page(client, "/team/", officer)
    assert "Veckans" in shown
    assert "Urvalet är sparat." in shown
    assert _views(setting.social) == [], "another area's part of the team has its own"
    assert _views(setting.outsider) == []
    with transactions.read(officer.context):
        view = boards.frame(officer.context, TODAY).views[0]
    assert view.query == "visa=oss,forsenat"
    assert "Amira" not in view.query
    with pytest.raises(Refused) as refused:
        saved_views.remove(by=setting.social.context, view_id=view.id)
    assert refused.value.reason.code == "view_none"
    client.post(f"/team/urval/{view.id}/bort/", {"membership": str(officer.membership_id)})
    assert _views(officer) == []


def test_who_saved_a_choice_shares_it_and_takes_it_back(client: Client, setting: Setting) -> None:
    officer, colleague = setting.officer, joint_work.colleague(setting, setting.officer)
    signed_in.sign_in(client, officer)
    teams.add_member(
        by=setting.leader.context, team_id=setting.team_id, membership_id=colleague.membership_id, start_date=TODAY
    )
    own = saved_views.save(by=officer.context, name="Mitt", codes=("oss",))
    sent = {"membership": str(officer.membership_id), "lista": "team"}
    assert _views(colleague) == []
    shared = client.post(f"/team/urval/{own}/dela/", {**sent, "team": str(setting.team_id)}, follow=True)
    assert "Urvalet delas med teamet." in shared.content.decode()
    assert _views(colleague) == ["Mitt"]
    with transactions.read(colleague.context):
        (view,) = boards.frame(colleague.context, TODAY).views
    assert (view.saved_by, view.is_mine) == (officer.name, False)
    assert _views(setting.social) == [], "another area's part of the team has its own"
    with pytest.raises(Refused) as refused:
        saved_views.share(by=colleague.context, view_id=own, team_id=None)
    assert refused.value.reason.code == "view_none"
    client.post(f"/team/urval/{own}/dela/", sent)
    assert (_views(colleague), _views(officer)) == ([], ["Mitt"])


def test_a_choice_without_a_name_or_without_a_choice_is_refused_in_words(client: Client, setting: Setting) -> None:
    signed_in.sign_in(client, setting.officer)
    sent = {"membership": str(setting.officer.membership_id), "namn": "  ", "visa": "oss"}
    assert "Urvalet har inget namn." in client.post("/team/urval/", sent, follow=True).content.decode()
    sent |= {"namn": "Tomt", "visa": ""}
    assert "Det finns inget urval att spara." in client.post("/team/urval/", sent, follow=True).content.decode()
    with pytest.raises(Refused) as refused:
        saved_views.save(by=setting.outsider.context, name="X", codes=("oss",), team_id=setting.team_id)
    assert refused.value.reason.code == "view_not_your_team"


def test_a_team_of_150_is_a_page_of_at_most_80_kilobytes(client: Client, setting: Setting) -> None:
    """Rows repeated from one: the row's size is what is tried, not the database."""
    from samkraft.people.rules.boards import Day, lines
    from samkraft.web.people.board import board_rows

    amira, enrolment = taking_part(setting, "Amira", "Haddad-Lund")
    step(
        setting.officer.context, amira, enrolment, "Praktik, Servicenämndens kök", who="body",
        area_id=str(setting.social.area_id), role="place_coordinator",
    )  # fmt: skip
    shown = page(client, "/team/", setting.officer)
    with transactions.read(setting.officer.context):
        (row,) = boards.caseload(setting.officer.context, TODAY)
    found = lines([row] * 149, Day(TODAY, setting.officer.area_id))
    said = board_rows.Said(TODAY, setting.officer.area_id, {setting.social.area_id: "Malmö stad, socialtjänsten"})
    assert len(shown.encode()) + len(board_rows.body(found, said).encode()) < 80_000
