"""axe-core finds nothing on any kind of page, in light and in dark, wide and narrow."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from ..sites import PROJECT, Site
from .conftest import Reader, Scheme
from .test_reading import one_of_each_kind

AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


COLOURS = ["color-contrast", "link-in-text-block"]
"""What the dark may break: the style sheet gives other colours there, and nothing else."""


LOOKS: list[tuple[Scheme, int]] = [("light", 1280), ("dark", 1280), ("light", 360)]
RUN = "only => axe.run(document, { runOnly: only, resultTypes: ['violations'] })"


@pytest.mark.long
@pytest.mark.parametrize("half", [0, 1])
def test_no_page_hinders_anybody(reader: Reader, five_digests_site: Site, half: int) -> None:
    """Each page is opened once, and looked at in every way; in halves, for two cores."""
    assert AXE.is_file(), "axe-core is needed: make node_modules/dev.stamp"
    visit = reader.visit()
    visit.context.add_init_script(path=AXE)
    paths = [*one_of_each_kind(five_digests_site), "search.html?q=language+models"]
    found = []
    for path, page in visit.read(paths[half::2]):
        if "?q=" in path:
            page.locator("#search-results > li").first.wait_for()
        for scheme, width in LOOKS:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            for rule in page.evaluate(RUN, COLOURS if scheme == "dark" else RULES)["violations"]:
                where = [node["html"][:120] for node in rule["nodes"][:2]]
                found.append(f"{path}, {scheme}, {width}: {rule['id']}: {rule['help']}: {where}")
    assert found == []


CONTRAST = """input => {
  const light = (text) => text.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [.2126, .7152, .0722][at], 0);
  const [dark, bright] = [getComputedStyle(input, "::placeholder").color,
    getComputedStyle(input).backgroundColor].map(light).sort((a, b) => a - b);
  return (bright + .05) / (dark + .05);
}"""


@pytest.mark.parametrize("anywhere", ["repo"], indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_comes_up_when_a_reader_does_something_hinders_nobody(
    anywhere: Reader, sample_site: Site, scheme: Scheme
) -> None:
    visit = anywhere.visit(scheme, 360)
    visit.context.add_init_script(path=AXE)
    found = []

    def look(page: Page, what: str) -> None:
        for rule in page.evaluate(RUN, RULES)["violations"]:
            where = [node["html"][:120] for node in rule["nodes"][:2]]
            found.append(f"{what}: {rule['id']}: {rule['help']}: {where}")

    page = visit.open(sample_site.dump[0]["url"])
    page.get_by_role("button", name="Star: ").first.click()
    page.get_by_label("Note").wait_for()
    look(page, "starred")
    page.get_by_role("button", name="Cite").first.click()
    page.get_by_role("dialog").wait_for()
    look(page, "citing")
    page.goto(f"{visit.address}reading-list.html#papers={sample_site.dump[1]['id']},of-nobody")
    page.get_by_text("Not found in this archive").wait_for()
    look(page, "a shared list")
    assert page.get_by_label("Tags").first.evaluate(CONTRAST) >= 4.5
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    look(page, "keys")
    assert found == []
