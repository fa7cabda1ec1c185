"""What the rules say is kept as it was found; a later comparison of the same subject is one more row."""

from datetime import datetime
from uuid import uuid4

from samkraft.audit.actions import trail
from samkraft.money.models import Contradiction, ContradictionSide
from samkraft.money.queries.contradictions import contradictions as queries
from samkraft.money.rules.findings import words
from samkraft.money.rules.findings.outcome import Finding, Side
from samkraft.values.context import Context
from samkraft.values.wording import phrase

FOUND_BY_RULE = "Samkraft"
NO_LONGER = phrase("Jämförelsen ger inte längre någon skillnad.")


def is_news(finding: Finding, before: Contradiction | None) -> bool:
    return before is None or not before.key.endswith(f":{finding.digest}")


def keep(by: Context, at: datetime, finding: Finding, before: Contradiction | None) -> None:
    """A difference or an agreement that was found, with its sides. Inside the transaction of the action that calls."""
    row = Contradiction.objects.create(
        id=uuid4(),
        key=f"{finding.stem}#{_number_after(before)}:{finding.digest}",
        rule=finding.rule,
        subject=finding.subject.stored(200),
        question=finding.question.stored(),
        explanation=finding.explanation.stored() if finding.explanation else "",
        agrees=finding.agrees,
        year=finding.year,
        found_at=at,
        found_by=FOUND_BY_RULE,
    )
    ContradictionSide.objects.bulk_create(
        [_side(row, position, side) for position, side in enumerate(finding.sides, start=1)]
    )
    record(by, at, "contradiction.find", row, rule=finding.rule, agrees=finding.agrees)


def _side(row: Contradiction, position: int, side: Side) -> ContradictionSide:
    return ContradictionSide(
        id=uuid4(),
        contradiction=row,
        position=position,
        title=_stored(side.title, 200),
        place=_stored(side.place, 200),
        value=_stored(side.value, 200),
        amount_ore=side.amount_ore,
        quote=side.quote,
        said_by=side.said_by[:200],
        said_words=_stored(side.said_words, 100),
        support_words=_stored(side.support, 300) if side.support else "",
        is_supported=side.is_supported,
        document_id=side.document_id,
        figure_id=side.figure_id,
        point_item_id=side.item_id,
    )


def _stored(said: words.Said | str, longest: int) -> str:
    return said.stored(longest) if isinstance(said, words.Said) else said[:longest]


def clear(by: Context, at: datetime, before: Contradiction) -> None:
    """The same sources without a difference: a row that agrees, so that people see what became of it.

    Inside the transaction of the action that calls.
    """
    row = Contradiction.objects.create(
        id=uuid4(),
        key=f"{queries.stem_of(before.key)}#{_number_after(before)}:gone",
        rule=before.rule,
        subject=before.subject,
        question=before.question,
        explanation=words.say(NO_LONGER).stored(),
        agrees=True,
        year=before.year,
        found_at=at,
        found_by=FOUND_BY_RULE,
    )
    sides = list(before.sides.order_by("position"))
    for side in sides:
        side.pk, side.contradiction = uuid4(), row
        side._state.adding = True
    ContradictionSide.objects.bulk_create(sides)
    record(by, at, "contradiction.clear", row)


def _number_after(before: Contradiction | None) -> str:
    return f"{(queries.number_of(before.key) if before else 0) + 1:04}"


def record(by: Context, at: datetime, action: str, row: Contradiction, **content: object) -> None:
    trail.record(
        by=by,
        at=at,
        action=action,
        subject_kind="money.contradiction",
        subject_id=row.id,
        subject_name=str(words.read(row.subject)),
        **content,
    )
