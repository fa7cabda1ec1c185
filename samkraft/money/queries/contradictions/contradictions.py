"""Sources that differ, as they are read: which are open, who they wait for, and one of them with all that belongs to it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import CharField, F, Func, Max, Q, QuerySet, Value
from django.utils import timezone

from samkraft.audit.queries import statements
from samkraft.money.models import Contradiction, ContradictionSide, Settlement
from samkraft.money.queries.contradictions import questions
from samkraft.money.queries.contradictions.contradiction_sides import Side, differing_digits, side_of, stored
from samkraft.money.queries.contradictions.questions import Asked, Party
from samkraft.money.rules import digits, settling
from samkraft.money.rules.contradictions import Choice
from samkraft.money.rules.findings import words
from samkraft.money.rules.findings.words import Said
from samkraft.money.rules.settling import Move, State
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason


@dataclass(frozen=True, slots=True)
class Settled:
    """One thing that a person decided about it. `position` is the side that is used."""

    choice: Choice
    position: int | None
    side: Said | None
    reason: str
    at: datetime
    by: str
    number: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. `waits_for` is empty for the ones who settle (the city office)."""

    id: UUID
    subject: Said
    question: Said
    year: int | None
    rule: str
    found_by: str
    found_at: datetime
    state: State
    difference_ore: int | None
    values: tuple[Said | int, ...]
    waits_for: str
    since: datetime
    days: int
    settled: Settled | None

    @property
    def is_entered(self) -> bool:
        """Whether a person wrote it down."""
        return not self.rule


@dataclass(frozen=True, slots=True)
class Page:
    """One of them with everything that its page shows."""

    row: Row
    sides: tuple[Side, ...]
    explanation: Said | None
    history: tuple[Settled, ...]
    seen: int
    asked: tuple[Asked, ...]
    parties: tuple[Party, ...]
    digits: tuple[tuple[digits.Run, ...], tuple[digits.Run, ...]] | None
    latest_id: UUID
    why_not_settle: Reason | None
    why_not_reopen: Reason | None


def listed(*, by: Context, today: date | None = None) -> list[Row]:
    """The latest of each, open ones first and of those the one that has waited longest."""
    access.require(by, Permission.SEE_MONEY)
    order = {State.OPEN: 0, State.SETTLED: 1, State.CLEARED: 2, State.AGREES: 3, State.OVERTAKEN: 4}
    rows = _rows(_latest(), today)
    return sorted(rows, key=lambda row: (order[row.state], row.since, str(row.subject), str(row.id)))


def number_open(*, by: Context, year: int | None = None) -> int:
    """How many are still to be settled, of all or of one year."""
    access.require(by, Permission.SEE_MONEY)
    latest = _latest().filter(agrees=False)
    ids = [row.id for row in latest if year is None or row.year == year]
    return len(ids) - len(_settled_ids(ids))


def one(*, by: Context, contradiction_id: UUID, today: date | None = None) -> Page | None:
    """The page of one; None when there is none."""
    access.require(by, Permission.SEE_MONEY)
    found = Contradiction.objects.filter(id=contradiction_id)
    rows = _rows(found, today)
    if not rows:
        return None
    contradiction, row = found.get(), rows[0]
    sides = tuple(side_of(side) for side in stored([contradiction.id]))
    history = tuple(_settled(each) for each in _settlements_of([contradiction.id]))
    may = access.why_not(by, Permission.SETTLE_CONTRADICTIONS)
    return Page(
        row=row,
        sides=sides,
        explanation=words.read(contradiction.explanation) if contradiction.explanation else None,
        history=history,
        seen=history[-1].number if history else 0,
        asked=tuple(questions.asked(contradiction.id, today=today)),
        parties=tuple(questions.parties(contradiction.id)),
        digits=differing_digits(sides),
        latest_id=_latest_of(contradiction),
        why_not_settle=may or settling.why_not(Move.SETTLE, row.state),
        why_not_reopen=may or settling.why_not(Move.REOPEN, row.state),
    )


def waiting_for(*, by: Context, today: date) -> list[Row]:
    """Open ones that wait for whoever may settle them: not those where a body has been asked and has not answered."""
    if access.why_not(by, Permission.SETTLE_CONTRADICTIONS) is not None:
        return []
    rows = _rows(_latest().filter(agrees=False), today)
    return [row for row in rows if row.state is State.OPEN and not row.waits_for]


# As `_latest` says it; planned once, since it is asked on every page of whoever may settle.
_LATEST_THAT_DISAGREE = """
SELECT id FROM (SELECT DISTINCT ON (split_part(key, '#', 1)) id, agrees FROM money_contradiction
    ORDER BY split_part(key, '#', 1), key DESC) latest WHERE NOT agrees
"""


def number_waiting_for(*, by: Context, today: date) -> int:
    """How many `waiting_for` gives, without reading them."""
    if access.why_not(by, Permission.SETTLE_CONTRADICTIONS) is not None:
        return 0
    ids = [contradiction_id for (contradiction_id,) in statements.rows(_LATEST_THAT_DISAGREE)]
    if not ids:
        return 0
    settled = _settled_ids(ids)
    still_open = [each for each in ids if each not in settled]
    asked = questions.about(still_open, today)
    return sum(all(each.answer for each in asked.get(key, [])) for key in still_open)


