"""Open data: the catalogue holds to its profile, and the files say what the open pages say, to anybody."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from django.urls import reverse
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF

from samkraft.web.open_data import catalogue, datasets
from tests.factories import economy_files

# The checker of shapes uses names that the library of graphs is about to drop.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Dataset:DeprecationWarning", "ignore:ConjunctiveGraph:DeprecationWarning"
)
SHAPES = Path(__file__).with_name("dcat_ap_se.ttl")
FORMATS = {"rdf": "xml", "ttl": "turtle", "jsonld": "json-ld"}


def _holds(graph: Graph) -> tuple[bool, str]:
    conforms, _report, words = pyshacl.validate(graph, shacl_graph=str(SHAPES), shacl_graph_format="turtle")
    return bool(conforms), str(words)


def _built() -> Graph:
    return catalogue.build(address=lambda path: f"https://exempel.se/oppet/data/{path}", publisher="Malmö stad")


def test_the_catalogue_holds_to_the_profile() -> None:
    conforms, words = _holds(_built())
    assert conforms, words


@pytest.mark.parametrize(
    "what", [DCTERMS.title, DCTERMS.publisher, DCTERMS.license, DCAT.accessURL, DCTERMS.description]
)
def test_a_catalogue_that_lacks_something_does_not(what: URIRef) -> None:
    graph = _built()
    graph.remove((None, what, None))
    assert not _holds(graph)[0]


def test_a_wrong_licence_does_not_hold() -> None:
    graph = _built()
    node = next(graph.subjects(RDF.type, DCAT.Catalog))
    graph.set((node, DCTERMS.license, Literal("fritt")))
    assert not _holds(graph)[0]


@pytest.mark.django_db
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_portal_harvests_it_and_finds_every_file(client: Any, suffix: str) -> None:
    economy_files.decided()
    answer = client.get(reverse("public:catalogue", args=[suffix]))
    assert answer.status_code == 200
    graph = Graph().parse(data=answer.content, format=FORMATS[suffix])
    assert _holds(graph)[0]
    files = {str(url) for url in graph.objects(None, DCAT.downloadURL)}
    assert len(files) == 2 * len(datasets.ALL)
    for url in files:
        fetched = client.get(url.removeprefix("http://testserver"))
        assert fetched.status_code == 200
        assert fetched.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(reverse("public:catalogue", args=["pdf"])).status_code == 404


@pytest.mark.django_db
def test_the_files_hold_what_is_decided_to_the_krona_and_nothing_about_people(client: Any) -> None:
    economy_files.decided()
    told = client.get(reverse("public:data_file", args=["beslut", "csv"])).content.decode()
    rows = list(csv.DictReader(io.StringIO(told)))
    assert {(row["mottagare"], row["belopp_kr"], row["antaget"]) for row in rows} == {
        ("ASN", "600", "nej"), ("GVN", "300", "nej"),
    }  # fmt: skip
    assert json.loads(client.get(reverse("public:data_file", args=["beslut", "json"])).content) == rows
    (fund,) = csv.DictReader(
        io.StringIO(client.get(reverse("public:data_file", args=["satsningar", "csv"])).content.decode())
    )
    assert (fund["budget_kr"], fund["fordelat_kr"], fund["kvar_kr"]) == ("1000", "900", "100")
    assert client.get(reverse("public:data_file", args=["personer", "csv"])).status_code == 404
    page = client.get(reverse("public:data")).content.decode()
    assert "CC0" in page
    assert "belopp_kr" in page


@pytest.mark.parametrize(
    ("value", "written"), [("=1+1", "'=1+1"), ("-5", "-5"), ("-x", "'-x"), (None, ""), ("@a", "'@a")]
)
def test_text_that_a_spreadsheet_would_run_is_made_harmless(value: object, written: str) -> None:
    assert datasets._written(value) == written
