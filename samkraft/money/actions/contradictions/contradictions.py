"""Sources that differ: found by rules, entered by people, settled with a reason, opened again. Both sources are kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import duties
from samkraft.money.actions.contradictions import kept_findings
from samkraft.money.models import Contradiction, ContradictionSide, Settlement
from samkraft.money.queries.contradictions import contradictions as queries
from samkraft.money.queries.contradictions import questions, sources
from samkraft.money.rules import settling
from samkraft.money.rules.contradictions import LABELS, Choice
from samkraft.money.rules.findings import every, words
from samkraft.money.rules.settling import Move
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values import kronor
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

ANSWER_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a round of all rules led to: new differences, new agreements, and what is in order now."""

    differing: int = 0
    agreeing: int = 0
    cleared: int = 0


@dataclass(frozen=True, slots=True)
class SideDraft:
    """One source as a person types it. An amount in öre, or a value in words; `place` tells where it stands."""

    title: str
    value: str = ""
    amount_ore: int | None = None
    place: str = ""
    quote: str = ""
    said_by: str = ""
    said_words: str = ""
    support_words: str = ""
    document_id: UUID | None = None
    figure_id: UUID | None = None


def look(*, by: Context, at: datetime | None = None, year: int | None = None) -> Looked:
    """Let every rule look through all sources, or those of one year. The same again changes nothing."""
    access.require(by, Permission.SETTLE_CONTRADICTIONS)
    with transactions.write(by):
        return look_within(by=by, at=at, years=None if year is None else (year,))


def look_by_clock(*, by: Context, at: datetime | None = None) -> Looked:
    """The same for the job that the clock or a registration starts: nobody's role is asked. No page calls this."""
    with transactions.write(by):
        return look_within(by=by, at=at)


def look_within(*, by: Context, at: datetime | None = None, years: Collection[int] | None = None) -> Looked:
    """The same, inside the transaction of an action that has just registered something about those years.

    A subject whose values are as before is left alone, settled or not. New values make a new comparison that replaces
    the one before; a difference that is gone is told as being in order now.
    """
    at = at or timezone.now()
    _one_at_a_time("contradictions")
    found = [
        finding
        for finding in every.look(sources.gather(years=years))
        if years is None or finding.year is None or finding.year in years
    ]
    before = {queries.stem_of(row.key): row for row in queries.latest_by_rule(years=years)}
    new = [finding for finding in found if kept_findings.is_news(finding, before.get(finding.stem))]
    for finding in new:
        kept_findings.keep(by, at, finding, before.get(finding.stem))
    stems = {finding.stem for finding in found}
    gone = [row for stem, row in before.items() if stem not in stems and not row.agrees]
    for row in gone:
        kept_findings.clear(by, at, row)
    cleared = [one for one in new if one.agrees and one.stem in before and not before[one.stem].agrees]
    return Looked(
        differing=sum(not finding.agrees for finding in new),
        agreeing=sum(finding.agrees for finding in new) - len(cleared),
        cleared=len(gone) + len(cleared),
    )


def enter(
    *,
    by: Context,
    at: datetime | None = None,
    subject: str,
    question: str,
    sides: Sequence[SideDraft],
    year: int | None = None,
    explanation: str = "",
) -> UUID:
    """Write down that sources differ where no rule can see it. Two or more sides, each with where it stands."""
    _require_settler_or_committee(by)
    if not subject.strip() or not question.strip():
        raise Refused(settling.NO_QUESTION)
    _check(sides)
    at = at or timezone.now()
    with transactions.write(by):
        entered = uuid4()
        row = Contradiction.objects.create(
            id=entered,
            key=f"person:{entered}#0001:0",
            subject=subject.strip()[:200],
            question=question.strip(),
            explanation=explanation.strip(),
            year=year,
            found_at=at,
            found_by=by.actor_name,
        )
        ContradictionSide.objects.bulk_create(
            [
                ContradictionSide(
                    id=uuid4(),
                    contradiction=row,
                    position=position,
                    title=side.title.strip()[:200],
                    place=side.place.strip()[:200],
                    value=(side.value.strip() or kronor.in_words(side.amount_ore or 0))[:200],
                    amount_ore=side.amount_ore,
                    quote=side.quote.strip(),
                    said_by=side.said_by.strip()[:200],
                    said_words=side.said_words.strip()[:100],
                    support_words=side.support_words.strip()[:300],
                    document_id=side.document_id,
                    figure_id=side.figure_id,
                )
                for position, side in enumerate(sides, start=1)
            ]
        )
        kept_findings.record(
            by, at, "contradiction.enter", row, sides=[side.value or side.amount_ore for side in sides]
        )
        return row.id


def settle(
    *,
    by: Context,
    at: datetime | None = None,
    contradiction_id: UUID,
    choice: Choice,
    reason: str,
    seen: int,
    position: int | None = None,
) -> None:
    """Say which source holds (`USE` with its position), that they are not about the same, or that nobody can know.

    `seen` is how many settlements the person had seen. Raises Refused without a reason, and for the second of two
    people, who is told what the first one did.
    """
    access.require(by, Permission.SETTLE_CONTRADICTIONS)
    at = at or timezone.now()
    with transactions.write(by):
        row = _open(contradiction_id, Move.SETTLE, seen)
        if not reason.strip():
            raise Refused(settling.NO_REASON)
        side = row.sides.filter(position=position).first() if choice is Choice.USE else None
        if choice is Choice.USE and side is None:
            raise Refused(settling.NO_SIDE)
        _write(by, at, row, choice, reason, seen, side)


