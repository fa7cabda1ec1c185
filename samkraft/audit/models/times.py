from django.db import models

from samkraft.values.writes import Writes


class TimeTravel(models.Model):
    """While this table has a row, what is done may be dated otherwise than by the clock.

    Only the owner of the database writes it: for tests, and while the demo's invented past is laid in. Without a row the
    database refuses every event whose time is not now (trigger on the event).
    """

    writes = Writes.NOTHING

    why = models.TextField()
    since = models.DateTimeField()

    class Meta:
        default_permissions = ()
