"""The commands, run with little patience against a server on this machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from daybook.fetching import FetchError
from daybook.fetching.collecting import fetch
from daybook.fetching.enriching import enrich
from daybook.fetching.options import Options

from ..mailing.conftest import certificate  # noqa: F401  a fixture
from ..sites import PROJECT

TODAY = dt.date(2025, 4, 1)
HURRY = {
    "DAYBOOK_FETCH_PAUSE": "0",
    "DAYBOOK_FETCH_TRIES": "3",
    "DAYBOOK_FETCH_WAIT": "0.01",
    "DAYBOOK_FETCH_LONGEST_WAIT": "2",
    "DAYBOOK_FETCH_SILENCE": "1",
    "DAYBOOK_FETCH_TIME": "2",
}


@dataclass
class Archive:
    """An archive's folders, and what the commands said."""

    folder: Path
    said: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)

    @property
    def digests(self) -> Path:
        return self.folder / "digests"

    def files(self) -> dict[str, bytes]:
        """Give every file of the archive, the cache apart."""
        files = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        names = ((path.relative_to(self.folder).as_posix(), path) for path in files)
        return {name: path.read_bytes() for name, path in names if not name.startswith("cache/")}

    def fetch(self, url: str, now: dt.date = TODAY, /, **words: str) -> bool:
        return self._run(fetch, url, now, words)

    def enrich(self, url: str, now: dt.date = TODAY, /, **words: str) -> bool:
        return self._run(enrich, url, now, words)

    def _run(
        self, command: Callable[..., bool], url: str, now: dt.date, words: dict[str, str]
    ) -> bool:
        places = {
            "DIGESTS": str(self.digests),
            "PAPERS": str(self.folder / "papers"),
            "METADATA": str(self.folder / "metadata"),
            "TOPICS": str(PROJECT / "content" / "topics.toml"),
            "DAYBOOK_FETCH_CACHE": str(self.folder / "cache"),
        }
        hosts = dict.fromkeys(
            (f"DAYBOOK_{name}_URL" for name in ("HF", "ARXIV", "S2", "CROSSREF")), url.rstrip("/")
        )
        self.said.clear()
        self.warned.clear()
        options = Options(places | hosts | HURRY | words)
        return command(options, now, self.said.append, self.warned.append)

    def refusal(self, url: str, **words: str) -> str:
        """Give what `fetch` says when it gives up."""
        with pytest.raises(FetchError) as caught:
            self.fetch(url, **words)
        return str(caught.value)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)
