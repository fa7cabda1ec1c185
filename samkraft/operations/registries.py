"""Says to the other installers what pip has been told: which registry to use, and which certificate to trust.

People set that for pip, in the environment or in pip's own files, and expect every installer to follow. No address is
known here: without such settings each tool uses its own.
"""

import configparser
import os
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

SECTIONS = ("install", "global")  # the first that has the setting decides


def surroundings(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment with pip's settings in the other installers' words too. Theirs win where they exist."""
    told = dict(environment)
    certificate, index = setting("cert", environment), setting("index-url", environment)
    more = [word for word in shlex.split(setting("extra-index-url", environment)) if word.startswith("http")]
    if certificate:
        told.setdefault("SSL_CERT_FILE", certificate)
        told.setdefault("NODE_EXTRA_CA_CERTS", certificate)
    if index:
        told.setdefault("UV_DEFAULT_INDEX", index)
    if more:
        told.setdefault("UV_INDEX", " ".join(more))
        told.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")  # as pip chooses; every file is checked by its hash
    return told


def setting(name: str, environment: Mapping[str, str]) -> str:
    """Return what pip has been told about something, or nothing. The environment wins over the files."""
    found = environment.get(f"PIP_{name.upper().replace('-', '_')}", "")
    for file in () if found else _files(environment):
        told = configparser.RawConfigParser()
        try:
            told.read(file, encoding="utf-8")
        except (configparser.Error, OSError, UnicodeDecodeError):
            continue  # pip itself will complain of it
        found = next((told[section][name] for section in SECTIONS if told.has_option(section, name)), "") or found
    return found.strip()


def _files(environment: Mapping[str, str]) -> Iterator[Path]:
    """Pip's files in pip's order: the later wins."""
    yield from (Path(folder, "pip", "pip.conf") for folder in environment.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":"))
    yield Path("/etc/pip.conf")
    home = Path(environment.get("HOME") or "/nonexistent")
    yield home / ".pip" / "pip.conf"
    yield Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "pip" / "pip.conf"
    named = environment.get("PIP_CONFIG_FILE")
    if named and named != os.devnull:
        yield Path(named)
