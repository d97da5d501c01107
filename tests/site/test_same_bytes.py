"""The same digests give the same bytes: again, elsewhere, on another clock and in another order."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ..sites import PROJECT, SITEURL, Site, fork_pelican, run_pelican, snapshot


def test_converting_twice_changes_no_byte(sample_site: Site, samples: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_site.papers, tmp_path / "papers")
    pages = snapshot(tmp_path / "papers")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "papers").rglob("*")}
    shutil.copytree(sample_site.output, tmp_path / "output")
    done = fork_pelican(
        {
            "DIGESTS": str(samples / "digests"),
            "PAPERS": str(tmp_path / "papers"),
            "OUTPUT": str(tmp_path / "output"),
            "SITEURL": SITEURL,
        }
    )
    assert done.returncode == 0, done.stderr
    assert snapshot(tmp_path / "papers") == pages
    assert snapshot(tmp_path / "output") == snapshot(sample_site.output)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "papers").rglob("*")} == times


def test_a_first_build_elsewhere_gives_the_same_bytes(
    five_digests_site: Site, shared: Path, tmp_path: Path
) -> None:
    """Another folder, time zone, locale and hash seed, and digests copied in another order."""
    digests = tmp_path / "saved lists"
    digests.mkdir()
    for path in sorted((shared / "digests").iterdir(), reverse=True):
        shutil.copyfile(path, digests / path.name)
    done = run_pelican(
        {
            "DIGESTS": str(digests),
            "PAPERS": str(tmp_path / "pages of papers"),
            "OUTPUT": str(tmp_path / "the site"),
            "SITEURL": SITEURL,
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "C",
            "PYTHONHASHSEED": "4",
        }
    )
    assert done.returncode == 0, done.stderr
    assert snapshot(tmp_path / "the site") == snapshot(five_digests_site.output)
    assert snapshot(tmp_path / "pages of papers") == snapshot(five_digests_site.papers)


def test_nothing_of_this_machine_is_in_the_site(five_digests_site: Site) -> None:
    here = b"%b/" % str(PROJECT).encode()
    output = str(five_digests_site.output.parent).encode()
    for folder in (five_digests_site.output, five_digests_site.papers):
        for path in folder.rglob("*"):
            if path.is_file():
                text = path.read_bytes()
                assert output not in text, path
                assert here not in text, path


def test_the_committed_pages_are_what_the_samples_give(samples: Path, sample_site: Site) -> None:
    """So a fresh clone gives the addresses that were given once."""
    assert snapshot(sample_site.papers) == snapshot(samples / "papers"), "run `make samples`"


@pytest.mark.parametrize("gone", ["output", "papers"])
def test_what_can_be_made_again_is_made_the_same(
    sample_site: Site, samples: Path, tmp_path: Path, gone: str
) -> None:
    shutil.copytree(sample_site.papers, tmp_path / "papers")
    shutil.copytree(sample_site.output, tmp_path / "output")
    shutil.rmtree(tmp_path / gone)
    places = {"DIGESTS": samples / "digests"}
    places |= {"PAPERS": tmp_path / "papers", "OUTPUT": tmp_path / "output"}
    done = fork_pelican({name: str(path) for name, path in places.items()} | {"SITEURL": SITEURL})
    assert done.returncode == 0, done.stderr
    assert snapshot(tmp_path / "papers") == snapshot(sample_site.papers)
    assert snapshot(tmp_path / "output") == snapshot(sample_site.output)
