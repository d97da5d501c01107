"""Result cards: what the search page shows of a paper, in small files of their own.

Ten results seldom share a file, so small ones cost least to load; three papers a file keep a site
of twenty thousand papers below three files a paper. Naming each by its own hash would take
the manifest two bytes a file; so files are named by their place, in folders for groups of papers
that are named by a hash of the whole group. What they hold is packed: abstracts are most of it.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence

from ..maths import plain_text
from ..records import Paper, Topic
from .cache import Bundle
from .documents import text_of
from .shards import FOLDER, VERSION, content_hash, delivery, json_text

BLOCK = 3
"""Numbers a file."""
GROUP = 256
"""Numbers a folder."""
HASH_LENGTH = 6
"""Hexadecimal digits in a folder's name: they need only differ from those of older versions."""
MOST_AUTHORS = 40
"""Names beyond these are only counted: some papers have thousands."""


_LEVEL = 6
"""zlib's."""
_FILE = re.compile(rb'daybook\.search\.receive\("([^"]*)",(.*),(\d+)\);\n', re.DOTALL)
_PATH = re.compile(rf"{FOLDER}cards/(\d+)-[^/]+/(\d+)\.js")

Card = dict[str, object]


def card(paper: Paper, topics: Mapping[str, Topic]) -> Card:
    """Give what a result shows; what is unknown is left out.

    Texts are those that are indexed, TeX and all: see `_shown`.
    """
    authors = paper.authors or ()
    shown = authors[:MOST_AUTHORS]
    known: Card = {"title": paper.title, "url": f"papers/{paper.slug}.html"}
    if shown:
        known["authors"] = list(shown)
    if more := max(len(authors), paper.author_count or 0) - len(shown):
        known["more"] = more
    if paper.published:
        known["date"] = str(paper.published)
    if paper.topics:
        known["topics"] = [
            {"name": topics[slug].name if slug in topics else slug, "url": f"topics/{slug}.html"}
            for slug in paper.topics
        ]
    if paper.arxiv:
        known["arxiv"] = paper.arxiv
    if paper.doi:
        known["doi"] = paper.doi
    if paper.venue:
        known["venue"] = paper.venue
    if text := text_of(paper):
        known["text"] = text
    return known


def _shown(known: Card) -> Card:
    """Give the texts that have formulas as plain text, which is what a reader is shown of them."""
    texts = {name: str(known[name]) for name in ("title", "text") if name in known}
    plain = {name: plain_text(text) for name, text in texts.items()}
    shown = {name: text for name, text in plain.items() if text != texts[name]}
    return {"shown": shown} if shown else {}


def card_group(number: int, cards: Sequence[tuple[int, Card]]) -> Bundle:
    """Write the cards of one group of papers; the summary is the hash in its folder's name."""
    blocks: dict[int, list[Card | None]] = {}
    for paper, known in cards:
        at, place = divmod(paper - number * GROUP, BLOCK)
        size = min(BLOCK, GROUP - at * BLOCK)
        blocks.setdefault(at, [None] * size)[place] = known | _shown(known)
    texts = {at: json_text(block) for at, block in blocks.items()}
    digest = group_hash(texts)
    folder = f"cards/{number}-{digest}"
    return Bundle(
        digest, tuple(delivery(f"{folder}/{at}", _packed(text)) for at, text in texts.items())
    )


def group_hash(texts: Mapping[int, bytes]) -> str:
    """Name a group by what its files hold, as JSON."""
    return content_hash(*(b"%d %b\n" % each for each in texts.items()))[:HASH_LENGTH]


def _packed(text: bytes) -> bytes:
    return b'"%b"' % b64encode(zlib.compress(text, _LEVEL))


def opened(file: bytes) -> bytes | None:
    """Give the JSON that a file of cards holds, packed or plain; ``None`` if it is no such file."""
    found = _FILE.fullmatch(file)
    if found is None or int(found[3]) != VERSION:
        return None
    try:
        text = found[2]
        return zlib.decompress(b64decode(text[1:-1])) if text.startswith(b'"') else text
    except (zlib.error, ValueError):
        return None


def plain(path: str, file: bytes) -> bytes:
    """Give a file of the site as bundles hold it: cards unpacked, to be packed with others."""
    if not path.startswith(f"{FOLDER}cards/"):
        return file
    found, text = _FILE.fullmatch(file), opened(file)
    return delivery(found[1].decode(), text).content if found and text is not None else file


def last_number(path: str) -> int | None:
    """Give the highest number that a file of cards may hold, by its path; of others ``None``."""
    found = _PATH.fullmatch(path)
    return found and min(int(found[2]) * BLOCK + BLOCK, GROUP) - 1 + int(found[1]) * GROUP


def read_cards(file: bytes) -> list[Card | None] | None:
    """Read a file of cards; ``None`` if it is none."""
    text = opened(file)
    cards: list[Card | None] | None = None if text is None else json.loads(text)
    return cards


def grouped(papers: Sequence[Paper], size: int) -> Iterator[tuple[Paper, ...]]:
    """Cut papers, in the order of their numbers, into the groups of ``size`` numbers."""
    at = 0
    for end in range(GROUP, size + GROUP, GROUP):
        start = at
        while at < len(papers) and papers[at].number < end:
            at += 1
        yield tuple(papers[start:at])
