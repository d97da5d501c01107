"""axe-core finds nothing on any kind of page, in light and in dark, wide and narrow."""

from __future__ import annotations

import pytest

from ..sites import PROJECT, Site
from .conftest import Reader, Scheme
from .test_reading import one_of_each_kind

AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
def test_no_page_hinders_anybody(
    reader: Reader, five_digests_site: Site, scheme: Scheme, width: int
) -> None:
    assert AXE.is_file(), "axe-core is needed: make node_modules/dev.stamp"
    script = AXE.read_text("utf-8")
    visit = reader.visit(scheme, width)
    found = []
    for path in [*one_of_each_kind(five_digests_site), "search.html?q=language+models"]:
        page = visit.open(path)
        if "?q=" in path:
            page.locator("#search-results > li").first.wait_for()
        page.evaluate(script)
        result = page.evaluate(
            "rules => axe.run(document, { runOnly: { type: 'tag', values: rules } })", RULES
        )
        for rule in result["violations"]:
            where = [node["html"][:120] for node in rule["nodes"][:2]]
            found.append(f"{path}: {rule['id']}: {rule['help']}: {where}")
        page.close()
    assert found == []
