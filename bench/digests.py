"""Measures READ: entries a second in every format, and how far that is from plain parsing.

The digests are made up here, the same papers in every format. Beside each time stands that of the
plainest reading of the same bytes: lxml for markup, ``json.loads``, splitting into lines. Then the
yardsticks: 10,000 entries of the text layout read and merged (about 3 s), a 2 MB page (2 s).

    python bench/digests.py [-n 2000]
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as lxml_html

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "plugins"))

from daybook.archive import convert, load_taxonomy  # noqa: E402
from daybook.digests import read_digest, read_folder  # noqa: E402

MERGED = 10_000
LARGE_PAGE = 2_000_000
Paper = dict[str, Any]


def papers(count: int) -> list[Paper]:
    """Make up papers with titles, names and abstracts of ordinary length."""
    rng = random.Random(7)
    words = ["".join(rng.choices("aeilnorst", k=rng.randint(2, 11))) for _ in range(3000)]

    def some(number: int) -> str:
        return " ".join(rng.choice(words) for _ in range(number))

    return [
        {
            "id": f"25{1 + n // 10_000 % 12:02d}.{n % 10_000:05d}",
            "title": f"{some(8).capitalize()} number {n}",
            "authors": [f"{some(1).title()} {some(1).title()}" for _ in range(5)],
            "summary": f"{some(170).capitalize()}.",
        }
        for n in range(count)
    ]


def text(found: list[Paper]) -> str:
    """Give papers as a copy of a page."""
    cards = "".join(
        f"{p['title']}\n\n{p['summary']}\n\n  • 5 authors\n·\nMar 2, 2025\n\n" for p in found
    )
    return f"byAK and the research community\n\nMar 11\n\n{cards}"


def rendering(found: list[Paper]) -> str:
    """Give papers as a rendered page."""
    cards = "".join(
        f"[12](https://huggingface.co/login?next=%2Fpapers%2F{p['id']})\n\n"
        f"### [{p['title']}](https://huggingface.co/papers/{p['id']})\n\n"
        f"[{p['summary']}](https://huggingface.co/papers/{p['id']})\n\n"
        f"[- 5 authors](https://huggingface.co/papers/{p['id']})\n\n·\n\nMar 2, 2025\n\n"
        for p in found
    )
    return f"# Daily Papers\n\n## by AK and the research community\n\nMar 11\n\n{cards}"


def api(found: list[Paper]) -> str:
    """Give papers as the API answers."""
    return json.dumps(
        [{"paper": {**p, "authors": [{"name": n} for n in p["authors"]]}} for p in found]
    )


def cards(found: list[Paper]) -> str:
    """Give papers as a page of cards."""
    shown = "".join(
        f'<article><div><h3><a href="/papers/{p["id"]}">{p["title"]}</a></h3><p>{p["summary"]}</p>'
        f"<div>5 authors</div></div></article>"
        for p in found
    )
    return (
        f"<html><head><title>Daily Papers - Hugging Face</title></head><body>{shown}</body></html>"
    )


def listing(found: list[Paper]) -> str:
    """Give papers as arXiv lists them."""
    day = "New submissions for Tue, 11 Mar 2025"
    shown = "".join(
        f'<dt><a href="/abs/{p["id"]}" title="Abstract">arXiv:{p["id"]}</a></dt><dd>'
        f"<div class='list-title mathjax'><span>Title:</span> {p['title']}</div><div class="
        f"'list-authors'>{', '.join(f'<a href=#>{n}</a>' for n in p['authors'])}</div>"
        f"<div class='list-subjects'>Learning (cs.LG)</div>"
        f"<p class='mathjax'>{p['summary']}</p></dd>"
        for p in found
    )
    return f"<html><body><h3>{day}</h3><dl>{shown}</dl></body></html>"


def atom(found: list[Paper]) -> str:
    """Give papers as arXiv's API answers."""
    shown = "".join(
        f"<entry><id>http://arxiv.org/abs/{p['id']}v1</id><title>{p['title']}</title>"
        f"<summary>{p['summary']}</summary><published>2025-03-11T00:00:00Z</published>"
        + "".join(f"<author><name>{n}</name></author>" for n in p["authors"])
        + "</entry>"
        for p in found
    )
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{shown}</feed>'


