"""What axe finds on a page: everything that can be serious for somebody who cannot see or point."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = {"serious", "critical"}
RUN = """() => {
  const mild = axe._audit.rules.filter(({ impact }) => ['minor', 'moderate'].includes(impact));
  const rules = Object.fromEntries(mild.map(({ id }) => [id, { enabled: false }]));
  return axe.run(document, { resultTypes: ['violations'], rules });
}"""
"""Every rule whose findings can be serious: a rule's impact is the impact of all that it finds."""


def violations(page: Page) -> list[str]:
    """Return what is serious on the page as it stands now: its address, the rule, the first element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN)
    return [
        f"{page.url} {rule['id']}: {rule['nodes'][0]['html'][:200]}"
        for rule in found["violations"]
        if rule["impact"] in SERIOUS
    ]
