"""What pip has been told is passed on to the other installers."""

from pathlib import Path

import pytest

from samkraft.operations import registries


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment where pip reads only the files that a test writes."""
    return {"HOME": str(tmp_path), "XDG_CONFIG_DIRS": str(tmp_path / "system")}


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_nothing_told_is_nothing_passed_on(home: dict[str, str], tmp_path: Path) -> None:
    _write(tmp_path / ".config/pip/pip.conf", "[global]\ntimeout = 60\n")
    passed = registries.surroundings({**home, "PIP_CERT": "", "PIP_INDEX_URL": ""})
    assert not [name for name in passed if name.startswith("UV_")]


def test_the_registry_of_a_file_is_passed_on(home: dict[str, str], tmp_path: Path) -> None:
    _write(tmp_path / ".config/pip/pip.conf", "[global]\nindex-url = https://packages.example/simple\n")
    assert registries.surroundings(home)["UV_DEFAULT_INDEX"] == "https://packages.example/simple"


def test_the_environment_wins_over_files_and_the_home_over_the_system(home: dict[str, str], tmp_path: Path) -> None:
    _write(tmp_path / "system/pip/pip.conf", "[global]\nindex-url = https://system.example\n")
    _write(tmp_path / ".config/pip/pip.conf", "[install]\nindex-url = https://home.example\n")
    assert registries.setting("index-url", home) == "https://home.example"
    assert registries.setting("index-url", {**home, "PIP_INDEX_URL": "https://env.example"}) == "https://env.example"


def test_a_certificate_reaches_every_installer_but_does_not_overrule_one_set_for_it(home: dict[str, str]) -> None:
    told = registries.surroundings({**home, "PIP_CERT": "/ca.pem", "SSL_CERT_FILE": "/own.pem"})
    assert told["SSL_CERT_FILE"] == "/own.pem"
    assert told["NODE_EXTRA_CA_CERTS"] == "/ca.pem"


def test_folders_on_the_disk_are_left_to_pip(home: dict[str, str]) -> None:
    told = registries.surroundings({**home, "PIP_EXTRA_INDEX_URL": "file:///wheels https://more.example"})
    assert told["UV_INDEX"] == "https://more.example"


def test_a_file_that_pip_cannot_read_either_stops_nothing(home: dict[str, str], tmp_path: Path) -> None:
    _write(tmp_path / ".config/pip/pip.conf", "not a setting at all")
    assert registries.setting("index-url", home) == ""
