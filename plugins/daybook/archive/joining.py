"""Pages whose papers became one with others': what people added to them is handed on."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from ..records import Paper
from .assembling import resolve_redirects
from .edits import Edits
from .matching import Matched
from .merging import Lost
from .provenance import lost_with
from .rows import changed


class Joining:
    """The pages of one conversion that are removed, and what they hand on."""

    def __init__(self, edits: Edits) -> None:
        """Prepare; `edits` takes notice of what is not handed on."""
        self._edits = edits
        self._added: dict[int, list[Paper]] = {}
        self.removed: list[str] = []
        """Their paths."""
        self.left: dict[str, list[Lost]] = {}
        """What those said that no source gives again, by slug."""

    def join(self, found: Matched, redirects: Mapping[str, str], coming: Iterable[int]) -> None:
        """Take the pages that lead to others out of those that were found.

        A page that an earlier conversion was killed before removing is among them, and one that
        lies there twice goes at once. One whose successor is lost stays, being all that there is,
        and one whose successor is damaged waits until that is mended. `coming` has the numbers of
        the papers that are found anew.
        """
        numbers = {record.slug: number for number, record in found.ledger.papers.items()}
        lasting = {*coming, *found.stored}
        for slug, to in resolve_redirects(redirects, set(numbers)):
            page, number = found.pages.get(numbers.get(slug, -1)), numbers[to]
            if page is None or number not in lasting:
                continue
            del found.pages[page.number]
            if (successor := found.stored.get(number)) and successor.paper is None:
                continue
            for stored in (found.stored[page.number], *found.copies.pop(page.number, ())):
                if stored.paper is not None:
                    page = changed(stored.paper, slug=slug, number=page.number)
                    self._edits.merge(stored, page, self._mine(found.pages.get(number), number))
                    self._hand_on(page, number, found.here)

    def _mine(self, stays: Paper | None, number: int) -> dict[str, str]:
        """Give the keys that people added to the page of this number so far, and their values."""
        pages = [*([stays] if stays else ()), *self._added.get(number, ())]
        return {key.lower(): value for page in reversed(pages) for key, value in page.extra}

    def _hand_on(self, page: Paper, number: int, here: Container[str]) -> None:
        self.removed.append(page.path)
        self._added.setdefault(number, []).append(page)
        if not any(place.digest in here for place in page.digests):
            self.left.setdefault(page.slug, []).extend(lost_with(page, page.slug))

    def with_added(self, paper: Paper) -> Paper:
        """Give a paper with what people added to pages that became one with its own."""
        for page in self._added.get(paper.number, ()):
            keys = {key.lower() for key, _ in paper.extra}
            more = tuple(pair for pair in page.extra if pair[0].lower() not in keys)
            notes = paper.notes or ""
            if page.notes and page.notes not in notes:
                notes = f"{notes}\n\n{page.notes}".strip()
            paper = changed(paper, notes=notes or None, extra=(*paper.extra, *more))
        return paper
