"""Lists of four of which one title quotes what files of other formats say, and what that costs."""

from __future__ import annotations

import functools
import html
import itertools
import json
import re
from collections.abc import Callable, Iterator

from daybook.digests import read_digest
from daybook.digests.wording import is_whole
from daybook.records import Digest

from ..hostile_texts import FORMATS, as_markdown, as_tex, line, sample
from .corpus import cases
from .shapes import NAMES, SHAPES, Shape

BEFORE, BEHIND = "Bricklaying", "Machines"
LONGEST = 100
"""Characters of a mark."""
WORDS = (
    "Daily Papers - Hugging Face",
    "Get trending papers in your email inbox once a day!",
    "by AK and the research community",
    '<div data-target="DailyPapers"> /front/build/kube-1 <title>Paper page - x</title>',
    "<article> of huggingface, see /papers/2501.00001",
    "<a class=gse_alrt_title> <p class=arxiv-result> <meta name=citation_title content=x>",
    "@article{key, title = {x}, author={y}}",
    '<itunes:author> <enclosure type="audio/mpeg">',
    "<!DOCTYPE html> <html> <rss> <feed> <OAI-PMH>",
    "3 authors",
    "View arXiv page /login?next=%2Fpapers%2F2501.00001 Published on May 3 Abstract",
)
_MENDED = re.compile(
    r"[\\&]|``|\(\d{4}\)|huggingface\.host|in your browser|</?(?:i|b|em|strong|sub|sup|span)\b"
)
"""TeX, entities, addresses of mirrors, words that are typeset, years before people in links, and
what mails say to their subscribers."""


def _in_json(text: str) -> str:
    return json.dumps(text)[1:-1]


_WRITTEN: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("json", "hf-json", "jsonl", "csl-json"), _in_json),
    "csv-quoted": lambda text: text.replace('"', '""'),
    **dict.fromkeys(("ris", "endnote", "hf-text"), line),
    **dict.fromkeys(("bibtex", "arxiv-mail"), as_tex),
}
"""How each format writes any text; of others only the papers beside the one are held to theirs."""
_MARKUP = {name for name, shape in SHAPES.items() if shape.record.startswith("<")}


def texts() -> Iterator[str]:
    """Give the tests' own files of every format."""
    for name in FORMATS:
        yield sample(name, 1, "Words").text
    for path in cases():
        data = path.read_bytes()
        if b"\0" not in data:
            yield data.decode("utf-8", "replace").replace("\ufffd", "").replace("\ufeff", "")


def marks(lines: int) -> list[str]:
    """Give the first lines of all formats' files, as many of each, each once."""
    found = dict.fromkeys(WORDS)
    for text in texts():
        said = (line(html.unescape(raw))[:LONGEST].strip() for raw in text.split("\n"))
        found |= dict.fromkeys(itertools.islice(filter(_is_mark, said), lines))
    return list(found)


def _is_mark(said: str) -> bool:
    return len(re.findall(r"\w", said)) > 1 and stays(said)


def stays(said: str) -> bool:
    """Whether no reader mends a line."""
    return is_whole(said) and _MENDED.search(said) is None


def quoting(shape: Shape, said: str) -> bytes:
    """Write a list of four, of which the second quotes something."""
    names = [NAMES[0], f"{BEFORE} {said} {BEHIND}", *NAMES[2:]]
    records = (shape.record.format(title=name, number=n) for n, name in enumerate(names, 1))
    return (shape.head + shape.between.join(records) + shape.tail).encode()


def lost_by(shape: str, mark: str) -> str | None:
    """Say what a mark in a title costs, if anything."""
    exactly = html.escape if shape in _MARKUP else _WRITTEN.get(shape)
    written = exactly(mark) if exactly else as_markdown(mark)
    digests = read_digest("list", quoting(SHAPES[shape], written))
    if {digest.format for digest in digests} != {_format(shape)}:
        return f"it is read as {digests[0].format}"
    titles = titles_of(digests)
    if missing := [name for name in (NAMES[0], *NAMES[2:]) if name not in titles]:
        return f"{missing} is missing"
    shown = f"{BEFORE} {line(mark)} {BEHIND}"
    kept = shape != "mail-html" or "@" not in mark  # Mails lose their addresses.
    if exactly and kept and _plain(shown) not in map(_plain, titles):
        return f"it is shown as {titles}"
    return None


@functools.cache
def _format(shape: str) -> str:
    (plain, *_) = read_digest("list", quoting(SHAPES[shape], "of"))
    return plain.format


def titles_of(digests: tuple[Digest, ...]) -> list[str]:
    return [line(entry.title) for digest in digests for entry in digest.entries]


def _plain(title: str) -> str:
    """Give a title as it is compared: dashes of TeX's are other signs."""
    return re.sub(r"[-\u2013\u2014]+", "-", title)
