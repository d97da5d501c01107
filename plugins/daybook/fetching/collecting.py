"""``make fetch``: the days that are asked for, one after the other, each saved as it comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from . import arxiv, hugging_face
from .days import NAMES, read_days
from .errors import AnswerError, FetchError, HostError, WorseDigestError
from .host import Host
from .options import Options
from .saving import Listing, Saved, save_digest

STILL_GROWING = 2
"""Days: the lists of today and yesterday may still get papers, so they are asked for again."""
MOST_FAILURES = 3
"""After so many days in a row that went wrong the rest is not asked for."""

Say = Callable[[str], None]


class Source(Protocol):
    """Somewhere that lists papers by the day."""

    title: str
    first_day: dt.date
    query: str

    def file_of(self, day: dt.date) -> str:
        """Name the file of a day's list."""

    def newest_day(self, now: dt.date) -> dt.date:
        """Give the newest day worth asking for."""

    def list_day(self, day: dt.date) -> Listing | None:
        """List the papers of a day; ``None`` for none."""

    def search(self, now: dt.date) -> Listing | None:
        """List what the query finds, whatever its day; ``None`` for nothing."""


SOURCES: dict[str, tuple[Callable[[Host, str], Source], str, float]] = {
    "huggingface": (hugging_face.HuggingFace, "DAYBOOK_HF_URL", hugging_face.PAUSE),
    "arxiv": (arxiv.Arxiv, "DAYBOOK_ARXIV_URL", arxiv.PAUSE),
}
"""By the word SOURCE: the source, the variable with its address, and its pause."""


def fetch(options: Options, now: dt.date, say: Say, warn: Say) -> bool:
    """Fetch what the options say, and tell of each digest; whether all went well.

    Raises:
        FetchError: for words that make no sense, and where nothing at all could be fetched.
    """
    name = options.word("SOURCE") or "huggingface"
    if name not in SOURCES:
        raise FetchError(f"SOURCE should be {' or '.join(SOURCES)}, and is {name!r}")
    query = " ".join(options.word("QUERY").split())
    days = read_days({word: options.word(word) for word in NAMES}, now)
    if name == "huggingface" and query and days:
        raise FetchError(
            "Hugging Face's search knows no days: leave the day out, or give SOURCE=arxiv"
        )
    make, base, pause = SOURCES[name]
    folder = options.folder("DIGESTS")
    with options.host(base, pause) as host:
        source = make(host, query)
        if query and not days:
            _tell(
                say,
                _save(folder, source.search(now), f"{source.title} finds nothing for {query!r}"),
            )
            return True
        if len(days) < 2:
            day = days[0] if days else source.newest_day(now)
            _tell(say, _save(folder, source.list_day(day), f"no papers are listed for {day}"))
            return True
        return _Range(source, folder, now, say, warn).fetch(days)


def _save(folder: Path, listing: Listing | None, nothing: str) -> Saved:
    if listing is None:
        raise AnswerError(f"{nothing}; nothing was saved")
    return save_digest(folder, listing)


def _tell(say: Say, saved: Saved) -> None:
    before = "" if saved.known is None else f" ({saved.known} before)"
    done = "Saved" if saved.changed else "Already saved"
    say(f"{done}: {saved.path}, {saved.papers} papers{before}")


class _Range:
    """Many days, each a digest of its own; what is saved is not asked for again."""

    def __init__(self, source: Source, folder: Path, now: dt.date, say: Say, warn: Say) -> None:
        self.source = source
        self.folder = folder
        self.now = now
        self.say = say
        self.warn = warn
        self.saved = self.skipped = self.empty = 0
        self.failed: list[dt.date] = []

    def fetch(self, days: list[dt.date]) -> bool:
        """Fetch every day, oldest first; whether all went well."""
        in_a_row = 0
        for day in (day for day in days if day >= self.source.first_day):
            path = self.folder / self.source.file_of(day)
            if path.exists() and (self.now - day).days >= STILL_GROWING:
                self.skipped += 1
                continue
            try:
                self._fetch_day(day)
                in_a_row = 0
            except WorseDigestError as error:
                self.warn(f"Kept: {error}")
                self.skipped += 1
            except AnswerError as error:
                self.warn(f"Not fetched: {day}: {error}")
                self.failed.append(day)
                in_a_row += 1
                if in_a_row == MOST_FAILURES:
                    raise FetchError(
                        self._stopped(day, f"{in_a_row} days in a row failed")
                    ) from None
            except HostError as error:
                raise HostError(self._stopped(day, str(error))) from None
        self.say(self._summary())
        return not self.failed

    def _fetch_day(self, day: dt.date) -> None:
        listing = self.source.list_day(day)
        if listing is None:
            self.empty += 1
            return
        _tell(self.say, save_digest(self.folder, listing))
        self.saved += 1

    def _stopped(self, day: dt.date, reason: str) -> str:
        return f"{reason}. Stopped at {day}; {self._summary()} Run it again to go on from there"

    def _summary(self) -> str:
        return (
            f"{self.saved} day(s) fetched, {self.skipped} saved before, {self.empty} without "
            f"papers, {len(self.failed)} failed."
        )
