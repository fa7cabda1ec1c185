"""Which database is proved: the one that is configured, else the demo's own, running or not."""

import contextlib
import os
from collections.abc import Iterator

from samkraft.operations import embedded_postgres
from samkraft.operations.demo import setting
from samkraft.values.refusal import Reason, Refused

NONE_TO_PROVE = Reason(
    "nothing_to_prove",
    "Det finns ingen databas att bevisa något om.",
    "Sätt DATABASE_OWNER_URL, eller kör make demo först.",
)
_SETTINGS = {"SAMKRAFT_DEMO": "1", "SAMKRAFT_SECRET_KEY": "only-for-proving-" + "0123456789" * 4}


@contextlib.contextmanager
def at_hand() -> Iterator[None]:
    """Let the settings point at a database that can be proved. Raises Refused when there is none."""
    if "DATABASE_OWNER_URL" in os.environ:
        yield
        return
    with _demo() as cluster:
        os.environ |= {"DATABASE_OWNER_URL": cluster.owner_url(), "DATABASE_URL": cluster.app_url(), **_SETTINGS}
        yield


@contextlib.contextmanager
def _demo() -> Iterator[embedded_postgres.Cluster]:
    folder = setting.folder()
    cluster = embedded_postgres.running(folder)
    if cluster is not None:
        yield cluster
        return
    if not (embedded_postgres.folder_of(folder) / "prepared.json").exists():
        raise Refused(NONE_TO_PROVE)
    with embedded_postgres.start(folder, progress=lambda words: None) as started:
        yield started
