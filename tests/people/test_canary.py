"""Canary words: each area plants its own in everything that it may write, and it is looked for everywhere else."""

import json
import logging
import os
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from samkraft.audit.actions import transactions
from samkraft.operations.database import grants
from samkraft.people.actions import cases, consents, disclosures
from samkraft.people.queries import consents as asked
from samkraft.people.rules import categories, contents
from samkraft.people.rules.contents import choices
from samkraft.values.writes import Writes
from tests.factories import people, signed_in
from tests.factories.partners import Member
from tests.people import world

WORDS = {
    "social": "Bofinken",
    "officer": "Talgoxen",
    "care": "Sidensvansen",
    "insurance": "Domherren",
    "labour": "Koltrasten",
}
GIVEN = "Rödhaken"  # in the one thing that is handed over
NOBODY = str(uuid4())
UNSEEN = {name for name, writes in grants.declared().items() if writes is Writes.UNSEEN}


def _said(word: str, kind: str, body: UUID, membership: UUID) -> dict[str, Any]:
    """A content of the kind with the word in each of its free texts."""
    this = str(body)
    by_kind: dict[str, dict[str, Any]] = {
        "card": {"given_name": word, "family_name": word, "language": word, "phone": word,
                 "email": f"{word.lower()}@exempel.invalid", "postal_address": word, "safe_contact": word},
        "referral": {"how": "remittering", "reason": word, "start_check": {"fråga": word}, "received_on": "2026-01-05"},
        "referral_end": {"referral": NOBODY, "reason": "other", "ended_on": "2026-02-05", "note": word},
        "phase": {"number": 2, "since": "2026-02-01", "reason": word},
        "prolongation": {"until": "2026-12-24", "state": "asked", "asked_by": str(membership), "reason": word},
        "lead": {"membership_id": str(membership), "name": word, "role": word, "area_id": this, "since": "2026-02-01"},
        "meeting": {"starts_at": "2026-12-01T09:00:00+01:00", "place": word, "with": [word], "purpose": "start",
                    "state": "booked"},
        "minutes": {"meeting": NOBODY, "points": [{"about": word, "closed_as": "decided", "text": word}]},
        "message": {"text": word, "waits_on": "us"},
        "assessment_item": {"life_area": "work", "text": word, "source": word},
        "conclusion": {"text": word, "bodies": [this]},
        "dissent": {"about": NOBODY, "text": word},
        "correction": {"about": NOBODY, "text": word},
        "need": {"text": word, "life_area": "work"},
        "goal": {"words": word, "measure": word},
        "step": {"title": word, "step_kind": "workplace", "body_area_id": this, "responsible": word, "state": "waiting",
                 "result": word, "waits_on": {"who": "us", "role": word, "name": word, "what": word},
                 "waiting_since": "2026-02-01", "programme": {"number": word, "ends_on": "2026-12-24"}},
        "plan_version": {"number": 1, "frozen": {"mål": word}, "digest": "a" * 64},
        "handover": {"from": str(membership), "to": str(membership), "state": "asked", "reason": word},
        "exit": {"outcome": "work", "left_on": "2026-03-01", "note": word, "promise_kept": False},
        "own_system_note": {"system": "AIS", "text": word, "entered_by": word},
        "detail": {"about": NOBODY, "note": word},
        "sus_sheet": {"direction": "in", "on": "2026-03-01", "has_consent": True, "municipality": word[:60]},
        "study_plan": {"direction": word, "level": "vocational", "school": word, "steps": word, "made_on": "2026-03-01",
                       "with": [word], "state": "ended", "ended_on": "2026-03-01", "result": word},
    }  # fmt: skip
    return by_kind[kind]


WITH_TEXT = (
    "card", "referral", "referral_end",
    "phase", "prolongation", "lead", "meeting", "minutes", "message", "assessment_item", "conclusion",
    "dissent", "correction", "need", "goal", "step", "plan_version", "handover", "exit", "own_system_note",
    "detail", "sus_sheet", "study_plan",
)  # fmt: skip
WITHOUT_TEXT = {
    "enrolled", "team", "pause", "contact_made", "time_report", "agreement", "follow_up",
    "time_attest", "progression", "progression_health", "education_level",
}  # fmt: skip


def _plant(by: Any, word: str, person: UUID, enrolment: UUID | None) -> None:
    """One of every kind, with the word; what the role may not write is not planted."""
    for kind in WITH_TEXT:
        allowed = {one.value for one in contents.categories_of(kind)}
        writes = {one.value for one in categories.WRITES[by.role]}
        category = next((one for one in ("plan", "health", *sorted(allowed)) if one in allowed & writes), None)
        if category is None:
            continue
        more: dict[str, Any] = {} if len(allowed) == 1 or kind == "assessment_item" else {"category": category}
        said = _said(word, kind, by.area_id, by.membership_id)
        people.write(
            by,
            person,
            kind,
            said,
            enrolment_id=enrolment if kind not in ("card", "referral", "referral_end") else None,
            **more,
        )


