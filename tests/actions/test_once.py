"""What a file's tests begin with is built once: each test meets it as it was built, whatever the one before has done."""

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection

from samkraft.audit.actions import transactions
from samkraft.partners.actions import organisations
from samkraft.partners.models import Organisation, Unit
from tests.factories import partners
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("body")]
_NOW_ACTS = "SELECT coalesce(current_setting('samkraft.actor', true), '')"


@pytest.fixture(scope="module")
def body(once: Once[UUID]) -> UUID:
    return once(lambda: partners.organisation("gvn"))


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_does_is_gone_when_the_next_begins(body: UUID, turn: int) -> None:
    assert list(Organisation.objects.exclude(code="malmo").values_list("id", flat=True)) == [body]
    organisations.add(by=partners.administrator(), name="Ny nämnd", kind="committee")
    Organisation.objects.filter(id=body).update(note=f"Ändrad {turn}")
    assert Organisation.objects.get(id=body).note == f"Ändrad {turn}"


@pytest.mark.parametrize("turn", [1, 2])
def test_nobody_acts_when_a_test_begins(turn: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_NOW_ACTS)
        assert cursor.fetchone() == ("",)
        with transactions.read(partners.administrator()):
            cursor.execute(_NOW_ACTS)
            assert cursor.fetchone() != ("",)
        cursor.execute("SELECT set_config('samkraft.actor', 'left behind', true)")


@pytest.mark.parametrize("turn", [1, 2])
def test_what_is_tried_at_the_end_of_a_transaction_is_tried_for_each_test(turn: int) -> None:
    Unit.objects.create(organisation_id=uuid4(), name="Vid ingen")
    with pytest.raises(IntegrityError):
        connection.check_constraints()


def test_the_next_one_works() -> None:
    assert Organisation.objects.count() == 2
