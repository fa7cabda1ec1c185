"""Find organisations by what they are called: exactly, for reading decisions, and by parts of words, for choosing."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from samkraft.partners.models import Organisation
from samkraft.partners.rules import matching
from samkraft.partners.rules.organisations import HOLDS_FRAME, LABELS, OrganisationKind


@dataclass(frozen=True, slots=True)
class Choice:
    """An organisation as a choice in a form."""

    id: UUID
    code: str
    name: str
    short_name: str
    kind_name: str
    holds_frame: bool
    is_supplier: bool


@dataclass(frozen=True, slots=True)
class Match:
    """What some words may mean: the organisation that goes by exactly that name, or a few that are alike."""

    words: str
    id: UUID | None
    suggestions: tuple[UUID, ...] = ()


def match(words: Iterable[str]) -> dict[str, Match]:
    """Each of the words with what it means. Unknown stays unknown: `id` is None and the suggestions are for a person."""
    asked = [text for text in dict.fromkeys(words) if text.strip()]
    if not asked:
        return {}
    names = known_names()
    found = {}
    for text in asked:
        exact = matching.find(text, names)
        found[text] = Match(text, exact, () if exact else tuple(matching.suggest(text, names)))
    return found


def known_names() -> dict[str, UUID]:
    """Every name that an organisation goes by, folded for comparison. A by-name that two share names neither."""
    everyone = list(Organisation.objects.order_by("sort_key", "id"))
    found = {matching.fold(one.name): one.id for one in everyone}
    owners: dict[str, set[UUID]] = {}
    for one in everyone:
        for name in (one.short_name, one.administration_name, *one.other_names):
            if name:
                owners.setdefault(matching.fold(name), set()).add(one.id)
    for name, ids in owners.items():
        if len(ids) == 1:
            found.setdefault(name, next(iter(ids)))
    return found


def choices(ids: Iterable[UUID]) -> dict[UUID, Choice]:
    """Organisations by id, with what a choice shows."""
    return {one.id: _choice(one) for one in Organisation.objects.filter(id__in=list(ids)).order_by("sort_key", "id")}


def search(words: str, *, most: int = 12) -> list[Choice]:
    """Organisations with all the words somewhere in their names, in Swedish order."""
    parts = words.split()
    if not parts:
        return []
    found = Organisation.objects.all()
    for part in parts:
        found = found.filter(
            Q(name__icontains=part)
            | Q(short_name__icontains=part)
            | Q(other_names__icontains=part)
            | Q(administration_name__icontains=part)
        )
    return [_choice(one) for one in found.order_by("sort_key", "id")[:most]]


def _choice(one: Organisation) -> Choice:
    kind = OrganisationKind(one.kind)
    return Choice(
        id=one.id,
        code=one.code,
        name=one.name,
        short_name=one.short_name or one.name,
        kind_name=LABELS[kind],
        holds_frame=kind in HOLDS_FRAME,
        is_supplier=kind is OrganisationKind.SUPPLIER,
    )
