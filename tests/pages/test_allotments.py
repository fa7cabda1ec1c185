"""The pages of proposals of places: asked for, made beside the pages, read, adopted in part, followed; and who may not."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samkraft.audit.actions import transactions
from samkraft.knowledge.queries import allotments as asked
from samkraft.operations import errands
from samkraft.operations.commands import allot
from samkraft.partners.queries import errands as errand_rows
from samkraft.partners.rules.roles import Role
from samkraft.people.actions.places import place_coordination, places
from samkraft.people.rules.places.place_states import State
from tests.factories import joint_work, partners, signed_in
from tests.factories import places as made
from tests.factories.places import Offered
from tests.once import Once
from tests.stories.test_best_use_of_places import Queue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("offered")]
HOME = "/platser/fordelning/"


@pytest.fixture(scope="module")
def offered(once: Once[Offered]) -> Offered:
    return once(made.offered)


def _text(client: Client, address: str) -> str:
    """What stands on the page, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(address).content.decode()))


def _run(member: Any) -> str:
    """Do the newest errand, and return its page's address."""
    with transactions.read(member.context):
        row = errand_rows.listed(member.context)[0]
    assert errands.run(str(row.id), str(member.membership_id))
    with transactions.read(member.context):
        found = errand_rows.one(member.context, row.id)
    assert found is not None
    return str(found.now.address)


def _waiting(offered: Offered) -> Queue:
    queue = Queue(offered)
    first = queue.somebody()
    soon = queue.offered.occasion(first, places=1, starts_in=14)
    queue.offered.occasion(first, places=1, starts_in=21)
    queue.somebody(occasion_id=soon)
    queue.somebody(occasion_id=soon)
    return queue


def test_a_coordinator_asks_reads_adopts_some_and_follows(client: Client, offered: Offered) -> None:
    queue = _waiting(offered)
    coordinator = queue.coordinator
    signed_in.sign_in(client, coordinator)
    page = _text(client, HOME)
    assert "2 tillfällen är inte öppnade än, med 2 lediga platser" in page
    assert "Inget förslag är gjort än." in page
    sent = signed_in.post(client, HOME, coordinator, weeks="8")
    assert sent.status_code == 303
    address = _run(coordinator)
    assert "Ta ställning till förslaget: 2 platser" in _text(client, "/inkorg/")

    page = _text(client, address)
    assert "Förslag: 2 får en plats" in page
    assert "1 om köerna bara följs i ordning" in page
    assert "under de här reglerna går det inte att fördela bättre" in page
    assert "En fristående kontroll har räknat om det." in page
    assert "Ingen studie har uppskattat vad en plats ger" in page
    assert "går före 1 i kön" in page
    assert "talen är för små" in page
    assert "Amira" not in page

    rows = queue.rows(_id(address))
    empty = signed_in.post(client, address, coordinator, do="adopt", reason="")
    assert "Du har inte valt någon rad." in empty.content.decode()
    short = signed_in.post(client, address, coordinator, do="adopt", row=[str(rows[1].id)], reason="")
    assert "varför" in short.content.decode().lower()
    assert made.state(queue.ways[1], queue.officer) is State.WAITING
    said: dict[str, Any] = {"row": [str(rows[1].id)], "reason": "Så får en till plats i år."}
    asked = signed_in.post(client, address, coordinator, do="adopt", **said).content.decode()
    for told in (
        "Erbjud 1 plats?",
        "1 går före någon i kön.",
        "”Så får en till plats i år.”",
        "1 rad i förslaget lämnas orörd.",
    ):
        assert told in asked, told
    assert made.state(queue.ways[1], queue.officer) is State.WAITING, "nothing is offered before it is said to whom"
    sent = signed_in.post(client, address, coordinator, do="adopt", sure="1", **said)
    assert sent.status_code == 303
    page = _text(client, address)
    assert "1 plats är erbjuden. 1 gick före någon, med ditt skäl." in page
    assert "1, varav 1 inte har svarat" in page
    assert "Anta den enda kvar" in page
    assert "antaget till en del" in _text(client, HOME)
    assert "Ta ställning till förslaget: 1 plats" in _text(client, "/inkorg/")
    asked = signed_in.post(
        client, address, coordinator, do="adopt_all", reason="Så får en till plats i år."
    ).content.decode()
    left = re.findall(r'name="row" value="([^"]+)"', asked)
    assert len(left) == 1
    assert "lämnas orörd" not in asked
    signed_in.post(client, address, coordinator, do="adopt", sure="1", row=left, reason="Så får en till plats i år.")
    assert "Inget erbjuds förrän" not in _text(client, address)
    assert "antaget" in _text(client, HOME)
    assert "Ta ställning till" not in _text(client, "/inkorg/")
    assert "inget av tillfällena har börjat" in _text(client, address)

    row = _text(client, f"{address}{rows[2].id}/")
    assert "Platserna räcker inte" in row
    assert "Minsta ändring: 1 plats till på tillfället." in row
    assert "Platserna räcker inte till alla som väntar." in row
    assert client.get(f"{address}{queue.offered.activity_id}/").status_code == 404


