"""What was looked up, in the metadata folder: ``enriched.json`` and the questions already asked.

``enriched.json`` is CSL-JSON like its neighbours, one paper a line, by slug; `custom.sources` says
of each fact where and on which day it was found. ``enriched-asked.jsonl`` remembers what was asked
of whom, so that the next run does not ask again too soon. Both are committed with the archive.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..archive.fact_files import ASKED
from ..archive.metadata import Fact, read_metadata
from ..plain_files import write_whole
from .errors import FetchError
from .wants import FIELDS, Want

FILE = "enriched.json"


class Facts:
    """The two files, in memory until `save`."""

    def __init__(self, folder: Path) -> None:
        """Load what earlier runs found.

        Raises:
            FetchError: when the file of facts is damaged; it is left as it is.
        """
        self.folder = folder
        self._items = _load_items(folder / FILE)
        self._asked = _load_asked(folder / ASKED)
        self._changed = False
        self.found = dict.fromkeys(FIELDS, 0)
        """How many facts of each field were found since."""

    def apply(self, wants: Iterable[Want]) -> list[Want]:
        """Give the papers with what earlier runs found and no build has put on their pages yet."""
        facts = {}
        for fact in read_metadata(self.folder)[0]:
            if fact.origin.startswith(f"{FILE}: "):
                facts[fact.origin.removeprefix(f"{FILE}: ")] = fact
        return [_completed(want, facts.get(want.slug)) for want in wants]

    def note(self, before: Want, after: Want, source: str, day: dt.date) -> None:
        """Note what was found: the fields in which the two differ."""
        fields = [field for field in FIELDS if getattr(before, field) != getattr(after, field)]
        if not fields:
            return
        item = self._items.setdefault(after.slug, {"id": after.slug, "type": "article"})
        sources = dict(item.get("custom", {}).get("sources", {}))
        sources |= dict.fromkeys(fields, f"{source}, {day}")
        self._items[after.slug] = _item(item, after, sources)
        self._changed = True
        for field in fields:
            self.found[field] += 1

    def was_asked(self, question: str, since: dt.date) -> bool:
        """Whether a question was asked on that day or later."""
        day = self._asked.get(question)
        return day is not None and day >= since

    def ask(self, questions: Iterable[str], day: dt.date) -> None:
        """Note that questions were asked and answered."""
        self._asked |= dict.fromkeys(questions, day)
        self._changed = True

    def save(self) -> None:
        """Write both files, the facts first.

        Raises:
            FetchError: when they cannot be written.
        """
        if not self._changed:
            return
        items = [json.dumps(item, ensure_ascii=False) for _, item in sorted(self._items.items())]
        asked = [
            json.dumps({"question": question, "day": str(day)}, ensure_ascii=False) + "\n"
            for question, day in sorted(self._asked.items())
        ]
        try:
            if items:
                text = "[\n" + ",\n".join(items) + "\n]\n"
                write_whole(self.folder / FILE, text.encode("utf-8", "replace"))
            write_whole(self.folder / ASKED, "".join(asked).encode("utf-8", "replace"))
        except OSError as error:
            raise FetchError(f"cannot write into {self.folder}: {error.strerror}") from None
        self._changed = False


def _item(item: dict[str, Any], want: Want, sources: dict[str, str]) -> dict[str, Any]:
    """Make the CSL-JSON item: what names the paper, and the facts that were found."""
    item = {**item, "title": want.title}
    if "authors" in sources:
        item["author"] = [{"literal": name} for name in want.authors or ()]
    if "date" in sources and want.date is not None:
        parts = (want.date.year, want.date.month, want.date.day)
        item["issued"] = {"date-parts": [[part for part in parts if part]]}
    if "venue" in sources:
        item["container-title"] = want.venue
    if want.doi:
        item["DOI"] = want.doi
    if want.arxiv:
        item |= {"archive": "arXiv", "archive_location": want.arxiv}
    custom: dict[str, Any] = {"sources": dict(sorted(sources.items()))}
    if "categories" in sources:
        custom = {"categories": list(want.categories)} | custom
    item.pop("custom", None)
    return item | {"custom": custom}


def _completed(want: Want, fact: Fact | None) -> Want:
    """Give a paper with what a fact has and it lacks."""
    if fact is None:
        return want
    named: Sequence[tuple[str, Any]] = [
        ("arxiv", fact.arxiv),
        ("authors", fact.authors),
        ("categories", fact.categories),
        ("date", fact.published),
        ("doi", fact.doi),
        ("venue", fact.venue),
    ]
    lacks = want.lacks
    return dataclasses.replace(want, **{name: v for name, v in named if v and name in lacks})


def _load_items(path: Path) -> dict[str, dict[str, Any]]:
    try:
        items = json.loads(path.read_bytes())
        return {str(item["id"]): item for item in items}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        raise FetchError(
            f"{path} cannot be read and was left as it is; restore it from history, or remove it"
        ) from None


def _load_asked(path: Path) -> dict[str, dt.date]:
    """Load the questions; a line that cannot be read is a question to be asked again."""
    asked: dict[str, dt.date] = {}
    with suppress(OSError, UnicodeDecodeError):
        for line in path.read_text(encoding="utf-8").splitlines():
            with suppress(ValueError, TypeError, KeyError):
                said = json.loads(line)
                asked[str(said["question"])] = dt.date.fromisoformat(said["day"])
    return asked
