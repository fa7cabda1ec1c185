"""Settings of the embedded server. They are given on the command line, so that an old data folder gets new ones too."""

import os
import pwd
from pathlib import Path

from samkraft.operations.embedded_postgres import places

SUPERUSER, OWNER, APP = "postgres", "samkraft_owner", "samkraft_app"
DATABASE = "samkraft"

ALWAYS = {
    "listen_addresses": "",  # no network at all
    "unix_socket_permissions": "0700",
    "port": "5432",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "max_wal_size": "512MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "io_method": "sync",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",  # the log shall not repeat statements: they hold personal data
}
FAST_AND_FORGETFUL = {  # for tests: nothing survives a power cut
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "10min",
}


def arguments(place: places.Place, socket_folder: Path, *, durable: bool, connections: int = 0) -> list[str]:
    """Return the server's command-line arguments. `connections` at once; the usual number when not said."""
    files = {"hba_file": str(place.doors), "ident_file": str(place.people)}
    files["unix_socket_directories"] = _quoted(socket_folder)
    settings = ALWAYS | ({} if durable else FAST_AND_FORGETFUL) | files
    settings |= {"max_connections": str(connections)} if connections else {}
    return ["-D", str(place.data), *(word for name, value in settings.items() for word in ("-c", f"{name}={value}"))]


def admission(user: pwd.struct_passwd | None) -> tuple[str, str]:
    """Return the texts of pg_hba.conf and pg_ident.conf: who may connect as whom.

    The kernel tells the server which user is at the other end of the socket. Only the user that runs us and the one
    that runs the server get in, as any of the three roles that sign in.
    """
    names = {pwd.getpwuid(os.geteuid()).pw_name}
    if user is not None:
        names.add(user.pw_name)
    doors = "local all all peer map=samkraft\n"
    people = "".join(f'samkraft "{name}" {role}\n' for name in sorted(names) for role in (SUPERUSER, OWNER, APP))
    return doors, people


def _quoted(folder: Path) -> str:
    """One folder as a list setting: quotes keep a comma or a space in the path from splitting it."""
    return '"' + str(folder).replace('"', '""') + '"'
