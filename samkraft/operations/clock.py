"""As whom the machine does what nobody asked for at that moment."""

from uuid import UUID

from samkraft.values.context import Context

# The clock's own context: nobody's membership, no role that gives any permission.
CLOCK = Context(
    actor_id=UUID(int=1),
    actor_name="Samkraft",
    membership_id=UUID(int=0),
    role="clock",
    organisation_id=UUID(int=0),
    area_id=UUID(int=0),
    purpose="Automatiskt jobb",
)
