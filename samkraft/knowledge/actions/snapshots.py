"""Taking an initiative's snapshot: the clock goes through the cohort door, and only what may be shown is kept."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.queries import teams, undertakings
from samkraft.knowledge.models import Release, Snapshot
from samkraft.knowledge.queries import things
from samkraft.knowledge.rules import employer_shares, figures, months, releasing, weighing
from samkraft.knowledge.rules.figures import Figure
from samkraft.knowledge.rules.groups import Frame
from samkraft.knowledge.rules.indicators import DEFINITIONS
from samkraft.knowledge.rules.populations import View
from samkraft.knowledge.rules.weighing import Run, Weighed
from samkraft.offer.queries import employer_weeks
from samkraft.people.actions import cohorts as door
from samkraft.people.actions import guard
from samkraft.people.queries import cohorts
from samkraft.people.queries.cohorts import History
from samkraft.people.rules.cohorts import Cohort, as_number
from samkraft.values.context import Context


def take(*, by: Context, at: datetime | None = None, initiative_id: UUID, until: date) -> int:
    """Keep the initiative's figures as they were known at the end of a day; the run's number.

    Raises Refused for anybody but the clock, and when that day or a later one has its snapshot already.
    """
    with transactions.write(by):
        taken = door.take_within(initiative_id, until=until)
        before = list(Snapshot.objects.filter(initiative_id=initiative_id).order_by("run"))
        with guard.refusing():
            history = cohorts.history(initiative_id)
        days = {row.run: row.day for row in before} | {taken.run: until}
        frame = _frame(initiative_id, history, until)
        found = weighing.weigh(
            frame,
            _runs(history, days),
            [{name: releasing.from_json(one) for name, one in row.kept.items()} for row in before],
        )
        told = [figure for parts in found.figures.values() for group in parts.values() for figure in group.values()]
        hidden = sum(figure.n is None for figure in told)
        found.figures[employer_shares.CODE] = _employer_time(initiative_id, frame, until)
        found.figures |= things.told(initiative_id, frame, until)
        snapshot = _keep(initiative_id, taken.run, until, found, at)
        Release.objects.create(
            initiative_id=initiative_id, snapshot=snapshot, what="snapshot", title=until.isoformat(),
            released_at=snapshot.made_at, released_by=by.actor_name, shown=len(told) - hidden, hidden=hidden,
            digest=snapshot.digest,
        )  # fmt: skip
        trail.record(
            by=by, at=at, action="snapshot.take", subject_kind="knowledge.snapshot", subject_id=snapshot.id,
            subject_name=until.isoformat(), run=taken.run, enrolments=taken.many, shown=len(told) - hidden, hidden=hidden,
        )  # fmt: skip
        return taken.run


def take_those_due(*, by: Context, at: datetime | None = None, today: date) -> int:
    """Take the last month's end for each initiative with teams that has no snapshot for it yet; how many were taken."""
    until = today.replace(day=1) - timedelta(days=1)
    with transactions.read(by):
        due = [
            one.id for one in undertakings.listed()
            if one.start_date is not None and one.start_date <= until and teams.teams(one.id, on=until)
            and not Snapshot.objects.filter(initiative_id=one.id, day__gte=until).exists()
        ]  # fmt: skip
    for initiative_id in due:
        take(by=by, at=at, initiative_id=initiative_id, until=until)
    return len(due)


def _frame(initiative_id: UUID, history: History, until: date) -> Frame:
    numbers = {int(one) for one in np.unique(history.rows.columns["team"]) if one >= 0}
    waves = {wave.number for wave in teams.waves(initiative_id)}
    waves |= {int(one) for one in np.unique(history.rows.columns["wave"]) if one >= 0}
    began = undertakings.row_of(initiative_id).start_date or until
    started = history.rows.columns["started"]
    first = int(months.index(as_number(began)))
    if len(started):
        first = min(first, int(months.index(int(started.min()))))
    bodies = tuple(sorted({str(one) for one in history.body_ids if one}))
    return Frame(tuple(sorted(numbers)), tuple(sorted(waves)), bodies, first)


def _employer_time(initiative_id: UUID, frame: Frame, until: date) -> dict[str, dict[str, Figure]]:
    began = months.first_day(frame.first_month)
    weeks = employer_weeks.noted(since=began - timedelta(days=7), until=until)
    numbers = {team.id: team.number for team in teams.all_teams(initiative_id)}
    return employer_shares.figures(frame, weeks, numbers, until)


def _runs(history: History, days: Mapping[int, date]) -> list[Run]:
    bodies = sorted({str(one) for one in history.body_ids if one})
    place_of = {body: place for place, body in enumerate(bodies)}
    codes = np.array([place_of.get(str(one), -1) for one in history.body_ids], np.int64)
    found = []
    for number, day in sorted(days.items()):
        alive = (history.from_run <= number) & ((history.to_run == 0) | (history.to_run > number))
        rows = Cohort({name: column[alive] for name, column in history.rows.columns.items()})
        found.append(Run(number, history.place[alive], View(rows, as_number(day)), codes[alive]))
    return found


def _keep(initiative_id: UUID, run: int, until: date, found: Weighed, at: datetime | None) -> Snapshot:
    told: dict[str, Any] = {
        code: {
            dimension: {group: figures.as_json(figure) for group, figure in groups.items()}
            for dimension, groups in parts.items()
        }
        for code, parts in found.figures.items()
    }
    written = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return Snapshot.objects.create(
        initiative_id=initiative_id,
        run=run,
        day=until,
        made_at=at or timezone.now(),
        definitions=DEFINITIONS,
        figures=told,
        kept={name: shown.as_json() for name, shown in found.kept.items()},
        digest=hashlib.sha256(written.encode()).hexdigest(),
    )
