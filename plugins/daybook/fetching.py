"""Save a day's Hugging Face Daily Papers as a digest: the one place that asks another host.

What the API answers is saved as it came, as ``hf-daily-YYYY-MM-DD.json`` in the digests folder, and
read from there like any digest dropped in by hand. A saved digest is only ever replaced by one that
lists every paper the old one lists. The API: https://huggingface.co/docs/hub/api#papers.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from .errors import DaybookError

HUGGING_FACE = "https://huggingface.co"
PER_REQUEST = 100
"""The most papers the API lists at once."""
MOST_REQUESTS = 10
LARGEST_ANSWER = 64_000_000
"""Bytes; a day of a hundred papers is 1 MB."""
_WORTH_ANOTHER_TRY = frozenset({429, 500, 502, 503, 504})

Papers = list[dict[str, Any]]


class FetchError(DaybookError):
    """A digest that could not be fetched, or would be worse than the saved one."""


class _PassingError(Exception):
    """A failure that may be gone a moment later."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        self.wait = wait
        """Seconds the host asks to wait, where it says so."""
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to try, in seconds."""

    tries: int = 5
    first_wait: float = 1
    """Doubled after each try, unless the host says how long to wait."""
    longest_wait: float = 60
    """A host that asks for more is taken at its word: the fetch ends and says so."""
    silence: float = 20
    """How long a connection may say nothing."""
    answer: float = 120
    """How long one answer may take as a whole, however slowly it drips."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch did."""

    path: Path
    papers: int
    known: int | None
    """How many papers an earlier copy listed; ``None`` where there was none."""
    changed: bool


def fetch_digest(
    digests: Path,
    day: dt.date | None = None,
    *,
    host: str = HUGGING_FACE,
    site: str = "",
    patience: Patience | None = None,
) -> Fetched:
    """Save the Daily Papers of `day`, or of the newest day there is, into `digests`.

    `site` is the archive's own address, named to the host as the one who asks.

    Raises:
        FetchError: when the host cannot be reached, answers something else than a list of
            papers, lists none, or lists fewer than the digest saved before. Nothing is written
            then.
    """
    patience = patience or Patience()
    timeout = httpx.Timeout(patience.silence)
    headers = {"User-Agent": user_agent(site), "Accept": "application/json"}
    try:
        with httpx.Client(
            base_url=host, timeout=timeout, headers=headers, follow_redirects=True
        ) as client:
            if day is None:
                day = _newest_day(_papers(_ask(client, {"limit": PER_REQUEST}, patience)))
            body, papers = _whole_day(client, day, patience)
    except httpx.InvalidURL as error:
        raise FetchError(f"{host!r} is not the address of a host: {error}") from None
    if not papers:
        raise FetchError(f"no papers are listed for {day}; nothing was saved")
    return _save(digests / f"hf-daily-{day}.json", body, papers)


def user_agent(site: str) -> str:
    """Name the program, and the archive that asks where its address is known."""
    about = f"; +{site}" if site.isascii() and site.isprintable() and site else ""
    return f"Daybook (research paper archive{about})"


def _whole_day(client: httpx.Client, day: dt.date, patience: Patience) -> tuple[bytes, Papers]:
    """Ask for all papers of a day; one answer is kept to the byte, several are joined."""
    papers: Papers = []
    for request in range(MOST_REQUESTS):
        query: dict[str, str | int] = {"date": str(day), "limit": PER_REQUEST}
        if request:
            query["p"] = request
        body = _ask(client, query, patience)
        seen = {_identifier(paper) for paper in papers}
        answer = _papers(body)
        fresh = [paper for paper in answer if _identifier(paper) not in seen]
        papers += fresh
        if len(answer) < PER_REQUEST or not fresh:
            break
    if len(papers) > PER_REQUEST:
        body = json.dumps(papers, ensure_ascii=False, indent=1).encode() + b"\n"
    return body, papers


def _ask(client: httpx.Client, query: Mapping[str, str | int], patience: Patience) -> bytes:
    """Get one answer, trying again where that may help."""
    wait = patience.first_wait
    for attempt in range(1, patience.tries + 1):
        try:
            return _answer(client, query, patience)
        except (_PassingError, httpx.RequestError) as error:
            asked = getattr(error, "wait", None)
            told = str(error) or type(error).__name__
            if attempt == patience.tries:
                raise FetchError(
                    f"{client.base_url.host}: {told} ({attempt} tries); try again later"
                ) from None
            if asked is not None and asked > patience.longest_wait:
                raise FetchError(
                    f"{client.base_url.host}: {told}, and asks to wait {asked:.0f} seconds; "
                    "try again after that"
                ) from None
        time.sleep(wait if asked is None else asked)
        wait = min(2 * wait, patience.longest_wait)
    raise AssertionError("unreachable: the last try returns or raises")


