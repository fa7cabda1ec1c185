"""The bulk writer's rows are those that the actions would have made: a sample of lives is played, and compared.

Ids are replaced by the names that things have in the life, and the clock is left out: the actions write when they run.
"""

import hashlib
import json
import re
from collections import Counter
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from samkraft.operations.world import initiatives, participants, partners, teams
from samkraft.operations.world.participants import Size
from samkraft.operations.world.people import lives, rows
from samkraft.operations.world.people.deeds import Give, Life, Protect, Withdraw, Write
from samkraft.operations.world.people.setting import Setting
from samkraft.operations.world.people.tables import COLUMNS, NOTHING, TRAIL, TRAIL_COLUMNS, Rows
from samkraft.values.period import STOCKHOLM
from tests import database
from tests.operations.playing import Player

UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TABLES = {**COLUMNS, TRAIL: TRAIL_COLUMNS}
CLOCK = {
    "salt", "at",
    "created_at", "valid", "granted_at", "given_at", "registered_at", "disclosed_at", "found_at", "decided_at",
    "written_at", "occurred_at", "withdrawn_at",
}  # fmt: skip
DIGESTS = re.compile(r"[0-9a-f]{64}")
SEED = 7
OWN = {TRAIL: "subject_id", "people_person": "id", "people_match": "known_id"}
MOMENTS = re.compile(r'"until": "[^"]+"')  # access is by the database's own clock
WANTED = {
    "joint": lambda life: sum(isinstance(deed, Give) for deed in life.deeds) > 6,
    "alone": lambda life: not any(isinstance(deed, Give) for deed in life.deeds) and len(life.deeds) > 30,
    "withdrawn": lambda life: any(isinstance(deed, Withdraw) for deed in life.deeds),
    "protected": lambda life: any(isinstance(deed, Protect) for deed in life.deeds) and len(life.deeds) > 30,
    "from the insurance office": lambda life: life.deeds and life.deeds[0].by.area == "fk",
    "handed over": lambda life: _has(life, "handover"),
    "handed back": lambda life: sum(isinstance(deed, Write) and deed.kind == "lead" for deed in life.deeds) > 2,
    "planned for studies": lambda life: _has(life, "study_plan", state="ended"),
    "prolonged": lambda life: _has(life, "prolongation"),
    "back in place": lambda life: _has(life, "exit", promise_kept=False),
    "followed up": lambda life: _has(life, "follow_up", state="done"),
    "with care": lambda life: any(deed.by.area == "region-skane" for deed in life.deeds),
}  # fmt: skip


def _has(life: Life, kind: str, **said: object) -> bool:
    return any(
        isinstance(deed, Write) and deed.kind == kind and said.items() <= deed.content.items() for deed in life.deeds
    )


@pytest.fixture
def setting(transactional_db: None) -> Setting:
    partners.load()
    initiatives.load()
    teams.load()
    now = timezone.now().astimezone(STOCKHOLM).replace(second=0, microsecond=0)
    return participants.setting_of(Size(1_500, SEED), now)


def _sample(setting: Setting) -> dict[str, Life]:
    """The first life of each wanted sort among many."""
    found: dict[str, Life] = {}
    for life in lives.all_of(setting, participants=1_500, seed=SEED):
        for name, is_it in WANTED.items():
            if name not in found and life.deeds and is_it(life):
                found[name] = life
                break
        if len(found) == len(WANTED):
            break
    return found


def test_a_sample_of_lives_played_through_the_actions_leaves_the_same_rows(setting: Setting) -> None:
    sample = _sample(setting)
    assert sample.keys() == WANTED.keys()
    with database.as_owner(connection.settings_dict["NAME"]) as owner:
        for name, life in sample.items():
            player = Player(setting, life.deeds)
            player.play()
            played = _canonical(_of_person(owner, player.person_id), {str(player.person_id): "PERSON"})
            bulk = Rows()
            carrier = rows.Carrier(setting, bulk, Random(1))  # no secrets
            carrier.carry_out(life.deeds)
            written = _canonical(_split(bulk), {carrier.person: "PERSON"})
            for table in TABLES:
                only_played, only_written = played[table] - written[table], written[table] - played[table]
                assert (only_played, only_written) == (Counter(), Counter()), (name, table)


