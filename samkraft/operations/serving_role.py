"""Whether the role that serves pages is as powerless as the house promises.

Row-level security does not hold against a superuser, a role that bypasses it, or the owner of a table. So pages are
never served by one, and never by a role that can become one.
"""

import psycopg

QUESTION = """
    SELECT r.rolname,
           r.rolsuper,
           r.rolbypassrls,
           r.rolcreaterole,
           EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relnamespace NOT IN (
                   SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg\\_%' OR nspname = 'information_schema')),
           EXISTS (SELECT FROM pg_database d WHERE d.datdba = r.oid AND d.datname = current_database()),
           EXISTS (SELECT FROM pg_roles o WHERE o.oid <> r.oid AND pg_has_role(r.oid, o.oid, 'MEMBER')
                   AND (o.rolsuper OR o.rolbypassrls OR o.rolname LIKE 'samkraft\\_%' OR EXISTS (
                        SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.relowner = o.oid AND n.nspname = 'public'))),
           EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public'
                   AND has_table_privilege(r.oid, c.oid, 'TRUNCATE'))
      FROM pg_roles r
     WHERE r.rolname = current_user
"""
FAULTS = (
    "är superuser och ser allt",
    "får gå förbi radskyddet (BYPASSRLS)",
    "får skapa roller (CREATEROLE)",
    "äger tabeller, och en ägare kan ta bort skydden",
    "äger databasen",
    "kan byta till en roll som äger tabeller eller går förbi skydden",
    "får tömma tabeller (TRUNCATE), även de som bara ska växa",
)
WAY_OUT = "Låt DATABASE_URL peka på den roll som bara betjänar sidorna. Ägarrollen hör hemma i DATABASE_OWNER_URL."


def why_not(address: str) -> list[str]:
    """Return the reasons, in Swedish, why this database address must not serve pages; none when it may."""
    try:
        with psycopg.connect(address, connect_timeout=10, application_name="samkraft doctor") as connection:
            row = connection.execute(QUESTION).fetchone()
    except psycopg.Error as error:
        return [f"Databasen i DATABASE_URL svarar inte: {str(error).strip()}"]
    if row is None:
        return ["Rollen i DATABASE_URL finns inte längre i databasen."]
    name, *answers = row
    faults = [f"Rollen {name} {words}." for words, is_so in zip(FAULTS, answers, strict=True) if is_so]
    return [*faults, WAY_OUT] if faults else []
