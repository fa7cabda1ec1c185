"""What waits for a caseworker about participants; who stands in for whom; and finding a participant by name."""

import json
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.partners.actions import stand_ins
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import cases
from samkraft.people.queries import searching
from samkraft.values.period import STOCKHOLM, day_in_stockholm
from samkraft.web.inbox import sources
from tests.factories import partners, people, signed_in
from tests.factories.partners import Member
from tests.factories.people import Setting
from tests.factories.refusals import refused
from tests.once import Once
from tests.pages.test_board import step, taking_part

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("setting")]
TODAY = day_in_stockholm(timezone.now())


@pytest.fixture(scope="module")
def setting(once: Once[Setting]) -> Setting:
    return once(people.joint)


def led(setting: Setting, person: UUID, enrolment: UUID, lead: Member) -> None:
    """Let somebody lead the person's process."""
    people.write(
        setting.officer.context,
        person,
        "lead",
        {
            "membership_id": str(lead.membership_id),
            "name": "Ledaren",
            "role": lead.context.role,
            "area_id": str(lead.area_id),
            "since": TODAY.isoformat(),
        },
        enrolment_id=enrolment,
    )


def waits(member: Member) -> list[str]:
    """What stands in the inbox, and that the figure in the bar says the same."""
    with transactions.read(member.context):
        found = sources.items(member.context, TODAY)
        assert sources.number(member.context, TODAY) == len(found)
    return [item.what for item in found]


def meeting(setting: Setting, person: UUID, enrolment: UUID, starts_at: datetime) -> None:
    """A booked meeting."""
    people.write(
        setting.officer.context,
        person,
        "meeting",
        {
            "starts_at": starts_at.isoformat(),
            "place": "Rum 1",
            "with": ["Amira"],
            "purpose": "planning",
            "state": "booked",
        },
        enrolment_id=enrolment,
    )


def test_what_i_lead_and_what_waits_for_us_is_mine(client: Client, setting: Setting) -> None:
    amira, enrolment = taking_part(setting, "Amira", "Haddad-Lund")
    step(setting.officer.context, amira, enrolment, "Praktik i köket")
    assert waits(setting.officer) == ["Amira Haddad-Lund: Svara"], "nobody leads, so it is everybody's on the case"
    colleague = partners.member(Role.EMPLOYMENT_OFFICER)
    led(setting, amira, enrolment, colleague)
    assert waits(setting.officer) == []
    led(setting, amira, enrolment, setting.officer)
    assert waits(setting.officer) == ["Amira Haddad-Lund: Svara"]
    signed_in.sign_in(client, setting.officer)
    page = client.get("/inkorg/").content.decode()
    assert "Amira Haddad-Lund: Svara" in page
    assert 'class="count">1<' in page
    with transactions.read(setting.officer.context):
        event = Event.objects.get(action="inbox.listed")
    assert json.loads(event.content)["shown"] == [str(amira)]


def test_a_meeting_waits_on_its_day_and_then_for_its_minutes(setting: Setting) -> None:
    amira, enrolment = taking_part(setting, "Amira", "Haddad-Lund")
    led(setting, amira, enrolment, setting.officer)
    now = timezone.now().astimezone(STOCKHOLM)
    meeting(setting, amira, enrolment, now - timedelta(days=2))
    meeting(setting, amira, enrolment, now.replace(hour=23, minute=59, second=0, microsecond=0))
    meeting(setting, amira, enrolment, now + timedelta(days=3))
    assert waits(setting.officer) == ["Skriv in mötet med Amira Haddad-Lund", "Möte med Amira Haddad-Lund kl. 23.59"]


def test_a_consent_that_lapses_waits_for_the_lead(setting: Setting) -> None:
    amira, enrolment = taking_part(setting, "Amira", "Haddad-Lund")
    led(setting, amira, enrolment, setting.officer)
    people.consent(
        setting.officer.context, amira, setting.social.area_id, "enrolment", until=TODAY + timedelta(days=20)
    )
    assert waits(setting.officer) == ["Amira Haddad-Lund: samtycke går ut"]


def test_follow_ups_wait_from_a_fortnight_before_and_go_when_they_are_done(setting: Setting) -> None:
    amira, enrolment = taking_part(setting, "Amira", "Haddad-Lund")
    led(setting, amira, enrolment, setting.officer)
    people.write(
        setting.officer.context,
        amira,
        "exit",
        {"outcome": "work", "left_on": TODAY.isoformat()},
        enrolment_id=enrolment,
    )
    planned = [
        people.write(
            setting.officer.context,
            amira,
            "follow_up",
            {"months": months, "due_date": (TODAY + timedelta(days=days)).isoformat(), "state": "due"},
            enrolment_id=enrolment,
        )
        for months, days in ((3, 14), (6, 15), (1, 8))
    ]
    assert waits(setting.officer) == ["Följ upp Amira Haddad-Lund"]
    people.write(
        setting.officer.context,
        amira,
        "follow_up",
        {"months": 3, "due_date": (TODAY + timedelta(days=14)).isoformat(), "state": "done", "situation": "work",
         "done_on": TODAY.isoformat()},
        enrolment_id=enrolment,
        lineage=planned[0].lineage,
        based_on=1,
    )  # fmt: skip
    assert waits(setting.officer) == []


