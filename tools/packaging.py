"""The build commands of setuptools: a wheel with everything that the server needs, or none at all.

`pyproject.toml` names these classes; `make wheel` builds. This module is loaded by its path in whatever environment the
build has, so it imports nothing of ours.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist
from setuptools.errors import SetupError

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("static", "templates", "seed")
INSIDE = Path("conference_hub", "_files")
HIDDEN = shutil.ignore_patterns(".*")
FILE_MODE, FOLDER_MODE = 0o644, 0o755


class BuildWithFiles(build_py):  # type: ignore[misc] # setuptools publishes no types
    """Builds the package with the folders that stand beside it in the working tree."""

    def run(self) -> None:
        """Build anew, so that no file of an earlier version stays; an editable install needs no copies."""
        if self.editable_mode:
            super().run()
            return
        lacking = sorted(missing(ROOT))
        if lacking:
            raise SetupError("not built yet, run `make wheel`: " + ", ".join(lacking))
        built = Path(self.build_lib)
        shutil.rmtree(built, ignore_errors=True)
        super().run()
        for folder in FOLDERS:
            shutil.copytree(ROOT / folder, built / INSIDE / folder, ignore=HIDDEN)
        _same_modes(built)


class NoSdist(sdist):  # type: ignore[misc] # the same
    """Refuses: a source archive would need Node, npm and the network to become a wheel."""

    def run(self) -> NoReturn:
        """Say what there is instead."""
        raise SetupError(
            "conference_hub is offered as a wheel (`make wheel`) and as its repository, not as an sdist"
        )


def missing(root: Path) -> Iterator[str]:
    """Yield what set-up has not made yet: what browsers load, the compiled form of each catalogue."""
    for folder in ("built", "fonts"):
        if not (root / "static" / folder / "manifest.json").exists():
            yield f"static/{folder}"
    manifest = root / "static" / "vendor" / "manifest.json"
    libraries = (
        json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {"vendor": "vendor"}
    )
    for directory in libraries.values():
        if not any((manifest.parent / directory).glob("*")):
            yield f"static/vendor/{directory}"
    for source in (root / "conference_hub" / "translations").glob("*/LC_MESSAGES/messages.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            yield str(compiled.relative_to(root))


def _same_modes(folder: Path) -> None:
    """Give every file the same permissions, whatever the umask of the working tree was."""
    for path in folder.rglob("*"):
        path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)
