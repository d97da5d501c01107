"""``make enrich``: look up what papers lack, from arXiv first, then others; only what is certain.

Each way of asking is a line of `WAYS`. A way is asked once about a paper and not again for
``DAYBOOK_ENRICH_AGAIN`` days; what it answers is saved at once, so that a failure loses nothing.
Identifiers that one way finds open others, so all are gone through twice.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from ..archive import load_archive, load_taxonomy
from ..digests import read_digest
from ..errors import DaybookError, DigestError
from ..records import Paper
from . import arxiv, crossref, semantic_scholar
from .errors import AnswerError, FetchError, HostError
from .facts import FILE, Facts
from .host import Host
from .options import Options
from .wants import FIELDS, Finding, Want, find_by_id, find_by_title, learn, list_wants

DEFAULT_LIMIT = 1000
"""Papers looked up in one run."""
SAVE_EVERY = 10
"""Requests after which what was found is written."""
MOST_FAILURES = 3
"""After so many bad answers in a row a source is left alone for this run."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to ask one source."""

    source: str
    base: str
    """The variable with the host's address."""
    pause: float
    by: str
    """``id`` or ``title``."""
    gives: frozenset[str]
    """The fields that it may know; papers that lack none of them are not asked for."""
    batch: int
    """Papers in one request."""
    applies: Callable[[Want], bool]
    ask: Callable[[Host, Sequence[Want]], list[Finding]]

    def question(self, want: Want) -> str:
        """Name what is asked, for the memory of questions."""
        year = want.date.year if want.date else ""
        what = want.arxiv or want.doi if self.by == "id" else f"{want.key} {year}"
        return f"{self.source} {self.by} {what}"

    def find(self, want: Want, findings: Sequence[Finding]) -> Finding | None:
        """Give what is certainly said of a paper."""
        return (find_by_id if self.by == "id" else find_by_title)(want, findings)


def _ask_arxiv_ids(host: Host, wants: Sequence[Want]) -> list[Finding]:
    return _read_atom(arxiv.ask_ids(host, [want.arxiv or "" for want in wants]))


def _ask_arxiv_titles(host: Host, wants: Sequence[Want]) -> list[Finding]:
    return _read_atom(arxiv.ask_titles(host, [want.title for want in wants]))


def _read_atom(body: bytes) -> list[Finding]:
    """Read the papers of an answer; an empty one is a digest to nobody."""
    try:
        return [Finding.of(entry) for entry in read_digest("arxiv.xml", body)[0].entries]
    except DigestError:
        return []


_ARXIV = ("arXiv", "DAYBOOK_ARXIV_URL", arxiv.PAUSE)
_SCHOLAR = ("Semantic Scholar", "DAYBOOK_S2_URL", semantic_scholar.PAUSE)
_CROSSREF = ("Crossref", "DAYBOOK_CROSSREF_URL", crossref.PAUSE)
_ALL = frozenset(FIELDS)

WAYS = (
    Way(*_ARXIV, "id", _ALL - {"arxiv"}, 100, lambda want: bool(want.arxiv), _ask_arxiv_ids),
    Way(
        *_SCHOLAR, "id", _ALL - {"categories"}, semantic_scholar.PER_REQUEST,
        lambda want: bool(want.arxiv or want.doi), semantic_scholar.ask_papers,
    ),
    Way(
        *_CROSSREF, "id", frozenset({"authors", "date", "venue"}), 1,
        lambda want: bool(want.doi), crossref.ask_doi,
    ),
    Way(
        *_ARXIV, "title", _ALL, 8,
        lambda want: want.title_says and not want.arxiv, _ask_arxiv_titles,
    ),
    Way(
        *_CROSSREF, "title", frozenset({"authors", "date", "doi", "venue"}), 1,
        lambda want: want.title_says and not want.doi, crossref.ask_title,
    ),
)  # fmt: skip
"""In this order; the first to know a field is believed."""


