"""Find a participant by name, among those whose case the reader is on.

A name is kept as its words and the beginnings of them, in a table where equality is found at once: under row-level
security no index on text can be used.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from samkraft.people.models import Contribution, Overview, SearchToken
from samkraft.people.rules import naming
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Found:
    """A person who was found. `lead_name` and `team_id` are empty where the area does not know."""

    person_id: UUID
    name: str
    lead_name: str = ""
    team_id: UUID | None = None


def by_name(by: Context, text: str, *, most: int = 50) -> list[Found]:
    """Those with a word that begins as each typed word does, by name. Three statements at most."""
    typed = sorted(set(naming.words(text)))
    if not typed:
        return []
    tokens = SearchToken.objects.filter(area_id=by.area_id, token__in=typed)
    hits = tokens.values("person_id").annotate(many=Count("token", distinct=True)).filter(many=len(typed))
    ids = [row["person_id"] for row in hits.order_by("person_id")[: most * 4]]
    if not ids:
        return []
    rows = Overview.objects.filter(person_id__in=ids).order_by("sort_key", "-started_on", "id")
    found: dict[UUID, Found] = {}
    for person, name, lead, team in rows.values_list("person_id", "name", "lead_name", "team_id"):
        found.setdefault(person, Found(person, name, lead, team))
    return [*found.values(), *_not_enrolled(set(ids) - found.keys())][:most]


def _not_enrolled(ids: set[UUID]) -> list[Found]:
    """Those who have a card but do not take part yet, as their newest card names them."""
    if not ids:
        return []
    cards = Contribution.objects.filter(person_id__in=ids, kind="card").order_by(
        "person_id", "-occurred_at", "-version"
    )
    names: dict[UUID, str] = {}
    for person, content in cards.values_list("person_id", "content"):
        names.setdefault(person, f"{content.get('given_name', '')} {content.get('family_name', '')}".strip())
    return [Found(person, name) for person, name in sorted(names.items(), key=lambda pair: (pair[1], str(pair[0])))]
