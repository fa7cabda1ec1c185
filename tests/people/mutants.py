"""The walls around people with one stone taken out at a time: a list of statements made from the database itself.

For each policy every condition in turn, for each guard function every refusal, requirement and basis in turn, for each
table its walls and what the serving role may not do. So nothing added later is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mutant:
    """What is loosened, the statement that does it, and the one that puts it back. Done as the owner of everything.

    of: the function or table that it is a stone of; empty where any check may notice.
    """

    name: str
    sql: str
    undo: str = ""
    of: str = ""


NOTHING = Mutant("nothing is changed", "SELECT 1")

# In a guard function: what is looked for, what stands there instead, and what that is called.
LOOSER = (
    (r"PERFORM people_refuse\('(\w+)'\)", "NULL", "is not refused"),
    (r"RAISE EXCEPTION '(\w+)' USING ERRCODE = 'SK001'", "NULL", "is not refused"),
    (r"PERFORM people_\w*require\w*\([^)]*\)", "NULL", "is not required"),
    (r"PERFORM people_place_hold_still\([^)]*\)", "NULL", "is not required"),
    (r"current_setting\('samkraft\.role', true\) IN \([^)]*\)", "true", "does not matter"),
    (r"PERFORM people_limit\([^)]*\)", "NULL", "is not counted"),
    (r"\b[a-z]*\.?withdrawn_at IS NULL", "true", "does not matter"),
    (r"\b[a-z]*\.?(?:period|valid) @> (?:statement_timestamp\(\)|clock_timestamp\(\)|\(statement_timestamp\(\)[^:]*::date)",
     "true", "does not matter"),
    (r"EXISTS \(SELECT 1 FROM people_recusal", "EXISTS (SELECT 1 WHERE false AND EXISTS (SELECT 1 FROM people_recusal", ""),
    (r"\bc\.area_id = me\.area_id", "true", "does not matter"),
    (r"\bc\.area_id IN \(SELECT area_id FROM people_me\(\)\)", "true", "does not matter"),
    (r"\bs\.to_area_id = (?:to_area|other)\b", "true", "does not matter"),
    (r"\bs\.from_area_id = (?:me|source)\.area_id\b", "true", "does not matter"),
    (r"\bs\.category = (?:source\.category|'enrolment')", "true", "does not matter"),
    (r"\bs\.person_id = (?:source\.person_id|person)\b", "true", "does not matter"),
    (r"\bc\.copy_of_id IS NULL", "true", "does not matter"),
    (r"NOT t\.personal", "true", "does not matter"),
    (r"u\.is_active", "true", "does not matter"),
    (r"c\.basis <> 'break_glass'", "true", "does not matter"),
    (r"m\.role = current_setting\('samkraft\.role', true\)", "true", "does not matter"),
    (r"m\.area_id = nullif\(current_setting\('samkraft\.area', true\), ''\)::uuid", "true", "does not matter"),
    (r"m\.user_id = nullif\(current_setting\('samkraft\.actor', true\), ''\)::uuid", "true", "does not matter"),
    (r"n\.membership_id = (?:nullif\(current_setting\('samkraft\.membership', true\), ''\)::uuid|me\.membership_id)", "true",
     "does not matter"),
    (r"people_is_known_party\(person, n\.membership_id\)", "true", "does not matter"),
    (r"person NOT IN \(SELECT people_hidden\(\)\)", "true", "does not matter"),
    (r"k\.release = 'standing'", "true", "does not matter"),
    (r"b\.area_id IN \(SELECT people_reviews\(\)\)", "true", "does not matter"),
    (r", 'pg_temp'", "", "is looked in first"),
)  # fmt: skip
# The same in the doors where nobody is on a case: lists of those who are called, and places as coordinators see them.
BESIDE_THE_CASE = re.compile(r"^people_(call_|place_(line_up|suggest|suggested|adopt|resting)$)")
LOOSER_BESIDE = (
    (r"\b\w+\.person_id NOT IN \(SELECT people_call_\w+\([^()]*\)\)", "true", "does not matter"),
    (r"\b\w+\.id IN \(SELECT people_call_lists\(\)\)", "true", "does not matter"),
    (r"\be\.list_id IN \(SELECT people_call_lists\(\)\)", "true", "does not matter"),
    (r"'referral' IN \(SELECT people_writes\(\)\)", "true", "does not matter"),
    (r"r\.category = 'referral' AND r\.writes_it", "true", "does not matter"),
    (r"\b[lmr]\.area_id = (?:me|held|l)\.area_id", "true", "does not matter"),
    (r"r\.initiative_id = l\.initiative_id", "true", "does not matter"),
    (r"\bme\.role = 'evaluator'", "true", "does not matter"),
    (r"\be\.is_drawn(?= AND)", "true", "does not matter"),
    (r"\be\.left_at IS NULL", "true", "does not matter"),
    (r"\be\.turn IS NOT NULL", "true", "does not matter"),
    (r"\be\.list_id = (?:asked|held\.id)", "true", "does not matter"),
    (r"upper_inf\(mine\.valid\)", "true", "does not matter"),
    (r"CASE WHEN hidden THEN '' ELSE (\w+) END", r"\1", "is kept"),
    (r"(?<!NOT )people_coordinates\([^()]*\)", "true", "does not matter"),
    (r"\bs\.proposal_id = (?:proposal|earlier)", "true", "does not matter"),
    (r"\b\w\.area_id = m\.area_id", "true", "does not matter"),
    (r"o\.activity_id = ANY \(activities\)", "true", "does not matter"),
    (r"o\.activity_id\s*= s\.activity_id", "true", "does not matter"),
    (r"s\.filled_at IS (?:NOT )?NULL", "true", "does not matter"),
    (r"s\.occasion_id IS NOT NULL", "true", "does not matter"),
    (r"length\(btrim\(words\)\) < 10", "false", "does not matter"),
)  # fmt: skip
# Tables about people or what is found of them, beside those of this app; and functions that keep the order of a study.
WALLED = "(people_|partners_errand|knowledge_(studyevent|allotment)|audit_event$)"


def every(owner: Any) -> list[Mutant]:
    """All of them, policies first."""
    return [*_policies(owner), *_functions(owner), *_tables(owner), *_grants(owner)]


def is_seen_at_once(mutant: Mutant) -> bool:
    """Whether what is changed is read from the walls themselves, so that no check needs to be played."""
    return any(words in mutant.name for words in (" may ", "has no walls", "is looked in first"))


def kin(mutant: Mutant) -> list[str]:
    """What other mutants it is like, the nearest first: those are caught by the same checks, mostly."""
    name, of = mutant.name, mutant.of or mutant.name
    for ending in ("has no walls", "has no walls for its owner", "is looked in first"):
        if ending in name:
            return [ending]
    if " may " in name:
        return [" ".join(name.split()[:4]) if name.startswith("the serving") else name.split(" may ")[0], of]
    if name.startswith("policy "):
        policy = name.split()[1]
        return [policy, of, policy.split(".")[1]]
    return [of, name.split(": ", 1)[-1].rsplit(" (", 1)[0]]


def _policies(owner: Any) -> Iterator[Mutant]:
    found = owner.execute(
        "SELECT tablename, policyname, permissive, cmd, qual, with_check FROM pg_policies "
        "WHERE 'samkraft_app' = ANY (roles) AND tablename ~ %s ORDER BY 1, 2",
        [f"^{WALLED}"],
    ).fetchall()
    for table, policy, permissive, command, using, check in found:
        again = f"CREATE POLICY {policy} ON {table} AS {permissive} FOR {command} TO samkraft_app"
        again += (f" USING ({using})" if using else "") + (f" WITH CHECK ({check})" if check else "")
        yield Mutant(f"policy {table}.{policy} is gone", f"DROP POLICY {policy} ON {table}", again, table)
        for word, expression in (("USING", using), ("WITH CHECK", check)):
            for left_out, rest in _without_one(expression or ""):
                name = f"policy {table}.{policy} ({command}) without {word.lower()} {left_out}"
                change = f"ALTER POLICY {policy} ON {table} {word}"
                yield Mutant(" ".join(name.split())[:150], f"{change} ({rest})", f"{change} ({expression})", table)
        assert permissive in ("PERMISSIVE", "RESTRICTIVE")


def _without_one(expression: str) -> Iterator[tuple[str, str]]:
    """Each condition of an expression, with the expression that is left without it."""
    text = expression.strip()
    while text.startswith("(") and _closes(text) == len(text) - 1:
        text = text[1:-1].strip()
    parts = _split(text)
    for place, part in enumerate(parts):
        rest = [one for number, one in enumerate(parts) if number != place]
        if expression:
            yield part, " AND ".join(rest) or "true"


def _closes(text: str) -> int:
    depth = 0
    for place, sign in enumerate(text):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth == 0:
            return place
    return -1


def _split(text: str) -> list[str]:
    parts, depth, start, place = [], 0, 0, 0
    while place < len(text):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0 and text.startswith(" AND ", place):
            parts.append(text[start:place])
            start = place + 5
        place += 1
    return [*parts, text[start:]]


def _functions(owner: Any) -> Iterator[Mutant]:
    found = owner.execute(
        "SELECT p.proname, pg_get_functiondef(p.oid) FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace "
        "AND (p.proname LIKE 'people\\_%' AND p.prosecdef AND p.proname !~ 'overview' OR p.proname LIKE 'knowledge\\_%') "
        "ORDER BY 1"
    ).fetchall()
    for name, text in found:
        for pattern, instead, what in (*LOOSER, *(LOOSER_BESIDE if BESIDE_THE_CASE.match(name) else ())):
            if "pg_temp" in pattern and "SECURITY DEFINER" not in text:
                continue  # it does no more than whoever asks could do
            for count, hit in enumerate(re.finditer(pattern, text), 1):
                changed = text[: hit.start()] + hit.expand(instead) + text[hit.end() :]
                if "people_recusal" in pattern:
                    changed = _closed_again(changed, hit.start() + len(instead))
                words = hit.group(0).replace("PERFORM ", "")
                yield Mutant(f"{name}: {words} {what} ({count})", changed, text, name)


def _closed_again(text: str, start: int) -> str:
    """One parenthesis more, where the question that was wrapped ends."""
    depth = 1
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return text[:place] + ")" + text[place:]
    return text


def _tables(owner: Any) -> Iterator[Mutant]:
    walled = owner.execute(
        "SELECT relname FROM pg_class WHERE relrowsecurity AND relname ~ %s ORDER BY 1", [f"^{WALLED}"]
    ).fetchall()
    for (table,) in walled:
        change = f"ALTER TABLE {table}"
        for what, off, on in (
            ("has no walls", "DISABLE ROW LEVEL SECURITY", "ENABLE ROW LEVEL SECURITY"),
            ("has no walls for its owner", "NO FORCE ROW LEVEL SECURITY", "FORCE ROW LEVEL SECURITY"),
        ):
            yield Mutant(f"{table} {what}", f"{change} {off}", f"{change} {on}", table)
    one_author = owner.execute("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'one_author'").fetchone()[
        0
    ]
    table = "people_contribution"
    yield Mutant("nobody minds whose words they are", f"DROP TRIGGER one_author ON {table}", one_author, table)


def _grants(owner: Any) -> Iterator[Mutant]:
    tables = owner.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename ~ %s ORDER BY 1", [f"^{WALLED}"]
    ).fetchall()
    for (table,) in tables:
        for privilege in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"):
            held = owner.execute("SELECT has_table_privilege('samkraft_app', %s, %s)", [table, privilege]).fetchone()[0]
            if not held:
                what = f"{privilege} ON {table}"
                yield Mutant(
                    f"the serving role may {privilege} {table}",
                    f"GRANT {what} TO samkraft_app",
                    f"REVOKE {what} FROM samkraft_app",
                    table,
                )
    functions = owner.execute(
        "SELECT proname, oid::regprocedure::text, has_function_privilege('samkraft_app', oid, 'EXECUTE') FROM pg_proc "
        "WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'people\\_%' AND prosecdef ORDER BY 1"
    ).fetchall()
    for name, function, may in functions:
        to = "PUBLIC" if may else "samkraft_app"
        what = f"EXECUTE ON FUNCTION {function}"
        yield Mutant(f"{to} may run {function}", f"GRANT {what} TO {to}", f"REVOKE {what} FROM {to}", name)
