"""`ops/Dockerfile` and `ops/compose.yaml`, without an engine: what they name exists, what they run works."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.live.server_process import HubServer
from tests.services.machine import free_port

SOURCE = Path(__file__).parents[2]
OPS = SOURCE / "ops"
PINNED = re.compile(r"[a-z/]+:[0-9a-z.-]+")


@pytest.fixture(scope="module")
def steps() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, continued lines joined: `(instruction, rest)`."""
    text = re.sub(r"^#.*\n", "", (OPS / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines if line)]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The compose file as YAML."""
    content: dict[str, Any] = yaml.safe_load((OPS / "compose.yaml").read_text(encoding="utf-8"))
    return content


def test_every_file_that_the_image_copies_exists(steps: list[tuple[str, str]]) -> None:
    copied = [rest.split()[:-1] for name, rest in steps if name == "COPY" and "--from=" not in rest]
    assert copied == [["."], ["requirements.txt"]]
    assert [(SOURCE / path).exists() for words in copied for path in words] == [True, True]


def test_every_target_that_the_image_makes_is_in_the_makefile(steps: list[tuple[str, str]]) -> None:
    targets = [rest.split()[1] for name, rest in steps if name == "RUN" and rest.startswith("make ")]
    rules = re.findall(r"^([a-z]+):", (SOURCE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert targets == ["wheel"]
    assert set(targets) <= set(rules)


def test_the_image_runs_the_hub_as_a_user_of_its_own(steps: list[tuple[str, str]]) -> None:
    last = [(name, rest) for name, rest in steps if name in {"USER", "CMD", "STOPSIGNAL"}]
    assert last == [("USER", "hub"), ("STOPSIGNAL", "SIGTERM"), ("CMD", '["conference-hub", "serve"]')]


def test_the_health_check_follows_the_hub(steps: list[tuple[str, str]], sqlite_server: HubServer) -> None:
    command = _health_check(steps)
    ports = (sqlite_server.port, free_port())
    codes = [
        subprocess.run(
            command, env={"HUB_BIND": f"0.0.0.0:{port}"}, stderr=subprocess.DEVNULL, check=False
        ).returncode
        for port in ports
    ]
    assert codes == [0, 1]


def test_services_of_the_compose_file_refer_to_existing_ones(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"hub", "database", "counters", "proxy"}
    assert {name for part in services.values() for name in part.get("depends_on", [])} <= set(services)
    assert services["proxy"]["environment"]["HUB_UPSTREAM"] == "hub:8000"
    assert "@database/" in services["hub"]["environment"]["HUB_DATABASE_URL"]
    assert "//counters:" in services["hub"]["environment"]["HUB_REDIS_URL"]
    assert [bool(PINNED.fullmatch(part["image"])) for part in services.values() if "image" in part] == [
        True,
        True,
        True,
    ]


def test_every_mount_of_the_composition_exists(compose: dict[str, Any]) -> None:
    sources = [
        mount.split(":")[0] for part in compose["services"].values() for mount in part.get("volumes", [])
    ]
    files = [source for source in sources if source.startswith(".")]
    assert set(sources) - set(files) == set(compose["volumes"])
    assert [(OPS / file).is_file() for file in files] == [True, True]
    build = compose["services"]["hub"]["build"]
    assert (OPS / build["context"] / build["dockerfile"]).samefile(OPS / "Dockerfile")


def test_the_example_names_every_variable_of_the_composition() -> None:
    wanted = set(re.findall(r"\$\{(\w+)", (OPS / "compose.yaml").read_text(encoding="utf-8")))
    given = re.findall(r"^(\w+)=", (OPS / "compose.env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert wanted == set(given)


def _health_check(steps: list[tuple[str, str]]) -> list[str]:
    (rest,) = [rest for name, rest in steps if name == "HEALTHCHECK"]
    command: list[str] = json.loads(rest.partition(" CMD ")[2])
    assert command[0] == "python"
    return [sys.executable, *command[1:]]
