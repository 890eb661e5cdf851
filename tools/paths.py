"""Where things lie in the working tree."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
TOOLS = ROOT / ".tools"
NODE_MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
BUILT = ROOT / "static" / "built"
FONTS = ROOT / "static" / "fonts"
