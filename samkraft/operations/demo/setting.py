"""What the parts of the demo share: its places, its surroundings, and how it speaks."""

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from samkraft.operations import embedded_postgres, python_programs
from samkraft.operations.demo.stopping import Stopping
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

PROJECT = Path(__file__).resolve().parents[3]
STEP_FAILED = Reason(
    "demo_step_failed",
    phrase("{step}: det gick inte.\n{words}"),
    phrase("\nHela loggen finns i {log}. Går det inte att rätta: börja om med make demo-reset."),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A demo that is starting or running: its database, where its pages are, and whether to stop."""

    cluster: embedded_postgres.Cluster
    stopping: Stopping
    url: str

    @property
    def log(self) -> Path:
        """What all its programs say, letters included: the demo sends no e-mail, it writes it here."""
        return self.cluster.folder / "demo.log"

    @property
    def address(self) -> Path:
        """Tells a second start where the first is; only there while pages answer."""
        return self.cluster.folder / "address.json"

    def environment(self, *, owner: bool = False) -> dict[str, str]:
        """The surroundings of the demo's programs. Those that serve never learn how the owner signs in."""
        others = ("DATABASE_", "SAMKRAFT_", "DJANGO_", "PG")  # nothing of another installation may slip in
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith(others)}
        surroundings |= {
            "DATABASE_URL": self.cluster.app_url(),
            "DJANGO_SETTINGS_MODULE": python_programs.SETTINGS,
            "SAMKRAFT_DEMO": "1",
            "SAMKRAFT_SECRET_KEY": _secret_key(self.cluster.folder),
            "SAMKRAFT_SITE_URL": self.url,
        }
        if owner:
            surroundings["DATABASE_OWNER_URL"] = self.cluster.owner_url()
        return surroundings


def folder() -> Path:
    """Where the demo's database is asked for; one for each user of the machine, as neither may read the other's."""
    return PROJECT / ".samkraft" / f"demo-{os.geteuid()}"


def say(words: str) -> None:
    """Tell the terminal, if it is still there."""
    with contextlib.suppress(OSError):
        print(words, flush=True)


def last_words(log: Path) -> str:
    """The end of a log, for a message that must explain itself."""
    return "\n".join(f"    {line}" for line in log.read_text(errors="replace").strip().splitlines()[-8:])


def _secret_key(place: Path) -> str:
    """The demo's own key, kept so that people stay signed in over a restart."""
    file = place / "secret-key"
    if not file.exists():
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as handle:
            handle.write(secrets.token_urlsafe(64))
    return file.read_text()
