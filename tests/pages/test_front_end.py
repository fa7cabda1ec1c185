"""The browser's files come in once, whole or not at all, with or without Node."""

import json
import stat
from pathlib import Path

import pytest

from samkraft.web import front_end, front_end_files

WORKING_NPM = """#!/bin/sh
if [ "$1" = "--version" ]; then echo 10.2.0; exit 0; fi
echo "$@" >> "{log}"
cp -r "{packages}" node_modules
"""
BROKEN_NPM = """#!/bin/sh
if [ "$1" = "--version" ]; then echo 10.2.0; exit 0; fi
echo "npm error network request failed" >&2
exit 1
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder of its own with the real lock, and a PATH with nothing but what a test puts there."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        (tmp_path / name).write_bytes((front_end.PROJECT / name).read_bytes())
    vendor = tmp_path / "static" / "vendor"
    monkeypatch.setattr(front_end, "PROJECT", tmp_path)
    monkeypatch.setattr(front_end, "VENDOR", vendor)
    monkeypatch.setattr(front_end, "STAMP", vendor / "stamp.txt")
    monkeypatch.setattr(front_end, "TEST_ONLY", tmp_path / ".samkraft" / "axe")
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    return tmp_path


def write_npm(place: Path, script: str) -> Path:
    """An npm that says and does what the test needs; returns the log of what it was asked."""
    log = place / "npm.log"
    npm = place / "bin" / "npm"
    npm.write_text(script.format(log=log, packages=place / "packages"))
    npm.chmod(npm.stat().st_mode | stat.S_IXUSR)
    return log


def write_packages(place: Path) -> None:
    """What npm would have brought: every file that is listed, with its name as content."""
    packages = place / "packages"
    named = [source for source, _target in front_end_files.found_in(packages)]
    named += ["axe-core/axe.min.js", *(f"lucide-static/icons/{icon}.svg" for icon in front_end_files.ICONS)]
    for name in named:
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).write_text(f'<svg class="x"><path d="{name}"/></svg>')
    script = packages / "@digdir/designsystemet-web/dist/umd/index.js"
    script.write_text("let a = 1;\n//# sourceMappingURL=index.js.map\n")


def test_the_second_run_does_nothing(place: Path) -> None:
    write_packages(place)
    log = write_npm(place, WORKING_NPM)
    assert front_end.main() == 0
    assert front_end.main() == 0
    assert len(log.read_text().splitlines()) == 1
    assert "--ignore-scripts" in log.read_text()


def test_a_changed_lock_brings_everything_in_again(place: Path) -> None:
    write_packages(place)
    log = write_npm(place, WORKING_NPM)
    front_end.main()
    (front_end.VENDOR / "left-behind.css").write_text("old")
    (place / "package-lock.json").write_text("{}")
    assert front_end.main() == 0
    assert len(log.read_text().splitlines()) == 2
    assert not (front_end.VENDOR / "left-behind.css").exists()


def test_only_what_pages_use_is_copied_and_nothing_is_left_lying(place: Path) -> None:
    write_packages(place)
    write_npm(place, WORKING_NPM)
    front_end.main()
    copied = {str(path.relative_to(front_end.VENDOR)) for path in front_end.VENDOR.rglob("*") if path.is_file()}
    listed = {target for _source, target in front_end_files.found_in(place)}
    assert copied == listed | {"icons.svg", "stamp.txt"}
    assert [path.name for path in (place / ".samkraft").iterdir()] == ["axe"]
    assert "sourceMappingURL" not in (front_end.VENDOR / "designsystemet" / "web.js").read_text()


def test_the_sprite_has_a_symbol_for_every_icon(place: Path) -> None:
    write_packages(place)
    sprite = front_end_files.sprite(place / "packages" / "lucide-static" / "icons")
    assert sprite.count("<symbol ") == len(set(front_end_files.ICONS))
    assert 'id="search" viewBox="0 0 24 24"' in sprite


def test_when_npm_fails_the_old_files_stay_and_the_message_says_what_to_do(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_packages(place)
    write_npm(place, WORKING_NPM)
    front_end.main()
    before = (front_end.VENDOR / "icons.svg").read_text()
    (place / "package-lock.json").write_text("{}")
    write_npm(place, BROKEN_NPM)
    assert front_end.main() == 1
    said = capsys.readouterr().err
    assert "npm error network request failed" in said
    assert "kör samma kommando igen" in said
    assert (front_end.VENDOR / "icons.svg").read_text() == before
    assert [path.name for path in (place / ".samkraft").iterdir()] == ["axe"]


@pytest.mark.parametrize("version", ["8.19.4", "not a version", ""])
def test_an_npm_that_is_too_old_or_broken_is_not_used(place: Path, version: str) -> None:
    write_npm(place, f"#!/bin/sh\necho {version}\n")
    assert front_end._npm_on_path() is None


def test_the_lock_holds_no_addresses_and_a_digest_for_every_package() -> None:
    text = (front_end.PROJECT / "package-lock.json").read_text()
    assert "://" not in text
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")] == []


def test_dependencies_are_pinned_exactly() -> None:
    listed = json.loads((front_end.PROJECT / "package.json").read_text())
    versions = [*listed["dependencies"].values(), *listed["devDependencies"].values()]
    assert [version for version in versions if not version.replace(".", "").isdigit()] == []