def stem_of(key: str) -> str:
    """The part of a key that names the subject, whatever the values."""
    return key.rpartition("#")[0]


def number_of(key: str) -> int:
    """Which version of its subject a key names."""
    return int(key.rpartition("#")[2].partition(":")[0])


def latest_by_rule(*, years: Collection[int] | None = None) -> list[Contradiction]:
    """The latest row of each subject that a rule has told, of all or of some years."""
    rows = _latest().exclude(rule="")
    return [row for row in rows if years is None or row.year is None or row.year in years]


def state_of(row: Contradiction) -> State:
    """The state of one, read for an action that has locked it."""
    return states_of([row])[row.id]


def last_settlements(ids: Sequence[UUID]) -> dict[UUID, Settlement]:
    """The last thing decided about each, with the side that was chosen and its figure."""
    return {row.contradiction_id: row for row in _settlements_of(ids).select_related("side__figure")}


def _latest() -> "QuerySet[Contradiction]":
    """The latest version of each subject. A subject is the key without its version and digest."""
    stem = Func(F("key"), Value("#"), Value(1), function="split_part", output_field=CharField())
    newest = Contradiction.objects.order_by().values(stem=stem).annotate(newest=Max("key")).values("newest")
    return Contradiction.objects.filter(key__in=newest).order_by("found_at", "key")


def _latest_of(row: Contradiction) -> UUID:
    found: UUID = (
        Contradiction.objects.filter(key__startswith=f"{stem_of(row.key)}#")
        .order_by("-key")
        .values_list("id", flat=True)[0]
    )
    return found


def states_of(rows: Sequence[Contradiction]) -> dict[UUID, State]:
    """The states of several."""
    if not rows:
        return {}
    stems = {stem_of(row.key) for row in rows}
    versions: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    wanted = Q()
    for stem in stems:
        wanted |= Q(key__startswith=f"{stem}#")
    for key, agrees in Contradiction.objects.filter(wanted).order_by("key").values_list("key", "agrees"):
        versions[stem_of(key)].append((key, agrees))
    choices: dict[UUID, list[Choice]] = defaultdict(list)
    for settled in _settlements_of([row.id for row in rows]):
        choices[settled.contradiction_id].append(Choice(settled.choice))
    return {
        row.id: settling.state_of(
            agrees=row.agrees,
            differed_before=any(not agrees for key, agrees in versions[stem_of(row.key)] if key < row.key),
            is_latest=versions[stem_of(row.key)][-1][0] == row.key,
            choices=choices[row.id],
        )
        for row in rows
    }


def _rows(found: "QuerySet[Contradiction]", today: date | None) -> list[Row]:
    rows = list(found)
    ids = [row.id for row in rows]
    states, asked = states_of(rows), questions.about(ids, today)
    sides: dict[UUID, list[ContradictionSide]] = defaultdict(list)
    for side in stored(ids):
        sides[side.contradiction_id].append(side)
    last = {settled.contradiction_id: settled for settled in _settlements_of(ids)}
    day = today or day_in_stockholm(timezone.now())
    return [_row(row, states[row.id], sides[row.id], asked.get(row.id, []), last.get(row.id), day) for row in rows]


def _row(
    row: Contradiction,
    state: State,
    sides: Sequence[ContradictionSide],
    asked: Sequence[Asked],
    last: Settlement | None,
    today: date,
) -> Row:
    unanswered = [each for each in asked if not each.answer]
    answered = [each.answered_at for each in asked if each.answered_at]
    since = row.found_at
    if state is State.OPEN and unanswered:
        since = unanswered[0].asked_at
    elif state is State.OPEN and (answered or last):
        since = max([*answered, *([last.at] if last else [])])
    amounts = [side.amount_ore for side in sides if side.amount_ore is not None]
    return Row(
        id=row.id,
        subject=words.read(row.subject),
        question=words.read(row.question),
        year=row.year,
        rule=row.rule,
        found_by=row.found_by,
        found_at=row.found_at,
        state=state,
        difference_ore=max(amounts) - min(amounts) if len(amounts) == len(sides) else None,
        values=tuple(side.amount_ore if side.amount_ore is not None else words.read(side.value) for side in sides),
        waits_for=", ".join(dict.fromkeys(each.body for each in unanswered)) if state is State.OPEN else "",
        since=since,
        days=(today - day_in_stockholm(since)).days,
        settled=_settled(last) if last and last.choice != Choice.REOPENED.value else None,
    )


def _settlements_of(ids: Sequence[UUID]) -> "QuerySet[Settlement]":
    rows = Settlement.objects.filter(contradiction_id__in=ids).select_related("side")
    return rows.order_by("contradiction_id", "number")


def _settled_ids(ids: Sequence[UUID]) -> set[UUID]:
    last = {row.contradiction_id: row.choice for row in _settlements_of(ids)}
    return {contradiction for contradiction, choice in last.items() if choice != Choice.REOPENED.value}


def _settled(row: Settlement) -> Settled:
    return Settled(
        choice=Choice(row.choice),
        position=row.side.position if row.side else None,
        side=words.read(row.side.title) if row.side else None,
        reason=row.reason,
        at=row.at,
        by=row.by,
        number=row.number,
    )
