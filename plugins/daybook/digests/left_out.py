"""Papers of a newsletter that came out as no entry: what in it is made as one is told by its line.

One lost sign joins two items, or breaks a link or an address. So all lines are looked at again when
everything is read: what links to another paper than its entry's, what stands as the entries beside
it do, and what was a link or an address of a paper.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Container, Iterator, Sequence

from ..errors import Refusal
from ..records import Entry
from .blocks import Block
from .bullets import leads_on
from .elements import TORN_TAG
from .identifiers import read_arxiv, read_doi, read_url
from .item_lines import NUMBER
from .marks import LINK, is_worded, paper_key, papers_in, plain
from .references import begins_article, cited_title
from .shielding import unshielded
from .siblings import made_as_titles
from .titles import alone
from .wording import one_line

_TORN = re.compile(
    r"\]\(|\[[^\[\]()]{3,400}(?:\Z|\(?<?(?:https?:)?//)|\](?=<?https?:/)"
    r"|\A(?:[^\s()\[\]:;]{0,400}|[^()]{0,400}\.\d{4,5})\)\Z|(?<=[\s>)])`__?(?!\w)|\]\[[^\[\]]{1,400}\]\]|\A[^\[\]]+\]\]|\A`[^`]{3,400}\Z"
)
"""What is left of a link one end of which is missing."""
_TAG = re.compile(r"<[^<>]*>")
_ADDRESS = re.compile(
    r"(?:arxiv\.org|(?<![\w-])doi\.org|huggingface\.co/papers|openreview\.net)[^\s\])>\"]*"
    r"|https?://(?!localhost)[\w-]+(?=[\s)\]>]|\Z)|(?<![\w/.:])(?<!this )http?s?:?/{0,2}(?=\s|\Z)"
    r"|(?<=[A-Za-z])\d{2}(?:0[1-9]|1[0-2])\.\d{5}(?!\d)"
    r"|(?<![^\s(<>\"\[])[^\s(<>\"\[]*/(?:\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?!\d)|10\.\d{4,9}/\w"
    r"|forum\?id=\w)[^\s\])>\"]*",
    re.IGNORECASE,
)
_SIGNS = ("htt", "arxiv.org", "doi.org", "huggingface.co", "openreview.net", "forum?id=")
_NUMBERED = re.compile(r"\d\.\d{4}")
_PAGES = re.compile(
    r"arxiv\.org/?(?:\Z|[?#](?!abs)|(?:list|search|a|archive|help|corr|year|rss|api|catchup|new|about"
    r"|src|e-print|format|auth|user|show-email|blog|multi|find|labs)(?:[/?]|\Z)|(?:html|abs|pdf)/?\Z)"
    r"|doi\.org/?\Z|huggingface\.co/papers(?:/?\Z|\?|/(?:date|week|month|trending|api|submit)\b)"
    r"|openreview\.net/?(?:\Z|group|profile|about|search|#|venue|notes|submissions|user)",
    re.IGNORECASE,
)
"""What is there besides papers."""
_CLAUSE = re.compile(r"(?:^|[\s(])[a-z][a-z'’-]*\s+\Z")
"""Words that lead to a link, as in prose: 'it extends [...]'."""
_LEAST_WORDS = 2
_LONGEST_SHOWN = 60
_MOST = 50
"""Warnings of one file that have a line each."""
_HINT = "If it is a paper of the list, mend its line and save it again."


def tell_left_out(
    path: str,
    blocks: Sequence[Block],
    taken: Container[int],
    entries: Sequence[Entry],
    told: Sequence[Refusal],
) -> list[Refusal]:
    """Name the papers in a newsletter's lines that are in no entry and were not told before.

    `taken` has the lines that belong to an entry.
    """
    left = _LeftOut(blocks, entries, taken)
    found = [*left.papers()]  # A line may hold several, each lost by itself.
    spoken_of = {refusal.line for refusal in told} | {number for number, _, _ in found}
    for number, message in left.lines():
        if number not in spoken_of:
            spoken_of.add(number)
            found.append((number, message, False))
    refusals = [
        Refusal(
            path, number, f"{message}.", "Give it a title and a link." if fatal else _HINT, fatal
        )
        for number, message, fatal in found
    ]
    return _bounded(path, sorted(refusals, key=lambda refusal: refusal.line or 0))


def _bounded(path: str, refusals: list[Refusal]) -> list[Refusal]:
    """Give what is certainly missing, the first of what may be, and how much more there is."""
    warned = [refusal for refusal in refusals if not refusal.fatal]
    if len(warned) <= _MOST:
        return refusals
    more = warned[_MOST:]
    message = f"{len(more):,} more links and lines from there on may be papers, and are no entries."
    kept = [*warned[:_MOST], *(refusal for refusal in refusals if refusal.fatal)]
    kept.sort(key=lambda refusal: refusal.line or 0)
    return [*kept, Refusal(path, more[0].line, message, _HINT, fatal=False)]


class _LeftOut:
    """The lines of a newsletter beside the entries that came of them."""

    def __init__(
        self, blocks: Sequence[Block], entries: Sequence[Entry], taken: Container[int]
    ) -> None:
        self._blocks = blocks
        self._taken = taken
        self._begun = {entry.line: entry for entry in entries if entry.line}
        self._lines = sorted(self._begun)
        self._citing: dict[int, bool] = {}
        self._known = {
            key
            for entry in entries
            for key in (entry.arxiv, entry.doi, *(paper_key(link.url) for link in entry.links))
        }

    def papers(self) -> Iterator[tuple[int, str, bool]]:
        """Give the lines of papers, what is to be said, and whether one certainly is missing."""
        for block in self._blocks:
            yield from self._other_papers(block)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Give the lines that may hold a paper by how they are made, and what is to be said."""
        for place in made_as_titles(self._blocks, self._begun):
            if begins_article(self._blocks[place].text):
                continue
            words = _shown(self._blocks[place].text)
            message = f"{words} stands as the titles of papers do, and is no entry"
            yield self._blocks[place].number, message
        for block in self._blocks:
            if what := _torn(block.text):
                yield block.number, what
            elif block.kind == "bullet" and block.number not in self._taken:
                bare = NUMBER.search(LINK.sub(" ", block.text))
                if bare and bare[0].partition("v")[0] not in self._known:
                    yield block.number, f"{bare[0]} stands in an item and is no entry"

    def _other_papers(self, block: Block) -> Iterator[tuple[int, str, bool]]:
        """Look at what a line links to besides the papers of entries."""
        for key, link in papers_in(block.text):
            if key in self._known:
                continue
            before, fatal = block.text[: link.start()], False
            if block.number not in self._taken or not self._begun:
                where = "stands in running text" if block.kind == "text" else "has no title"
                fatal = block.kind != "text" and not is_worded(link[1]) and not leads_on(before)
                if block.kind == "heading" and is_worded(LINK.sub("", block.text)):
                    where, fatal = "stands beside a heading", False
            elif self._is_apart(block, key, link, before):
                where = "stands within the text of another paper"
            else:
                continue
            self._known.add(key)
            yield block.number, f"a link to {key} {where} and is no entry", fatal

    def _is_apart(self, block: Block, key: str, link: re.Match[str], before: str) -> bool:
        """Whether a link in the text of an entry is that of a paper of its own."""
        is_row = block.kind == "row"
        if is_worded(link[1]):
            words = one_line(plain(link[1]))
            fewest = _LEAST_WORDS + is_row  # Its cells name methods, too.
            titled = len(words.split()) >= fewest and not words[:1].islower()
            return titled and not leads_on(before) and _CLAUSE.search(before) is None
        if is_row:
            return False  # What else there is of its paper, or of others.
        entry = self._begun[self._lines[max(bisect.bisect(self._lines, block.number) - 1, 0)]]
        own = entry.arxiv if read_arxiv(key) else entry.doi if read_doi(key) else None
        written = read_arxiv(plain(link[1])) is None and read_url(plain(link[1])) is None
        return own is not None and (written or self._cites(block))

    def _cites(self, block: Block) -> bool:
        """Whether a line is a link or a citation: asked once, however many links it has."""
        if block.number not in self._citing:
            cited = alone(block) is not None or cited_title(block.text) is not None
            self._citing[block.number] = cited
        return self._citing[block.number]


