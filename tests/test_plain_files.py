"""Files of a cache: kept whole or not at all, and never a reason to fail."""

from __future__ import annotations

import resource
import signal
from pathlib import Path

from daybook import scripts
from daybook.plain_files import keep


def test_a_file_is_kept_whole_in_a_folder_that_is_made(tmp_path: Path) -> None:
    assert keep(tmp_path / "new" / "a", b"one ", b"two")
    assert (tmp_path / "new" / "a").read_bytes() == b"one two"


def test_where_a_file_cannot_be_kept_nothing_of_it_is_left(tmp_path: Path) -> None:
    """As on a full disk: there is room for a part."""
    (tmp_path / "a").write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        assert not keep(tmp_path / "a", b"x" * 900, b"y" * 900)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a", b"old")]


def test_a_cache_that_nobody_may_look_into_costs_no_script(unprivileged: Path) -> None:
    plain = dict(scripts.minified())
    scripts._made.clear()
    cache = unprivileged / "cache"
    cache.mkdir()
    cache.chmod(0)
    try:
        assert dict(scripts.minified(cache)) == plain
    finally:
        cache.chmod(0o700)
        scripts._made.clear()