def mailing(found: list[Paper]) -> str:
    """Give papers as arXiv mails them."""
    return "".join(
        f"\\\\\narXiv:{p['id']}\nDate: Tue, 11 Mar 2025 00:00:00 GMT\n\nTitle: {p['title']}\n"
        f"Authors: {', '.join(p['authors'])}\nCategories: cs.LG\n\\\\\n  {p['summary']}\n"
        f"\\\\ ( https://arxiv.org/abs/{p['id']} ,  1kb)\n{'-' * 78}\n"
        for p in found
    )


def newsletter(found: list[Paper]) -> str:
    """Give papers as headed sections."""
    return "# Papers of 2025-03-11\n\n" + "".join(
        f"### [{p['title']}](https://arxiv.org/abs/{p['id']})\n\n"
        f"Authors: {', '.join(p['authors'])}\n\n{p['summary']}\n\n"
        for p in found
    )


def tracker(found: list[Paper]) -> str:
    """Give papers as a table."""
    return "# Papers\n\n| Title | Authors | Abstract |\n|---|---|---|\n" + "".join(
        f"| [{p['title']}](https://arxiv.org/abs/{p['id']}) | {', '.join(p['authors'])} "
        f"| {p['summary']} |\n"
        for p in found
    )


def letter(found: list[Paper]) -> str:
    """Give papers as a newsletter in HTML."""
    shown = "".join(
        f'<h3><a href="https://arxiv.org/abs/{p["id"]}">{html.escape(p["title"])}</a></h3>'
        f"<p>Authors: {', '.join(p['authors'])}</p><p>{p['summary']}</p>"
        for p in found
    )
    return f"<html><body><h1>Papers of 2025-03-11</h1>{shown}</body></html>"


def bibtex(found: list[Paper]) -> str:
    """Give papers as a bibliography."""
    return "".join(
        f"@article{{p{p['id']},\n title = {{{p['title']}}},\n"
        f" author = {{{' and '.join(p['authors'])}}},\n eprint = {{{p['id']}}},\n"
        f" abstract = {{{p['summary']}}},\n year = 2025\n}}\n"
        for p in found
    )


def ris(found: list[Paper]) -> str:
    """Give papers as a bibliography."""
    return "".join(
        f"TY  - JOUR\nTI  - {p['title']}\n{''.join(f'AU  - {n}{chr(10)}' for n in p['authors'])}"
        f"AB  - {p['summary']}\nPY  - 2025\nUR  - https://arxiv.org/abs/{p['id']}\nER  - \n\n"
        for p in found
    )


def csl(found: list[Paper]) -> str:
    """Give papers as a bibliography."""
    return json.dumps(
        [
            {
                "id": p["id"],
                "type": "article",
                "title": p["title"],
                "author": [{"literal": n} for n in p["authors"]],
                "abstract": p["summary"],
                "URL": f"https://arxiv.org/abs/{p['id']}",
            }
            for p in found
        ]
    )


def lines(found: list[Paper]) -> str:
    """Give papers as JSON Lines."""
    return "".join(json.dumps(p) + "\n" for p in found)


def table(found: list[Paper]) -> str:
    """Give papers as CSV."""
    rows = (f"{p['id']},{p['title']},{'; '.join(p['authors'])},{p['summary']}\n" for p in found)
    return "arxiv,title,authors,abstract\n" + "".join(rows)


def records(found: list[Paper]) -> str:
    """Give papers as objects of a list, as services answer."""
    return json.dumps([{**p, "abstract": p["summary"], "summary": None} for p in found])


def harvest(found: list[Paper]) -> str:
    """Give papers as an answer to OAI-PMH."""
    shown = "".join(
        f'<record><metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{p["id"]}</id>'
        f"<title>{p['title']}</title><authors>"
        + "".join(
            f"<author><keyname>{last}</keyname><forenames>{first}</forenames></author>"
            for first, last in map(str.split, p["authors"])
        )
        + f"</authors><abstract>{p['summary']}</abstract></arXiv></metadata></record>"
        for p in found
    )
    space = "http://www.openarchives.org/OAI/2.0/"
    return f'<OAI-PMH xmlns="{space}"><ListRecords>{shown}</ListRecords></OAI-PMH>'


def export(found: list[Paper]) -> str:
    """Give papers as EndNote exports them."""
    return "".join(
        f"%0 Journal Article\n%T {p['title']}\n{''.join(f'%A {n}{chr(10)}' for n in p['authors'])}"
        f"%X {p['summary']}\n%D 2025\n%U https://arxiv.org/abs/{p['id']}\n\n"
        for p in found
    )


