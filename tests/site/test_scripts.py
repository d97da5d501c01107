"""Scripts and styles as they are published: small, once, always the same; a wheel has them too."""

from __future__ import annotations

import gzip
import json
import posixpath
import re
import tempfile
from pathlib import Path

import pytest
from daybook import scripts
from daybook.errors import SettingsError

from ..sites import PROJECT, Site

LUNR = (PROJECT / "node_modules" / "lunr" / "lunr.min.js").read_bytes()
IN_ALL, IN_ALL_PACKED = 106_500, 49_400
"""Bytes of all scripts of our own, as they are and each as gzip packs it."""
AT_START = {
    "index.html": (6_600, 3_220),
    "topics/*.html": (6_000, 2_850),
    "authors/*.html": (6_000, 2_850),
    "papers/*.html": (8_050, 3_930),
    "reading-list.html": (16_600, 8_150),
    "search.html": (36_000, 14_900),
}
"""Those that a page asks for before anybody has done anything: the rest comes when it is used."""
ASKED_BY_SCRIPTS = {
    "papers/*.html": ["assets/paper.js"],
    "reading-list.html": ["assets/marking.js"],
}
STYLE, STYLE_PACKED = 25_000, 8_000


def weigh(contents: list[bytes]) -> tuple[int, int]:
    """Give bytes as they are, and as gzip packs each file."""
    return sum(map(len, contents)), sum(len(gzip.compress(data, 9)) for data in contents)


@pytest.fixture(scope="module")
def published(sample_site: Site) -> dict[str, bytes]:
    """Give all scripts and style sheets of a site but the index's; of the search's, not Lunr."""
    found = {
        path.relative_to(sample_site.output).as_posix(): path.read_bytes()
        for pattern in ("assets/**/*.js", "assets/**/*.css", "search/*.js", "search/code/**/*.js")
        for path in sample_site.output.glob(pattern)
        if path.name not in ("manifest.js", "side.js")
    }
    assert found[scripts.SEARCH_SCRIPT].startswith(LUNR)
    found[scripts.SEARCH_SCRIPT] = found[scripts.SEARCH_SCRIPT].removeprefix(LUNR).strip()
    return found


def test_every_script_is_published_once_small_and_without_comments(
    published: dict[str, bytes],
) -> None:
    assert published.keys() == scripts.sources().keys()
    for path, text in scripts.sources().items():
        small = published[path].decode()
        assert not re.search(r"^\s*//|/\*\*", small, re.MULTILINE)
        assert len(small) < 0.9 * len(text)


def test_the_scripts_of_our_own_are_no_larger_than_said(
    published: dict[str, bytes], sample_site: Site
) -> None:
    ours = [data for path, data in published.items() if path.endswith(".js")]
    size, packed = weigh(ours)
    assert size <= IN_ALL
    assert packed <= IN_ALL_PACKED
    for pattern, (most, most_packed) in AT_START.items():
        page = max(sample_site.output.glob(pattern))
        folder = posixpath.dirname(page.relative_to(sample_site.output).as_posix())
        asked = re.findall(r'<script src="?([^" >]+)', page.read_text("utf-8"))
        paths = {posixpath.normpath(posixpath.join(folder, path)) for path in asked}
        assert paths
        paths |= set(ASKED_BY_SCRIPTS.get(pattern, []))
        size, packed = weigh([published[path] for path in paths - {scripts.SEARCH_SCRIPT}])
        if scripts.SEARCH_SCRIPT in paths:
            # It is one file with Lunr: what counts is what it makes of Lunr's.
            search = published[scripts.SEARCH_SCRIPT]
            size += len(search)
            packed += weigh([LUNR + b"\n" + search])[1] - weigh([LUNR])[1]
        assert size <= most, pattern
        assert packed <= most_packed, pattern


def test_the_service_worker_keeps_every_part_of_the_search(published: dict[str, bytes]) -> None:
    kept = re.search(r'\["lunr",[^]]+\]', published["assets/offline/worker.js"].decode())
    assert kept
    assert json.loads(kept[0]) == list(scripts.PARTS)


def test_the_style_sheets_are_within_their_budget(published: dict[str, bytes]) -> None:
    size, packed = weigh([data for path, data in published.items() if path.endswith(".css")])
    assert size <= STYLE
    assert packed <= STYLE_PACKED


def test_a_cache_changes_nothing_and_may_be_damaged(tmp_path: Path) -> None:
    def made(cache: Path | None) -> dict[str, bytes]:
        scripts._made.clear()
        return dict(scripts.minified(cache))

    plain = made(None)
    assert made(tmp_path) == plain
    (kept,) = tmp_path.iterdir()
    (tmp_path / "scripts-0.json").write_text("an older version's")
    assert made(tmp_path) == plain
    kept.write_text(kept.read_text().replace("search", "hcraes"))
    assert made(tmp_path) == plain
    assert [file.name for file in tmp_path.iterdir()] == [kept.name]


def test_without_esbuild_it_is_said_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripts, "_NODE_MODULES", tmp_path)
    with pytest.raises(SettingsError, match="make site"):
        scripts.minified()


def test_an_esbuild_that_ends_without_a_word_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "esbuild"
    program.write_text("#!/bin/sh\nkill -SEGV $$\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(scripts, "_made", {})
    monkeypatch.setattr(scripts, "_esbuild", lambda: program)
    with pytest.raises(SettingsError, match=r"esbuild ended by -11 .* npm packages anew"):
        scripts.minified()


def test_a_full_folder_for_temporary_files_is_told_by_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
    with pytest.raises(SettingsError, match=r"not there.*TMPDIR"):
        scripts._Esbuild(Path("esbuild"), {"a.js": "1"})
