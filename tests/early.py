"""Loaded before Django is: settings for tests, and the server started once by the process that leads the run."""

import os

from tests import database

os.environ.setdefault("SAMKRAFT_DEMO", "1")
os.environ.setdefault("SAMKRAFT_SECRET_KEY", "only-for-tests-" + "0123456789" * 5)
if "PYTEST_XDIST_WORKER" not in os.environ:
    database.start_server()
