"""Young people of a round whom something has happened to that they have not been told: an offer, or a place that is gone."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, IntegerField, When

from samkraft.people.models import SummerApplicant, SummerEvent, SummerPlacement

TELLS, TOLD = ("offered", "ended", "lapsed"), "told"
# Of what happened in one moment: a new offer is newer than the end of the old place, and what was told is newest.
RANK = Case(When(kind="offered", then=1), When(kind=TOLD, then=2), default=0, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Untold:
    """What somebody has not been told. `placement_id` is what it is about; `kind` is offered, ended or lapsed."""

    applicant_id: UUID
    name: str
    code: str
    kind: str
    placement_id: UUID
    has_email: bool
    has_phone: bool


def untold(round_id: UUID) -> list[Untold]:
    """One for each young person, the newest thing that counts, in order of name. Asked inside the reader's context.

    An offer that has been answered needs no letter, nor does anything that happened before what was told last.
    """
    waiting = {
        applicant: (kind, about) for applicant, kind, about in _newest(round_id) if kind != TOLD and about is not None
    }
    people = SummerApplicant.objects.filter(id__in=waiting, has_withdrawn=False).order_by("sort_key", "code")
    rows = people.values_list("id", "given_name", "family_name", "code", "email", "phone")
    return [
        Untold(one, f"{given} {family}", code, *waiting[one], bool(email), bool(phone))
        for one, given, family, code, email, phone in rows
    ]


def _newest(round_id: UUID) -> list[tuple[UUID, str, UUID | None]]:
    """Of each applicant the newest of what is told of, but for offers that wait for no answer any more."""
    answered = SummerPlacement.objects.filter(round_id=round_id).exclude(answer="", has_ended=False)
    rows = SummerEvent.objects.filter(round_id=round_id, kind__in=(*TELLS, TOLD)).annotate(rank=RANK)
    newest = rows.order_by("applicant_id", "-at", "-rank").distinct("applicant_id")
    gone = set(answered.values_list("id", flat=True))
    return [
        (applicant, kind, about)
        for applicant, kind, about in newest.values_list("applicant_id", "kind", "about")
        if kind != "offered" or about not in gone
    ]
