"""What waits in the inbox about grants: the figure in the bar and the list say the same, for everybody who works with them."""

from datetime import date

import pytest
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.money.actions.grants import assessments, instalments, opinions
from samkraft.money.queries.grants import grant_needs
from samkraft.partners.rules.roles import Role
from samkraft.web.inbox import grants as inbox
from tests.factories import grants as made
from tests.factories import partners

pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> made.Round:
    return made.begun()


def test_the_inbox_counts_what_it_shows(round: made.Round) -> None:
    grant = round.granted()
    instalments.prepare(by=round.officer, grant_id=grant, amount_ore=100_000_00, due_date=date(2024, 9, 1))
    sent = round.sent()
    assessments.appoint(by=round.officer, application_id=sent, membership_id=round.assessor.membership_id)
    asked = partners.by(Role.COMMITTEE_CONTROLLER, "gvn")
    today = timezone.localdate()
    opinions.ask(by=round.officer, application_id=sent, organisation_id=asked.organisation_id, due_date=today)
    for by, many in ((round.officer, 1), (round.second, 2), (round.assessor, 1), (asked, 1), (round.writer, 1)):
        with transactions.read(by):
            assert (by.role, len(inbox.items(by, today)), inbox.number(by, today)) == (by.role, many, many)
    with transactions.read(round.officer):
        assert {one.kind for one in grant_needs.of(by=round.officer, today=today)} >= {"late_report"}
