"""`make oracle`: what stock lunr.js needs to build the index of a published site, and check it.

One JSON file: ``fields`` (``name``, ``boost``), ``k1``, ``b``, ``ref``, the ``documents``, in the
order in which lunr is to be given them, the labels of ``pipeline`` and ``searchPipeline``, and
``script``, which registers their functions with lunr once it has been run. ARCHITECTURE.md shows
how to use it. Everything is read from the site itself: from the result cards, and, for papers with
more authors than a card names, from ``data/``.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import PublishError
from ..scripts import client_source
from .cards import BLOCK, GROUP, read_cards
from .documents import FIELDS
from .manifest import K1, B

_CARDS = re.compile(r"(\d+)-[0-9a-f]+/(\d+)\.js")
_LABELS = re.compile(r"const (INDEX|SEARCH)_PIPELINE = (\[[^\]]*\])")


def read_documents(base: Path) -> list[dict[str, str]]:
    """Read what of each paper is searched out of a published site, by the papers' numbers.

    Raises:
        PublishError: where there is no search.
    """
    folder = base / "search" / "cards"
    cards: dict[int, Any] = {}
    for file in folder.glob("*/*.js"):
        place = _CARDS.fullmatch(file.relative_to(folder).as_posix())
        found = read_cards(file.read_bytes())
        if place is None or found is None:
            raise PublishError(f"{file} is not a file of the search")
        first = int(place[1]) * GROUP + int(place[2]) * BLOCK
        cards.update(enumerate(found, first))
    known = [card for _, card in sorted(cards.items()) if card]
    if not known:
        raise PublishError(f"{base} has no search; run `make site` first")
    full = dict(_all_authors(base)) if any("more" in card for card in known) else {}
    return [_document(card, full) for card in known]


def _all_authors(base: Path) -> Iterator[tuple[str, list[str]]]:
    for file in sorted((base / "data").glob("papers*.jsonl*")):
        data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        for paper in map(json.loads, data.splitlines()):
            yield paper["url"], paper.get("authors") or []


def _document(card: dict[str, Any], authors: dict[str, list[str]]) -> dict[str, str]:
    named = authors.get(card["url"]) if "more" in card else card.get("authors")
    return {
        "url": card["url"],
        "title": card["title"],
        "abstract": card.get("text", ""),
        "author": " ".join(named or ()),
        "topic": " ".join(topic["name"] for topic in card.get("topics", ())),
    }


def oracle(base: Path) -> dict[str, object]:
    """Give everything that stock lunr.js takes to build the same index."""
    source = client_source("pipeline")
    labels = {kind: json.loads(found) for kind, found in _LABELS.findall(source)}
    namespace = "globalThis.daybook ??= {};\ndaybook.search ??= {};\n"
    return {
        "lunr": "2.3.9",
        "script": namespace + source,
        "ref": "url",
        "fields": [{"name": field.name, "boost": field.boost} for field in FIELDS],
        "k1": K1,
        "b": B,
        "pipeline": labels["INDEX"],
        "searchPipeline": labels["SEARCH"],
        "documents": read_documents(base),
    }


def main() -> None:
    """Write the file that the environment names (``FILE``) about the site in ``OUTPUT``."""
    file = os.environ.get("FILE")
    output = Path(os.environ.get("OUTPUT") or "output")
    if not file:
        sys.exit("Say where to write: make oracle OUTPUT=dir FILE=f")
    bases = [output / (os.environ.get("DAYBOOK_BASE") or ""), output / "archive"]
    base = next((base for base in bases if (base / "search.html").is_file()), output)
    try:
        text = json.dumps(oracle(base), ensure_ascii=False)
        Path(file).write_text(text + "\n", encoding="utf-8")
    except (PublishError, OSError) as error:
        sys.exit(f"Daybook: {error}")


if __name__ == "__main__":
    main()
