"""Sessions in the database, as Django keeps them; read by a statement that is planned once.

`SESSION_ENGINE` names this module.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from samkraft.audit.queries import statements

_SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Only the reading differs: every page begins with it."""

    def load(self) -> dict[str, Any]:
        """What is kept; nothing, and no key, when there is no such session or its time is over."""
        found = statements.rows(_SESSION, [self.session_key, timezone.now()])
        if not found:
            self._session_key = None
            return {}
        return dict(self.decode(found[0][0]))
