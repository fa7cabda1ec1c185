"""Write one contribution: the only way in which anything is said about a person. Always inside another action."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.db.models import Max
from django.utils import timezone

from samkraft.partners.rules.organisations import swedish_sort_key
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import guard
from samkraft.people.models import Contribution
from samkraft.people.rules import contents, details, naming, secrecy
from samkraft.people.rules.categories import CATEGORIES, WRITES, Category
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

CHANGED_MEANWHILE = Reason(
    "changed_meanwhile",
    phrase("Någon annan hann ändra det här medan du skrev."),
    phrase("Det du skrev är kvar. Jämför de två och välj vad som ska gälla."),
)
CATEGORY_NEEDED = Reason(
    "category_needed",
    phrase("Det framgår inte vilket slags uppgift det är."),
    phrase("Välj ett slag, så att den inte lämnas ut av misstag."),
)
WRONG_CATEGORY = Reason(
    "wrong_category",
    phrase("En sådan uppgift kan inte vara av det slaget."),
    phrase("Välj ett annat slag."),
)
NOT_OF_YOUR_WORK = Reason(
    "category_not_of_your_work",
    phrase("Din roll skriver inte uppgifter av slaget {category}."),
    phrase("Be en kollega vars arbete det hör till, eller skriv det som rör ditt eget."),
)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the row, the thing it is a version of, and to how many areas it was handed over at once."""

    id: UUID
    lineage: UUID
    version: int
    handed_over: int


@dataclass(frozen=True, slots=True)
class Withheld:
    """That the participant may not see it: on which ground (a section of law), decided by whom."""

    ground: str
    decided_by: str


def write_within(
    *,
    by: Context,
    person_id: UUID,
    kind: str,
    content: Mapping[str, Any],
    enrolment_id: UUID | None = None,
    category: str | None = None,
    lineage: UUID | None = None,
    based_on: int | None = None,
    voice: str = "staff",
    occurred_at: datetime | None = None,
    withheld: Withheld | None = None,
    at: datetime | None = None,
) -> Written:
    """Write a new thing, or a new version of one, inside the transaction of the action that calls.

    `based_on` is the version that the writer had before the eyes; when another has come since, Refused says so. What is
    written in a standing category is handed over to each area that has a consent for it now; what reveals more than the
    thing itself is written beside it and is not. Raises Refused when the content is wrong or the writer may not write it;
    what may not be known is refused as what does not exist.
    """
    at = at or timezone.now()
    asked = contents.tidied(kind, content, at.astimezone(STOCKHOLM).date())
    parts = details.split(kind, asked)
    stored = contents.write(contents.read(kind, parts.said))
    chosen = _category(kind, stored, category)
    version = _next_version(by, lineage, based_on)
    row = Contribution(
        id=uuid4(),
        area_id=by.area_id,
        person_id=person_id,
        enrolment_id=enrolment_id,
        kind=kind,
        category=chosen,
        lineage=lineage or uuid4(),
        version=version,
        content=_with_search(kind, stored),
        voice=voice,
        author_area_id=by.area_id,
        author_organisation_id=by.organisation_id,
        author_membership_id=by.membership_id,
        author_name=by.actor_name,
        author_role=by.role,
        occurred_at=occurred_at or at,
        written_at=at,
        withheld_ground=withheld.ground if withheld else "",
        withheld_by=withheld.decided_by if withheld else "",
    )
    with guard.refusing():
        try:
            row.save(force_insert=True)
        except IntegrityError as error:
            if "people_contribution_version_once" in str(error):
                raise Refused(CHANGED_MEANWHILE, lineage=str(row.lineage)) from error
            raise
    handed_over = guard.ask("people_release_standing", row.id)
    if kind in details.FIELDS:
        _write_beside_within(by, row, parts)
    return Written(row.id, row.lineage, row.version, handed_over)


def _write_beside_within(by: Context, row: Contribution, parts: details.Parts) -> None:
    """What reveals more than the thing itself, as a detail of its own; what no longer holds there is emptied."""
    rows = Contribution.objects.filter(
        area_id=by.area_id, person_id=row.person_id, kind=details.KIND, content__about=str(row.lineage)
    )
    held = {one.lineage: one for one in rows.order_by("version")}
    about = {"about": str(row.lineage)}
    for lineage, one in held.items():
        if one.category == parts.category and one.copy_of_id is None:
            before = (one.content, one.withheld_ground)
            if before != (about | (parts.beside or {}), row.withheld_ground):
                _detail_within(by, row, about | (parts.beside or {}), one.category, lineage, one.version + 1)
            return
    for lineage, one in held.items():
        if one.content != about and one.copy_of_id is None:
            _detail_within(by, row, about, one.category, lineage, one.version + 1)
    if parts.beside and parts.category:
        _detail_within(by, row, about | parts.beside, parts.category.value, uuid4(), 1)


def _detail_within(
    by: Context, row: Contribution, content: dict[str, Any], category: str, lineage: UUID, version: int
) -> None:
    if category not in WRITES.get(Role(by.role), frozenset()):
        raise Refused(NOT_OF_YOUR_WORK, category=CATEGORIES[Category(category)].name)
    detail = _as_well(
        row, id=uuid4(), kind=details.KIND, category=category, content=content, lineage=lineage, version=version
    )
    with guard.refusing():
        detail.save(force_insert=True)


def _as_well(row: Contribution, **other: Any) -> Contribution:
    """Another contribution, written by the same at the same time."""
    same = {field.attname: getattr(row, field.attname) for field in Contribution._meta.concrete_fields}
    return Contribution(**{**same, **other})


def _category(kind: str, stored: Mapping[str, Any], asked: str | None) -> str:
    follows = contents.category_of(kind, contents.read(kind, stored))
    chosen = follows if follows is not None else asked or contents.USUAL.get(kind)
    if chosen is None:
        raise Refused(CATEGORY_NEEDED)
    if (asked is not None and asked != chosen) or chosen not in contents.categories_of(kind):
        raise Refused(WRONG_CATEGORY)
    return str(chosen)


def _next_version(by: Context, lineage: UUID | None, based_on: int | None) -> int:
    if lineage is None:
        return 1
    if based_on == 0:
        return 1
    held = Contribution.objects.filter(area_id=by.area_id, lineage=lineage).aggregate(last=Max("version"))
    last = held["last"] or 0
    if based_on is not None and not last:
        raise Refused(secrecy.NOT_FOUND)
    if based_on is not None and not 0 < based_on <= last:  # a form from elsewhere: no gap is left in the history
        raise Refused(CHANGED_MEANWHILE, lineage=str(lineage))
    return (last if based_on is None else based_on) + 1


def _with_search(kind: str, stored: dict[str, Any]) -> dict[str, Any]:
    """A card carries what the database sorts and searches by, worked out once when it is written."""
    if kind != "card":
        return stored
    given, family = stored["given_name"], stored["family_name"]
    return stored | {
        "_sort_key": swedish_sort_key(f"{family} {given}")[:320],
        "_search": sorted(naming.tokens(f"{given} {family}")),
    }
