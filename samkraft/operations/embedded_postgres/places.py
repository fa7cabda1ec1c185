"""Which folders a cluster lives in, and which user of the machine runs it.

An ordinary user has everything in the folder asked for. PostgreSQL refuses to run as root, so root's clusters belong to
an unprivileged user and live under /var/lib/samkraft: the folder asked for may lie where that user may not go, and we
never open anybody's parent folders.
"""

import hashlib
import json
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from samkraft.operations.embedded_postgres import processes, refusals
from samkraft.values.refusal import Refused

SYSTEM_FOLDER = Path("/var/lib/samkraft")
UNPRIVILEGED = ("postgres", "daemon", "nobody")  # the first that exists
LONGEST_SOCKET_PATH = 107  # bytes of a Unix socket's address on Linux, without the final zero
SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one cluster lives. `user` is who runs the server; None means whoever runs us."""

    folder: Path
    user: pwd.struct_passwd | None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def doors(self) -> Path:
        """Who may connect and how: outside the data folder, where root would write through the server's own links."""
        return self.folder / "pg_hba.conf"

    @property
    def people(self) -> Path:
        """Which users of the machine may be which roles."""
        return self.folder / "pg_ident.conf"

    @property
    def note(self) -> Path:
        """What a running cluster tells others: its socket folder and our process."""
        return self.folder / "cluster.json"


def of(folder: Path) -> Place:
    """Return the place for the folder asked for, without making anything."""
    folder = folder.absolute()
    if os.geteuid() != 0:
        return Place(folder, None)
    fingerprint = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
    return Place(SYSTEM_FOLDER / f"{folder.name}-{fingerprint}", _unprivileged_user())


def folder_of(folder: Path) -> Path:
    """Return where the cluster asked for in this folder really lives (see above). It may not be there yet."""
    return of(folder).folder


def prepare(place: Place) -> None:
    """Make the place's folder, reachable by its server and writable by nobody else."""
    if place.user is None:
        _user_name()
        place.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _must_be_ours(place.folder)
        return
    for folder in (SYSTEM_FOLDER, place.folder):  # root's; the server owns only what lies inside
        if not folder.exists():
            folder.mkdir(exist_ok=True)
            folder.chmod(0o755)
        _must_be_ours(folder)


def make_private(folder: Path, user: pwd.struct_passwd | None) -> None:
    """Make a folder that only the server's user (and root) may enter, and see that it became so."""
    try:
        folder.mkdir(mode=0o700)
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
    except FileExistsError:
        pass
    if not _is_private(folder, user):
        raise Refused(refusals.UNSAFE_FOLDER, folder=folder)


def socket_folder(place: Place) -> Path:
    """Return a private folder short enough for a Unix socket: in the place itself, or else a new temporary one."""
    inside = place.folder / "socket"
    if len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        make_private(inside, place.user)
        return inside
    root = os.environ.get("XDG_RUNTIME_DIR", "")
    if not (root and os.path.isdir(root) and os.access(root, os.W_OK) and len(os.fsencode(root)) < 60):
        root = "/tmp"  # noqa: S108 - mkdtemp makes ours within it, private
    made = Path(tempfile.mkdtemp(prefix="samkraft-", dir=root))
    if place.user is not None:
        os.chown(made, place.user.pw_uid, place.user.pw_gid)
    if not _is_private(made, place.user):
        raise Refused(refusals.UNSAFE_FOLDER, folder=made)
    return made


def remembered_socket_folder(place: Place) -> tuple[Path, int] | None:
    """Return the socket folder and process number that a running cluster noted, or None."""
    try:
        note = json.loads(place.note.read_text())
        return Path(note["socket_folder"]), int(note["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def erase(folder: Path) -> None:
    """Remove the stopped cluster of this folder with everything in it. Refuses while somebody holds it."""
    place = of(folder)
    if not place.folder.exists():
        return
    with processes.held(place.lock):
        processes.end_leftovers(place.data)
        shutil.rmtree(place.folder)


def _is_private(folder: Path, user: pwd.struct_passwd | None) -> bool:
    found = os.lstat(folder)
    owner = os.geteuid() if user is None else user.pw_uid
    return stat.S_ISDIR(found.st_mode) and found.st_uid == owner and stat.S_IMODE(found.st_mode) & 0o077 == 0


def _must_be_ours(folder: Path) -> None:
    found = os.stat(folder)
    if found.st_uid != os.geteuid() or found.st_mode & stat.S_IWOTH:
        raise Refused(refusals.UNSAFE_FOLDER, folder=folder)


def _user_name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise Refused(refusals.USER_WITHOUT_NAME, number=os.geteuid()) from None


def _unprivileged_user() -> pwd.struct_passwd:
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Refused(refusals.NO_ORDINARY_USER, names=", ".join(UNPRIVILEGED))
