"""One person's pages, as different readers meet them."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from samkraft.audit.actions import transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import consents
from samkraft.people.queries import consents as asked
from samkraft.people.rules import secrecy
from samkraft.values.refusal import Refused
from samkraft.web import acting
from samkraft.web.acting import FORM_FIELD
from tests.factories import partners, people, signed_in
from tests.factories.people import Setting
from tests.once import Once

pytestmark = pytest.mark.django_db


def _known() -> tuple[Setting, UUID]:
    """The person is referred by the social services; the officer's area has been let in."""
    setting = people.joint()
    by = setting.social.context
    person_id = people.participant(by, text="199006022397")
    people.write(by, person_id, "referral", {"how": "remittering", "received_on": "2026-01-05", "reason": "Bistånd"})
    enrolment_id = people.enrolled(setting, by, person_id)
    people.join_team(setting, by, person_id, setting.officer)
    people.write(by, person_id, "goal", {"words": "Jobba i kök, helst i Rosengård"}, enrolment_id=enrolment_id)
    people.write(
        by,
        person_id,
        "step",
        {
            "title": "Praktik i Servicenämndens kök",
            "step_kind": "workplace",
            "work_oriented": True,
            "body_area_id": str(by.area_id),
            "state": "waiting",
            "waits_on": {"who": "us", "what": "Besked om plats", "name": "Ida Holm"},
            "waiting_since": "2026-11-02",
        },
        enrolment_id=enrolment_id,
        category="plan",
    )
    people.write(
        by, person_id, "assessment_item", {"life_area": "health", "text": "Orkar fyra timmar", "source": "samtal"}
    )
    return setting, person_id


@pytest.fixture(scope="module")
def known(once: Once[tuple[Setting, UUID]]) -> tuple[Setting, UUID]:
    return once(_known)


@pytest.fixture
def setting(known: tuple[Setting, UUID]) -> Setting:
    return known[0]


@pytest.fixture
def person(known: tuple[Setting, UUID]) -> UUID:
    return known[1]


def _get(client: Client, member: Any, name: str, *args: Any, **query: str) -> Any:
    return signed_in.sign_in(client, member).get(reverse(f"people:{name}", args=args), query)


PAGES = ("person", "assessment", "consents", "give_consent", "looked", "protection", "contact", "journey", "edit_plan")


@pytest.mark.parametrize("name", [*PAGES, "agree", "meetings"])
def test_each_page_opens_for_those_on_the_case_alone(client: Client, setting: Setting, person: UUID, name: str) -> None:
    """The writer's team sees it; a colleague who is on no case of hers, and one who guesses an id, get the same words."""
    assert "Amira Haddad-Lund" in _get(client, setting.social, name, person).content.decode()
    hidden = _get(client, setting.outsider, name, person)
    guessed = _get(client, setting.outsider, name, uuid4())
    assert hidden.status_code == guessed.status_code == 409
    assert "Det finns inget här som du kan se" in hidden.content.decode()
    assert "Amira" not in hidden.content.decode()
    way = f'href="{reverse("people:emergency")}"'
    assert (way in hidden.content.decode(), way in guessed.content.decode()) == (True, True)


def test_the_way_to_an_emergency_is_shown_to_those_who_can_go_it_alone(rf: RequestFactory, setting: Setting) -> None:
    way = f'href="{reverse("people:emergency")}"'
    for member, reason, shown in (
        (setting.officer, secrecy.NOT_FOUND, True),
        (setting.leader, secrecy.NOT_FOUND, False),
        (setting.officer, access.NOT_ALLOWED, False),
    ):
        request: Any = rf.get("/")
        request.by = member.context
        told = acting.refusal_page(request, Refused(reason, role="", who="")).content.decode()
        assert (way in told) is shown, (member.name, reason.code)


