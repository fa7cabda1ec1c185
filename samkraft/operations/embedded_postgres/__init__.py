"""A PostgreSQL of our own for the demo, the tests and the bench, on a machine where none is installed.

    with embedded_postgres.start(Path(".samkraft/demo")) as cluster:
        ...  # cluster.app_url(), cluster.owner_url()

Start reading in `cluster`. `places` decides which folders and which user, `binaries` finds the server's programs,
`initialisation` makes a new cluster with its roles, `processes` starts and finds servers, `configuration` holds the
settings. Standard library only: it runs before anything else does. A pilot with real people uses a system PostgreSQL.
"""

from samkraft.operations.embedded_postgres.cluster import Cluster, running, start
from samkraft.operations.embedded_postgres.places import erase, folder_of

__all__ = ["Cluster", "erase", "folder_of", "running", "start"]
