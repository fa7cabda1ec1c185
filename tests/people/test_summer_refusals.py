"""What the database's own functions of Ung i sommar refuse, asked raw: past every question that the product asks first."""

from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import guard
from samkraft.people.actions.summer import summer_placing
from samkraft.people.models import SummerDraw
from samkraft.people.queries.summer import summer_links
from samkraft.people.queries.summer.summer_links import Link
from samkraft.values.refusal import Refused
from tests.factories import partners, summer
from tests.people import world
from tests.people.test_doors import _ask

pytestmark = pytest.mark.django_db


def _with(link: Link, function: str, *values: object) -> str:
    """The code of the refusal that whoever holds the link meets; empty when it was done."""

    def asked() -> None:
        with transaction.atomic():
            guard.ask(function, *values)

    with transactions.write(link.by), transaction.atomic(), summer_links.carried(link):
        return world.refusal(asked)


def test_places_are_answered_by_the_link_of_whoever_has_them_and_once() -> None:
    given = summer.everything()
    placement: UUID = summer.placement(given, "Alva").id
    assert _with(given.links["Bo"], "people_summer_answer", placement, True, "", False) == "summer_link_not_valid"
    assert _ask(given.holder.context, "people_summer_answer", placement, True, "", False) == "summer_link_not_valid"
    summer_placing.answer(by=given.links["Alva"].by, link=given.links["Alva"], placement_id=placement, says_yes=True)
    assert _with(given.links["Alva"], "people_summer_answer", placement, True, "", False) == "summer_answered"


def test_codes_and_places_are_given_by_those_who_hold_the_round() -> None:
    given = summer.everything()
    held = summer.placement(given, "Alva").place_id
    colleague = partners.member(Role.PLACE_COORDINATOR, "ama", name="Inte Utsedd").context
    for by in (colleague, given.supervisor.context, summer_links.STRANGER):
        assert _ask(by, "people_summer_codes", given.id) == "summer_not_your_round"
        assert _ask(by, "people_summer_give_on", held, "") == "summer_not_your_round"


def test_a_link_to_apply_is_made_while_applications_are_open() -> None:
    given = summer.planned()
    mine = summer.link(given)
    made = ("apply", None, None, summer_links.digest("ny"), "", 30)
    assert _ask(summer_links.STRANGER, "people_summer_make_link", given.id, *made) == ""
    summer.close(given)
    made = ("apply", None, None, summer_links.digest("en till"), "", 30)
    assert _ask(summer_links.STRANGER, "people_summer_make_link", given.id, *made) == "summer_closed"
    assert mine.applicant_id is None


def test_a_lot_needs_a_list_and_a_list_a_closed_round() -> None:
    given = summer.planned()
    row = {
        "id": uuid4(), "round_id": given.id, "area_id": given.holder.area_id, "published": {}, "fingerprint": "a" * 64,
        "published_at": timezone.now(), "published_by": "N",
    }  # fmt: skip
    for step, code in (("lot", "summer_no_list"), ("list", "summer_still_open")):
        with transactions.write(given.holder.context), pytest.raises(Refused) as refused, guard.refusing():
            SummerDraw.objects.create(step=step, **row)
        assert refused.value.reason.code == code