def test_a_handover_and_a_request_for_more_time_wait_for_those_who_answer(setting: Setting) -> None:
    amira, enrolment = taking_part(setting, "Amira", "Haddad-Lund")
    led(setting, amira, enrolment, setting.officer)
    receiver = partners.member(Role.EMPLOYMENT_OFFICER, name="Rut Tar Över")
    cases.assign(by=setting.officer.context, person_id=amira, membership_id=receiver.membership_id)
    people.write(
        setting.officer.context,
        amira,
        "handover",
        {
            "from": str(setting.officer.membership_id),
            "to": str(receiver.membership_id),
            "state": "asked",
            "reason": "Semester",
        },
        enrolment_id=enrolment,
    )
    people.write(
        setting.officer.context,
        amira,
        "prolongation",
        {
            "until": (TODAY + timedelta(days=30)).isoformat(),
            "state": "asked",
            "asked_by": str(setting.officer.membership_id),
            "reason": "Praktiken",
        },
        enrolment_id=enrolment,
    )
    assert waits(setting.officer) == [], "who asks does not answer"
    assert waits(receiver) == ["Amira Haddad-Lund: mer tid är begärd", "Ta över Amira Haddad-Lund?"]
    assert waits(setting.outsider) == []


def stood_in_for(setting: Setting, stand_in: Member, *, first: date = TODAY) -> UUID:
    """The officer is away for a week."""
    return stand_ins.appoint(
        by=setting.officer.context,
        stand_in_id=stand_in.membership_id,
        start_date=first,
        last_date=first + timedelta(days=7),
    )


def test_a_stand_in_sees_what_waits_only_on_cases_that_both_are_on(setting: Setting) -> None:
    both, of_both = taking_part(setting, "Amira", "Haddad-Lund")
    one, of_one = taking_part(setting, "Bo", "Ask")
    for person, enrolment in ((both, of_both), (one, of_one)):
        led(setting, person, enrolment, setting.officer)
        step(setting.officer.context, person, enrolment, "Praktik")
    stand_in = partners.member(Role.EMPLOYMENT_OFFICER, name="Sam Vikarie")
    cases.assign(by=setting.officer.context, person_id=both, membership_id=stand_in.membership_id)
    assert waits(stand_in) == []
    made = stood_in_for(setting, stand_in)
    assert waits(stand_in) == ["Amira Haddad-Lund: Svara"]
    with transactions.read(stand_in.context):
        (item,) = sources.items(stand_in.context, TODAY)
    assert item.why == "Du är ställföreträdare för Åsa Ek"
    stand_ins.end(by=setting.officer.context, stand_in_id=made)
    assert waits(stand_in) == [], "from now, not from tomorrow"
    with refused("stand_in_none"):
        stand_ins.end(by=setting.officer.context, stand_in_id=made)
    ahead = stood_in_for(setting, stand_in, first=TODAY + timedelta(days=3))
    stand_ins.end(by=setting.officer.context, stand_in_id=ahead)
    with transactions.read(stand_in.context):
        assert sources.items(stand_in.context, TODAY + timedelta(days=3)) == []
    stood_in_for(setting, stand_in)
    assert waits(stand_in) == ["Amira Haddad-Lund: Svara"], "what never held takes no time from another"


def test_nobody_stands_in_over_the_border_of_an_authority_nor_for_themselves(setting: Setting) -> None:
    without_caseload = partners.member(Role.PROJECT_ADMINISTRATOR, "af", name="Mats Månad")
    for stand_in, code in (
        (setting.social, "stand_in_not_colleague"), (without_caseload, "stand_in_not_colleague"),
        (setting.officer, "stand_in_yourself"),
    ):  # fmt: skip
        with refused(code):
            stood_in_for(setting, stand_in)
    stood_in_for(setting, setting.outsider)
    with refused("stand_in_taken"):
        stood_in_for(setting, setting.outsider, first=TODAY + timedelta(days=7))
    with refused("stand_in_no_time"):
        stood_in_for(setting, setting.outsider, first=TODAY - timedelta(days=30))