def test_the_same_person_differs_by_what_each_has_been_given(client: Client, setting: Setting, person: UUID) -> None:
    """The officer has the goal and the step, by a consent; not the referral, and not health."""
    theirs = _get(client, setting.social, "person", person).content.decode()
    ours = _get(client, setting.officer, "person", person).content.decode()
    for shared in ("Jobba i kök", "Praktik i Servicenämndens kök", "Ida Holm"):
        assert shared in theirs
        assert shared in ours
    assert "Bistånd" in theirs
    assert "Bistånd" not in ours
    assert "mottaget från" in ours
    assert "Orkar fyra timmar" not in _get(client, setting.officer, "assessment", person).content.decode()
    assert "Orkar fyra timmar" in _get(client, setting.social, "assessment", person).content.decode()


def test_who_has_looked_shows_the_reading_itself(client: Client, setting: Setting, person: UUID) -> None:
    """A page that was opened is in the list the next time."""
    _get(client, setting.social, "person", person)
    page = _get(client, setting.social, "looked", person).content.decode()
    assert "Per Nyberg" in page
    assert "läste" in page


def test_a_consent_is_registered_taken_back_and_nothing_more_is_handed_over(
    client: Client, setting: Setting, person: UUID
) -> None:
    """The form, the list with its state, and the button that takes it back."""
    signed_in.sign_in(client, setting.social)
    address = reverse("people:give_consent", args=[person])
    form = {
        "membership": str(setting.social.membership_id),
        "to_area": str(setting.care.area_id),
        "categories": ["health"],
        "purpose": "Planera tillsammans",
        "last_date": "2027-06-30",
        "how": "paper",
        "giver": "Amira",
        "giver_ground": "self",
    }
    supplier = partners.member(Role.PROVIDER, "utforaren")
    page = client.get(address).content.decode()
    assert str(setting.care.area_id) in page
    assert str(supplier.area_id) not in page, "only those who work with participants are asked about"
    nobody = client.post(address, form | {"to_area": str(supplier.area_id)}).content.decode()
    assert "Rätta" in nobody
    missing = client.post(address, form | {"categories": []})
    assert "Rätta" in missing.content.decode()
    assert "Planera tillsammans" in missing.content.decode()
    assert client.post(address, form).status_code == 303
    again = client.post(address, form)
    assert "Det finns redan ett samtycke" in again.content.decode()
    with transactions.read(setting.social.context):
        scope = next(
            line for line in asked.standing(setting.social.context, person) if line.to_area_id == setting.care.area_id
        )
    done = client.post(
        reverse("people:consents", args=[person]),
        {"membership": str(setting.social.membership_id), "scope": str(scope.id)},
        follow=True,
    )
    assert "återtaget" in done.content.decode()


def test_the_head_says_when_nothing_newer_comes(client: Client, setting: Setting, person: UUID) -> None:
    """What was handed over stays when the consent is taken back, and may be old."""
    signed_in.sign_in(client, setting.officer)

    def head() -> str:
        page = client.get(reverse("people:person", args=[person])).content.decode()
        return page[page.index('class="strip') :].partition("</section>")[0]

    assert "Praktik i Servicenämndens kök" in head()
    assert "återtaget" not in head()
    with transactions.read(setting.social.context):
        standing = asked.standing(setting.social.context, person)
    given = [line.id for line in standing if line.to_area_id == setting.officer.area_id]
    consents.withdraw(by=setting.social.context, person_id=person, scope_ids=given)
    assert "Praktik i Servicenämndens kök" in head()
    assert head().count("samtycket återtaget") == 2, "the goal and the step"


def test_a_new_person_is_registered_with_what_is_known(client: Client, setting: Setting) -> None:
    """The fewest questions; a number that is wrong is told beside what was typed."""
    signed_in.sign_in(client, setting.social)
    address = reverse("people:new")
    form = {
        "membership": str(setting.social.membership_id),
        "initiative": str(setting.initiative_id),
        "number": "19900602-2398",
        "given_name": "Samir",
        "family_name": "Bekele",
        "how": "remittering",
        "received_on": "2026-11-02",
    }
    wrong = client.post(address, form)
    assert wrong.status_code == 200
    assert "Bekele" in wrong.content.decode()
    made = client.post(address, form | {"number": "19900602-2397"}, follow=True)
    assert "Samir Bekele" in made.content.decode()
    assert "19900602" not in made.content.decode()
    assert "19900602" not in made.redirect_chain[-1][0]


