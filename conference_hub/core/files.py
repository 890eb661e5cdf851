"""Where the files lie that come with the program: static files, templates, seed, catalogues, migrations.

In a working tree `static/`, `templates/` and `seed/` stand beside the package; an installed wheel has them inside it.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
INSIDE = PACKAGE / "_files"
"""Made by `tools/packaging.py` when a wheel is built."""
_BASE = INSIDE if INSIDE.is_dir() else PACKAGE.parent

STATIC = _BASE / "static"
TEMPLATES = _BASE / "templates"
SEED = _BASE / "seed"
TRANSLATIONS = PACKAGE / "translations"
MIGRATIONS = PACKAGE / "migrations"
