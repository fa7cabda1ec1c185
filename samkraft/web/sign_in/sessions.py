"""Sessions in the database, as Django keeps them; read together with the account that the session was whose last time.

`SESSION_ENGINE` names this module. Whose a session is, is only a guess that saves a journey: the session itself decides, and
a wrong guess is thrown away.
"""

from collections import OrderedDict
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from samkraft.audit.queries import statements
from samkraft.partners.queries import accounts
from samkraft.partners.queries.accounts import Account
from samkraft.values.period import day_in_stockholm

_SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
_GUESSES = 5_000
_whose: "OrderedDict[str, UUID]" = OrderedDict()


class SessionStore(db.SessionStore):
    """Only the reading differs: every page begins with it."""

    account: Account | None = None

    def load(self) -> dict[str, Any]:
        """What is kept; nothing, and no key, when there is no such session or its time is over."""
        now, key = timezone.now(), self.session_key
        guess = _whose.get(key or "")
        asked: list[statements.Question] = [(_SESSION, [key, now])]
        if guess is not None:
            asked.append(accounts.question(guess, day_in_stockholm(now)))
        found, *others = statements.several(asked)
        if not found or key is None:
            self._session_key = None
            return {}
        data = dict(self.decode(found[0][0]))
        user_id = data.get(SESSION_KEY)
        if guess is not None and user_id == str(guess):
            self.account = accounts.account_from(others[0])
        elif user_id:
            _whose[key] = UUID(user_id)
            while len(_whose) > _GUESSES:
                _whose.popitem(last=False)
        return data
