"""The code of a paper form: worked out again from what the form is for, so nothing is kept of it."""

from uuid import UUID

from django.conf import settings

from samkraft.people.rules.months import form_codes

TIME, PROGRESSION = "time", "progression"


def of(purpose: str, enrolment_id: UUID, when: str) -> str:
    """As it is kept, without a hyphen."""
    return form_codes.code(settings.SECRET_KEY.encode(), purpose, enrolment_id, when)
