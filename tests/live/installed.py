"""A wheel of this working tree in an environment that holds what the wheel declares, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement


def install(wheel: Path, place: Path) -> Path:
    """Make an environment in `place` with the wheel and links to its declared dependencies; returns its `bin`."""
    venv.create(place, symlinks=True)
    (packages,) = place.glob("lib/python*/site-packages")
    pip = [sys.executable, "-m", "pip", "--python", str(place / "bin" / "python"), "install", "--quiet"]
    subprocess.run([*pip, "--disable-pip-version-check", "--no-index", "--no-deps", str(wheel)], check=True)
    declared = Distribution.at(next(packages.glob("conference_hub-*.dist-info")))
    for dependency in _closure(declared):
        for name in _top_level(dependency):
            link = packages / name
            if not link.exists():
                link.symlink_to(Path(str(dependency.locate_file(name))))
    return place / "bin"


def _closure(start: Distribution) -> Iterator[Distribution]:
    """Yield every distribution that `start` needs, directly or not, as it is installed beside the tests."""
    seen: set[str] = set()
    waiting = list(_requirements(start, ""))
    while waiting:
        requirement = waiting.pop()
        key = str(requirement.name).lower() + str(sorted(requirement.extras))
        if key in seen:
            continue
        seen.add(key)
        found = distribution(requirement.name)
        yield found
        for extra in ("", *requirement.extras):
            waiting += _requirements(found, extra)


def _requirements(of: Distribution, extra: str) -> Iterator[Requirement]:
    for line in of.requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield requirement


def _top_level(dependency: Distribution) -> set[str]:
    """Return the names that a distribution adds to `site-packages`; its scripts are not among them."""
    files = dependency.files or ()
    return {file.parts[0] for file in files if file.parts[0] not in {"..", "__pycache__"}}
