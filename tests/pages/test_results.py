"""Where we stand: each page as its reader, each refusal, and what leaves stands in the ledger."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone

from samkraft.initiatives.actions import theories
from samkraft.initiatives.queries import undertakings
from samkraft.initiatives.rules.theory import Item, Level, TargetKind
from samkraft.knowledge.actions import bindings, snapshots
from samkraft.knowledge.models import Release, Series, Snapshot
from samkraft.operations import jobs
from samkraft.operations.clock import CLOCK
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import exits
from samkraft.values.period import day_in_stockholm
from tests.factories import joint_work, signed_in, studies
from tests.factories.people import Setting

pytestmark = pytest.mark.django_db
THEORY = (
    Item("plan", Level.PERFORMANCE, "Får en gemensam plan", TargetKind.SHARE, 0.65, ("deltagare",)),
    Item("deltagare", Level.RESULT, "Deltagare", TargetKind.COUNT, 5600),
)


def _told(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return str(response.content.decode().replace("\u00a0", " "))


def _undertaken() -> tuple[Setting, str]:
    """An initiative with a theory of change, two items of which are measured."""
    made = joint_work.setting()
    theories.decide(by=made.leader.context, initiative_id=made.initiative_id, items=THEORY, source="Ansökan")
    for item, indicator in (("plan", "workplace_share"), ("deltagare", "participants")):
        bindings.bind(by=made.leader.context, initiative_id=made.initiative_id, item=item, indicator=indicator)
    return made, f"/laget/{undertakings.row_of(made.initiative_id).code}/"


def test_a_steering_group_reads_from_the_goals_to_the_evidence_and_never_a_small_number(client: Client) -> None:
    made, base = _undertaken()
    today = day_in_stockholm(timezone.now())
    ways = [joint_work.begun(made, made.officer) for _ in range(6)]
    exits.leave(
        by=made.officer.context, person_id=ways[0].person_id, left={"outcome": "work", "left_on": today.isoformat()}
    )
    snapshots.take(by=CLOCK, initiative_id=made.initiative_id, until=today - timedelta(days=1))
    snapshots.take(by=CLOCK, initiative_id=made.initiative_id, until=today)
    signed_in.as_role(client, Role.STEERING_GROUP)
    assert client.get("/").headers["Location"] == "/laget/"
    assert client.get("/laget/").headers["Location"] == base
    first = _told(client, base)
    assert "Deltagare: 6 av 5 600." in first
    assert "Får en gemensam plan: visas inte. Målet är 65 %." in first
    for path, words in (
        ("styrkort/", "Dagar till gemensam plan"), ("styrkort/", "Färre än fem på någon sida"),
        ("styrkort/", "Ingen har kommit så långt än."), ("forandringsteori/", "6, mål 5 600"), ("vantan/", "Ställtid och kö"),
        ("ogonblick/", "den första"), ("ogonblick/2/mot/1/", "Månader som har skrivits om"), ("publicerat/", "Ögonblicksbild"),
        ("jamforelser/", "Ingen serie är inläst"), ("underlag/", "Det viktigaste"),
        ("indikator/participants/", "Alla som har skrivits in"), ("indikator/participants/?delat=team", "Team"),
        ("indikator/to_work_or_studies/", "visas inte"), ("indikator/public_support/", "Ingen serie är inläst"),
        ("indikator/employer_time/", "ingen tid noterad"),
        ("vem-far-vad/", "Andel kvinnor i varje slag av aktivitet"),
    ):  # fmt: skip
        assert words in _told(client, f"{base}{path}"), path
    assert _told(client, f"{base}indikator/participants/?fil=csv").count("\n") > 10
    assert client.get(f"{base}styrkort/?fil=xlsx").status_code == 200
    kept = Snapshot.objects.order_by("run").last()
    assert kept is not None
    assert kept.figures["to_work_or_studies"]["all"]["all"] == {}  # one has left: not even the database keeps it here
    for path in ("indikator/finns-inte/", "ogonblick/2/mot/2/", "ogonblick/9/mot/1/"):
        assert client.get(f"{base}{path}").status_code == 404


def test_what_is_taken_along_is_a_tagged_file_that_is_the_same_each_time_and_stands_in_the_ledger(
    client: Client,
) -> None:
    made, base = _undertaken()
    snapshots.take(by=CLOCK, initiative_id=made.initiative_id, until=day_in_stockholm(timezone.now()))
    by = signed_in.as_role(client, Role.STEERING_GROUP)
    files = [
        client.post(f"{base}underlag/", {"membership": str(by.membership_id), "ending": ".pdf"}).content
        for _ in range(2)
    ]
    assert files[0] == files[1]
    with pikepdf.open(BytesIO(files[0])) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "sv-SE"
    assert Release.objects.filter(what="board_pack").count() == 2
    assert "Underlag till möte" in _told(client, f"{base}publicerat/")
    assert client.post(f"{base}underlag/", {"membership": str(by.membership_id), "ending": ".exe"}).status_code == 404


def test_who_leads_chooses_what_measures_and_reads_in_a_series_and_others_do_not(client: Client) -> None:
    made, base = _undertaken()
    by = made.leader
    signed_in.sign_in(client, by)
    form = {"membership": str(by.membership_id)}
    client.post(f"{base}forandringsteori/mats/", {**form, "item": "plan", "indicator": "joint_plans"})
    assert "Gemensamma planer" in _told(client, f"{base}forandringsteori/")
    series = {
        "indicator": "long_term_unemployment",
        "name": "Långtidsarbetslösa",
        "unit": "people",
        "source": "Invented",
    }
    wrong = client.post(f"{base}jamforelser/", {**form, **series, "text": "januari; 12"})
    assert wrong.status_code == 422
    assert "januari; 12" in wrong.content.decode()
    assert client.post(f"{base}jamforelser/", {**form, **series, "text": "2026-01; 12\n2026-03; 14"}).status_code == 302
    assert Series.objects.get().points == [["2026-01", 12.0], ["2026-03", 14.0]]
    client.post(f"{base}forandringsteori/mats/", {**form, "item": "deltagare", "indicator": "long_term_unemployment"})
    assert "mars 2026; 12 i januari 2026. Inläst serie, inte en effekt" in _told(client, f"{base}styrkort/")
    client.post(f"{base}forandringsteori/mats/", {**form, "item": "deltagare", "indicator": "public_support"})
    assert "Ingen serie är inläst. Den som leder" in _told(client, f"{base}styrkort/")
    client.post(f"{base}forandringsteori/mats/", {**form, "item": "deltagare", "indicator": ""})
    assert "Inget mäter den. Den som leder" in _told(client, f"{base}styrkort/")
    page = _told(client, f"{base}indikator/long_term_unemployment/")
    assert "Det är inte en effekt" in page
    assert "Saknas: februari 2026." in page
    assert client.post(f"{base}forandringsteori/mats/", {**form, "item": "x", "indicator": ""}).status_code == 409
    other = signed_in.as_role(client, Role.STEERING_GROUP)
    for path, sent in (
        ("forandringsteori/mats/", {"item": "plan"}),
        ("jamforelser/", {**series, "text": "2026-01; 1"}),
    ):
        assert client.post(f"{base}{path}", {"membership": str(other.membership_id), **sent}).status_code == 403
    assert client.get(f"{base}rader/").status_code == 403


def test_an_evaluator_gets_rows_for_a_registered_study_and_nobody_else_does(client: Client) -> None:
    made, base = _undertaken()
    joint_work.begun(made, made.officer)
    snapshots.take(by=CLOCK, initiative_id=made.initiative_id, until=day_in_stockholm(timezone.now()))
    by = signed_in.as_role(client, Role.EVALUATOR)
    form = {"membership": str(by.membership_id)}
    assert client.post(f"{base}rader/", {**form, "study": "Delstudie 1"}).status_code == 422
    registered = studies.registered(made)
    answer = client.post(f"{base}rader/", {**form, "study": str(registered.study_id)})
    rows = answer.content.decode("utf-8-sig").strip().splitlines()
    assert len(rows) == 2
    assert "Amira" not in rows[1]
    assert Release.objects.get(what="extract").shown == 1


def test_before_the_first_month_each_page_says_what_will_be_there(client: Client) -> None:
    _made, base = _undertaken()
    signed_in.as_role(client, Role.STEERING_GROUP)
    assert "Ingen insats har en månad bakom sig" in _told(client, "/laget/")
    for path in ("", "styrkort/", "vantan/", "ogonblick/", "publicerat/", "underlag/", "indikator/stay/"):
        _told(client, f"{base}{path}")
    assert client.get("/laget/finns-inte/").status_code == 404
    signed_in.as_role(client, Role.GRANTEE_REPORTER)
    assert client.get(base).status_code == 403


def test_the_clock_takes_the_last_month_once(client: Client) -> None:
    made, _base = _undertaken()
    assert jobs.take_snapshots() == 1
    assert jobs.take_snapshots() == 0
    assert Snapshot.objects.get().initiative_id == made.initiative_id
