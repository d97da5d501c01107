"""Takes README's pictures of a built site: ``make pictures``, after `make site` of the samples.

Chromium shows the pages, puts those of a picture side by side and packs them as WebP.
"""

from __future__ import annotations

import base64
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from .conftest import BROWSERS, QUIET
from .serving import serving
from .sites import PROJECT

FOLDER = PROJECT / ".github" / "pictures"
PAPER = "papers/deep-contextualized-word-representations.html"
TOPIC = "topics/language-tasks.html"


@dataclass(frozen=True)
class Scene:
    """A page as some reader sees it."""

    path: str
    scheme: Literal["light", "dark"] = "light"
    size: tuple[int, int] = (1280, 860)


def on_a_phone(path: str, scheme: Literal["light", "dark"] = "light") -> Scene:
    """Show a page as a phone does."""
    return Scene(path, scheme, (390, 844))


PICTURES = {
    "paper": [Scene(PAPER)],
    "search": [Scene("search.html?q=attention&from=2016", "dark")],
    "dates": [Scene("dates/index.html")],
    "phones": [
        on_a_phone("index.html"),
        on_a_phone(TOPIC, "dark"),
        on_a_phone("reading-list.html"),
    ],
}
TOGETHER = """async images => {
  const shown = await Promise.all(images.map(async ([data, width, height]) => {
    const image = new Image(width, height);
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    return image;
  }));
  const gap = 24;
  const canvas = document.createElement("canvas");
  canvas.width = shown.reduce((sum, image) => sum + image.width + gap, -gap);
  canvas.height = Math.max(...shown.map(image => image.height));
  let at = 0;
  for (const image of shown) {
    canvas.getContext("2d").drawImage(image, at, 0);
    at += image.width + gap;
  }
  return canvas.toDataURL("image/webp", .85).split(",")[1];
}"""


def take(browser: Browser, address: str, scenes: list[Scene]) -> bytes:
    """Take one picture of some scenes."""
    images = []
    for scene in scenes:
        width, height = scene.size
        context = browser.new_context(
            color_scheme=scene.scheme,
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            service_workers="block",
        )
        page = context.new_page()
        if scene.path.startswith("reading-list"):
            page.goto(address + TOPIC)
            for star in page.locator(".star").all()[:4]:
                star.click()
        page.goto(address + scene.path, wait_until="networkidle")
        images.append([base64.b64encode(page.screenshot()).decode(), width, height])
        context.close()
    desk = browser.new_page()
    made: str = desk.evaluate(TOGETHER, images)
    desk.close()
    return base64.b64decode(made)


def main() -> None:
    """Take all pictures of the site in OUTPUT."""
    site = Path(os.environ.get("OUTPUT") or PROJECT / "output").absolute()
    if not (site / PAPER).is_file():
        sys.exit(f"The samples' site is not in {site}: run `make site`, or name it in OUTPUT=.")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    FOLDER.mkdir(exist_ok=True)
    with serving(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        for name, scenes in PICTURES.items():
            (FOLDER / f"{name}.webp").write_bytes(take(browser, address, scenes))
        browser.close()


if __name__ == "__main__":
    main()