def _torn(text: str) -> str | None:
    """Say what of a line is the rest of a link, or an address of a paper that cannot be read."""
    rest = text
    if "](" in text:
        rest = LINK.sub(_unless_paper, text)
    for found in _ADDRESS.finditer(rest) if _may_hold_address(rest) else ():
        if _PAGES.match(found[0]) is None:
            is_read = paper_key(found[0].rstrip(".,;:")) is not None
            what = "leads to no entry" if is_read else "is no address of a paper that can be read"
            return f"{_shown(found[0])} {what}"
    torn = None
    if "[" in text or "]" in text or "`" in text or text.endswith(")"):
        torn = _TORN.search(LINK.sub(_unless_torn, text))
    meant = unshielded(rest)
    if torn is None and ("=" in meant or '"' in meant):
        torn = TORN_TAG.search(_TAG.sub(" ", meant))
    if torn is not None:
        begin = max(torn.start() - _LONGEST_SHOWN // 2, 0)
        return f"a link is broken there: {_shown(torn.string[begin:])}"
    return None


def _may_hold_address(text: str) -> bool:
    """Whether a line has what all that `_ADDRESS` looks for has: a glance, as most have none."""
    low = text.lower()
    return any(sign in low for sign in _SIGNS) or _NUMBERED.search(text) is not None


def _unless_paper(link: re.Match[str]) -> str:
    """Leave out a link to a paper; of any other give words, address and what stands behind it."""
    return (
        " " if paper_key(link[2]) else f" {link[1]} {link[0][link.start(2) - link.start() : -1]} "
    )


def _unless_torn(link: re.Match[str]) -> str:
    """Leave out a link, unless something else than its title stands behind its address."""
    return link[0] if link.string[link.end(2)] not in ')> \t"' else " "


def _shown(text: str) -> str:
    return repr(one_line(unshielded(plain(text)))[:_LONGEST_SHOWN])
