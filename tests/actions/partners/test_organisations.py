"""Organisations and accounts through the actions: what is kept, what is refused."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from samkraft.partners.actions import areas, invitations, organisations, people
from samkraft.partners.queries import organisations as asked
from samkraft.partners.rules.roles import Role
from samkraft.values.refusal import Refused
from tests.factories import partners

pytestmark = pytest.mark.django_db


def _change(code: str, version: str, **fields: object) -> None:
    now = asked.page(code)
    assert now is not None
    told = {"name": now.row.name, "kind": now.row.kind.value, "other_names": now.other_names, **fields}
    organisations.change(by=partners.administrator(), code=code, version=version, **told)


def test_a_name_out_of_use_is_still_found() -> None:
    partners.organisation("service", name="Servicenämnden")
    before = asked.page("service")
    assert before is not None
    _change("service", before.version, name="Nämnden för service")
    after = asked.page("service")
    assert after is not None
    assert after.row.name == "Nämnden för service"
    assert after.other_names == ("Servicenämnden",)
    assert [row.id for row in asked.listed(search="servicenämnden")] == [after.row.id]


def test_the_second_of_two_who_edit_is_told_and_nothing_is_saved() -> None:
    partners.organisation("service", name="Servicenämnden")
    opened = asked.page("service")
    assert opened is not None
    _change("service", opened.version, note="Först.")
    with pytest.raises(Refused) as refused:
        _change("service", opened.version, note="Sedan.")
    assert refused.value.reason.code == "changed_since"
    now = asked.page("service")
    assert now is not None
    assert now.note == "Först."


def test_a_name_that_is_taken_is_refused_whatever_the_case() -> None:
    partners.organisation("service", name="Servicenämnden")
    with pytest.raises(Refused) as refused:
        organisations.add(by=partners.administrator(), name="SERVICENÄMNDEN", kind="committee")
    assert refused.value.reason.code == "name_taken"


def test_a_decision_on_the_areas_says_who_what_and_a_day_that_has_been() -> None:
    by, body, day = partners.administrator(), partners.organisation("gvn"), date(2024, 2, 1)
    wrong = {
        "area_decision_by_nobody": {"decided_by": " "},
        "area_decision_without_text": {"text": " "},
        "area_decision_ahead": {"decided_date": date(2199, 1, 1)},
    }
    for code, said in wrong.items():
        told = {"decided_by": "Nämnden", "text": "Skolan för sig.", "decided_date": day, **said}
        with pytest.raises(Refused) as refused:
            areas.record_decision(by=by, authority_id=body, **told)
        assert refused.value.reason.code == code


def test_two_organisations_with_like_names_get_codes_of_their_own() -> None:
    by = partners.administrator()
    organisations.add(by=by, name="Nämnden A", kind="committee", code="namnden")
    organisations.add(by=by, name="Nämnden B", kind="committee", code="namnden")
    assert {"namnden", "namnden-2"} <= set(asked.ids())


def test_committees_share_their_citys_number_and_are_all_found_by_it() -> None:
    partners.organisation("gvn", organisation_number="212000-1124")
    partners.organisation("asn", organisation_number="212000-1124")
    assert {row.code for row in asked.by_number("2120001124")} == {"malmo", "gvn", "asn"}


def test_search_finds_short_and_other_names_and_numbers() -> None:
    partners.organisation("gvn", name="Gymnasienämnden", short_name="GVN", other_names=["Skolnämnden"])
    for words in ("gymnasie", "gvn", "skolnämnden"):
        assert [row.code for row in asked.listed(search=words)] == ["gvn"], words


def test_an_address_opens_one_account_whatever_the_case() -> None:
    by = partners.administrator()
    people.invite(by=by, email="Eva.Lindh@exempel.invalid", name="Eva Lindh")
    with pytest.raises(Refused) as refused:
        people.invite(by=by, email="eva.lindh@EXEMPEL.invalid", name="Eva Lindh")
    assert refused.value.reason.code == "email_taken"


def test_a_one_time_link_works_once() -> None:
    user = partners.person()
    token = invitations.link(user).rstrip("/").rpartition("/")[2]
    assert invitations.is_valid(user_id=user, token=token)
    invitations.accept(user_id=user, token=token, password="korrekt häst batteri häftapparat")
    assert not invitations.is_valid(user_id=user, token=token)
    with pytest.raises(Refused) as refused:
        invitations.accept(user_id=user, token=token, password="ett annat långt lösenord")
    assert refused.value.reason.code == "link_not_valid"


@pytest.mark.parametrize("password", ["kort", "password1234", "person"])
def test_a_weak_password_is_refused_and_the_link_stays_good(password: str) -> None:
    user = partners.person()
    token = invitations.link(user).rstrip("/").rpartition("/")[2]
    with pytest.raises(Refused) as refused:
        invitations.accept(user_id=user, token=token, password=password)
    assert refused.value.reason.code == "weak_password"
    assert invitations.is_valid(user_id=user, token=token)


def test_a_link_for_one_person_is_no_good_for_another() -> None:
    one, other = partners.person(), partners.person()
    token = invitations.link(one).rstrip("/").rpartition("/")[2]
    assert not invitations.is_valid(user_id=other, token=token)


def test_a_closed_account_has_no_way_in_by_link() -> None:
    user = partners.person()
    token = invitations.link(user).rstrip("/").rpartition("/")[2]
    people.deactivate(by=partners.administrator(), user_id=user)
    assert not invitations.is_valid(user_id=user, token=token)


def test_a_link_on_paper_lives_for_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    by = partners.administrator()
    user = people.invite(by=by, email="eva.ny@exempel.invalid", name="Eva Ny")
    token = invitations.hand_over(by=by, user_id=user)[0].rstrip("/").rpartition("/")[2]
    assert invitations.is_valid(user_id=user, token=token)
    later = datetime.now() + timedelta(hours=23)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _self: later)
    assert invitations.is_valid(user_id=user, token=token)
    later += timedelta(hours=2)
    assert not invitations.is_valid(user_id=user, token=token)


def test_a_link_on_paper_is_refused_for_oneself_a_closed_account_and_one_in_use() -> None:
    by = partners.administrator()
    closed = people.invite(by=by, email="eva.ny@exempel.invalid", name="Eva Ny")
    people.deactivate(by=by, user_id=closed)
    in_use = partners.person()
    token = invitations.link(in_use).rstrip("/").rpartition("/")[2]
    invitations.accept(user_id=in_use, token=token, password="korrekt häst batteri häftapparat")
    for one, code in ((closed, "closed_account"), (by.actor_id, "not_your_own_link"), (in_use, "has_password")):
        with pytest.raises(Refused) as refused:
            invitations.hand_over(by=by, user_id=one)
        assert refused.value.reason.code == code
    with pytest.raises(Refused):
        invitations.hand_over(by=partners.member(Role.COUNCILLOR).context, user_id=closed)


def test_a_forgotten_password_says_nothing_about_who_has_an_account(mailoutbox: list[object]) -> None:
    partners.person()
    invitations.send_new_link("ingen@exempel.invalid")
    assert mailoutbox == []
