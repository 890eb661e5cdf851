"""The wheel as a stranger installs it: no working tree, no Node, only what it declares; it serves every screen."""

from __future__ import annotations

import re
import subprocess
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from conference_hub import __version__
from tests.live.installed import install
from tests.live.screen import Screen
from tests.live.server_process import HubServer
from tests.model_day import CONF
from tools.paths import ROOT

SCREENS = {
    f"/c/{CONF}/": None,
    f"/c/{CONF}/live": None,
    f"/c/{CONF}/results": None,
    f"/c/{CONF}/follow-up": None,
    f"/c/{CONF}/screen/stage": None,
    "/sign-in": None,
    f"/c/{CONF}/console": "operator",
    f"/c/{CONF}/desk/people": "organiser",
    f"/c/{CONF}/screen/emcee": "emcee",
    "/checkin/": "staff",
}
STRANGE = "행사 100% #1 [?]"


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of an environment with the wheel in it."""
    return install(wheel, tmp_path_factory.mktemp("installed") / "env")


@pytest.fixture(scope="module")
def served(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubServer]:
    """The installed program, started elsewhere with an almost empty PATH, with its data in a strangely named place."""
    place = tmp_path_factory.mktemp("elsewhere") / STRANGE
    place.mkdir()
    server = HubServer(
        directory=place,
        program=(str(programs / "conference-hub"), "serve", "--demo"),
        prepared=False,
        cwd=place,
        extra_env={"PATH": str(programs), "PYTHONPATH": ""},
    )
    server.start()
    yield server
    server.kill()


def names_of(folder: str, suffix: str = "") -> set[str]:
    """Return the files of a folder of the working tree that belong into a wheel."""
    found = (path.relative_to(ROOT) for path in (ROOT / folder).rglob(f"*{suffix}") if path.is_file())
    return {path.as_posix() for path in found if not any(part.startswith(".") for part in path.parts)}


def test_the_wheel_holds_every_file_that_the_server_reads(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        files = {name for name in archive.namelist() if ".dist-info/" not in name}

    beside = {f"conference_hub/_files/{n}" for f in ("static", "templates", "seed") for n in names_of(f)}
    assert files == beside | names_of("conference_hub", ".py") | names_of("conference_hub", "messages.mo")
    assert {name.replace(".po", ".mo") for name in names_of("conference_hub", "messages.po")} <= files
    assert wheel.name == f"conference_hub-{__version__}-py3-none-any.whl"


def test_the_wheel_depends_on_its_commit_only(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = archive.infolist()

    assert len({info.date_time for info in inside}) == 1
    assert {info.external_attr >> 16 & 0o777 for info in inside} <= {0o644, 0o664}


def test_the_declared_dependencies_are_there_and_agree(programs: Path) -> None:
    pip = [str(ROOT / ".venv" / "bin" / "python"), "-m", "pip", "--python", str(programs / "python")]
    checked = subprocess.run([*pip, "check"], capture_output=True, encoding="utf-8", check=False)

    assert (checked.returncode, checked.stdout) == (0, "No broken requirements found.\n")


def test_the_installed_program_says_its_version(programs: Path, tmp_path: Path) -> None:
    said = subprocess.run(
        [programs / "conference-hub", "--version"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert said.stdout == f"conference-hub {__version__}\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_screen_is_served_with_all_its_files(served: HubServer, lang: str) -> None:
    pages = {path: fetch(served, f"{path}?lang={lang}", role) for path, role in SCREENS.items()}
    urls = {url for page in pages.values() for url in re.findall(r"""["'](/static/[^"']+)["']""", page)}

    assert all(f'<html lang="{lang}"' in page for page in pages.values())
    assert len({url for url in urls if url.startswith("/static/built/")}) > 3 * len(SCREENS)
    assert "/static/icon.svg" in {url.partition("?")[0] for url in urls}
    assert any(url.startswith("/static/fonts/") for url in urls)
    for url in urls:
        assert fetch(served, url.replace("&amp;", "&")) != ""


def test_a_screen_follows_over_a_socket(served: HubServer) -> None:
    screen = Screen(served)
    screen.connect()

    assert served.run("start", lane=served.first_lane())[0] == 200
    followed = screen.wait_for(served.head())
    _, fresh = served.get("state?stream=public")
    screen.leave()

    assert followed == fresh["snapshot"]


def test_installed_program_writes_only_into_its_data_directory(served: HubServer) -> None:
    assert {path.name for path in served.directory.iterdir()} == {"data", "server.log"}
    assert {"hub.sqlite3", "demo-secret"} <= {path.name for path in (served.directory / "data").iterdir()}


def fetch(server: HubServer, path: str, role: str | None = None) -> str:
    """GET a path of the server as a machine with `role`; anything but 200 raises."""
    request = urllib.request.Request(server.url + path)
    if role is not None:
        request.add_header("Authorization", f"Bearer {server.token(role)}")
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 200
        return str(answer.read().decode("utf-8", "replace"))
