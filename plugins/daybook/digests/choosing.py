"""Which format a file is of: who claims it, from where, and who finds papers in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..errors import MalformedDigestError
from ..records import Entry
from .claims import Claim, Fit
from .document import Document, Kind
from .draft import Draft
from .empty_days import only_says_nothing
from .unknown import advise
from .unread import tell_unread


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file that can be read."""

    name: str
    title: str
    """In words, as reports and the README say it."""
    accepts: Callable[[Document], Claim | None]
    """What speaks for the content's being of this format, if anything does: see `claims`."""
    read: Callable[[Document], Iterable[Draft]]
    """Read it, as one digest or several.

    Raises:
        DigestError: where nothing in the file can be kept.
    """
    kinds: tuple[Kind, ...] = (Kind.TEXT,)
    """What such files begin as: its module is not loaded for others."""
    rendered: bool = False
    """Whether fields are read off a text made for people, whose lines may be wrapped, cut or
    forwarded: any format that states its fields counts more."""


Found = tuple[Format, tuple[Draft, ...]]
"""What a file is, and what it holds."""

_TEXTS = ("scholar-alert", "arxiv-html", "arxiv-mail", "hf-rendering", "markdown", "hf-text")
"""The formats whose readers find entries by what stands around them: see `unread`."""
_BY_LINKS = ("html", "markdown")
"""The formats whose readers take a paper of any site by its address."""
_FEWEST_TO_COUNT = 3
"""Papers that a page of its own marks has: one or two may be what a list quotes."""


def _read_as(chosen: Format, document: Document) -> tuple[Draft, ...]:
    """Read a file as what it is, and tell what a text names that was not read."""
    first, *others = tuple(chosen.read(document)) or (Draft(()),)
    told = [refusal for draft in (first, *others) for refusal in draft.refusals]
    if chosen.kinds == (Kind.HTML,):
        from .torn_tags import tell_torn_tags  # noqa: PLC0415 - see `registry`: pages alone ask it

        told += (torn := tell_torn_tags(document, told))
        first = dataclasses.replace(first, refusals=(*first.refusals, *torn))
    if chosen.name in _TEXTS:
        entries = [entry for draft in (first, *others) for entry in draft.entries]
        if unread := tell_unread(document, entries, told):
            first = dataclasses.replace(first, refusals=(*first.refusals, *unread))
    return (first, *others)


def read_best(document: Document, formats: Sequence[Format]) -> Found | None:
    """Read a file as the format that claims it, the likeliest kind of file first.

    Raises:
        DigestError: where papers were expected and none is found: what the first reader says.
    """
    problem: MalformedDigestError | None = None
    for kind in document.kinds:
        found = _read_kind(document, [known for known in formats if kind in known.kinds])
        if isinstance(found, tuple):
            return found
        problem = problem or found
    if problem is not None:
        raise problem
    return None


def _read_kind(
    document: Document, formats: Sequence[Format]
) -> Found | MalformedDigestError | None:
    """Read a file as the first format that claims it and finds papers, or give why none does.

    Where its claim is only likely, who finds more than twice as many comes before it: what one
    paper's words quote is one entry, or a few. One is outdone by two, and any by who is sure.

    Raises:
        MalformedDigestError: where a file is surely of a format, which finds no paper in it.
    """
    problem: MalformedDigestError | None = None
    best: Found | None = None
    most, cut = 0, None
    told = before = [*document.doubts]
    for known, claim in _claims(document, formats):
        sure = claim.fit > Fit.LIKELY
        least = most + 1 if sure or most < 2 else 2 * most + 1
        if best is not None and _finds_no_more(document, known, claim, best, least):
            continue
        document.doubts[:] = before
        try:
            drafts = _read_as(known, document)
            entries = [entry for draft in drafts for entry in draft.entries]
            cut = cut or next((draft.cut for draft in drafts if draft.cut and not entries), None)
            _refuse_none(document, known, drafts, entries)
        except MalformedDigestError as error:
            if claim.fit is Fit.FINAL and best is None:
                raise
            problem = problem or error
            continue
        if cut is not None and all((entry.line or cut) >= cut for entry in entries):
            continue  # What stands in a record that is cut is no list of its own.
        if len(entries) >= least:
            best, told = (known, _with_papers(drafts)), [*document.doubts]
            most = len(entries)
        if sure:
            break
    document.doubts[:] = told
    return best or problem


def _finds_no_more(
    document: Document, known: Format, claim: Claim, best: Found, least: int
) -> bool:
    """Whether a format cannot find as many papers as it had to, by a glance at the file."""
    if claim.most is not None:
        return claim.most < least
    entries = [entry for draft in best[1] for entry in draft.entries]
    if known.name not in _BY_LINKS or len(entries) < _FEWEST_TO_COUNT:
        return False
    from .named_papers import names_more  # noqa: PLC0415 - see `registry`: few files ask for it

    return not names_more(document, entries, least - 1 - len(entries))


def _claims(document: Document, formats: Iterable[Format]) -> Iterator[tuple[Format, Claim]]:
    """Give who claims a file, who begins first in it first; where that is sure, at once."""
    waiting: list[tuple[Format, Claim]] = []
    for known in formats:
        claim = known.accepts(document)
        if claim is not None and claim.place == 0 and claim.fit > Fit.LIKELY:
            yield known, claim
        elif claim is not None:
            waiting.append((known, claim))
    yield from sorted(waiting, key=lambda pair: pair[1].place)


def _refuse_none(
    document: Document, known: Format, drafts: tuple[Draft, ...], entries: list[Entry]
) -> None:
    """Refuse what a format found no paper in, or nothing but the words of a page without papers.

    Raises:
        MalformedDigestError: for such a file.
    """
    if not entries:
        told = next((refusal for draft in drafts for refusal in draft.refusals), None)
        why = f": {told.message}" if told and any(draft.cut for draft in drafts) else "."
        raise MalformedDigestError(
            document.path,
            f"expected {known.title}, found no paper in it{why}",
            line=told.line if told else None,
            hint=advise(document, "Save it again, or remove it from the folder."),
        )
    if only_says_nothing(entries):
        raise MalformedDigestError(
            document.path,
            f"expected a list of papers, found a page without any: {entries[0].title[:60]!r} "
            "(a login, an error or an empty day).",
            line=entries[0].line,
            hint="Remove it, or save the page again.",
        )


def _with_papers(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Leave out drafts without a paper; what they refuse is told by the first that has one."""
    orphaned = [refusal for draft in drafts if not draft.entries for refusal in draft.refusals]
    first, *others = (draft for draft in drafts if draft.entries)
    first = dataclasses.replace(first, refusals=(*first.refusals, *orphaned))
    return (first, *others)
