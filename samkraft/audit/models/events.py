import uuid

import pgtrigger
from django.db import models

from samkraft.values.writes import Writes

# A minute for a slow transaction and for clocks that are not quite the same.
ONLY_NOW = """
    IF (NEW.at < now() - interval '1 minute' OR NEW.at > clock_timestamp() + interval '1 minute')
       AND NOT EXISTS (SELECT FROM audit_timetravel) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            MESSAGE = 'an event is dated by the clock: ' || NEW.at || ' is not now';
    END IF;
    RETURN NEW;
"""


class Event(models.Model):
    """One thing that someone did, read or was refused.

    Everything about who is kept as text instead of foreign keys, so that removing a person or an organisation neither
    erases nor blocks the trail. `recorded_at` and `transaction` are set by the database, whatever the program says.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(editable=False)
    transaction = models.BigIntegerField(editable=False)
    actor_id = models.UUIDField(null=True)
    actor_name = models.TextField()
    membership_id = models.UUIDField(null=True)
    role = models.TextField()
    area_id = models.UUIDField(null=True)
    purpose = models.TextField()
    action = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.TextField()
    subject_name = models.TextField()
    salt = models.TextField()
    content = models.TextField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "recorded_at"], name="audit_event_subject"),
            models.Index(fields=["recorded_at"], name="audit_event_recorded"),
            models.Index(fields=["transaction"], name="audit_event_transaction"),
            models.Index(fields=["actor_id", "recorded_at"], name="audit_event_actor"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stamp",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="NEW.recorded_at := clock_timestamp(); NEW.transaction := pg_current_xact_id()::text::bigint; RETURN NEW;",
            ),
            pgtrigger.Trigger(name="only_now", when=pgtrigger.Before, operation=pgtrigger.Insert, func=ONLY_NOW),
        ]
