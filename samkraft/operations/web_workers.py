"""What gunicorn does with each of its workers; it reads this file as its configuration."""

import signal
from typing import Any

from samkraft.operations import child_processes


def post_fork(server: Any, worker: Any) -> None:
    """See that no worker outlives the server: without it, nobody would end a request that hangs."""
    child_processes.die_with_parent(signal.SIGKILL, parent=server.pid)
