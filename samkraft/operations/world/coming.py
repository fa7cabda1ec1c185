"""The meetings that are to come in the demo, and the draft that the next one takes up: they rest on the last figures."""

from django.utils import timezone

from samkraft.initiatives.queries import boards, codes, handbooks
from samkraft.operations.database import time_travel
from samkraft.operations.world import steering
from samkraft.operations.world.steering import steering_meetings
from samkraft.values.period import day_in_stockholm

WHAT = "möten som ska komma"


def is_loaded() -> bool:
    """Whether the draft that the next meeting takes up is there."""
    initiative_id, today = codes.initiatives().get(steering.CODE), day_in_stockholm(timezone.now())
    return initiative_id is None or any(one.number == "3.0" for one in handbooks.versions(initiative_id, today=today))


def load() -> None:
    """Called as the leader would, with the pack of the last snapshot."""
    table = steering.laid()
    table.boards.update({one.kind: one.id for one in boards.of_initiative(table.initiative_id)})
    with time_travel.allowed("påhittade möten kallas"):
        steering_meetings.call(table)
