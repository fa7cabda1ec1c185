"""What participants wait for and when they rest, through the cohort door. For the clock; the database refuses anybody else."""

from uuid import UUID

from django.db import connection

from samkraft.people.rules import cohort_waits as rules
from samkraft.people.rules.cohort_waits import Rested, Waited


def places(initiative_id: UUID, run: int) -> Waited:
    """Each time somebody has joined the line of an activity, as it was known on the day of a run."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT activity_id, joined, offered, started, ended, gone FROM people_cohort_places(%s, %s)",
            [initiative_id, run],
        )
        return rules.waited(cursor.fetchall())


def pauses(initiative_id: UUID, run: int) -> Rested:
    """Each pause, as it was known on the day of a run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT packed, since, until FROM people_cohort_pauses(%s, %s)", [initiative_id, run])
        return rules.rested(cursor.fetchall())