def _id(address: str) -> Any:
    from uuid import UUID

    return UUID(address.rstrip("/").rsplit("/", 1)[1])


def test_a_queue_that_has_changed_is_said_and_a_new_proposal_is_offered(client: Client, offered: Offered) -> None:
    queue = _waiting(offered)
    coordinator, officer = queue.coordinator, queue.officer
    proposal_id = queue.propose()
    address = reverse("offer:allotment", args=[proposal_id])
    signed_in.sign_in(client, coordinator)
    assert "Kön har ändrats" not in _text(client, address)
    queue.somebody()
    way = queue.ways[1]
    places.leave(
        by=officer.context, person_id=way.person_id, entry_id=made.entry_of(way, officer).id, reason_code="work"
    )
    with transactions.read(coordinator.context):
        occasion = asked.openings(coordinator.context, today=way.today, weeks=8)[0].id
    place_coordination.resize(by=coordinator.context, occasion_id=occasion, places=3)
    page = _text(client, address)
    assert "Kön har ändrats sedan förslaget gjordes" in page
    assert "1 ny väntar. 1 väntar inte längre. 1 tillfälle har ändrats." in page
    assert signed_in.post(client, address, coordinator, do="again").status_code == 303
    assert "Förslag: 3 får en plats" in _text(client, _run(coordinator))


def test_a_place_is_locked_on_the_rows_page_and_the_proposal_is_made_around_it(
    client: Client, offered: Offered
) -> None:
    queue = Queue(offered)
    first = queue.somebody()
    occasion = queue.offered.occasion(first, places=1, starts_in=14)
    queue.somebody()
    proposal_id = queue.propose()
    rows = queue.rows(proposal_id)
    signed_in.sign_in(client, queue.coordinator)
    spot = reverse("offer:allotment_row", args=[proposal_id, rows[1].id])
    assert signed_in.post(client, spot, queue.coordinator, occasion=str(occasion)).status_code == 303
    page = _text(client, _run(queue.coordinator))
    assert "1 plats var bestämd på förhand." in page
    assert "Bestämd av samordnaren" in page


def test_a_move_answers_at_once_keeps_what_was_decided_and_is_solved_anew_on_demand(
    client: Client, offered: Offered
) -> None:
    queue = _waiting(offered)
    coordinator = queue.coordinator
    proposal_id = queue.propose()
    rows = queue.rows(proposal_id)
    signed_in.sign_in(client, coordinator)
    last, soon = rows[2], rows[1].occasion_id
    spot = reverse("offer:allotment_row", args=[proposal_id, last.id])
    moved = signed_in.post(client, spot, coordinator, do="move", occasion=str(soon))
    assert moved.status_code == 303
    with transactions.read(coordinator.context):
        assert not errand_rows.listed(coordinator.context), "nothing is waited for"
        made_of = asked.one(coordinator.context, _id(moved.headers["Location"]))
    assert made_of is not None
    assert (made_of.method, made_of.locked, made_of.is_checked, made_of.earlier_id) == ("mended", 1, True, proposal_id)
    assert 0 <= made_of.gap < 1
    page = _text(client, moved.headers["Location"])
    assert "Lagat runt det du bestämde" in page
    assert "Ändrat mot förra förslaget" in page
    assert "1 Bestämd av samordnaren" in page
    new = {row.code: row for row in queue.rows(made_of.id)}
    assert new[last.code].occasion_id == soon
    assert new[rows[1].code].occasion_id != soon, "the one place there is taken"
    again = signed_in.post(client, moved.headers["Location"], coordinator, do="again")
    assert again.status_code == 303
    solved = _run(coordinator)
    whole = {row.code: row for row in queue.rows(_id(solved))}
    assert whole[last.code].occasion_id == soon, "what was decided stays so when all is solved anew"
    assert "Lagat runt det du bestämde" not in _text(client, solved)


