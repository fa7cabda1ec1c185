"""Folders for clusters: as root they lie elsewhere, and are erased afterwards wherever they lie."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from samkraft.operations import embedded_postgres
from samkraft.operations.embedded_postgres import Cluster
from tests.operations import clusters


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in which a test may start its own cluster."""
    yield tmp_path / "cluster"
    embedded_postgres.erase(tmp_path / "cluster")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A running cluster that the module's tests share; they leave it as they found it."""
    place = tmp_path_factory.mktemp("shared") / "cluster"
    with clusters.start(place) as started:
        yield started
    embedded_postgres.erase(place)
