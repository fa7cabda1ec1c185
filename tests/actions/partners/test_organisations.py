"""Organisations and accounts through the actions: what is kept, what is refused."""

import pytest

from samkraft.partners.actions import invitations, organisations, people
from samkraft.partners.queries import organisations as asked
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


def test_a_forgotten_password_says_nothing_about_who_has_an_account(mailoutbox: list[object]) -> None:
    partners.person()
    invitations.send_new_link("ingen@exempel.invalid")
    assert mailoutbox == []
