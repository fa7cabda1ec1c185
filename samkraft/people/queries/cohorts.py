"""The cohort door: the only way from knowledge to people. Figures for the clock, pseudonymous rows for an evaluator.

The rows hold days and numbers, no words and no keys that lead back. Every asking is written down by the database itself, so
it is done inside an action's transaction, and the action leaves its event in the trail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import psycopg
from django.db import connection
from numpy.typing import NDArray
from psycopg import sql

from samkraft.people.rules import cohorts
from samkraft.people.rules.cohorts import FIELDS, Cohort

_COLUMNS = sql.SQL("COPY (SELECT place, packed FROM people_cohort_columns({}, {}, {})) TO STDOUT (FORMAT BINARY)")


@dataclass(frozen=True, slots=True)
class History:
    """What enrolments were known to be, from run to run. place: whose, a number that means nothing outside (n).

    from_run, to_run (n): known so from one run until another; to_run is nought for what is known so still.
    body_ids (n): which body sent the person, None where unknown.
    """

    place: NDArray[np.int64]
    from_run: NDArray[np.int64]
    to_run: NDArray[np.int64]
    body_ids: tuple[UUID | None, ...]
    rows: Cohort


@dataclass(frozen=True, slots=True)
class Pseudonymous:
    """Rows of one study. names (n): each person under a name that holds in this study only."""

    names: tuple[str, ...]
    body_ids: tuple[UUID | None, ...]
    rows: Cohort


def figures(initiative_id: UUID, run: int, fields: Sequence[str] = FIELDS) -> Cohort:
    """All enrolments as a run knew them, and of what is known the fields that are asked for.

    For the clock; anybody else is refused by the database.
    """
    places = [FIELDS.index(name) for name in fields]
    connection.ensure_connection()
    with connection.wrap_database_errors:
        asked = psycopg.Cursor(connection.connection)
        with asked.copy(_COLUMNS.format(initiative_id, run, places)) as copied:  # quicker by two thirds than rows
            copied.set_types(["int4", "bytea"])
            packed = dict(copied.rows())
    return cohorts.in_columns(packed, fields)


def history(initiative_id: UUID) -> History:
    """Everything that has been known of an initiative's enrolments. For the clock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place, from_run, to_run, body_id, packed FROM people_cohort_history(%s)", [initiative_id]
        )
        found = cursor.fetchall()
    return History(
        np.array([row[0] for row in found], np.int64),
        np.array([row[1] for row in found], np.int64),
        np.array([row[2] or 0 for row in found], np.int64),
        tuple(row[3] for row in found),
        cohorts.unpacked([bytes(row[4]) for row in found]),
    )


def rows(initiative_id: UUID, *, study: str, run: int) -> Pseudonymous:
    """One row for each enrolment, for an evaluator. Who is protected is not among them.

    `study` chooses the names: the same person has another name in another study.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pseudonym, body_id, packed FROM people_cohort_rows(%s, %s, %s)", [initiative_id, study, run]
        )
        found = cursor.fetchall()
    return Pseudonymous(
        tuple(row[0] for row in found),
        tuple(row[1] for row in found),
        cohorts.unpacked([bytes(row[2]) for row in found]),
    )