class Planted:
    """Five areas on one person's case, each with its words; one thing handed over from the social services."""

    def __init__(self) -> None:
        self.setting = people.joint()
        given = self.setting
        self.members: dict[str, Member] = {
            "social": given.social, "officer": given.officer, "care": given.care, "insurance": given.insurance,
            "labour": given.labour,
        }  # fmt: skip
        social = given.social.context
        self.person = people.participant(social, text="199006022397", given="Gemensam", family="Person")
        self.enrolment = people.enrolled(given, social, self.person)
        for name, member in self.members.items():
            if name == "social":
                continue
            people.consent(social, self.person, member.area_id, "enrolment", giver="Någon")
            cases.assign(by=social, person_id=self.person, membership_id=member.membership_id)
        world.withdraw(social, self.person, "enrolment")
        for name, member in self.members.items():
            _plant(member.context, WORDS[name], self.person, self.enrolment)
            own = people.participant(member.context, given=WORDS[name], family=WORDS[name])
            _plant(member.context, WORDS[name], own, None)
        item: dict[str, object] = {"life_area": "health", "text": GIVEN, "source": GIVEN}
        self.item = people.write(social, self.person, "assessment_item", item)
        people.consent(social, self.person, given.officer.area_id, "health", giver="Någon")
        with transactions.read(social):
            scope = next(line for line in asked.standing(social, self.person) if line.category == "health")
        disclosures.release(
            by=social,
            person_id=self.person,
            contribution_id=self.item.id,
            to_area_id=given.officer.area_id,
            scope_id=scope.id,
        )
        consents.withdraw(by=social, person_id=self.person, scope_ids=[scope.id])

    def strange(self, reader: str) -> list[str]:
        """The words that this reader may never meet."""
        return [word for name, word in WORDS.items() if name != reader] + (
            [] if reader in ("social", "officer") else [GIVEN]
        )


def test_every_kind_with_a_text_is_planted() -> None:
    assert set(contents.KINDS) == set(WITH_TEXT) | WITHOUT_TEXT
    assert len(choices.LIFE_AREA_CATEGORY) > 5


def _met(text: str, words: list[str]) -> list[str]:
    folded = text.casefold()
    return [word for word in words if word.casefold() in folded]


@pytest.mark.django_db
def test_no_table_shows_another_areas_words(caplog: pytest.LogCaptureFixture) -> None:
    """Every column of every table as text, in each reader's context; and the trail, jobs, sessions and logs hold no words."""
    with caplog.at_level(logging.DEBUG):
        planted = Planted()
    found, own, seen = [], 0, 0
    for reader, member in planted.members.items():
        for table in world.tables():
            if table in UNSEEN:
                continue
            rows = world.rows(member.context, f'SELECT t::text FROM "{table}" t')
            text = "\n".join(str(row[0]) for row in rows)
            seen += len(rows)
            own += len(_met(text, [WORDS[reader]]))
            found += [(reader, table, word) for word in _met(text, planted.strange(reader))]
            if table in ("audit_event", "procrastinate_jobs", "web_cache"):
                found += [(reader, table, word) for word in _met(text, [*WORDS.values(), GIVEN])]
    assert found == []
    assert own >= len(WORDS) * 3
    assert seen > 200
    assert _met(caplog.text, [*WORDS.values(), GIVEN]) == []
    received = world.rows(planted.setting.officer.context, "SELECT content FROM people_contribution WHERE copy_of_id IS NOT NULL "
                          "AND kind = 'assessment_item'")  # fmt: skip
    assert [GIVEN in json.dumps(row[0], ensure_ascii=False) for row in received] == [True], (
        "the one exception, and only that"
    )


def _routes(resolver: Any = None, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, dict[str, Any]]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, path, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", "/" + path, {}


def _filled(path: str, values: dict[str, str]) -> str:
    while "<" in path:
        before, _, rest = path.partition("<")
        inside, _, after = rest.partition(">")
        kind, _, name = inside.rpartition(":")
        path = before + values.get(name, values.get(kind, "7")) + after
    return path


@pytest.mark.django_db
@pytest.mark.parametrize(
    "reader", ["officer", *(("care", "insurance") if "SAMKRAFT_RANDOM_WORLDS" in os.environ else ())]
)
def test_no_page_search_or_file_shows_another_areas_words(
    reader: str, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """Each address with the ids of another area's things in its places, as a list, a search and a file."""
    planted = Planted()
    social = planted.setting.social.context
    hidden = {
        key: str(
            world.rows(social, f"SELECT {column} FROM people_contribution WHERE kind = 'step' ORDER BY written_at")[0][
                0
            ]
        )
        for key, column in {"contribution_id": "id", "lineage": "lineage"}.items()
    }
    hidden |= {
        "person_id": str(planted.person),
        "team_id": str(planted.setting.team_id),
        "kind": "need",
        "uuid": str(uuid4()),
    }
    signed_in.sign_in(client, planted.members[reader])
    client.raise_request_exception = False
    asked_for, found, opened = 0, [], 0
    wanted = [
        (name, path) for name, path, _ in _routes() if name.startswith("people:") or name in ("home", "inbox", "search")
    ]
    with caplog.at_level(logging.DEBUG):
        for name, path in wanted:
            for query in ("", f"?q={WORDS['social'][:5]}", "?fil=csv", "?fil=xlsx") if "<" not in path else ("",):
                response = client.get(_filled(path, hidden) + query)
                content = b"".join(response.streaming_content) if response.streaming else response.content
                text = content.decode(errors="replace")
                asked_for, opened = asked_for + 1, opened + (response.status_code == 200)
                found += [(name, query, word) for word in _met(text, planted.strange(reader))]
                assert response.status_code < 500, (name, query)
    assert found == []
    assert asked_for > 40
    assert opened > 10
    assert _met(caplog.text, planted.strange(reader)) == []
    for session in Session.objects.all():
        assert _met(json.dumps(session.get_decoded(), default=str), [*WORDS.values(), GIVEN]) == []
