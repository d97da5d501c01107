"""Hugging Face's Daily Papers, by its API: https://huggingface.co/docs/hub/api.

``/api/daily_papers?date=`` lists the papers of a day (``limit`` and ``p`` page through them),
``/api/papers/search?q=`` searches. What it answers is saved as it came.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from contextlib import suppress
from typing import Any

from ..archive.slugs import name_of
from .errors import AnswerError
from .host import Host, read_json
from .saving import Listing

PAUSE = 0.6
"""Seconds: 500 requests in five minutes without an account, as
https://huggingface.co/docs/hub/rate-limits says."""
PER_REQUEST = 100
"""The most papers the API lists at once."""
MOST_REQUESTS = 10
FIRST_DAY = dt.date(2023, 5, 4)
"""The day of the first Daily Papers."""

Papers = list[dict[str, Any]]


class HuggingFace:
    """The lists that Hugging Face gives."""

    title = "Hugging Face"
    first_day = FIRST_DAY

    def __init__(self, host: Host, query: str = "") -> None:
        self.host = host
        self.query = query

    def file_of(self, day: dt.date) -> str:
        """Name the file of a day's list."""
        return f"hf-daily-{day}.json"

    def newest_day(self, now: dt.date) -> dt.date:
        """Give the newest day that has papers; `now` where none is told."""
        papers = self._ask({"limit": PER_REQUEST})[1]
        return max(filter(None, map(_listed_on, papers)), default=now)

    def list_day(self, day: dt.date) -> Listing | None:
        """List a day's papers; ``None`` when there are none.

        One answer is kept to the byte, several are joined. Papers that say they were listed on
        another day make it that day's list.
        """
        papers: Papers = []
        for request in range(MOST_REQUESTS):
            query: dict[str, str | int] = {"date": str(day), "limit": PER_REQUEST}
            if request:
                query["p"] = request
            body, answer = self._ask(query)
            seen = {_identifier(paper) for paper in papers}
            fresh = [paper for paper in answer if _identifier(paper) not in seen]
            papers += fresh
            if len(answer) < PER_REQUEST or not fresh:
                break
        if not papers:
            return None
        if len(papers) > len(answer):
            text = json.dumps(papers, ensure_ascii=False, indent=1)
            body = text.encode(errors="backslashreplace") + b"\n"  # half a letter
        return Listing(self.file_of(_own_day(papers, day)), body, "hf-json")

    def search(self, now: dt.date) -> Listing | None:
        """Search for the query; ``None`` when nothing is found. The list's day is `now`."""
        body, papers = self._ask({"q": self.query, "limit": PER_REQUEST}, "/api/papers/search")
        if not papers:
            return None
        name = f"Search for '{self.query}'"
        file = f"hf-search-{name_of(self.query)}-{now}.json"
        return Listing(file, body, "hf-json", name, str(now))

    def _ask(
        self, query: dict[str, str | int], path: str = "/api/daily_papers"
    ) -> tuple[bytes, Papers]:
        return self.host.ask(path, query, lambda body: (body, _papers(body)))


def _papers(body: bytes) -> Papers:
    """Read the API's answer as a list of papers, each with a title and an identifier."""
    answer = read_json(body)
    if not isinstance(answer, list):
        raise AnswerError(
            f"expected a list of papers, and the answer is a {type(answer).__name__}; "
            "try again later"
        )
    for place, item in enumerate(answer, 1):
        if not isinstance(item, dict) or not _identifier(item) or not _title(item):
            raise AnswerError(f"expected a list of papers, and item {place} is none")
    return answer


def _paper(item: dict[str, Any]) -> dict[str, Any]:
    """Give the record of the paper inside an item of the list."""
    paper = item.get("paper")
    return paper if isinstance(paper, dict) else {}


def _identifier(item: dict[str, Any]) -> str:
    """Give a paper's identifier, or an empty text."""
    value = _paper(item).get("id")
    return value if isinstance(value, str) else ""


def _title(item: dict[str, Any]) -> str:
    """Give a paper's title, or an empty text."""
    value = _paper(item).get("title") or item.get("title")
    return value if isinstance(value, str) else ""


def _listed_on(item: dict[str, Any]) -> dt.date | None:
    """Give the day on which a paper was listed, where it says so."""
    with suppress(ValueError, TypeError):
        return dt.date.fromisoformat(str(_paper(item).get("submittedOnDailyAt"))[:10])
    return None


_NEAR = 31
"""Days between one that was asked for and that of the list which a host gives instead."""


def _own_day(papers: Papers, asked: dt.date) -> dt.date:
    """Give the day whose list this is: the one asked for, unless all papers name one near it."""
    days = Counter(
        day
        for day in map(_listed_on, papers)
        if day is not None and -_NEAR <= (day - asked).days <= 1
    )
    if not days or asked in days:
        return asked
    return max(days, key=lambda day: (days[day], day))
