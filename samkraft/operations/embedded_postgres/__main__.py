"""For developers: run a cluster in the foreground, print its addresses, or erase it.

python -m samkraft.operations.embedded_postgres run FOLDER [--forgetful]
python -m samkraft.operations.embedded_postgres url FOLDER
python -m samkraft.operations.embedded_postgres erase FOLDER
"""

import argparse
import signal
import sys
from pathlib import Path

from samkraft.operations import embedded_postgres
from samkraft.values.refusal import Refused


def main() -> int:
    parser = argparse.ArgumentParser(prog="embedded_postgres", description=__doc__.splitlines()[0])
    parser.add_argument("verb", choices=("run", "url", "erase"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--forgetful", action="store_true", help="quicker; loses data in a power cut")
    asked = parser.parse_args()
    try:
        return {"run": _run, "url": _url, "erase": _erase}[asked.verb](asked)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1


def _run(asked: argparse.Namespace) -> int:
    ends = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)  # wait for them below instead of being interrupted anywhere
    try:
        with embedded_postgres.start(asked.folder, durable=not asked.forgetful) as cluster:
            _tell(cluster)
            while cluster.alive() and signal.sigtimedwait(ends, 1.0) is None:
                pass
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ends)
    return 0


def _url(asked: argparse.Namespace) -> int:
    cluster = embedded_postgres.running(asked.folder)
    if cluster is None:
        print("not running", file=sys.stderr)
        return 1
    _tell(cluster)
    return 0


def _erase(asked: argparse.Namespace) -> int:
    embedded_postgres.erase(asked.folder)
    return 0


def _tell(cluster: embedded_postgres.Cluster) -> None:
    print(f"DATABASE_OWNER_URL='{cluster.owner_url()}'\nDATABASE_URL='{cluster.app_url()}'", flush=True)


if __name__ == "__main__":
    sys.exit(main())
