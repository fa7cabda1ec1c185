"""One browser; a city for each file of tests that changes things, and one for all that look at every page."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import chromium
from tests.browser import city, looking, walk
from tests.browser.chrome import Chrome
from tests.browser.city import City

AT_ONCE = 2  # who walk, and who look: else everybody would wait for one of them at the end


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker("browser")


@pytest.fixture(scope="module")
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The demo world, served. Nothing is left of what a file of tests does in it."""
    name = request.module.__name__.rsplit(".", 1)[-1]
    with city.opened(name, tmp_path_factory.mktemp("city")) as served:
        yield served


@contextmanager
def _started() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=str(chromium.find_or_fetch()), args=chromium.arguments())
        yield program
        program.close()


@pytest.fixture(scope="package")
def _browser() -> Iterator[Browser]:
    """Closed when the last of these tests is done: while it is open, its event loop keeps Django from the database."""
    with _started() as program:
        yield program


@pytest.fixture(scope="module")
def chrome(_browser: Browser, town: City) -> Iterator[Chrome]:
    """Opens pages as the demo's people."""
    opened = Chrome(_browser, town)
    yield opened
    opened.close()


@pytest.fixture(scope="package")
def walked_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The city of those files that look at every page: looked at, never changed but back again."""
    with city.opened("walked", tmp_path_factory.mktemp("city"), processes=AT_ONCE) as served:
        yield served


@pytest.fixture(scope="package")
def walked_chrome(_browser: Browser, walked_town: City) -> Iterator[Chrome]:
    """Opens its pages as the demo's people."""
    opened = Chrome(_browser, walked_town)
    yield opened
    opened.close()


@pytest.fixture(scope="package")
def steps(walked_town: City) -> list[walk.Step]:
    """Every page that the demo's people reach by links: minutes, and therefore walked once."""
    return walk.everybody(walked_town, at_once=AT_ONCE)


@pytest.fixture(scope="package")
def seen(walked_town: City, steps: list[walk.Step]) -> looking.Faults:
    """What is wrong in the pages, by way of looking: each page is opened once, in the worker that has walked."""

    def look(pages: list[looking.Chosen]) -> looking.Faults:
        with _started() as program:
            return looking.at(Chrome(program, walked_town), pages)

    with ThreadPoolExecutor(AT_ONCE) as eyes:
        told = list(eyes.map(look, looking.shares(steps, windows=AT_ONCE)))
    return {way: [fault for one in told for fault in one[way]] for way in told[0]}
