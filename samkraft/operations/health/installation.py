"""What surrounds us: settings, files, e-mail, and when the proofs were last run."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.staticfiles import finders

from samkraft.money.actions.grants import virus_scanner as scanner
from samkraft.operations import proofs
from samkraft.operations.health import Finding, fine, missing, note, unsafe

LOCAL_HOSTS = {"127.0.0.1", "localhost", "[::1]"}
STALE_DAYS = 7


def configuration() -> Iterator[Finding]:
    """Demo, secret key, https, and that the owner's address is not where the pages are served."""
    open_hosts = set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS
    if settings.DEMO and open_hosts:
        yield unsafe(
            "Demoläge",
            f"Demon är på och svarar på {', '.join(sorted(open_hosts))}: där kan vem som helst logga in utan lösenord.",
            "Ta bort SAMKRAFT_DEMO, eller låt SAMKRAFT_HOSTS bara vara den egna datorn.",
        )
    elif settings.DEMO:
        yield note("Demoläge", "Demon är på, bara för den här datorn. Alla personer är påhittade.")
    else:
        yield fine("Demoläge", "Av: alla loggar in.")
    yield _secret_key()
    if settings.SITE_URL.startswith("https://"):
        yield fine("Krypterad trafik", "Sidorna kräver https.")
    elif not settings.DEMO:
        yield unsafe("Krypterad trafik", "Adressen börjar inte med https://.", "Rätta SAMKRAFT_SITE_URL.")
    if settings.DEBUG:
        yield note(
            "Felsökningsläge", "SAMKRAFT_DEBUG är på: felsidor visar programmets insida.", "Bara för utveckling."
        )
    if not settings.DEMO and os.environ.get("DATABASE_OWNER_URL") and os.environ.get("SAMKRAFT_ACT_AS") != "owner":
        yield note(
            "Ägarens adress",
            "DATABASE_OWNER_URL är satt i samma miljö. Sidorna behöver den inte.",
            "Sätt den bara när samkraft migrate, prove eller thin körs.",
        )


def email() -> Iterator[Finding]:
    """Whether letters leave: invitations and reminders need it."""
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield fine("E-post", f"Skickas genom {settings.EMAIL_HOST}.")
    elif settings.DEMO:
        yield note("E-post", "Brev skrivs i terminalen, inget skickas.")
    else:
        yield missing(
            "E-post",
            "Ingen e-post skickas, så inbjudningar och påminnelser når ingen.",
            "Sätt SAMKRAFT_EMAIL_URL till smtp://användare:lösenord@värd:587.",
        )


def virus_scanner() -> Iterator[Finding]:
    """Whether attachments are looked at by a scanner, and whether it answers."""
    if not scanner.is_configured():
        yield note(
            "Virusskanner",
            "Ingen. Bilagor prövas till sort, storlek, makron och lösenord, men ingen söker efter kända virus i dem.",
            "Sätt SAMKRAFT_VIRUS_SCANNER till adressen för en clamd, till exempel unix:///run/clamav/clamd.ctl.",
        )
        return
    try:
        yield fine("Virusskanner", f"{scanner.version()} svarar. Varje bilaga prövas innan den sparas.")
    except OSError as error:
        yield missing(
            "Virusskanner",
            f"{settings.VIRUS_SCANNER} svarar inte ({error}). Inga bilagor tas emot.",
            "Starta clamd, eller rätta SAMKRAFT_VIRUS_SCANNER.",
        )


def files() -> Iterator[Finding]:
    """The pages' style sheets and fonts: fetched, and collected for the server."""
    if finders.find("vendor/designsystemet/components.css") is None:
        yield missing(
            "Sidornas filer",
            "Formatmallar och typsnitt är inte hämtade.",
            "Kör make demo, eller python -m samkraft.web.front_end.",
        )
        return
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not settings.DEBUG and not manifest.is_file():
        yield missing("Sidornas filer", "Filerna är inte samlade för servern.", "samkraft serve samlar dem vid start.")
        return
    yield fine("Sidornas filer", "Finns.")


def proved() -> Iterator[Finding]:
    """When each proof was last run, and on which commit."""
    known = proofs.noted()
    now = proofs.commit()
    if not known:
        yield note("Bevis", "Inget bevis är kört här.", "Kör make prove.")
    for name, one in sorted(known.items()):
        at = datetime.fromisoformat(one["at"])
        when = f"{at:%Y-%m-%d %H.%M} UTC, version {one['commit'] or 'okänd'}"
        if not one["holds"]:
            yield unsafe(f"Bevis: {name}", f"Höll inte ({when}).", f"Kör samkraft prove {name} och läs vad det säger.")
        elif (datetime.now(UTC) - at).days >= STALE_DAYS:
            yield note(f"Bevis: {name}", f"Höll, men är mer än en vecka gammalt ({when}).", "Kör make prove.")
        elif now and one["commit"] != now:
            yield note(f"Bevis: {name}", f"Höll för en annan version ({when}).", "Kör make prove.")
        else:
            yield fine(f"Bevis: {name}", f"Höll {when}.")


def _secret_key() -> Finding:
    key = settings.SECRET_KEY
    if settings.DEMO:
        return note("Hemlig nyckel", "Demons egen.")
    if len(key) < 50 or len(set(key)) < 15:
        return unsafe(
            "Hemlig nyckel",
            "För kort eller för enahanda: sessioner och engångslänkar kan gissas.",
            "Sätt SAMKRAFT_SECRET_KEY till minst 50 slumpade tecken. Alla får då logga in på nytt.",
        )
    return fine("Hemlig nyckel", "Lång nog.")