def reopen(*, by: Context, at: datetime | None = None, contradiction_id: UUID, reason: str, seen: int) -> None:
    """Take back a settlement. What was said stays in the history. Raises Refused as `settle` does."""
    access.require(by, Permission.SETTLE_CONTRADICTIONS)
    at = at or timezone.now()
    with transactions.write(by):
        row = _open(contradiction_id, Move.REOPEN, seen)
        if not reason.strip():
            raise Refused(settling.NO_REASON)
        _write(by, at, row, Choice.REOPENED, reason, seen, None)


def ask(*, by: Context, at: datetime | None = None, contradiction_id: UUID, body_id: UUID, text: str) -> None:
    """Ask a body that stands behind one of the sides: a duty in its year wheel, to be answered within two weeks."""
    access.require(by, Permission.SETTLE_CONTRADICTIONS)
    at = at or timezone.now()
    with transactions.write(by):
        row = _open(contradiction_id, Move.ASK, None)
        parties = {party.id: party for party in questions.parties(row.id)}
        if body_id not in parties:
            raise Refused(settling.NOT_A_PARTY, body=questions.name_of(body_id))
        if not text.strip():
            raise Refused(settling.NO_REASON)
        number = len(questions.asked(row.id)) + 1
        duties.plan_within(
            by=by,
            at=at,
            title=f"Svara: {words.read(row.question)}"[:300],
            body_id=body_id,
            due_date=day_in_stockholm(at) + ANSWER_WITHIN,
            binding=False,
            basis=text.strip(),
            link=f"/medel/uppgifter-som-skiljer-sig/{row.id}/",
            source_key=questions.question_key(row.id, body_id, number),
        )
        kept_findings.record(by, at, "contradiction.ask", row, body=body_id, text=text.strip())


def answer(*, by: Context, at: datetime | None = None, contradiction_id: UUID, text: str) -> None:
    """The asked body answers; the question is done in its year wheel and the answer stands beside the sources."""
    access.require(by, Permission.ANSWER_FOR_COMMITTEE)
    if not text.strip():
        raise Refused(settling.NO_ANSWER)
    with transactions.read(by):
        waiting = [
            each for each in questions.asked(contradiction_id) if each.body_id == by.organisation_id and not each.answer
        ]
        name = questions.name_of(by.organisation_id)
    if not waiting:
        raise Refused(settling.NOT_ASKED, body=name)
    duties.complete(by=by, at=at, duty_id=waiting[0].duty_id, note=text.strip())


def _check(sides: Sequence[SideDraft]) -> None:
    told = [side for side in sides if side.value.strip() or side.amount_ore is not None]
    if len(told) < 2 or len(told) != len(sides):
        raise Refused(settling.TOO_FEW_SIDES)
    for number, side in enumerate(sides, start=1):
        if not (side.place.strip() or side.document_id or side.figure_id):
            raise Refused(settling.SIDE_WITHOUT_SOURCE, number=number)
    said = {str(side.amount_ore) if side.amount_ore is not None else side.value.strip().casefold() for side in sides}
    if len(said) == 1:
        raise Refused(settling.SIDES_SAY_THE_SAME)


def _open(contradiction_id: UUID, move: Move, seen: int | None) -> Contradiction:
    """Lock it, and refuse what its state or somebody's doing meanwhile does not allow."""
    _one_at_a_time(f"contradiction {contradiction_id}")
    row = Contradiction.objects.filter(id=contradiction_id).first()
    if row is None:
        raise Refused(settling.NOT_FOUND)
    last = row.settlements.order_by("-number").select_related("side").first()
    details = _told(last) if last else {}
    reason = settling.why_not(move, queries.state_of(row))
    if reason is settling.ALREADY_SETTLED or (
        reason is None and seen is not None and seen != (last.number if last else 0)
    ):
        raise Refused(reason or settling.CHANGED_MEANWHILE, **(details or {"who": "–", "when": "–", "what": "–"}))
    if reason:
        raise Refused(reason)
    return row


def _told(last: Settlement) -> dict[str, str]:
    what = LABELS[Choice(last.choice)]
    if last.side:
        what = f"{what} ({words.read(last.side.title)})"
    return {"who": last.by, "when": day_in_stockholm(last.at).isoformat(), "what": f"{what}. ”{last.reason}”"}


def _write(
    by: Context,
    at: datetime,
    row: Contradiction,
    choice: Choice,
    reason: str,
    seen: int,
    side: ContradictionSide | None,
) -> None:
    Settlement.objects.create(
        id=uuid4(),
        contradiction=row,
        choice=choice.value,
        side=side,
        reason=reason.strip(),
        number=seen + 1,
        at=at,
        by=by.actor_name,
    )
    position = side.position if side else None
    kept_findings.record(by, at, f"contradiction.{choice.value}", row, reason=reason.strip(), position=position)


def _require_settler_or_committee(by: Context) -> None:
    if access.why_not(by, Permission.ANSWER_FOR_COMMITTEE) is not None:
        access.require(by, Permission.SETTLE_CONTRADICTIONS)


def _one_at_a_time(what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])
