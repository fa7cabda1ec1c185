"""The catalogue of open data by DCAT-AP-SE, in the formats that data portals harvest."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext, override

from samkraft.web.open_data.datasets import ALL, Dataset

if TYPE_CHECKING:
    from rdflib import Graph, URIRef

FORMATS = {
    "rdf": ("xml", "application/rdf+xml"),
    "ttl": ("turtle", "text/turtle"),
    "jsonld": ("json-ld", "application/ld+json"),
}
_CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_FILES = (
    ("csv", "text/csv", f"{_AUTHORITY}/file-type/CSV"),
    ("json", "application/json", f"{_AUTHORITY}/file-type/JSON"),
)


def write(
    suffix: str, *, address: Callable[[str], str], publisher: str, publisher_type: str = "LocalAuthority"
) -> bytes:
    """The catalogue as bytes. `address` gives the whole address of a path under the open data page."""
    graph = build(address=address, publisher=publisher, publisher_type=publisher_type)
    written: bytes = graph.serialize(format=FORMATS[suffix][0], encoding="utf-8")
    return written


def build(*, address: Callable[[str], str], publisher: str, publisher_type: str = "LocalAuthority") -> "Graph":
    """The catalogue, its data sets, their files, and who publishes."""
    from rdflib import Graph, Literal, URIRef  # here: it is large, and only this page needs it
    from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

    graph = Graph()
    graph.bind("dcat", DCAT)
    graph.bind("dcterms", DCTERMS)
    graph.bind("foaf", FOAF)
    catalogue, agent = URIRef(address("#katalog")), URIRef(address("#utgivare"))
    graph.add((agent, RDF.type, FOAF.Agent))
    graph.add((agent, FOAF.name, Literal(publisher)))
    graph.add((agent, DCTERMS.type, URIRef(f"http://purl.org/adms/publishertype/{publisher_type}")))
    graph.add((catalogue, RDF.type, DCAT.Catalog))
    for language in ("sv", "en"):
        with override(language):
            graph.add((catalogue, DCTERMS.title, Literal(gettext("Öppna data om arbetsmarknadsmedel"), lang=language)))
            words = gettext("Satsningar, beslut och redovisade siffror om kommunens arbetsmarknadsmedel.")
            graph.add((catalogue, DCTERMS.description, Literal(words, lang=language)))
    graph.add((catalogue, DCTERMS.publisher, agent))
    graph.add((catalogue, DCTERMS.license, URIRef(_CC0)))
    graph.add((catalogue, FOAF.homepage, URIRef(address(""))))
    graph.add((catalogue, DCTERMS.language, URIRef(f"{_AUTHORITY}/language/SWE")))
    for dataset in ALL:
        _add(graph, dataset, catalogue, agent, address)
    return graph


def _add(graph: "Graph", dataset: Dataset, catalogue: "URIRef", agent: "URIRef", address: Callable[[str], str]) -> None:
    from rdflib import Literal, URIRef
    from rdflib.namespace import DCAT, DCTERMS, RDF

    node = URIRef(address(f"#{dataset.slug}"))
    graph.add((catalogue, DCAT.dataset, node))
    graph.add((node, RDF.type, DCAT.Dataset))
    for language in ("sv", "en"):
        with override(language):
            graph.add((node, DCTERMS.title, Literal(gettext(dataset.title), lang=language)))
            graph.add((node, DCTERMS.description, Literal(gettext(dataset.description), lang=language)))
    graph.add((node, DCTERMS.publisher, agent))
    graph.add((node, DCTERMS.accessRights, URIRef(f"{_AUTHORITY}/access-right/PUBLIC")))
    graph.add((node, DCTERMS.accrualPeriodicity, URIRef(f"{_AUTHORITY}/frequency/CONT")))
    graph.add((node, DCTERMS.language, URIRef(f"{_AUTHORITY}/language/SWE")))
    graph.add((node, DCAT.theme, URIRef(f"{_AUTHORITY}/data-theme/GOVE")))
    graph.add((node, DCAT.landingPage, URIRef(address(""))))
    for word in dataset.keywords:
        graph.add((node, DCAT.keyword, Literal(word, lang="sv")))
    for suffix, media, file_type in _FILES:
        file = URIRef(address(f"#{dataset.slug}-{suffix}"))
        graph.add((node, DCAT.distribution, file))
        graph.add((file, RDF.type, DCAT.Distribution))
        graph.add((file, DCAT.accessURL, URIRef(address(f"{dataset.slug}.{suffix}"))))
        graph.add((file, DCAT.downloadURL, URIRef(address(f"{dataset.slug}.{suffix}"))))
        graph.add((file, DCTERMS.format, URIRef(file_type)))
        graph.add((file, DCAT.mediaType, URIRef(f"http://www.iana.org/assignments/media-types/{media}")))
        graph.add((file, DCTERMS.license, URIRef(_CC0)))
        graph.add((file, DCTERMS.title, Literal(f"{dataset.slug}.{suffix}", lang="sv")))
