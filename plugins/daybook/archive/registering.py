"""The ledger and the pages brought together: every page has a record, every record its page.

A ledger that is lost or damaged is made again from what is whole in it and from the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ..errors import Refusal
from ..records import Paper
from .gathering import keys_of
from .ledger import FILE_NAME, Ledger, is_page_path, salvage_ledger
from .slugs import Names, is_name
from .stored_pages import StoredPage

Copies = dict[int, list[StoredPage]]
"""Pages of papers that have another page, by the paper's number."""


def open_ledger(
    text: str | None, load: Callable[[Mapping[str, int]], Sequence[StoredPage]]
) -> tuple[Ledger, dict[int, StoredPage], Copies, list[Refusal]]:
    """Read the ledger, and enter the pages it does not know.

    `load` gives the pages, being told the papers' numbers by path. Gives the ledger with the page
    of each paper's number, those that lie there twice, and what is refused and doubted. A page
    that was moved is known by its slug and stays where it is.

    Raises:
        LedgerError: when a later Daybook wrote the ledger.
    """
    ledger, damage = (Ledger(), []) if text is None else salvage_ledger(text)
    by_path = {record.path: number for number, record in ledger.papers.items()}
    stored = load(by_path)
    refusals = [page.refusal for page in stored if page.refusal]
    again = {*ledger.lines, ""}
    lines = (text or "").split("\n")
    is_kept = any(lines[number - 1].strip() not in again for number in ledger.dropped)
    doubts = [_damage(line, message, is_kept) for line, message in damage[:3]]
    if text is None and stored:
        doubts.append(_damage(None, "it is missing.", is_kept))
    at, left = _find_pages(ledger, by_path, stored)
    copies: Copies = {}
    slugs = {record.slug: number for number, record in ledger.papers.items()}
    for page in sorted(left, key=_order):
        if page.paper and page.paper.digests and page.paper.slug in slugs:
            copies.setdefault(slugs[page.paper.slug], []).append(page)
            continue
        record = _register(ledger, page, rebuilt=bool(doubts))
        if isinstance(record, int):
            at[record] = page
            slugs[ledger.papers[record].slug] = record
        elif record is not None:
            doubts.append(record)
    _restore_redirects(ledger, at)
    return ledger, at, copies, refusals + doubts


def _restore_redirects(ledger: Ledger, at: Mapping[int, StoredPage]) -> None:
    """Enter the former slugs that only pages remember."""
    answering = {ledger.papers[number].slug for number in at}
    for number, page in sorted(at.items()):
        for slug in page.paper.former if page.paper else ():
            if slug not in ledger.redirects and slug not in answering:
                ledger.add_redirect(slug, ledger.papers[number].slug)


def _find_pages(
    ledger: Ledger, by_path: Mapping[str, int], stored: Iterable[StoredPage]
) -> tuple[dict[int, StoredPage], list[StoredPage]]:
    """Find each record's page, by its path or else by its slug; give the pages without a record."""
    at, left = {}, []
    for page in stored:
        if page.path in by_path:
            at[by_path[page.path]] = page
        else:
            left.append(page)
    homeless = {r.slug: number for number, r in ledger.papers.items() if number not in at}
    without = []
    for page in left:
        number = homeless.pop(page.paper.slug, None) if page.paper else None
        if number is None:
            without.append(page)
        else:
            at[number] = page
    return at, without


def _order(page: StoredPage) -> tuple[bool, str, str, str]:
    paper = page.paper
    if paper is None:
        return True, "", "", page.path
    return False, paper.date.isoformat(), paper.slug, page.path


def _register(ledger: Ledger, page: StoredPage, *, rebuilt: bool) -> int | Refusal | None:
    """Enter one page: its number, or why it cannot be; ``None`` for a damaged one left alone."""
    if not is_page_path(page.path) or page.path.lower() in ledger.paths:
        return _unusable(page.path, "its path cannot be a page's.")
    if page.paper is None:
        stem = page.path.rpartition("/")[2].removesuffix(".md")
        if rebuilt and is_name(stem) and stem not in ledger.slugs:
            return ledger.add_paper(stem, page.path, ()).number
        return None
    return _register_paper(ledger, page.path, page.paper)


def _register_paper(ledger: Ledger, path: str, paper: Paper) -> int | Refusal:
    by_hand = not paper.digests
    slug = paper.slug
    if slug in ledger.slugs:
        if not by_hand:
            return _same_slug(path, slug)
        slug = Names(ledger.slugs).take(slug)
    return ledger.add_paper(slug, path, keys_of(paper), by_hand=by_hand).number


def twice(page: StoredPage) -> Refusal:
    """Refuse a page whose paper has another one."""
    return _same_slug(page.path, page.paper.slug if page.paper else "")


def _same_slug(path: str, slug: str) -> Refusal:
    message = f"another page has the slug {slug!r} already."
    hint = "Remove it; a page of your own has a 'Slug:' of its own, and no 'Digests:'."
    return _unusable(path, message, hint)


def _unusable(path: str, message: str, hint: str = "Rename the page, or remove it.") -> Refusal:
    return Refusal(path, None, f"{message} It is left out.", hint)


def _damage(line: int | None, message: str, is_kept: bool) -> Refusal:
    """Tell of damage; `is_kept` where lines are taken out that `damage.keep_damaged` keeps."""
    hint = "Restore it from its history if addresses have changed"
    kept = f"; what was taken out of it is kept in {FILE_NAME}.damaged" if is_kept else ""
    made = "was made again from" if line is None else "goes on without that, completed from"
    message = f"{message} The ledger {made} the pages."
    return Refusal(FILE_NAME, line, message, f"{hint}{kept}.", fatal=False)