def test_the_page_appoints_a_stand_in_and_ends_it(client: Client, setting: Setting) -> None:
    signed_in.sign_in(client, setting.officer)
    assert "Ulf Utanför, Arbetsförmedlare" in client.get("/inkorg/stallforetradare/").content.decode()
    sent = {
        "membership": str(setting.officer.membership_id),
        "who": str(setting.outsider.membership_id),
        "first": TODAY.isoformat(),
        "last": (TODAY + timedelta(days=3)).isoformat(),
    }
    page = client.post("/inkorg/stallforetradare/", sent, follow=True).content.decode()
    assert "Ställföreträdaren är utsedd." in page
    signed_in.sign_in(client, setting.outsider)
    page = client.get("/inkorg/stallforetradare/").content.decode()
    assert "Du är ställföreträdare för" in page
    assert "Åsa Ek" in page
    signed_in.sign_in(client, setting.officer)
    again = client.post("/inkorg/stallforetradare/", sent).content.decode()
    assert "Du har redan en ställföreträdare under den tiden." in again
    with transactions.read(setting.officer.context):
        from samkraft.partners.queries import stand_ins as asked

        (row,) = asked.appointed(setting.officer.context, TODAY)
    page = client.post(
        f"/inkorg/stallforetradare/{row.id}/avsluta/", {"membership": str(setting.officer.membership_id)}, follow=True
    ).content.decode()
    assert "Ställföreträdaren är avslutad, och ser inte längre det som väntar på dig." in page


def test_a_participant_is_found_by_how_the_name_begins_by_those_on_the_case_alone(
    client: Client, setting: Setting
) -> None:
    amira, _ = taking_part(setting, "Amira", "Haddad-Lund")
    referred = people.participant(setting.officer.context, given="Amir", family="Öberg")
    found = {}
    for who in (setting.officer, setting.social, setting.outsider):
        with transactions.read(who.context):
            found[who.membership_id] = [one.person_id for one in searching.by_name(who.context, "ami")]
    assert found[setting.officer.membership_id] == [amira, referred]
    assert found[setting.social.membership_id] == found[setting.outsider.membership_id] == []
    with transactions.read(setting.officer.context):
        assert [one.name for one in searching.by_name(setting.officer.context, "lund amira")] == ["Amira Haddad-Lund"]
        assert searching.by_name(setting.officer.context, "amira öberg") == []
        assert searching.by_name(setting.officer.context, "  ") == []
    signed_in.sign_in(client, setting.officer)
    page = client.get("/sok/?q=haddad").content.decode()
    assert f'href="/deltagare/{amira}/"' in page
    signed_in.sign_in(client, setting.social)
    assert "Inget hittades" in client.get("/sok/?q=haddad").content.decode()


def test_what_is_left_to_tie_up_comes_to_whoever_can_tie_it(client: Client) -> None:
    """A promised start whose day has been goes to who led; a note for the own system to who wrote it."""
    from samkraft.people.actions import enrolments, exits, own_system_notes
    from tests.factories import joint_work

    way = joint_work.known_to_two()
    made = way.setting
    enrolments.choose_lead(
        by=made.social.context,
        person_id=way.person_id,
        membership_id=made.officer.membership_id,
        since=way.today,
        instead_of=made.social.membership_id,
        at=way.at,
    )
    own_system_notes.write(by=made.social.context, person_id=way.person_id, text="Möte", at=way.at)
    left = way.today
    exits.leave(
        by=made.social.context,
        person_id=way.person_id,
        left={"outcome": "work", "left_on": left.isoformat(), "promised_start": (left + timedelta(days=5)).isoformat()},
        at=way.at,
    )
    day = left + timedelta(days=6)

    def waiting(member: Member) -> list[str]:
        with transactions.read(member.context):
            found = sources.items(member.context, day)
            assert sources.number(member.context, day) == len(found)
        return [item.what for item in found if item.group == "Att knyta ihop"]

    assert waiting(made.officer) == ["Började Amira Haddad-Lund som avtalat?"]
    assert waiting(made.social) == ["För in anteckningen om Amira Haddad-Lund"]
    assert waiting(made.outsider) == []


def test_a_page_that_is_not_there_a_refusal_and_the_account_keep_the_bar_with_what_waits(
    client: Client, setting: Setting
) -> None:
    amira, enrolment = taking_part(setting, "Amira", "Haddad-Lund")
    step(setting.officer.context, amira, enrolment, "Praktik i köket")
    signed_in.sign_in(client, setting.officer)
    for address, status in (("/finns-inte/", 404), ("/granskning/", 403), (reverse("account"), 200)):
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == status, address
        assert ">Mitt team</a>" in page, address
        assert 'class="count">1<' in page, address
    client.logout()
    assert ">Mitt team</a>" not in client.get("/finns-inte/").content.decode()
