"""What can be said about a person, and to whom: written, consented to, withdrawn, handed over."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from samkraft.audit.actions import transactions
from samkraft.people.actions import consents, disclosures
from samkraft.people.models import ConsentScope
from samkraft.people.rules import categories, secrecy
from samkraft.people.rules.categories import Release
from tests.factories import people
from tests.people import world
from tests.people.random_lists import PLAN, Lists, Row, Scope


class Sayings(Lists):
    """Deeds on contributions and consents."""

    def write(self, who: int, which: int, what: int) -> None:
        """Somebody writes something new."""
        person, category = self._person(which), PLAN[what % len(PLAN)]
        member = self._member(who, person)
        may = self._may(secrecy.may_write, member, member.area_id, person, category)
        made: list[Any] = []
        kind, content = _content(category)
        more: dict[str, Any] = {} if kind == "own_system_note" else {"category": category}
        act = lambda: made.append(people.write(member.context, person, kind, content, **more))  # noqa: E731 - one line is read best
        if self._do(f"{member.name} skriver {category}", may, act):
            self._written(Row(member.area_id, person, category, made[0].lineage, 1, member.area_id, id=made[0].id))

    def rewrite(self, who: int, which: int) -> None:
        """Somebody writes a new version of something that the own area holds: its own words, or another's."""
        member = self._member(who)
        held = [row for row in self.rows if row.area == member.area_id and row.kind != "card"]
        if not held:
            return
        row = held[which % len(held)]
        last = max(one.version for one in self.rows if one.area == row.area and one.lineage == row.lineage)
        may = not row.is_copy and self._may(secrecy.may_write, member, member.area_id, row.person, row.category)
        kind, content = _content(row.category)
        more: dict[str, Any] = {} if kind == "own_system_note" else {"category": row.category}
        made: list[Any] = []
        act = lambda: made.append(  # noqa: E731 - as above
            people.write(member.context, row.person, kind, content, lineage=row.lineage, based_on=last, **more)
        )
        if self._do(f"{member.name} ändrar {row.category}", may, act):
            self._written(Row(row.area, row.person, row.category, row.lineage, last + 1, row.author, id=made[0].id))

    def consent(self, who: int, which: int, to: int, what: int) -> None:
        """A consent for one or two categories is registered."""
        person = self._person(which)
        member = self._member(who, person)
        receiver = self._member(to).area_id
        wanted = sorted({PLAN[what % len(PLAN)], PLAN[(what // 7) % len(PLAN)]})
        may = (
            self.knows(member, person, lasting=True)
            and receiver != member.area_id
            and "own_notes" not in wanted
            and not any(
                one.receiver == receiver for name in wanted for one in self.standing(person, member.area_id, name)
            )
        )
        if not self._do(
            f"{member.name} samtycke {wanted}", may, people.consent, member.context, person, receiver, *wanted
        ):
            return
        with transactions.read(member.context):
            live = ConsentScope.objects.filter(
                person_id=person,
                from_area_id=member.area_id,
                to_area_id=receiver,
                category__in=wanted,
                withdrawn_at=None,
            )
            made = [Scope(one.id, person, member.area_id, receiver, one.category) for one in live]
        self.scopes += made
        for scope in made:
            if categories.release_of(scope.category) is Release.STANDING:
                for row in self._latest(person, member.area_id, scope.category):
                    self._copied(row, receiver)

    def withdraw(self, who: int, which: int) -> None:
        """A consent is taken back."""
        if not self.scopes:
            return
        scope = self.scopes[which % len(self.scopes)]
        member = self._member(who, scope.person)
        may = (
            not scope.withdrawn and member.area_id in (scope.giver, scope.receiver) and self.knows(member, scope.person)
        )
        act = consents.withdraw
        if self._do(
            f"{member.name} tar tillbaka", may, act, by=member.context, person_id=scope.person, scope_ids=[scope.id]
        ):
            scope.withdrawn = True

    def release(self, who: int, which: int, on: int) -> None:
        """One version is handed over on one of the consents."""
        written = [row for row in self.rows if row.id is not None]
        if not written or not self.scopes:
            return
        fit = [row for row in written if any(self.standing(row.person, row.area, row.category))]
        row, basis = (fit or written)[which % len(fit or written)], self.scopes[on % len(self.scopes)]
        member = self._member(who, row.person)
        fitting = list(self.standing(row.person, row.area, row.category))
        scope = fitting[0] if fitting and on % 3 else basis
        since, until = world.now() - timedelta(days=1), world.now() + timedelta(days=1)
        rule = secrecy.Scope(
            scope.person, scope.giver, scope.receiver, scope.category, since, until, since if scope.withdrawn else None
        )
        known = secrecy.Row(row.area, row.person, row.category)
        may = secrecy.may_release(self.reader(member), known, self.case(row.person), rule, world.now())
        may = may and not self.is_given(row, scope.receiver)
        done = self._do(
            f"{member.name} lämnar ut {row.category}", may, disclosures.release, by=member.context, person_id=row.person,
            contribution_id=row.id, to_area_id=scope.receiver, scope_id=scope.id,
        )  # fmt: skip
        if done:
            self._copied(row, scope.receiver)


def _content(category: str) -> tuple[str, dict[str, object]]:
    if category == "own_notes":
        return "own_system_note", {"system": "AIS", "text": "eget"}
    if category == "referral":
        return "referral_end", {"referral": str(uuid4()), "reason": "moved", "ended_on": "2026-01-05"}
    return "dissent", {"about": str(uuid4()), "text": f"om {category}"}
