"""Are the tables the same however the migrations are gone through? The quick way is ours, the whole way the framework's."""

import argparse
import os

from samkraft.operations.proofs import Outcome

NAME = "tables"
WHAT = "tabellerna: desamma vare sig alla modeller ritas om i varje steg eller bara den som ändras"
NEEDS_DATABASE = False  # it makes its own
MOST_SHOWN = 20
_ASKED = """
SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
       || coalesce(column_default, '') FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
UNION ALL SELECT 'policy ' || tablename || ' ' || policyname || ' ' || coalesce(qual, '') || ' ' || coalesce(with_check, '')
    FROM pg_policies WHERE schemaname = 'public'
UNION ALL SELECT 'function ' || proname || ' ' || md5(pg_get_functiondef(oid)) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = pg_proc.oid AND d.deptype = 'e')
UNION ALL SELECT 'grant ' || table_name || ' ' || grantee || ' ' || privilege_type
    FROM information_schema.table_privileges WHERE table_schema = 'public'
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """There are none."""


def run(options: argparse.Namespace) -> Outcome:
    """Make a database each way and compare everything that is in their catalogues."""
    quick, whole = _made({}), _made({"SAMKRAFT_MIGRATE_WHOLE": "1"})
    differing = sorted(quick ^ whole)
    lines = [f"{len(whole)} kolumner, villkor, index, regler, funktioner och rättigheter."]
    lines += [f"FEL: {'bara den snabba vägen' if one in quick else 'fattas'}: {one}" for one in differing[:MOST_SHOWN]]
    lines.append("Tabellerna skiljer sig." if differing else "Tabellerna är desamma.")
    return Outcome(not differing, lines, {"holds": not differing, "things": len(whole), "differing": differing})


def _made(surroundings: dict[str, str]) -> set[str]:
    """Everything in the catalogue of a database that is made for the moment."""
    import psycopg

    from samkraft.operations import scratch_database

    os.environ.update(surroundings)
    try:
        with scratch_database.made(from_nothing=True), psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection:
            return {str(row[0]) for row in connection.execute(_ASKED)}
    finally:
        for name in surroundings:
            del os.environ[name]