def _of_person(owner: Any, person_id: UUID) -> dict[str, list[dict[str, str]]]:
    """What the database holds about one person, in the form in which bulk rows are written."""
    found = {}
    for table, columns in TABLES.items():
        own = OWN.get(table, "person_id")
        listed = ", ".join(f"{column}::text" for column in columns.split())
        answer = owner.execute(f"SELECT {listed} FROM {table} WHERE {own}::text = %s", [str(person_id)]).fetchall()
        found[table] = [dict(zip(columns.split(), row, strict=True)) for row in answer]
    return found


def _split(bulk: Rows) -> dict[str, list[dict[str, str]]]:
    found = {}
    for table, columns in TABLES.items():
        cells = [line.rstrip("\n").split("\t") for line in bulk.by_table[table]]
        found[table] = [
            dict(zip(columns.split(), (None if cell == NOTHING else _untold(cell) for cell in row), strict=True))
            for row in cells
        ]
    return found  # type: ignore[return-value]  # None where the database says NULL


def _untold(cell: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t", "r": "\r"}.get(found[1], found[1]), cell)


def _canonical(found: dict[str, list[dict[str, str]]], names: dict[str, str]) -> dict[str, Counter[str]]:
    """The rows with ids made from what they stand for: the thing written, its version and who holds it."""
    for row in found["people_enrolment"]:
        names[row["id"]] = "ENROLMENT"
    # A thing is named by who wrote it, what it is and what it first said, in the order in which it came.
    first = sorted(found["people_contribution"], key=lambda row: (int(row["version"]), row["occurred_at"]))
    for row in first:
        if row["lineage"] not in names and not row["copy_of_id"]:
            said = UUIDS.sub(lambda id_: names.get(id_[0], "?"), _said(row))
            mark = hashlib.sha256(f"{row['author_area_id']} {row['category']} {said}".encode()).hexdigest()[:8]
            names[row["lineage"]] = f"{row['kind']} {mark}"
    for row in found["people_contribution"]:
        names[row["id"]] = f"{names[row['lineage']]} v{row['version']} in {row['area_id']}"
    for row in found["people_consent"]:
        names[row["id"]] = f"consent {row['from_area_id']} {row['to_area_id']} {row['purpose']}"
    for row in found["people_consentscope"]:
        names[row["id"]] = f"scope {row['from_area_id']} {row['to_area_id']} {row['category']}"
    for row in found["people_disclosure"]:
        names[row["id"]] = f"handed {names[row['contribution_id']]} to {row['to_area_id']}"
    for row in found["people_caseaccess"]:
        names[row["id"]] = f"access {row['membership_id']} {row['team_id']} {row['basis']}"
    return {table: Counter(_row(row, names) for row in rows_) for table, rows_ in found.items()}


def _said(row: dict[str, str]) -> str:
    content = json.loads(row["content"])
    content.pop("frozen", None)
    return DIGESTS.sub("DIGEST", json.dumps(content, sort_keys=True, ensure_ascii=False))


def _row(row: dict[str, str], names: dict[str, str]) -> str:
    kept = {column: value for column, value in row.items() if column not in CLOCK | {"id"}}
    if "standing" in kept:
        kept["standing"] = {"t": "true", "f": "false"}.get(kept["standing"], kept["standing"])
    if "period" in kept:
        kept["period"] = "without end" if kept["period"].endswith(",)") else "with an end"
    kept = {column: UUIDS.sub(lambda id_: names.get(id_[0], id_[0]), value or "") for column, value in kept.items()}
    if "content" in kept:
        content = json.loads(kept["content"])
        for part in (content.get("frozen") or {}).values():
            if isinstance(part, list):
                part.sort(key=lambda one: json.dumps(one, sort_keys=True))
        kept["content"] = MOMENTS.sub("A MOMENT", json.dumps(content, sort_keys=True, ensure_ascii=False))
    written = json.dumps(kept, sort_keys=True, ensure_ascii=False)
    return DIGESTS.sub("DIGEST", written)