def test_a_move_that_cannot_be_is_refused_at_once_and_nothing_is_kept(client: Client, offered: Offered) -> None:
    queue = _waiting(offered)
    coordinator = queue.coordinator
    proposal_id = queue.propose()
    rows = queue.rows(proposal_id)
    signed_in.sign_in(client, coordinator)
    with transactions.read(coordinator.context):
        before = len(asked.listed(coordinator.context))
    late = next(
        one.occasion_id for one in rows if one.occasion_id and one.occasion_id != rows[1].occasion_id
    )  # those who asked for the first occasion alone cannot have the other
    spot = reverse("offer:allotment_row", args=[proposal_id, rows[2].id])
    refused = signed_in.post(client, spot, coordinator, do="move", occasion=str(late))
    assert refused.status_code == 200
    assert "Det går inte att ge platsen så" in refused.content.decode()
    with transactions.read(coordinator.context):
        assert len(asked.listed(coordinator.context)) == before


def test_only_those_who_coordinate_see_a_proposal_and_only_an_evaluator_its_files(
    client: Client, tmp_path: Path, offered: Offered
) -> None:
    queue = _waiting(offered)
    proposal_id = queue.propose()
    address, proofs = reverse("offer:allotment", args=[proposal_id]), reverse("offer:allotment_proofs")
    another = partners.member(Role.PLACE_COORDINATOR, "gvn", name="Per Plats")
    evaluator = partners.member(Role.EVALUATOR, "malmo-universitet", name="Eva Utvärderare")
    signed_in.sign_in(client, another)
    assert client.get(address).status_code == 404
    assert signed_in.post(client, address, another, do="adopt_all", reason="Så får en till plats.").status_code == 404
    assert "Du är inte platssamordnare för någon aktivitet" in _text(client, HOME)
    for member in (queue.officer, queue.offered.provider, evaluator):
        signed_in.sign_in(client, member)
        assert client.get(HOME).status_code == (200 if member is queue.officer else 403)
        assert client.get(address).status_code == (404 if member is queue.officer else 403)
    signed_in.sign_in(client, queue.coordinator)
    assert client.get(proofs).status_code == 403
    signed_in.sign_in(client, evaluator)
    assert "Underlaget" in _text(client, proofs)
    files = {}
    for what in ("instans", "plan"):
        sent = signed_in.post(client, reverse("offer:allotment_proof", args=[proposal_id, what]), evaluator)
        files[what] = tmp_path / f"{what}.json"
        files[what].write_bytes(b"".join(sent.streaming_content) if sent.streaming else sent.content)
    text = "".join(one.read_text() for one in files.values())
    assert "Haddad" not in text
    assert not any(
        str(way.person_id) in text or str(row.entry_id) in text for way in queue.ways for row in queue.rows(proposal_id)
    )
    import argparse

    parser = argparse.ArgumentParser()
    allot.add(parser.add_subparsers())
    checked = parser.parse_args(["allot", str(files["instans"]), "--check", str(files["plan"]), "--json"])
    assert allot.run(checked) == 0, "the files hold by themselves"
    plan = json.loads(files["plan"].read_text())
    plan["proofs"][0]["bound"] += 1
    files["plan"].write_text(json.dumps(plan))
    assert allot.run(checked) == 1


def test_nothing_to_give_is_said_in_the_errand(client: Client, offered: Offered) -> None:
    queue = Queue(offered)
    signed_in.sign_in(client, queue.coordinator)
    assert "Det finns inget att fördela" in _text(client, HOME)
    way = queue.somebody(not_before=joint_work.begun(queue.offered.setting, queue.officer).today + timedelta(days=70))
    queue.offered.occasion(way, places=1, starts_in=14)
    signed_in.post(client, HOME, queue.coordinator, weeks="8")
    with transactions.read(queue.coordinator.context):
        row = errand_rows.listed(queue.coordinator.context)[0]
    assert not errands.run(str(row.id), str(queue.coordinator.membership_id))
    assert "Ingen i dina köer kan ta något av tillfällena." in _text(client, reverse("errands:errand", args=[row.id]))
