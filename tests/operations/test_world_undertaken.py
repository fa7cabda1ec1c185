"""The demo's goals, initiatives, staff and year wheel, as they come out of the database."""

import pytest
from django.utils import timezone

from samkraft.initiatives.queries import codes, duties, goals, undertakings
from samkraft.initiatives.rules.undertakings import Staff
from samkraft.operations.world import initiatives, partners, year_wheel
from samkraft.values.period import day_in_stockholm

TODAY = day_in_stockholm(timezone.now())


@pytest.mark.django_db
def test_the_demo_holds_what_the_documents_say_and_the_same_again_changes_nothing() -> None:
    partners.load()
    initiatives.load()
    assert initiatives.is_loaded()
    initiatives.load()
    page = undertakings.page("malmokraften-2")
    assert page is not None
    assert page.staff_sum == Staff(42, 1_158)
    assert sum(line.person_months for line in page.staff) == 1_158
    assert {partner.organisation_code for partner in page.partners} == {"af", "malmo", "fk", "finsam", "region-skane"}
    assert {"kf-sjalvforsorjande", "kf-unga-studerar-arbetar", "kf-goda-uppvaxtvillkor", "kf-forebygga-brott"} == {
        code for code in codes.goals() if code.startswith("kf-")
    }
    assert sum(code.startswith("sok-") for code in codes.goals()) == 5
    texts = {goal.code: goal.text for goal in goals.listed()}
    assert texts["mk-deltagare"].startswith("5 600")
    assert texts["mk-arbete-studier"].startswith("2 500")
    year_wheel.load()
    assert year_wheel.is_loaded()
    assert {row.body_code for row in duties.late(today=TODAY)} == set(year_wheel.LEFT_LATE)
    before = len(duties.everything(today=TODAY))
    year_wheel.load()
    assert len(duties.everything(today=TODAY)) == before
