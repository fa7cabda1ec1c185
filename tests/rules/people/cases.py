"""A case as an area holds it, for tests of folds: things are added in order, one hour apart, without any database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from samkraft.people.rules import contents
from samkraft.people.rules.held import Held, Received

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_NAMES = UUID(int=7)


def named(name: str) -> UUID:
    """The same id for the same name, so that tests can speak of things by name."""
    return uuid5(_NAMES, name)


SOCIAL, EMPLOYMENT, CARE = named("social"), named("employment"), named("care")
ENROLMENT, INITIATIVE = named("enrolment"), named("initiative")


class Case:
    """What one area (the social services unless said) holds. `add` returns the lineage."""

    def __init__(self, area: UUID = SOCIAL) -> None:
        self.area = area
        self.held: list[Held] = []
        self.now = BEGIN

    def add(
        self,
        kind: str,
        content: dict[str, Any],
        *,
        name: str = "",
        author: UUID | None = None,
        category: str = "",
        voice: str = "staff",
        at: datetime | None = None,
        enrolment: UUID | None = ENROLMENT,
        basis_withdrawn_at: datetime | None = None,
    ) -> UUID:
        """One more contribution; with the `name` of an earlier one, a new version of it."""
        at = at or self.now
        self.now = max(self.now, at) + timedelta(hours=1)
        lineage = named(name or f"{kind} {len(self.held)}")
        author = author or self.area
        read = contents.read(kind, content)
        follows = contents.category_of(kind, read)
        received = None if author == self.area else Received(author, at, "consent", basis_withdrawn_at)
        version = 1 + sum(held.lineage == lineage for held in self.held)
        self.held.append(
            Held(
                id=named(f"row {len(self.held)} {self.area}"),
                lineage=lineage,
                version=version,
                kind=kind,
                category=category or (follows.value if follows else "plan"),
                content=contents.write(read),
                voice=voice,
                area_id=self.area,
                author_area_id=author,
                author_name="Karin Wahl",
                author_role="social_secretary",
                occurred_at=at,
                written_at=at,
                received=received,
                enrolment_id=None if kind == "card" else enrolment,
            )
        )
        return lineage

    def enrol(self, started_on: date = date(2026, 3, 2), **more: Any) -> None:
        """The person takes part from a day."""
        self.add("enrolled", {"initiative_id": str(INITIATIVE), "started_on": started_on.isoformat()}, **more)

    def step(self, title: str, *, author: UUID | None = None, category: str = "plan", **said: Any) -> UUID:
        """A step named by its title, answered for by its author; with the same title again, a new version."""
        body = author or self.area
        content = {"title": title, "step_kind": "other", "body_area_id": str(body), **said}
        return self.add("step", content, name=title, author=author, category=category)

    def goal(self, words: str = "Jag vill arbeta i kök.", **said: Any) -> UUID:
        """A goal named by its words."""
        return self.add("goal", {"words": words, **said}, name=words)

    def withheld_copy(self, index: int, ground: str) -> None:
        """Mark one as withheld from the participant."""
        self.held[index] = replace(self.held[index], withheld_ground=ground)
