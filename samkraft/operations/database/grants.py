"""What the serving role may do to each table: computed from the models' own declarations, applied after every migration.

A table that nothing declares gets no rights at all, so that a forgotten declaration is a page that fails, not a hole.
"""

from django.apps import apps
from django.db import connection

from samkraft.values.writes import Writes

SERVING_ROLE = "samkraft_app"

# Tables that come with libraries. Read before any context exists, and free of links to participants.
OTHERS: dict[str, Writes] = {
    "account_emailaddress": Writes.CHANGE,
    "account_emailconfirmation": Writes.FREE,
    "auth_group": Writes.NOTHING,
    "auth_group_permissions": Writes.NOTHING,
    "auth_permission": Writes.NOTHING,
    "axes_accessattempt": Writes.FREE,
    "axes_accessattemptexpiration": Writes.FREE,
    "axes_accessfailurelog": Writes.APPEND,
    "axes_accesslog": Writes.CHANGE,
    "django_content_type": Writes.NOTHING,
    "django_migrations": Writes.NOTHING,
    "django_session": Writes.FREE,
    "mfa_authenticator": Writes.FREE,
    "procrastinate_events": Writes.FREE,
    "procrastinate_jobs": Writes.FREE,
    "procrastinate_periodic_defers": Writes.FREE,
    "procrastinate_workers": Writes.FREE,
    "socialaccount_socialaccount": Writes.FREE,
    "socialaccount_socialapp": Writes.NOTHING,
    "socialaccount_socialtoken": Writes.FREE,
    "web_cache": Writes.FREE,
}


def declared() -> dict[str, Writes]:
    """Table name → what the serving role may do, for every table of ours and of the libraries."""
    ours: dict[str, Writes] = {}
    for model in apps.get_models():
        if model.__module__.startswith("samkraft."):
            ours[model._meta.db_table] = model.writes
            for relation in model._meta.local_many_to_many:
                ours[relation.m2m_db_table()] = Writes.FREE
    return {**OTHERS, **ours}


def apply() -> None:
    """Make the grants what is declared. Runs as owner, again and again with the same result."""
    wanted = declared()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {row[0] for row in cursor.fetchall()}
        cursor.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC")
        for table in sorted(tables):
            privileges = wanted[table].privileges if table in wanted else ()
            cursor.execute(f'REVOKE ALL ON "{table}" FROM {SERVING_ROLE}')
            if privileges:
                cursor.execute(f'GRANT {", ".join(privileges)} ON "{table}" TO {SERVING_ROLE}')
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {SERVING_ROLE}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {SERVING_ROLE}")


def differences() -> list[str]:
    """What the database grants otherwise than declared, one sentence each; empty when all is as it should be."""
    wanted = declared()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tablename, p.privilege FROM pg_tables t, unnest(ARRAY["
            "'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p (privilege) "
            "WHERE t.schemaname = 'public' AND has_table_privilege(%s, quote_ident(t.tablename)::regclass, p.privilege)",
            [SERVING_ROLE],
        )
        actual: dict[str, set[str]] = {}
        for table, privilege in cursor.fetchall():
            actual.setdefault(table, set()).add(privilege)
    faults = []
    for table in sorted(set(actual) | set(wanted)):
        expected = set(wanted[table].privileges) if table in wanted else set()
        if actual.get(table, set()) != expected:
            faults.append(f"{table}: har {sorted(actual.get(table, set()))}, ska ha {sorted(expected)}")
    return faults
