"""What holds of every entry that is read, and of how long reading takes, whatever the bytes."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import time
from collections.abc import Iterator

import atheris

with atheris.instrument_imports(include=["daybook"]):
    from daybook.archive.merging import STATED, Merged, Source, merge_sources
    from daybook.archive.page import read_page, write_page
    from daybook.digests.wording import one_line, repair
    from daybook.records import Entry, Paper

_SLOWEST = 1.0
"""Seconds of the processor's for an input of 8,000 bytes, its code watched: what grows with the
square of its length takes longer, and everything else a tenth."""
_LINES = ("title", "organization", "submitter", "venue", "remark", "group")
_TEXTS = (*_LINES, "abstract", "blurb", "ai_summary")
_FIELDS = tuple(field.name for field in dataclasses.fields(Merged) if field.name != "lost")
_PATH = "2025/03/a.md"


@contextlib.contextmanager
def quick() -> Iterator[None]:
    """Fail where what is done takes too long."""
    begun = time.process_time()
    yield
    taken = time.process_time() - begun
    assert taken < _SLOWEST, f"took {taken:.1f} s"


def well_formed(entry: Entry) -> None:
    """Fail where a text is not what `records` says: stripped, on one line, fit to be written."""
    texts = {field: getattr(entry, field) for field in _TEXTS}
    for field, text in texts.items():
        assert text is None or text.strip() == text != "", f"{field} {text!r}"
        assert text is None or repair(text)[0] == text, f"{field} {text!r}"
    names = (*(entry.authors or ()), *entry.keywords, *filter(None, map(texts.get, _LINES)))
    assert all(name and one_line(name) == name for name in names), f"{names}"
    assert entry.authors != (), "nobody instead of unknown"
    for link in entry.links:
        assert link.url.lower().startswith(("http://", "https://")), link.url


def kept_on_page(entry: Entry) -> None:
    """Fail where the page of a paper that only one entry knows says something else than it."""
    merged = merge_sources([Source(entry, STATED, "d #1", published=entry.published)])
    said = {field: getattr(merged, field) for field in _FIELDS}
    paper = Paper("a", _PATH, 0, date=dt.date(2025, 3, 10), date_basis="digest", **said)
    again = read_page(write_page(paper), path=_PATH)
    other = [field for field in _FIELDS if getattr(again, field) != said[field]]
    assert not other, "; ".join(f"{f}: {said[f]!r}, read {getattr(again, f)!r}" for f in other)
    assert merged.title == entry.title or not entry.title.isprintable()
