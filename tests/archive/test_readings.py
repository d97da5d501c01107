"""What files say is remembered: the very same as reading them again would give."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from daybook.archive.readings import Readings
from daybook.digests import Reading, read_folder
from daybook.records import Digest

PROJECT = Path(__file__).parents[2]
FOLDERS = (PROJECT / "tests" / "data", PROJECT / "content" / "digests")


def read(folder: Path, cache: Path) -> Reading:
    readings = Readings(cache)
    reading = read_folder(folder, readings.recall)
    readings.save()
    return reading


def nobody() -> NoReturn:
    raise AssertionError("this was read before")


def test_what_is_remembered_of_every_format_is_what_reading_gives(tmp_path: Path) -> None:
    formats = set()
    for number, folder in enumerate(FOLDERS):
        plain = read_folder(folder)
        assert read(folder, tmp_path / str(number)) == plain
        assert read(folder, tmp_path / str(number)) == plain
        formats |= {digest.format for digest in plain.digests}
    assert len(formats) > 15


def test_a_file_is_read_again_when_it_or_its_sidecar_or_its_name_changes(tmp_path: Path) -> None:
    readings = Readings(tmp_path)
    found = [Digest("a.txt", "markdown", ())]

    def give() -> Iterable[Digest]:
        return found

    assert readings.recall((b"a.txt", b"text"), give) == found
    readings.save()
    again = Readings(tmp_path)
    assert again.recall((b"a.txt", b"text"), nobody) == found
    others: tuple[tuple[bytes, ...], ...] = (
        (b"b.txt", b"text"),
        (b"a.txt", b"texts"),
        (b"a.txt", b"text", b""),
        (b"a.txtt", b"ext"),
    )
    changed = [Digest("b.txt", "markdown", ())]
    for other in others:
        assert again.recall(other, lambda: changed) == changed
    again.save()


def test_no_more_is_kept_than_the_last_run_used(tmp_path: Path) -> None:
    for text in (b"1", b"2"):
        readings = Readings(tmp_path)
        readings.recall((text,), lambda: [Digest("a.txt", "markdown", ())])
        readings.save()
    assert Readings(tmp_path).recall((b"1",), list) == []
    assert len(list(tmp_path.iterdir())) == 1
