"""The same digests give the same bytes: again, elsewhere, on another clock and in another order."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import os
import re
import shutil
import socket
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from daybook.archive.standing import FILE_NAME as STANDING

from ..sites import PROJECT, SITEURL, Site, fork_pelican, run, run_pelican, snapshot

_PACKED = re.compile(rb"\x1f\x8b\x08|x[\x01\x5e\x9c\xda]")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{40,}={0,2}")


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


CLOCK = """
import datetime, time

AHEAD = 400 * 86_400 + 12_345

def later(told):
    return lambda *given: told(*given) if given else told(time.time())

def moved(kind):
    class Kind(type):
        def __instancecheck__(cls, found):
            return isinstance(found, kind)

        def __subclasscheck__(cls, other):
            return issubclass(other, kind)

    return Kind(kind.__name__, (kind,), {})

real = time.time
time.time = lambda: real() + AHEAD
time.time_ns = lambda: int(time.time() * 1e9)
time.gmtime, time.localtime, time.ctime = map(later, (time.gmtime, time.localtime, time.ctime))
datetime.date, datetime.datetime = moved(datetime.date), moved(datetime.datetime)
datetime.date.today = classmethod(lambda cls: cls.fromtimestamp(time.time()))
datetime.datetime.today = datetime.date.today
datetime.datetime.now = classmethod(lambda cls, tz=None: cls.fromtimestamp(time.time(), tz))
datetime.datetime.utcnow = classmethod(lambda cls: cls.utcfromtimestamp(time.time()))
"""
"""A module that Python loads as it starts: all that tells the time tells a day of another year."""


def test_a_first_build_elsewhere_and_on_another_day_gives_the_same_bytes(
    sample_site: Site, samples: Path, tmp_path: Path
) -> None:
    """Another folder, clock, time zone, locale and hash seed; digests in another order and age."""
    digests = tmp_path / "saved lists"
    for number, path in enumerate(sorted((samples / "digests").rglob("*"), reverse=True)):
        if path.is_file():
            copy = digests / path.relative_to(samples / "digests")
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            os.utime(copy, (number * 10**8, 2**32 - number * 10**8))  # in the future, too
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock" / "sitecustomize.py").write_text(CLOCK)
    modules = os.pathsep.join((str(tmp_path / "clock"), str(PROJECT / "plugins")))
    said = run(
        sys.executable, "-c", "import datetime; print(datetime.date.today().year)",
        environment={"PYTHONPATH": modules},
    )  # fmt: skip
    assert int(said.stdout) > dt.datetime.now(dt.UTC).year
    done = run_pelican(
        {
            "DIGESTS": str(digests),
            "PAPERS": str(tmp_path / "pages of papers"),
            "OUTPUT": str(tmp_path / "the site"),
            "SITEURL": SITEURL,
            "PYTHONPATH": modules,
            "HOME": str(tmp_path),
            "USER": "somebody",
            "LOGNAME": "somebody",
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "C",
            "PYTHONHASHSEED": "4",
        }
    )
    assert done.returncode == 0, done.stderr
    assert snapshot(tmp_path / "pages of papers") == snapshot(sample_site.papers)
    assert snapshot(tmp_path / "the site") == snapshot(sample_site.output)


def test_nothing_of_this_machine_and_day_is_in_the_site(sample_site: Site) -> None:
    """Not in what is packed either: tables, the list of what was built, cards, bundles."""
    today = dt.datetime.now(dt.UTC).date()
    days = [today + dt.timedelta(days=n) for n in (-1, 0, 1)]
    forms = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y", "%Y%m%d")
    words = {day.strftime(form) for day in days for form in forms}
    words |= {str(PROJECT), str(sample_site.output.parents[1]), sys.executable}
    words |= {f"{Path.home()}/", f"{tempfile.gettempdir()}/", "sitecustomize"}
    if len(host := socket.gethostname()) > 5:  # others are in many a word
        words.add(host)
    # Who builds it is nowhere either: the build elsewhere is somebody else's.
    told = []
    for folder in (sample_site.output, sample_site.papers):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                data = path.read_bytes()
                for text in (data, *_unpacked(data)):
                    told += [(path.name, word) for word in words if word.encode() in text]
    assert not told
    assert any(
        len(list(_unpacked(path.read_bytes()))) for path in sample_site.output.rglob("*.bin")
    )


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Unpack whatever gzip or zlib (RFC 1950) packed in a file, in base64 as well, as cards are."""
    for found in (data, *map(_decoded, _BASE64.findall(data))):
        for start in {place.start() for place in _PACKED.finditer(found)}:
            unpacking = zlib.decompressobj(47)
            with contextlib.suppress(zlib.error):
                text = unpacking.decompress(found[start:])
                if unpacking.eof:
                    yield text


def _decoded(text: bytes) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def test_the_committed_pages_are_what_the_samples_give(samples: Path, sample_site: Site) -> None:
    """So a fresh clone gives the addresses that were given once."""
    given, committed = snapshot(sample_site.papers), snapshot(samples / "papers")
    given.pop(STANDING)  # it says which program found it, and is not committed with the samples
    committed.pop(STANDING, None)
    assert given == committed, "run `make samples`"


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
