"""Loaded before Django is: settings for tests, and the server started once by the process that leads the run."""

import os

from samkraft.operations import bytecode, memory, static_files
from tests import clocks, database

memory.look_seldom()
bytecode.keep()
os.environ.setdefault("SAMKRAFT_DEMO", "1")
os.environ.setdefault("SAMKRAFT_SECRET_KEY", "only-for-tests-" + "0123456789" * 5)
if "PYTEST_XDIST_WORKER" not in os.environ:
    clocks.let_servers_follow()
    database.start_server()
    clocks.see_that_servers_follow()
    assert static_files.collect(os.environ), static_files.LOG.read_text()  # pages are told of them by name
