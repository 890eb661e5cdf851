"""Run every load generator in bench/ in turn, each a program of its own; name those that failed."""

import subprocess
import sys

from tools.paths import ROOT, VENV_PYTHON


def main() -> int:
    """Run them all; return 1 when one failed."""
    failed = []
    for path in sorted((ROOT / "bench").glob("[a-z]*.py")):
        name = path.relative_to(ROOT)
        print(f"\n━━ {name}", flush=True)
        module = ".".join(name.with_suffix("").parts)
        if subprocess.run([str(VENV_PYTHON), "-m", module], cwd=ROOT, check=False).returncode:
            failed.append(str(name))
    print(f"\nfailed: {', '.join(failed)}" if failed else "\nall benches ran")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
