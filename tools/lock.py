"""Resolve pyproject.toml into requirements.txt and requirements-dev.txt, pinned with hashes (``make lock``).

Both files serve every Python from 3.11 on and every platform: uv resolves universally. The development file holds
only what the run-time file does not, and names that file in its first line, so the two can never disagree.
"""

import re
import subprocess
import sys
from pathlib import Path

from tools.paths import ROOT, TOOLS

RUNTIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"
HEADER = "# Made by `make lock` from pyproject.toml; install with `pip install --require-hashes -r {name}`.\n"


def main() -> None:
    """Rewrite both requirement files; the development pins follow the run-time ones."""
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv[1:] else []
    runtime = _compile(RUNTIME, [*upgrade, "--extra", "build"])
    RUNTIME.write_text(HEADER.format(name=RUNTIME.name) + "".join(runtime.values()), encoding="utf-8")
    everything = _compile(
        DEVELOPMENT, [*upgrade, "--extra", "build", "--extra", "dev", "--constraint", str(RUNTIME)]
    )
    extra = "".join(block for name, block in everything.items() if name not in runtime)
    DEVELOPMENT.write_text(
        HEADER.format(name=DEVELOPMENT.name) + f"-r {RUNTIME.name}\n" + extra, encoding="utf-8"
    )


def _compile(known: Path, options: list[str]) -> dict[str, str]:
    """Let uv resolve; pins already in *known* are kept unless told to upgrade. Returns pin line → its whole block."""
    pins = TOOLS / known.name
    pins.parent.mkdir(exist_ok=True)
    pins.write_text(known.read_text(encoding="utf-8") if known.exists() else "", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
    ]
    shape = [
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--no-annotate",
        "--no-header",
    ]
    subprocess.run(
        [*command, *shape, *options, "--output-file", str(pins), "pyproject.toml"], cwd=ROOT, check=True
    )
    blocks = re.split(r"(?m)^(?=[a-z0-9])", pins.read_text(encoding="utf-8"))
    return {block.split(" \\", 1)[0]: block for block in blocks if "--hash=" in block}


if __name__ == "__main__":
    main()
