"""The caseload as the reader's area may know it: rows behind the board, the list, the inbox and their exports.

Rows come from the overview that the database keeps for each enrolment and area, so nothing is folded when they are read.
Three statements at most, however many participants there are.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.audit.queries import statements
from samkraft.audit.queries.statements import Question, Rows
from samkraft.people.rules.boards import Day, Row, Way
from samkraft.values.context import Context

PAGE_OF_EXPORT = 500

_FRAME = """
SELECT json_build_object(
  'teams', (SELECT coalesce(json_agg(json_build_array(t.id, t.name, t.initiative_id, i.name)
                                     ORDER BY i.name, t.number), '[]')
            FROM initiatives_team t JOIN initiatives_initiative i ON i.id = t.initiative_id
            WHERE t.period @> %(today)s::date AND t.id IN (SELECT m.team_id FROM initiatives_teammember m
                WHERE m.membership_id = %(membership)s AND m.period @> %(today)s::date)),
  'phases', (SELECT coalesce(json_agg(json_build_array(p.initiative_id, p.number, p.guide_days,
                                                       p.counts_to_limit)), '[]')
             FROM initiatives_phase p),
  'views', (SELECT coalesce(json_agg(json_build_array(v.id, v.name, v.query, v.team_id, v.saved_by,
                                                      v.membership_id = %(membership)s) ORDER BY lower(v.name), v.id), '[]')
            FROM people_savedview v),
  'rules', (SELECT coalesce(json_agg(json_build_array(r.initiative_id, r.rules -> 'limit_days',
                                                      r.rules -> 'monthly_time_report')), '[]')
            FROM initiatives_initiativerules r WHERE r.valid @> %(today)s::date))
"""


@dataclass(frozen=True, slots=True)
class Team:
    """A team that the reader has a place in today."""

    id: UUID
    name: str
    initiative_id: UUID
    initiative_name: str


@dataclass(frozen=True, slots=True)
class View:
    """A saved choice: the reader's own, or one that a colleague in the team and the same area shares."""

    id: UUID
    name: str
    query: str
    team_id: UUID | None
    saved_by: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What the rows are held against: the reader's teams, each initiative's way; and the choices that are saved."""

    teams: tuple[Team, ...]
    day: Day
    views: tuple[View, ...] = ()


def frame(by: Context, today: date) -> Frame:
    """Teams, phases and limits as they are today. One statement; nothing in it is about a participant."""
    return frame_from(statements.rows(*frame_question(by, today)), by, today)


def frame_question(by: Context, today: date) -> Question:
    """The statement behind `frame`, for whoever asks several in one journey."""
    return _FRAME, {"today": today, "membership": by.membership_id}


def frame_from(answer: Rows, by: Context, today: date) -> Frame:
    """The frame out of the answer."""
    ((found,),) = answer
    teams = tuple(Team(UUID(key), name, UUID(part_of), said) for key, name, part_of, said in found["teams"])
    views = tuple(
        View(UUID(key), name, query, UUID(shared) if shared else None, who, mine)
        for key, name, query, shared, who, mine in found["views"]
    )
    return Frame(teams, Day(today, by.area_id, _ways(found["phases"], found["rules"])), views)


def _ways(phases: Iterable[Sequence[object]], rules: Iterable[Sequence[object]]) -> dict[UUID, Way]:
    counts: dict[str, set[int]] = {}
    guides: dict[str, dict[int, int | None]] = {}
    for key, number, guide_days, counted in phases:
        guides.setdefault(str(key), {})[int(str(number))] = None if guide_days is None else int(str(guide_days))
        if counted:
            counts.setdefault(str(key), set()).add(int(str(number)))
    said = {str(key): (limit, monthly) for key, limit, monthly in rules}
    return {
        UUID(key): Way(
            limit_days=None if (limit := said.get(key, (None, None))[0]) is None else int(str(limit)),
            counts=frozenset(counts.get(key, ())),
            guide_days=guides.get(key, {}),
            monthly_time_report=bool(said.get(key, (None, False))[1]),
        )
        for key in guides.keys() | said.keys()
    }


_ROWS = f"SELECT {', '.join(Row._fields)} FROM people_overview WHERE"  # noqa: S608 - the names are those of our own row
_HERE = f"{_ROWS} exited_on IS NULL OR exited_on > %s"
_LEFT = f"{_ROWS} exited_on <= %s"
_LED = f"{_ROWS} lead_membership_id = ANY (%s) OR (waits_area_id = %s AND lead_area_id IS DISTINCT FROM waits_area_id)"
_AGAIN = f"{_ROWS} enrolment_id = ANY (%s)"


def caseload(by: Context, today: date, *, left: bool = False) -> list[Row]:
    """Everyone whose case the reader is on and who takes part; `left` gives those who have left instead. One statement."""
    return rows_from(statements.rows(*caseload_question(today, left=left)))


def caseload_question(today: date, *, left: bool = False) -> Question:
    """The statement behind `caseload`."""
    return _LEFT if left else _HERE, [today]


def rows_from(answer: Rows) -> list[Row]:
    """The rows out of the answer."""
    return list(map(Row._make, answer))


def led(by: Context, leads: Collection[UUID]) -> list[Row]:
    """Those whose process one of these leads, and those that wait for the reader's area while another leads."""
    return _rows(_LED, [list(leads), by.area_id])


def again(by: Context, enrolment_ids: Sequence[UUID]) -> list[Row]:
    """The same rows read once more, in the order given: what has been taken from the reader since is not among them."""
    found = {row.enrolment_id: row for row in _rows(_AGAIN, [list(enrolment_ids)])}
    return [found[key] for key in enrolment_ids if key in found]


def _rows(sql: str, params: Sequence[object]) -> list[Row]:
    return rows_from(statements.rows(sql, params))
