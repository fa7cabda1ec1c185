"""What the surroundings say: read once from the environment, checked with messages that tell what to do."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

PROJECT_FOLDER = Path(__file__).resolve().parents[2]


class Misconfigured(Exception):
    """One or more settings are missing or unsafe; the message lists all of them, one a line."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that differs between one installation and another."""

    database: dict[str, str]
    as_owner: bool
    secret_key: str
    demo: bool
    debug: bool
    hosts: tuple[str, ...]
    secure: bool
    site_url: str
    email_url: str
    email_from: str
    sign_in_services: tuple[dict[str, Any], ...] = ()
    vacancies: dict[str, Any] | None = None
    virus_scanner: str = ""


def read(environment: Mapping[str, str] = os.environ) -> Configuration:
    """Read and check. Raises Misconfigured with every fault at once."""
    faults: list[str] = []
    demo = _yes(environment, "SAMKRAFT_DEMO")
    as_owner = environment.get("SAMKRAFT_ACT_AS") == "owner"
    name = "DATABASE_OWNER_URL" if as_owner else "DATABASE_URL"
    site_url = environment.get("SAMKRAFT_SITE_URL", "http://127.0.0.1:8000" if demo else "")
    secret = environment.get("SAMKRAFT_SECRET_KEY", "")
    hosts = tuple(
        host
        for host in environment.get("SAMKRAFT_HOSTS", "127.0.0.1,localhost,[::1]" if demo else "").split(",")
        if host
    )
    if not secret:
        faults.append("SAMKRAFT_SECRET_KEY saknas. Sätt den till minst 50 slumpade tecken och dela den inte med någon.")
    elif len(secret) < 50 and not demo:
        faults.append("SAMKRAFT_SECRET_KEY är för kort. Den behöver minst 50 slumpade tecken.")
    if not demo:
        if not hosts:
            faults.append("SAMKRAFT_HOSTS saknas. Skriv de värdnamn som webbplatsen svarar på, med komma emellan.")
        if not site_url.startswith("https://"):
            faults.append("SAMKRAFT_SITE_URL ska vara webbplatsens adress och börja med https://.")
    services = _sign_in_services(environment.get("SAMKRAFT_SIGN_IN_SERVICES", ""), faults)
    if not demo and not all(one["settings"]["server_url"].startswith("https://") for one in services):
        faults.append("SAMKRAFT_SIGN_IN_SERVICES: varje tjänsts address ska börja med https://.")
    vacancies = _vacancies(environment.get("SAMKRAFT_VACANCIES", ""), faults)
    if not demo and vacancies and not vacancies["address"].startswith("https://"):
        faults.append("SAMKRAFT_VACANCIES: adressen ska börja med https://.")
    virus_scanner = _virus_scanner(environment.get("SAMKRAFT_VIRUS_SCANNER", ""), faults)
    database = _database(environment.get(name, ""), name, faults)
    if faults:
        raise Misconfigured("\n".join(faults))
    return Configuration(
        database=database,
        as_owner=as_owner,
        secret_key=secret,
        demo=demo,
        debug=_yes(environment, "SAMKRAFT_DEBUG") and demo,
        hosts=hosts,
        secure=site_url.startswith("https://"),
        site_url=site_url.rstrip("/"),
        email_url=environment.get("SAMKRAFT_EMAIL_URL", ""),
        email_from=environment.get("SAMKRAFT_EMAIL_FROM", "Samkraft <svara-inte@samkraft.invalid>"),
        sign_in_services=services,
        vacancies=vacancies,
        virus_scanner=virus_scanner,
    )


def _yes(environment: Mapping[str, str], name: str) -> bool:
    return environment.get(name, "").lower() in {"1", "true", "yes", "ja"}


def _sign_in_services(text: str, faults: list[str]) -> tuple[dict[str, Any], ...]:
    """The parties' own sign-in (OpenID Connect), as JSON: a list of objects with id, name, address, client, secret and
    organisation_numbers, the parties that the service may vouch for. A service never vouches for anyone else's."""
    if not text:
        return ()
    try:
        return tuple(
            {
                "provider_id": one["id"],
                "name": one["name"],
                "client_id": one["client"],
                "secret": one["secret"],
                "settings": {
                    "server_url": one["address"],
                    "organisation_numbers": [str(number).replace("-", "") for number in one["organisation_numbers"]],
                },
            }
            for one in json.loads(text)
        )
    except (ValueError, KeyError, TypeError):
        faults.append(
            "SAMKRAFT_SIGN_IN_SERVICES går inte att läsa. Skriv en JSON-lista där varje tjänst har id, name, address, "
            "client, secret och organisation_numbers."
        )
        return ()


def _vacancies(text: str, faults: list[str]) -> dict[str, Any] | None:
    """Where vacancies are read (JobTech's JobSearch), as JSON: address, query (such as {"municipality": "oYPt_yRA_Smm"}),
    taxonomy_version, and key where one is asked for. Nothing is fetched without it."""
    if not text:
        return None
    try:
        said = json.loads(text)
        return {
            "address": str(said["address"]),
            "query": {str(name): str(value) for name, value in said["query"].items()},
            "taxonomy_version": int(said["taxonomy_version"]),
            "key": str(said.get("key", "")),
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        faults.append(
            "SAMKRAFT_VACANCIES går inte att läsa. Skriv ett JSON-objekt med address, query, taxonomy_version och, om "
            "tjänsten kräver det, key."
        )
        return None


def _virus_scanner(address: str, faults: list[str]) -> str:
    """The socket of a clamd, such as unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310. Empty: there is none."""
    parts = urlsplit(address)
    if address and not ((parts.scheme == "unix" and parts.path) or (parts.scheme == "tcp" and parts.hostname)):
        faults.append(
            "SAMKRAFT_VIRUS_SCANNER går inte att läsa. Skriv unix:///run/clamav/clamd.ctl eller tcp://värd:3310."
        )
        return ""
    return address


def _database(url: str, name: str, faults: list[str]) -> dict[str, str]:
    """Split a PostgreSQL address into Django's parts with the driver's own parser (sockets with ?host= work)."""
    if not url:
        faults.append(f"{name} saknas. Skriv databasens adress, till exempel postgresql://användare@värd/samkraft.")
        return {}
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        faults.append(f"{name} går inte att läsa som en PostgreSQL-adress: {error}.")
        return {}
    if not parts.get("dbname"):
        faults.append(f"{name} säger inte vilken databas det gäller. Lägg till /samkraft sist i adressen.")
    return {key: str(value) for key, value in parts.items()}