def test_an_emergency_is_opened_with_a_reason_and_reviewed_by_another(
    client: Client, setting: Setting, person: UUID
) -> None:
    """A miss and a hit by another authority's number say the same; the review does not tell whom it was about."""

    colleague = partners.member(Role.SOCIAL_SECRETARY, name="Jo Kollega")
    signed_in.sign_in(client, colleague)
    form = {"membership": str(colleague.membership_id), "number": "19900602-2397", "minutes": "30"}
    short = client.post(reverse("people:emergency"), form | {"reason": "bråttom"})
    assert "minst 20 tecken" in short.content.decode()
    opened = client.post(reverse("people:emergency"), form | {"reason": "Hon ringde och lät mycket rädd"}, follow=True)
    assert "Amira Haddad-Lund" in opened.content.decode()
    officer = partners.member(Role.DATA_PROTECTION_OFFICER)
    page = signed_in.sign_in(client, officer).get(reverse("people:review_emergencies")).content.decode()
    assert "Jo Kollega" in page
    assert "mycket rädd" in page
    assert "Amira" not in page


def test_a_step_is_added_changed_and_two_who_change_at_once_lose_nothing(
    client: Client, setting: Setting, person: UUID
) -> None:
    """The second of two sees both texts side by side, and what was typed is still in the fields."""
    signed_in.sign_in(client, setting.social)
    own = {"membership": str(setting.social.membership_id)}
    step = own | {
        "title": "Studiebesök i två kök", "step_kind": "workplace", "order": "sequence", "state": "planned",
        "category": "plan",
    }  # fmt: skip
    assert client.post(reverse("people:add_to_plan", args=[person, "step"]), step).status_code == 303
    page = client.get(reverse("people:edit_plan", args=[person])).content.decode()
    assert "Studiebesök i två kök" in page
    with transactions.read(setting.social.context):
        from samkraft.people.queries import contributions

        held = [one for one in contributions.held(setting.social.context, person) if one.kind == "step"][-1]
    address = reverse("people:change_plan", args=[person, held.lineage])
    first = client.post(address, step | {"title": "Studiebesök i tre kök", "based_on": "1"})
    assert first.status_code == 303
    moved = client.post(address, step | {"title": "Studiebesök i tre kök", "due_date": "2027-01-15", "based_on": "2"})
    assert moved.status_code == 303
    second = client.post(
        address, step | {"title": "Studiebesök i fyra kök", "responsible": "Läraren", "based_on": "1"}
    )  # fmt: skip
    text = second.content.decode()
    assert "Ni ändrade samtidigt" in text
    assert "Behåll i stället det som står: Studiebesök i tre kök" in text
    assert 'value="Studiebesök i fyra kök"' in text
    assert 'value="2027-01-15"' in text, "what only the other changed is taken"
    assert 'value="Läraren"' in text, "and what only the writer changed"
    assert text.count('name="title"') == 1
    both = step | {
        "title": "Studiebesök i fyra kök",
        "responsible": "Läraren",
        "due_date": "2027-01-15",
        "based_on": "3",
    }
    assert client.post(address, both | {"behall.title": "ja"}).status_code == 303
    with transactions.read(setting.social.context):
        stands = [one for one in contributions.held(setting.social.context, person) if one.lineage == held.lineage][-1]
    assert (stands.version, stands.content["title"]) == (4, "Studiebesök i tre kök")
    assert (stands.content["due_date"], stands.content["responsible"]) == ("2027-01-15", "Läraren")