def _answer(client: httpx.Client, query: Mapping[str, str | int], patience: Patience) -> bytes:
    """Read one whole answer, within its time and size."""
    deadline = time.monotonic() + patience.answer
    body = bytearray()
    with client.stream("GET", "/api/daily_papers", params=dict(query)) as response:
        status = response.status_code
        told = f"answered {status} {response.reason_phrase}".rstrip()
        if status in _WORTH_ANOTHER_TRY:
            raise _PassingError(told, _retry_after(response.headers.get("retry-after")))
        for chunk in response.iter_bytes():
            body += chunk
            if time.monotonic() > deadline:
                raise _PassingError(f"did not finish within {patience.answer:.0f} seconds")
            if len(body) > LARGEST_ANSWER:
                raise FetchError(f"answered more than {LARGEST_ANSWER // 1_000_000} MB")
        if status != httpx.codes.OK:
            raise FetchError(f"{client.base_url.host}: {told}{_reason(bytes(body))}")
    return bytes(body)


def _retry_after(value: str | None) -> float | None:
    """Read a Retry-After header: seconds, or a date (RFC 9110, section 10.2.3)."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    with suppress(ValueError, TypeError):
        moment = email.utils.parsedate_to_datetime(value)
        if moment.tzinfo is not None:
            return max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds())
    return None


def _reason(body: bytes) -> str:
    """Give the host's own words about an error, where it has any."""
    with suppress(ValueError, UnicodeDecodeError):
        answer = json.loads(body)
        if isinstance(answer, dict) and isinstance(answer.get("error"), str):
            return f": {answer['error'][:200]}"
    return ""


def _papers(body: bytes) -> Papers:
    """Read the API's answer as a list of papers, each with a title and an identifier."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        start = body[:60].decode("utf-8", "replace").strip()
        raise FetchError(f"expected JSON, and the answer begins {start!r}") from None
    if not isinstance(answer, list):
        raise FetchError(f"expected a list of papers, and the answer is a {type(answer).__name__}")
    for place, item in enumerate(answer, 1):
        if not isinstance(item, dict) or not _identifier(item) or not _title(item):
            raise FetchError(f"expected a list of papers, and item {place} is none")
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


def _newest_day(papers: Papers) -> dt.date:
    """Give the newest day on which any of `papers` was listed; today (UTC) where none says so."""
    days = []
    for item in papers:
        listed = _paper(item).get("submittedOnDailyAt")
        with suppress(ValueError, TypeError):
            days.append(dt.date.fromisoformat(str(listed)[:10]))
    return max(days, default=dt.datetime.now(dt.UTC).date())


def _save(path: Path, body: bytes, papers: Papers) -> Fetched:
    """Write the digest, unless the one that is there knows more."""
    known = None
    if path.exists():
        saved = path.read_bytes()
        known = _known(path, saved)
        if saved == body:
            return Fetched(path, len(papers), len(known), changed=False)
        lost = known - {_identifier(paper) for paper in papers}
        if lost:
            raise FetchError(
                f"{path} lists {len(lost)} paper(s) that the answer lacks ({min(lost)}, ...);"
                " the saved digest was kept"
            )
    _write(path, body)
    return Fetched(path, len(papers), None if known is None else len(known), changed=True)


def _known(path: Path, saved: bytes) -> set[str]:
    """Give the identifiers a saved digest lists."""
    try:
        return {_identifier(paper) for paper in _papers(saved)}
    except FetchError:
        raise FetchError(
            f"{path} is there already and is not a list of papers; it was kept. Rename it, "
            "and fetch again"
        ) from None


def _write(path: Path, body: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".fetch-", delete=False) as file:
            temporary = Path(file.name)
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise FetchError(f"cannot write {path}: {error.strerror}") from None


def main(environment: Mapping[str, str] = os.environ) -> int:
    """Fetch as ``make fetch`` asks: DATE, DIGESTS, SITEURL, and DAYBOOK_FETCH_URL for the host."""
    digests = Path(environment.get("DIGESTS") or "content/digests")
    try:
        day = _day(environment.get("DATE", ""))
        fetched = fetch_digest(
            digests,
            day,
            host=environment.get("DAYBOOK_FETCH_URL") or HUGGING_FACE,
            site=environment.get("SITEURL", ""),
        )
    except FetchError as error:
        sys.stderr.write(f"Not fetched: {error}\n")
        return 1
    before = "" if fetched.known is None else f" ({fetched.known} before)"
    done = "Saved" if fetched.changed else "Already saved"
    sys.stdout.write(f"{done}: {fetched.path}, {fetched.papers} papers{before}\n")
    return 0


def _day(text: str) -> dt.date | None:
    """Read DATE; an empty one means the newest day."""
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise FetchError(f"DATE should be a day such as 2025-03-11, and is {text!r}") from None


if __name__ == "__main__":
    sys.exit(main())
