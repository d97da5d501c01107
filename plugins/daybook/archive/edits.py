"""What people wrote on pages in vain: Daybook's own keys and the abstract follow the sources.

A page that is not as a conversion wrote it was edited (`page_proof` tells). What is replaced there
is kept in the provenance file, and told; a word that somebody wrote is never gone without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ..errors import Refusal
from ..records import Paper
from .merging import Lost
from .page import named_topics
from .page_proof import FILE_NAME, PageProof
from .provenance import FILE_NAME as PROVENANCE
from .provenance import edits_on, keys_on
from .stored_pages import StoredPage

_WORDS = (
    *("title", "published", "authors", "topics", "slug", "arxiv", "doi", "venue", "remark"),
    *("categories", "organization", "submitter", "keywords", "links", "blurb", "ai_summary"),
    *("withdrawn", "hidden", "abstract"),
)
"""What a person may have written, in the order of a page's keys."""
_FIGURES = ("date", "date_basis", "author_count", "former", "arxiv_version", "upvotes", "comments")
_FIELDS = (*_FIGURES, "digests", *_WORDS)
_MOST_NAMED = 3
_SLUG = re.compile(r"^slug:", re.IGNORECASE | re.MULTILINE)


class Edits:
    """The pages of one conversion, and what was written on them in vain."""

    def __init__(self, proof: PageProof) -> None:
        """Prepare; nothing is replaced yet."""
        self.proof = proof
        self.kept: dict[str, list[Lost]] = {}
        """What goes, by the slug of the paper that had it."""
        self._told: list[Refusal] = []
        self._doubtful: list[str] = []
        self._unproved: set[int] = set()
        """Papers on whose pages a person's word stays."""

    def is_edited(self, stored: StoredPage) -> bool:
        """Tell whether a page is not as a conversion wrote it, as far as is known."""
        return not self.proof.knows(stored.fingerprint)

    def replace(self, stored: StoredPage, paper: Paper) -> None:
        """Take notice of a page that is written anew, as `paper`."""
        page = stored.paper
        if page is None or not self.is_edited(stored):
            return
        fields = [f for f in _FIELDS if getattr(page, f) != getattr(paper, f)]
        if named_topics(page.extra) is not None:  # They are the person's, whatever they are called.
            fields = [field for field in fields if field != "topics"]
        if self.proof.is_there:
            self._keep(paper.slug, edits_on(page, fields))
            if fields:
                self._told.append(_edited(page.path, fields))
        elif said := edits_on(page, [field for field in fields if field in _WORDS]):
            self._keep(paper.slug, said)
            self._doubtful.append(page.path)

    def write_on(self, stored: StoredPage, paper: Paper) -> None:
        """Take notice of a page that a person made and that is written anew, as `paper`."""
        page = stored.paper
        fields = ["slug"] if stored.text is None or _SLUG.search(stored.text) else []
        fields = [f for f in (*fields, "withdrawn", "hidden") if page and getattr(page, f)]
        if fields := [field for field in fields if getattr(page, field) != getattr(paper, field)]:
            assert page is not None
            self._keep(paper.slug, edits_on(page, fields))
            self._told.append(_edited(page.path, fields))

    def merge(self, stored: StoredPage, page: Paper, theirs: Mapping[str, str]) -> None:
        """Take notice of a page that goes, as its paper became one with another.

        The keys that a person added go to the page that stays, but for those which it has: these
        are `theirs`, in lower case, with their values.
        """
        if stored.paper and self.is_edited(stored):
            said = edits_on(stored.paper, _WORDS)
            self._keep(page.slug, said)
            if self.proof.is_there:
                self._told.append(_edited(page.path, [lost.field for lost in said]))
        if unlike := [(k, v) for k, v in page.extra if theirs.get(k.lower(), v) != v]:
            self._keep(page.slug, keys_on(page, unlike))
            self._told.append(_unlike(page.path, [key for key, _ in unlike]))

    def prove(self, number: int, stored: StoredPage) -> None:
        """Let a later conversion know a page that stays as it is, or is written after this."""
        self.proof.note(number, stored.fingerprint)

    def leave(self, number: int, stored: StoredPage) -> None:
        """Have a page that is a source itself known only if it was: or a person's word is on it."""
        if self.is_edited(stored):
            self._unproved.add(number)
        else:
            self.prove(number, stored)

    def written(self, prints: Mapping[int, str]) -> None:
        """Take notice of the fingerprints of the pages that were written, by number."""
        for number, fingerprint in prints.items():
            if number not in self._unproved or self.proof.knows(fingerprint):
                self.proof.note(number, fingerprint)

    def refusals(self) -> Iterator[Refusal]:
        """Give a warning for each page on which something is replaced."""
        yield from self._told
        if self._doubtful:
            yield _doubtful(self._doubtful)

    def _keep(self, slug: str, lost: Iterable[Lost]) -> None:
        self.kept.setdefault(slug, []).extend(lost)


def _edited(path: str, fields: Iterable[str]) -> Refusal:
    said = ", ".join("tags" if field == "topics" else field for field in fields)
    return Refusal(
        path,
        None,
        f"it was edited, and what its digests say stands there again: {said}.",
        f"What was written is kept in {PROVENANCE}; write what you know better into papers.toml. "
        "What you add to the page stays if it begins with a heading.",
        fatal=False,
    )


def _doubtful(paths: list[str]) -> Refusal:
    named = ", ".join(paths[1:_MOST_NAMED]) + (", ..." if len(paths) > _MOST_NAMED else "")
    return Refusal(
        paths[0],
        None,
        f"without {FILE_NAME} nothing tells whether it was edited"
        + (f", nor {len(paths) - 1} more pages ({named})" if named else "")
        + "; they follow their digests again." * bool(named)
        + "; it follows its digests again." * (not named),
        f"What stood there is kept in {PROVENANCE}. Commit {FILE_NAME} with the pages.",
        fatal=False,
    )


def _unlike(path: str, keys: Iterable[str]) -> Refusal:
    return Refusal(
        path,
        None,
        f"its paper became one with another, on whose page {', '.join(keys)} is something else.",
        f"What this page said is kept in {PROVENANCE}.",
        fatal=False,
    )