def test_the_plan_is_fixed_and_the_yeses_are_noted(client: Client, setting: Setting, person: UUID) -> None:
    """The person says yes on paper; another authority's yes is not for us to note."""
    signed_in.sign_in(client, setting.social)
    address = reverse("people:agree", args=[person])
    own = {"membership": str(setting.social.membership_id)}
    assert "Version 1" in client.post(address, own | {"do": "fix"}, follow=True).content.decode()
    yes = own | {"do": "agree", "number": "1", "party": "participant", "how": "paper", "agreed_on": "2026-11-20"}
    assert "Deltagaren sa ja" in client.post(address, yes, follow=True).content.decode()
    other = client.post(address, yes | {"party": str(setting.officer.area_id)}, follow=True)
    assert other.redirect_chain == [], "another party's yes is refused on the same page"
    copy = client.get(reverse("people:plan_version", args=[person, 1])).content.decode()
    assert "Datum och namnteckning" in copy, "the own authority has not said yes yet"
    assert "den kopia som ligger i akten" in copy
    assert client.get(reverse("people:plan_version", args=[person, 2])).status_code == 404
    signed_in.sign_in(client, setting.officer)
    assert client.get(reverse("people:plan_version", args=[person, 1])).status_code == 404, (
        "filed with us, not with them"
    )


def test_a_meeting_is_booked_held_and_closes_what_was_open(client: Client, setting: Setting, person: UUID) -> None:
    """The agenda holds what waits; one button writes the minutes and lets the step be done."""
    signed_in.sign_in(client, setting.social)
    own = {"membership": str(setting.social.membership_id)}
    booked = own | {
        "starts_at": "2026-11-20 10.00",
        "place": "Föreningsgatan 35",
        "with": "Amira, Per",
        "purpose": "planning",
    }
    from django.utils import timezone

    booked["starts_at"] = f"{timezone.localtime():%Y-%m-%d %H.%M}"
    assert client.post(reverse("people:book_meeting", args=[person]), booked).status_code == 303
    with transactions.read(setting.social.context):
        from samkraft.people.queries import contributions

        meeting = next(one for one in contributions.held(setting.social.context, person) if one.kind == "meeting")
    address = reverse("people:hold_meeting", args=[person, meeting.lineage])
    page = client.get(address).content.decode()
    assert "Besked om plats" in page
    assert "Det här får var och en" in page
    done = own | {
        "based_on": "1", "closed-0": "decided", "text-0": "Börjar måndag", "state-0": "done",
        "free-about-0": "Bostaden", "free-text-0": "Tas upp nästa gång", "free-step-0": "other",
    }  # fmt: skip
    note = client.post(address, done, follow=True).content.decode()
    assert "Gemensamt möte" in note, "a draft for the own system waits, made of what was said"
    after = client.get(reverse("people:meetings", args=[person])).content.decode()
    assert "Börjar måndag" in after
    assert "Bostaden" in after
    plan = client.get(reverse("people:edit_plan", args=[person])).content.decode()
    assert "klart" in plan
    assert plan.index("Jobba i kök") < plan.index("Bostaden"), "a new step, that leads to the only goal there is"


def test_an_own_step_is_moved_on_with_one_button_and_what_was_typed_stays_when_it_is_refused(
    client: Client, setting: Setting, person: UUID
) -> None:
    """By the table of states; a step stands after what it depends on; another party's step has no buttons."""
    social, by = setting.social, setting.social.context
    known: dict[str, Any] = {"step_kind": "other", "body_area_id": str(social.area_id), "state": "planned"}
    later = people.write(by, person, "step", {"title": "Praktik i köket", **known}, category="plan").lineage
    earlier = people.write(by, person, "step", {"title": "Hygienkurs", **known}, category="plan").lineage
    people.write(
        by, person, "step", {"title": "Praktik i köket", "depends_on": [str(earlier)], **known}, category="plan",
        lineage=later, based_on=1,
    )  # fmt: skip
    signed_in.sign_in(client, social)
    address = reverse("people:edit_plan", args=[person])
    page = client.get(address).content.decode()
    assert page.index(f"steg-{earlier}") < page.index(f"steg-{later}")
    assert "Kommer efter: Hygienkurs · inte klart än" in page

    def move(lineage: UUID, to: str, based_on: int, **said: str) -> str:
        sent = {"membership": str(social.membership_id), "to": to, "based_on": str(based_on), **said}
        return client.post(reverse("people:move_step", args=[person, lineage]), sent, follow=True).content.decode()

    assert "Steget pågår." in move(earlier, "ongoing", 1)
    assert "Det står inte varför." in move(earlier, "done", 2, reason="  ")
    page = move(later, "done", 9, reason="Gick i fem veckor")
    assert "Steget är inte ändrat" in page
    assert "Gick i fem veckor</textarea>" in page
    assert "Steget är klart." in move(earlier, "done", 2, reason="Godkänd")
    assert "inte klart än" not in client.get(address).content.decode()
    assert "Steget är inte ändrat" in move(earlier, "planned", 3, reason="Omtag")
    signed_in.sign_in(client, setting.officer)
    assert f"/plan/{earlier}/laget/" not in client.get(address).content.decode()


