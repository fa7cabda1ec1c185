"""Those who lead write for whom an initiative is, what is asked at the start, and what each party has promised in staff."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samkraft.initiatives.actions import arrangements, promises, staffing
from samkraft.initiatives.models import StaffPromise
from samkraft.initiatives.queries import teams as asked
from samkraft.initiatives.rules.rule_sets import Criterion, Question, RuleSet
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import referrals
from samkraft.values.period import day_in_stockholm
from tests.factories import initiatives, partners, refusals, signed_in, steering
from tests.factories.initiatives import Led
from tests.factories.partners import Member

pytestmark = pytest.mark.django_db
TODAY = day_in_stockholm(timezone.now())
PAGE = "/insatser/kraften/regler/"
HELD = RuleSet(
    limit_days=182, target_group=(Criterion("bistand", "Ekonomiskt bistånd", True),),
    start_check=(Question("malmo", "Är personen folkbokförd i Malmö?", must_hold=True),),
)  # fmt: skip


def _signed_in(client: Client, led: Led) -> dict[str, str]:
    by = led.by
    signed_in.sign_in(client, Member(by.actor_id, by.membership_id, by.organisation_id, by.area_id, by.actor_name, by))
    return {"membership": str(by.membership_id)}


def test_for_whom_and_what_is_asked_is_written_and_what_was_asked_stays_as_it_was_asked(client: Client) -> None:
    led = initiatives.led("kraften")
    before = TODAY - timedelta(days=30)
    arrangements.decide_rules(by=led.by, initiative_id=led.initiative_id, rule_set=HELD, start_date=before)
    form = _signed_in(client, led) | {
        "limit_days": 182, "agreement_parties": ["participant"], "start_date": TODAY.isoformat(), "seen": 1, "base": 1,
        "criterion_bistand": "Ekonomiskt bistånd", "priority_bistand": "on", "criterion_ny-1": "Sjukpenning",
        "question_malmo": "Bor personen i Malmö?", "expected_malmo": "yes", "must_malmo": "on",
        "question_ny-1": "Har personen ett arbete?", "expected_ny-1": "no", "must_ny-1": "on",
    }  # fmt: skip
    page = signed_in.html(client, PAGE)
    assert 'value="Är personen folkbokförd i Malmö?"' in page
    assert client.post(PAGE, {**form, "start_date": str(before)}).status_code == 422
    assert client.post(PAGE, form).status_code == 303
    now = asked.rules_on(led.initiative_id, on=TODAY)
    then = asked.rules_on(led.initiative_id, on=before)
    assert now is not None
    assert then is not None
    assert then.rules == HELD, "what held then is as it was"
    assert now.rules.target_group == (HELD.target_group[0], Criterion("sjukpenning", "Sjukpenning"))
    assert [(one.code, one.expected, one.must_hold) for one in now.rules.start_check] == [
        ("bor_personen_i_malmo", "yes", True), ("har_personen_ett_arbete", "no", True)
    ], "a question that is worded anew is another question"  # fmt: skip
    assert [one.code for one in referrals.questions(led.initiative_id, before)] == ["malmo"]
    told = signed_in.html(client, "/insatser/kraften/team/")
    for words in ("Sjukpenning", "måste vara nej", "Är personen folkbokförd i Malmö?", "Regler i tiden"):
        assert words in told, words
    late = client.post(PAGE, {**form, "start_date": str(TODAY + timedelta(days=1)), "limit_days": 90})
    assert late.status_code == 422
    assert "bestämde version 2 av reglerna" in late.content.decode()
    assert 'value="90"' in late.content.decode(), "nothing typed is lost"


def test_a_question_never_takes_the_code_of_another_and_others_are_refused(client: Client) -> None:
    led = initiatives.led("kraften")
    decide = {"by": led.by, "initiative_id": led.initiative_id, "start_date": TODAY}
    arrangements.decide_rules(**{**decide, "start_date": date(2024, 2, 1)}, rule_set=HELD)  # type: ignore[arg-type]  # the table gives what is asked for
    other = RuleSet(start_check=(Question("malmo", "Har personen ett arbete?"),))
    assert refusals.code_of(arrangements.decide_rules, **decide, rule_set=other) == "rule_set_question_reused"
    twice = RuleSet(target_group=(Criterion("a", "En"), Criterion("a", "Två")))
    assert refusals.code_of(arrangements.decide_rules, **decide, rule_set=twice) == "rule_set_criterion_twice"
    signed_in.as_role(client, Role.EMPLOYMENT_OFFICER)
    assert client.get(PAGE).status_code == 403


def test_what_a_party_has_promised_is_written_and_changed_by_who_may(client: Client) -> None:
    made = steering.steered()
    form = _signed_in(client, made.led)
    add = "/laget/insats/bemanning/lofte/"
    assert add in signed_in.html(client, "/laget/insats/bemanning/")
    sent = {**form, "employer": str(partners.organisation("asn")), "role": "social_secretary", "heads": 2, "months": 24}
    none = client.post(add, {**sent, "heads": 0})
    assert none.status_code == 422
    assert "måste vara minst 1" in none.content.decode()
    long = client.post(add, {**sent, "months": 99})
    assert "Insatsen pågår i 84 månader" in long.content.decode()
    assert client.post(add, sent).status_code == 303
    promise = StaffPromise.objects.get()
    assert promise.title == "Socialsekreterare"
    post = f"/laget/insats/bemanning/{promise.id}/"
    assert "Ändra löftet" in signed_in.html(client, post)
    for _each in range(2):
        who = partners.member(Role.SOCIAL_SECRETARY)
        staffing.fill(
            by=made.by, promise_id=promise.id, membership_id=who.membership_id, percent=100, line_manager="Chefen",
            assignment_lead_id=made.by.membership_id, start_date=date(2024, 1, 1),
        )  # fmt: skip
    change = {**form, "title": "Socialsekreterare", "heads": 1, "months": 24, "source": "Missiv", "seen": "2:24"}
    assert "Fler är redan tillsatta" in client.post(f"{post}andra/", change).content.decode()
    assert client.post(f"{post}andra/", {**change, "heads": 3}).status_code == 303
    late = client.post(f"{post}andra/", {**change, "heads": 4})
    assert late.status_code == 422
    assert "nu är det 3 personer i 24 månader" in late.content.decode().replace("\u00a0", " ")
    assert 'value="4"' in late.content.decode()
    promise.refresh_from_db()
    assert (promise.heads, promise.source) == (3, "Missiv")
    again = {"by": made.member.context, "promise_id": promise.id, "title": "x", "heads": 1, "months": 1, "source": ""}
    assert refusals.code_of(promises.change, **again) == "not_allowed"
    signed_in.sign_in(client, made.member)
    assert "Skriv vad en part har lovat" not in signed_in.html(client, "/laget/insats/bemanning/")
    assert client.get(add).status_code == 403
