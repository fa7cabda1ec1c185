"""What guards the data: version, role, grants, row-level security, functions, seals, clock."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection

from samkraft.operations import serving_role
from samkraft.operations.database import grants
from samkraft.operations.health import Finding, fine, missing, note, unsafe

OLDEST = 15
CLOCK_S = 5
SEAL_AGE = timedelta(hours=1)
# Tables whose rows the database itself keeps from those who may not see them.
PROTECTED = frozenset({"audit_event"})
MIGRATE = "Kör samkraft migrate."


def version() -> Iterator[Finding]:
    """PostgreSQL 15 is the oldest promised."""
    major = connection.pg_version // 10_000
    if major < OLDEST:
        yield missing("PostgreSQL", f"Version {major}. Samkraft är prövat från {OLDEST}.", "Uppgradera databasen.")
    else:
        yield fine("PostgreSQL", f"Version {major}.")


def role() -> Iterator[Finding]:
    """The role that serves pages owns nothing and steps past nothing."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        yield missing("Webbens roll", "DATABASE_URL är inte satt.", serving_role.WAY_OUT)
        return
    faults = serving_role.why_not(address)
    if not faults:
        yield fine("Webbens roll", "Äger inget och går inte förbi radskyddet.")
    for fault in faults:
        if fault != serving_role.WAY_OUT:
            yield unsafe("Webbens roll", fault, serving_role.WAY_OUT)


def migrations() -> Iterator[Finding]:
    """Nothing is waiting to be applied."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield missing("Databasens steg", f"{len(plan)} steg är inte gjorda.", MIGRATE)
    else:
        yield fine("Databasens steg", "Alla är gjorda.")


def privileges() -> Iterator[Finding]:
    """The grants are those that the models declare: history has none to change or remove."""
    faults = grants.differences()
    for fault in faults:
        yield unsafe("Rättigheter", fault, f"{MIGRATE} Det sätter dem rätt.")
    if not faults:
        yield fine("Rättigheter", "Som modellerna säger: historik kan bara växa.")


def row_security() -> Iterator[Finding]:
    """Row-level security is on and forced where it should be, so that the owner does not step past it by mistake."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,"
            " EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public' ORDER BY c.relname"
        )
        rows = cursor.fetchall()
    faults = [
        name
        for name, is_on, is_forced, has_policy in rows
        if (name in PROTECTED or has_policy) and not (is_on and is_forced)
    ]
    for name in faults:
        yield unsafe("Radskydd", f"{name} har inte radskydd som också gäller ägaren.", MIGRATE)
    if not faults:
        protected = [name for name, is_on, _is_forced, _has_policy in rows if is_on]
        yield fine("Radskydd", f"Påslaget och tvingande för {len(protected)} tabeller.")


def functions() -> Iterator[Finding]:
    """Functions that run with another role's rights have a fixed search path and are not open to everyone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, coalesce(array_to_string(p.proconfig, ','), '') LIKE '%search_path=%',"
            " EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0)"
            " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE p.prosecdef AND n.nspname = 'public' ORDER BY p.proname"
        )
        rows = cursor.fetchall()
    faults = [name for name, is_fixed, is_open in rows if is_open or not is_fixed]
    for name in faults:
        yield unsafe(
            "Funktioner med egen rätt", f"{name}() är öppen för alla, eller letar namn var som helst.", MIGRATE
        )
    if not faults:
        yield fine("Funktioner med egen rätt", f"{len(rows)} stycken, alla stängda för andra.")


def seals() -> Iterator[Finding]:
    """The trail is being sealed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(number), max(sealed_at) FROM audit_seal")
        number, sealed_at = cursor.fetchone()
    if number is None:
        yield note(
            "Loggens försegling", "Inget är förseglat än.", "Jobbet som går bredvid sidorna gör det var tionde minut."
        )
    elif datetime.now(UTC) - sealed_at > SEAL_AGE:
        yield note(
            "Loggens försegling",
            f"Senaste förseglingen, nummer {number}, är från {sealed_at:%Y-%m-%d %H.%M} UTC.",
            "Är något gjort sedan dess: se att jobben går (samkraft jobs).",
        )
    else:
        yield fine("Loggens försegling", f"Nummer {number}, {sealed_at:%H.%M} UTC.")


def clock() -> Iterator[Finding]:
    """The database's clock and ours agree: due dates and one-time codes depend on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs((datetime.now(UTC) - cursor.fetchone()[0]).total_seconds())
    if apart > CLOCK_S:
        yield missing(
            "Klockan", f"Databasen och webben går {apart:.0f} sekunder isär.", "Ställ båda efter en tidsserver."
        )
    else:
        yield fine("Klockan", "Databasen och webben går lika.")


def times() -> Iterator[Finding]:
    """What is done is dated by the clock, outside tests and the demo's invented past."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT why FROM audit_timetravel ORDER BY since")
        reasons = [str(why) for (why,) in cursor.fetchall()]
    if reasons:
        yield unsafe(
            "Loggens tider",
            f"Det som görs kan dateras hur som helst ({', '.join(reasons)}).",
            "Ta bort raderna ur audit_timetravel med ägarens roll.",
        )
    else:
        yield fine("Loggens tider", "Bara klockan daterar det som görs.")


def administrators() -> Iterator[Finding]:
    """Somebody can give roles, and somebody else can give that person theirs."""
    from samkraft.partners.queries import people
    from samkraft.partners.rules.roles import Role

    active = {
        row.id
        for row in people.listed(role=Role.SYSTEM_ADMINISTRATOR.value)
        if row.is_active and any(one.role is Role.SYSTEM_ADMINISTRATOR and one.state == "now" for one in row.roles)
    }
    if not active:
        yield missing(
            "Administratörer", "Ingen kan ge behörigheter.", "Kör samkraft begin för att lägga upp den första."
        )
    elif len(active) == 1:
        yield note("Administratörer", "Bara en. Ingen kan ändra sina egna roller.", "Ge rollen till en person till.")
    else:
        yield fine("Administratörer", f"{len(active)} personer.")
