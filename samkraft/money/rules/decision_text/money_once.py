"""Which points pay for which, so that every krona is counted once."""

import re
from collections.abc import Sequence
from dataclasses import replace

from samkraft.money.rules.decision_text.reading import Point

REFERS = re.compile(
    r"(?:överförda|avsatta|anvisade|reserverade|omfördelade|tilldelade|ovanstående|ovan(?:nämnda)?|dessa|frigjorda|överförs)\s+(?:medel|medlen|belopp|pengar)|medlen\s+(?:enligt|i|från|ovan)",
    re.I,
)
TO_POINTS = re.compile(
    r"(?:enligt|i|från|av|till|för)\s+(?:besluts?)?punkt(?:en|erna|er)?\s+(\d{1,2}(?:\s*(?:[–-]|,|och|samt|till)\s*\d{1,2})*)",
    re.I,
)
# "under förutsättning att kommunstyrelsen beslutar enligt punkt 1" names a condition and not a use.
PRECONDITION = re.compile(r"under\s+förutsättning[^.;]{0,160}", re.I)
SAME_MONEY = re.compile(
    r"(?:medlen|bidraget|bidragen|beloppet|summan|anslaget|stödet|pengarna|tilläggsanslaget)(?!\w)", re.I
)
MOVING = frozenset({"transfer", "reserve", "funding"})


def link(points: Sequence[Point]) -> list[Point]:
    """Set `funds` and `counted`. A point that moves or reserves money funds the grants that use that money.

    The link is read from the words ("överförda medel", "enligt punkterna 2 och 3") or from the sums: the following
    grants add up exactly to what was moved. Refusals, reductions and pure funding are not counted.
    """
    linked = [replace(point, counted=_new_money(point)) for point in points]
    for index, point in enumerate(linked):
        if point.kind not in MOVING or _sum(point) == 0:
            continue
        users = _users(linked, index)
        if not users:
            continue
        linked[index] = replace(linked[index], funds=tuple(linked[user].number for user in users))
        paid = sum(_sum(linked[user]) for user in users)
        mover_counts = point.kind != "funding" and _sum(point) >= paid
        linked[index] = replace(linked[index], counted=mover_counts)
        for user in users:
            linked[user] = replace(linked[user], counted=not mover_counts)
    return [
        replace(point, counted=False) if _tells_again(linked, index) else point for index, point in enumerate(linked)
    ]


def _tells_again(points: Sequence[Point], index: int) -> bool:
    """ "Medlen fördelas med 750 000 kronor 2024 och …": the money of an earlier point, told once more."""
    point = points[index]
    if not point.counted or not _sum(point) or not SAME_MONEY.match(point.text):
        return False
    return any(other.counted and _sum(other) == _sum(point) for other in points[:index])


def _new_money(point: Point) -> bool:
    return point.spends or point.kind not in {
        "refuse",
        "reduce",
        "revoke",
        "note",
        "remit",
        "table",
        "funding",
        "duty",
        "urge",
        "must",
    }


def _sum(point: Point) -> int:
    return sum(item.amount_ore or 0 for item in point.items)


def _users(points: Sequence[Point], index: int) -> list[int]:
    mover = points[index]
    grants = [
        i
        for i, point in enumerate(points)
        if i != index
        and point.kind in {"grant", "adopt", "reserve"}
        and _sum(point)
        and point.counted
        and _not_paid(points, i)
    ]
    told = named(PRECONDITION.sub(" ", mover.text), points, grants)
    if told and sum(_sum(points[i]) for i in told) <= _sum(mover):
        return told
    by_words = [i for i in grants if i > index and _refers_to(points[i], mover)]
    if by_words and sum(_sum(points[i]) for i in by_words) <= _sum(mover):
        return by_words
    return _run_that_adds_up(points, index, grants)


def _not_paid(points: Sequence[Point], index: int) -> bool:
    return not any(points[index].number in point.funds for point in points)


def named(words: str, points: Sequence[Point], grants: list[int]) -> list[int]:
    """Those of `grants` whose numbers the words tell ("enligt punkterna 2 och 3")."""
    match = TO_POINTS.search(words)
    if match is None:
        return []
    numbers: set[str] = set()
    for piece in re.split(r",|och|samt", match[1]):
        ends = [int(n) for n in re.findall(r"\d+", piece)]
        numbers |= {str(n) for n in range(ends[0], ends[-1] + 1)} if ends else set()
    return [i for i in grants if points[i].number in numbers]


def _refers_to(point: Point, mover: Point) -> bool:
    if (match := TO_POINTS.search(point.text)) and mover.number in re.findall(r"\d+", match[1]):
        return True
    return REFERS.search(point.text) is not None


def _run_that_adds_up(points: Sequence[Point], index: int, grants: list[int]) -> list[int]:
    """The grants next after a transfer (or before a funding point) whose sums make up its sum exactly."""
    goal, mover = _sum(points[index]), points[index]
    if mover.kind == "transfer" and any(item.receiver and not _is_holder(item.receiver, mover) for item in mover.items):
        return []
    following = [i for i in grants if i > index]
    preceding = [i for i in grants if i < index]
    for candidates in (following, preceding) if mover.kind == "funding" else (following,):
        run: list[int] = []
        for i in candidates if candidates is following else reversed(candidates):
            run.append(i)
            if sum(_sum(points[j]) for j in run) == goal:
                return sorted(run)
    if mover.kind == "funding" and grants and sum(_sum(points[i]) for i in grants) == goal:
        return grants
    return []


def _is_holder(receiver: str, mover: Point) -> bool:
    """Money moved to the deciding body itself, or to its office, waits there for other points."""
    body = (mover.body or "").lower()
    return (
        receiver.lower().rstrip("s") in body
        or body in receiver.lower()
        or (bool(body) and receiver.lower().startswith(body.rstrip("s")))
    )
