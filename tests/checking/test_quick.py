"""The quick look at a page doubts whatever the thorough one finds, and sees nothing else."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
from daybook.checking.folder import Folder
from daybook.checking.markup import TOKEN
from daybook.checking.pages import check_pages, look_thoroughly
from daybook.checking.quick import Quick

from ..sites import Site

PIECES = (
    "<p>", "</p>", "<div>", "</div>", "<hr>", "<br/>", "<p/>", "<svg>", "</svg>", "<math>",
    "<path/>", "<title>", "</title>", "<h1>", "<main>", "<script>", "</script>", "<style>", "<!--",
    "-->", "<!-->", "<!-- a > b -->", "<!-- plain -->", "<", ">", '"', "'", "&", "=", " ", "/",
    "<script src=x.js>y</script>", '<script type="application/json">{}</script>',
    '<script type="application/json">{"a":"<b>"}</script>', "<textarea>a<b</textarea>",
    "<a href='#main'>", "<a href=#nowhere>", '<a href="?q=1#main">', '<a href="">', "<a href>",
    "<a href='\"' class='\">'>", '<a title="x>y" href="index.html">', '<a href="java&#9;script:x">',
    '<a href="https://x.example/">', "<A HREF='//x.example' REL='noopener noreferrer'>",
    '<a href="https://[" rel="noopener noreferrer">', '<a href="../../../x.html">', "<img>",
    '<a href="./about.html">', '<a href="about.html#no-such-place">', '<a href="x%00.html">',
    '<img alt="" src="data:x">', '<img alt="" srcset="a.png 2x, //b.example/c.png">', ' id="main"',
    ' id="a b"', " id=x id=y", ' style="x"', " onclick=x", ' lang="de"',
    '<meta http-equiv="refresh" content="0; url=about.html">',
    '<meta http-equiv="refresh" content="x">',
    '<link rel="stylesheet" href="https://x.example/a.css">', "<!doctype html>", "\n", "\x00", "é",
)  # fmt: skip
"""What is put into a page, or in the place of one of its tags."""


def both(folder: Folder, quick: Quick, path: str, text: str) -> bool:
    """Look both ways; tell whether the quick look was enough."""
    seen = quick.look(path, text)
    if seen is None:
        return False
    looked = look_thoroughly(folder, path, text, ours=True)
    assert not looked.findings, (path, looked.findings[:3])
    assert (seen.ids, seen.forwards) == (looked.ids, looked.forwards)
    left = set(looked.anchors) - set(seen.anchors)
    assert set(seen.anchors) <= set(looked.anchors)
    assert all(leads == path and anchor in seen.ids for leads, anchor in left)
    return True


@pytest.fixture(scope="module")
def folder(sample_site: Site) -> Folder:
    return Folder.of(sample_site.output)


def test_a_quick_look_is_enough_for_every_page_of_a_whole_site(folder: Folder) -> None:
    quick = Quick(folder)
    doubted = [
        path for path in folder.archive(".html") if not both(folder, quick, path, folder.text(path))
    ]
    assert not doubted


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_changed_in_a_page_both_looks_agree(folder: Folder, seed: int) -> None:
    rng = random.Random(seed)
    quick = Quick(folder)
    paths = folder.archive(".html")
    enough = 0
    for _ in range(500):
        path = rng.choice(paths)
        text = folder.text(path)
        if len(text) > 30_000:
            continue
        for _ in range(rng.randint(1, 2)):
            tags = list(TOKEN.finditer(text))
            start, end = rng.choice(tags).span() if tags else (0, 0)
            kind = rng.randrange(4)
            if kind == 0:
                end = start + rng.randint(0, 3)
            elif kind == 1:
                start = end
            elif kind == 2:
                start = end = end - 1
            text = text[:start] + rng.choice((*PIECES, "")) + text[end:]
        enough += both(folder, quick, path, text)
    assert 20 < enough < 480


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="nobody can say how many cores")
def test_one_core_and_many_find_the_same(five_digests_site: Site, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(five_digests_site.output, site, copy_function=os.link)
    for page in sorted((site / "papers").glob("*.html"))[::40]:
        text = page.read_text("utf-8")
        page.unlink()  # the copy's files are links
        page.write_text(text.replace("#entry-", "#no-entry-").replace("</main>", ""), "utf-8")
    folder = Folder.of(site)
    cores = os.sched_getaffinity(0)
    together = list(check_pages(folder))
    try:
        os.sched_setaffinity(0, {min(cores)})
        alone = list(check_pages(folder))
    finally:
        os.sched_setaffinity(0, cores)
    assert len(alone) >= 28
    assert together == alone