def test_what_is_known_is_written_and_what_the_person_says_stands_beside(
    client: Client, setting: Setting, person: UUID
) -> None:
    """An item, and the person's own words about it."""
    signed_in.sign_in(client, setting.social)
    own = {"membership": str(setting.social.membership_id)}
    item = own | {"life_area": "work", "text": "Har arbetat i storkök", "source": "Samtal 3 november"}
    assert client.post(reverse("people:add_item", args=[person]), item).status_code == 303
    with transactions.read(setting.social.context):
        from samkraft.people.queries import contributions

        held = [one for one in contributions.held(setting.social.context, person) if one.kind == "assessment_item"][-1]
    said = own | {"do": "correct", "text": "Det var i skolkök"}
    assert client.post(reverse("people:beside_item", args=[person, held.lineage]), said).status_code == 303
    page = client.get(reverse("people:assessment", args=[person])).content.decode()
    assert "Har arbetat i storkök" in page
    assert "Det var i skolkök" in page


def test_the_thread_keeps_both_clocks_and_a_paused_person_goes_on(
    client: Client, setting: Setting, person: UUID
) -> None:
    """A message from the participant waits on us until it is answered; a pause is begun and ended."""
    signed_in.sign_in(client, setting.social)
    own = {"membership": str(setting.social.membership_id)}
    contact = reverse("people:contact", args=[person])
    wrote = own | {"do": "message", "text": "När börjar jag?", "from_participant": "on"}
    assert "Deltagaren väntar på oss" in client.post(contact, wrote, follow=True).content.decode()
    journey = reverse("people:journey", args=[person])
    from django.utils import timezone

    today = timezone.localdate().isoformat()
    paused = client.post(journey, own | {"do": "pause", "from_date": today, "reason_kind": "illness"}, follow=True)
    assert "Avsluta pausen" in paused.content.decode()


def test_a_consent_that_is_over_or_for_somebody_else_is_no_basis_and_the_page_says_so(
    client: Client, setting: Setting, person: UUID
) -> None:
    """The page was open when it was taken back; and a form with another person's consent, sent by hand."""
    by, receiver = setting.social.context, setting.officer.area_id
    item = people.write(by, person, "assessment_item", {"life_area": "health", "text": "Sover dåligt", "source": "x"})
    other = people.participant(by)
    scopes = []
    for one in (person, other):
        people.consent(by, one, receiver, "health")
        with transactions.read(by):
            scopes += [line.id for line in asked.standing(by, one, category="health")]
    consents.withdraw(by=by, person_id=person, scope_ids=scopes[:1])
    signed_in.sign_in(client, setting.social)
    for scope in (*scopes, "vad som helst"):
        sent = {"scope": scope, "understood": "on", FORM_FIELD: by.membership_id}
        told = client.post(reverse("people:disclose", args=[person, item.id]), sent).content.decode()
        assert "Det finns inget samtycke som gäller nu" in told
        assert "Sover dåligt" in told, "what it is about still stands there"
    with transactions.read(by):
        assert {act.contribution_id for act in asked.disclosures(by, person)} & {item.id} == set()