def enrich(options: Options, now: dt.date, say: Say, warn: Say) -> bool:
    """Look up what is missing and save what is certain; whether every source answered.

    Raises:
        FetchError: where there are no papers to look up, or the files cannot be read or written.
    """
    limit = options.limit(DEFAULT_LIMIT)
    again = now - dt.timedelta(days=int(options.number("DAYBOOK_ENRICH_AGAIN")))
    facts = Facts(options.folder("METADATA"))
    wants = facts.apply(list_wants(_load_papers(options)))
    run = _Run(options, facts, now, again, warn)
    open_wants = [want for want in wants if run.can_ask(want)][:limit]
    lacking = sum(1 for want in wants if want.lacks)
    say(f"{lacking} of {len(wants)} papers lack something; {len(open_wants)} are looked up.")
    with ExitStack() as hosts:
        hosts.callback(facts.save)
        run.go(hosts, open_wants)
    found = ", ".join(f"{count} {field}" for field, count in facts.found.items() if count)
    where = options.folder("METADATA") / FILE
    say(
        f"Found: {found}. Saved in {where}; `make site` uses it." if found else "Found nothing new."
    )
    return run.complete


def _load_papers(options: Options) -> tuple[Paper, ...]:
    """Load the papers from their pages.

    Raises:
        FetchError: when there are none, or they cannot be read.
    """
    folder = options.folder("PAPERS")
    try:
        archive = load_archive(folder, load_taxonomy(options.folder("TOPICS")))
    except DaybookError as error:
        raise FetchError(str(error).rstrip(".")) from None
    if not archive.papers:
        raise FetchError(f"there are no papers in {folder}; run `make site` first")
    return archive.papers


class _Run:
    """One run through all ways."""

    def __init__(
        self, options: Options, facts: Facts, now: dt.date, again: dt.date, warn: Say
    ) -> None:
        self.options = options
        self.facts = facts
        self.now = now
        self.again = again
        self.warn = warn
        self.complete = True
        """Whether every question was answered."""
        self.left_alone: set[str] = set()
        """Sources that are not asked any more."""
        self._bad_answers: Counter[str] = Counter()
        """In a row, by source."""
        self._hosts: dict[str, Host] = {}
        self._requests = 0

    def can_ask(self, want: Want) -> bool:
        """Whether there is anything about a paper that was not asked lately."""
        return any(self._is_open(way, want) for way in WAYS)

    def go(self, hosts: ExitStack, wants: Sequence[Want]) -> None:
        """Ask every way about the papers, and note what is found."""
        known = {want.slug: want for want in wants}
        for way in (*WAYS, *WAYS):
            for batch in self._batches(way, known):
                if way.source in self.left_alone:
                    break
                for want in self._ask(hosts, way, batch):
                    known[want.slug] = want

    def _is_open(self, way: Way, want: Want) -> bool:
        if not (way.gives & want.lacks and way.applies(want)):
            return False
        return not self.facts.was_asked(way.question(want), self.again)

    def _batches(self, way: Way, known: dict[str, Want]) -> Iterator[list[Want]]:
        wants = [want for want in known.values() if self._is_open(way, want)]
        for start in range(0, len(wants), way.batch):
            yield wants[start : start + way.batch]

    def _ask(self, hosts: ExitStack, way: Way, batch: Sequence[Want]) -> Iterator[Want]:
        """Ask about some papers, and give those that are known better now."""
        try:
            findings = way.ask(self._host(hosts, way), batch)
        except (HostError, AnswerError) as error:
            self._fail(way, error)
            return
        del self._bad_answers[way.source]
        for want in batch:
            finding = way.find(want, findings)
            if finding is not None and (after := learn(want, finding)) != want:
                self.facts.note(want, after, f"{way.source} by {_MATCH[way.by]}", self.now)
                yield after
        self.facts.ask([way.question(want) for want in batch], self.now)
        self._requests += 1
        if self._requests % SAVE_EVERY == 0 or len(batch) > 1:
            self.facts.save()

    def _fail(self, way: Way, error: FetchError) -> None:
        """Tell of a failure; a host that is not there, or answers badly thrice, is left alone."""
        self.complete = False
        self._bad_answers[way.source] += 1
        given_up = isinstance(error, HostError) or self._bad_answers[way.source] == MOST_FAILURES
        left = "; it is left alone for now" if given_up else ""
        self.warn(f"{way.source}: {error}{left}.")
        if given_up:
            self.left_alone.add(way.source)

    def _host(self, hosts: ExitStack, way: Way) -> Host:
        """Give the source's host, the same one for all ways, so that its pause is kept."""
        if way.source not in self._hosts:
            self._hosts[way.source] = hosts.enter_context(self.options.host(way.base, way.pause))
        return self._hosts[way.source]


_MATCH = {"id": "id", "title": "title and year"}