def alert(found: list[Paper]) -> str:
    """Give papers as Google Scholar's alert."""
    shown = "".join(
        f'<h3><a href="https://arxiv.org/abs/{p["id"]}" class=gse_alrt_title>{p["title"]}</a></h3>'
        f"<div>{', '.join(p['authors'])} - 2025</div><div class=gse_alrt_sni>{p['summary']}</div>"
        for p in found
    )
    return f"<html><body>{shown}</body></html>"


def mail(found: list[Paper]) -> str:
    """Give papers as a mail."""
    return f"From: a@example.org\nDate: Tue, 11 Mar 2025 06:00:00 +0000\n\n{newsletter(found)}"


FORMATS: dict[str, tuple[Callable[[list[Paper]], str], Callable[[bytes], object]]] = {
    "hf-text": (text, bytes.splitlines),
    "hf-rendering": (rendering, bytes.splitlines),
    "hf-json": (api, json.loads),
    "hf-html": (cards, lxml_html.document_fromstring),
    "arxiv-html": (listing, lxml_html.document_fromstring),
    "feed": (atom, etree.fromstring),
    "arxiv-mail": (mailing, bytes.splitlines),
    "markdown (sections)": (newsletter, bytes.splitlines),
    "markdown (table)": (tracker, bytes.splitlines),
    "html": (letter, lxml_html.document_fromstring),
    "bibtex": (bibtex, bytes.splitlines),
    "ris": (ris, bytes.splitlines),
    "tagged": (export, bytes.splitlines),
    "xml": (harvest, etree.fromstring),
    "scholar-alert": (alert, lxml_html.document_fromstring),
    "csl-json": (csl, json.loads),
    "json": (records, json.loads),
    "jsonl": (lines, lambda data: [json.loads(line) for line in data.splitlines()]),
    "csv": (table, bytes.splitlines),
    "mail": (mail, bytes.splitlines),
}
"""How each format is made, and its plainest reading."""


def say(line: str) -> None:
    """Print a line of the report at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def timed(work: Callable[[], object]) -> float:
    """Give the shorter of two runs, in seconds of the processor: others may use it, too."""
    runs = []
    for _ in range(2):
        begin = time.process_time()
        work()
        runs.append(time.process_time() - begin)
    return min(runs)


def main() -> int:
    """Print a line for each format, then the yardsticks."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    options.add_argument("-n", type=int, default=2000, help="papers in each format")
    count = options.parse_args().n
    found = papers(count)
    say(f"{'format':20} {'entries/s':>10} {'MB/s':>7} {'x plain':>8}")
    wrong = 0
    for name, (make, plainly) in FORMATS.items():
        data = make(found).encode()
        entries = sum(len(digest.entries) for digest in read_digest("bench", data))
        wrong += entries != count
        took = timed(partial(read_digest, "bench", data))
        plain = timed(partial(plainly, data))
        say(
            f"{name:20} {entries / took:10,.0f} {len(data) / took / 1e6:7.1f} "
            f"{took / max(plain, 1e-9):8.0f}" + ("" if entries == count else f"  READ {entries}!")
        )
    packed = gzip.compress(api(found).encode())
    took = timed(lambda: read_digest("bench.gz", packed))
    say(f"{'hf-json, gzip':20} {count / took:10,.0f}")
    _yardsticks()
    return 1 if wrong else 0


def _yardsticks() -> None:
    page, number = "", 1000
    while len(page) < LARGE_PAGE:
        page, number = letter(papers(number)), number + 500
    took = timed(lambda: read_digest("page.html", page.encode()))
    say(f"a page of {len(page) / 1e6:.1f} MB: {took:.2f} s (yardstick 2 s)")
    taxonomy = load_taxonomy(PROJECT / "content" / "topics.toml")
    with tempfile.TemporaryDirectory() as folder:
        digests = Path(folder, "digests")
        digests.mkdir()
        found = papers(MERGED)
        for start in range(0, MERGED, 1000):
            name = digests / f"2025-03-{11 + start // 1000}.txt"
            content = text(found[start : start + 1000]).replace("Mar 11", f"Mar {name.stem[-2:]}")
            name.write_text(content, encoding="utf-8")
        begin = time.process_time()
        reading = read_folder(digests)
        read = time.process_time() - begin
        convert(reading, Path(folder, "papers"), None, taxonomy)
        both = time.process_time() - begin
    say(f"{MERGED:,} entries of the text layout: read {read:.2f} s, with merging, topics and")
    say(f"writing {both:.2f} s (yardstick for reading and merging: about 3 s)")


if __name__ == "__main__":
    raise SystemExit(main())
