"""Files that are far too large, far too deep or far too full, in every format that could hold them.

`scale` 1 is what `make soak` tries: 200 MB of text, one entry of 50 MB, 100,000 entries, a million
authors, 200,000 elements in each other. The tests try a hundredth.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from daybook.digests import read_folder
from daybook.forks import fork

_MAIL = "From: a@b.example\nDate: Tue, 11 Mar 2025 09:00:00 +0000\nMIME-Version: 1.0\n\n"
_ATOM = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">'


def _arxiv(number: int) -> str:
    return f"2{number // 90_000 + 101:03d}.{number % 90_000:05d}"


def _bibtex(number: int, authors: Iterable[str], text: str) -> str:
    names = " and ".join(authors)
    return (
        f"@misc{{k{number},\n  title = {{Title Number {number}}},\n  author = {{{names}}},\n"
        f"  doi = {{10.1000/{number}}},\n  abstract = {{{text}}}\n}}\n"
    )


def _ris(number: int, authors: Iterable[str], text: str) -> str:
    names = "".join(f"AU  - {name}\n" for name in authors)
    return (
        f"TY  - JOUR\nTI  - Title Number {number}\n{names}DO  - 10.1000/{number}\n"
        f"AB  - {text}\nER  - \n"
    )


def _csv(number: int, authors: Iterable[str], text: str) -> str:
    return f'Title Number {number},"{"; ".join(authors)}",10.1000/{number},"{text}"\n'


def _json(number: int, authors: Iterable[str], text: str) -> str:
    paper = {"title": f"Title Number {number}", "authors": list(authors), "abstract": text}
    return json.dumps(paper | {"doi": f"10.1000/{number}"})


def _feed(number: int, authors: Iterable[str], text: str) -> str:
    names = "".join(f"<author><name>{name}</name></author>" for name in authors)
    return (
        f"<entry><id>http://arxiv.org/abs/{_arxiv(number)}v1</id>"
        f"<title>Title Number {number}</title>{names}<summary>{text}</summary></entry>\n"
    )


def _markdown(number: int, authors: Iterable[str], text: str) -> str:
    names = ", ".join(authors)
    return f"## [Title Number {number}](https://arxiv.org/abs/{_arxiv(number)})\n\n{names}\n\n{text}\n\n"


def _html(number: int, authors: Iterable[str], text: str) -> str:
    return (
        f'<h2><a href="https://arxiv.org/abs/{_arxiv(number)}">Title Number {number}</a></h2>'
        f"<p>{', '.join(authors)}</p><p>{text}</p>\n"
    )


@dataclass(frozen=True)
class Kind:
    """How a file of a format is written."""

    record: Callable[[int, Iterable[str], str], str]
    head: str = ""
    between: str = ""
    tail: str = ""

    def file(self, entries: int, authors: int = 1, characters: int = 0) -> Iterator[str]:
        """Give a file in pieces."""
        names = ["Ada Lovelace"] * authors
        text = "word " * (characters // 5)
        yield self.head
        for number in range(1, entries + 1):
            yield (self.between if number > 1 else "") + self.record(number, names, text)
        yield self.tail


KINDS = {
    "bibtex": Kind(_bibtex),
    "ris": Kind(_ris),
    "csv": Kind(_csv, "title,authors,doi,abstract\n"),
    "json": Kind(_json, "[", ",", "]"),
    "jsonl": Kind(_json, between="\n"),
    "feed": Kind(_feed, _ATOM, tail="</feed>"),
    "markdown": Kind(_markdown, "# Papers\n\n"),
    "mail": Kind(_markdown, _MAIL),
    "html": Kind(_html, "<!doctype html><title>Papers</title><body>"),
}


def files(scale: float) -> Iterator[tuple[str, Iterable[str]]]:
    """Give the files by name, each in pieces."""

    def by(number: int) -> int:
        return max(1, int(number * scale))

    for name, kind in KINDS.items():
        yield f"{name}, many entries", kind.file(by(100_000))
        yield f"{name}, one large entry", kind.file(3, characters=by(50_000_000) // 3)
        yield f"{name}, many authors", kind.file(2, authors=by(1_000_000) // 2)
    page = "<!doctype html><html><body>"
    link = '<a href="https://arxiv.org/abs/2503.00001">A Title of Its Own</a>'
    for element in ("div", "b", "table><tr><td", "ul><li", "p", "a href=x", "font"):
        yield f"html, nested {element}", (page, f"<{element}>" * by(200_000), link)
    yield "html, ends of nothing", (page, "<b>" * by(300_000), "</i>" * by(3_000_000), link)
    inner = '<a href="https://x.example/"><div>' * by(100_000)
    yield "html, headings in links", (page, inner, "<h1>T</h1>" * by(100_000), link)
    yield "html, elements", (page, "<i></i>" * by(2_000_000), link)
    yield "html, unclosed comments", (page, "<!--" * by(1_000_000), link)
    yield "html, attributes", (page, "<p ", "a=1 b " * by(200_000), ">", link)
    part = "--b\nContent-Type: text/plain\n\nWords\n"
    head = _MAIL.rstrip() + "\nContent-Type: multipart/mixed; boundary=b\n\n"
    yield "mail, parts", (head, part * by(200_000), "--b--\n")
    message = f"From a@b.example Tue Mar 11 09:00:00 2025\n{_MAIL}- {link}\n\n"
    yield "mail, messages", (message * by(100_000),)
    yield "feed, nested", (_ATOM, "<entry>" * by(200_000), "<title>T</title>")
    yield "feed, entities", (_bomb(), "<entry><title>&z9;</title></entry></feed>")
    yield "html, entities", (page, "&amp;" * by(2_000_000), link)
    yield "json, nested", ("[" * by(1_000_000),)
    yield "text, plain", ("Words that mean nothing.\n" * by(1_000_000) for _ in range(8))


def _bomb() -> str:
    levels = "".join(f'<!ENTITY z{n} "{f"&z{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY z0 "lol">{levels}]>'
    return f'{head}<feed xmlns="http://www.w3.org/2005/Atom">'


@dataclass(frozen=True)
class Outcome:
    """What became of a file, and what it took."""

    said: str
    """How many entries were read, or why none."""
    seconds: float
    """Of the processor's."""
    megabytes: float
    """At most, beyond what the process had before."""


def read_alone(folder: Path, pieces: Iterable[str], seconds: int, megabytes: int) -> Outcome:
    """Read a file in a process of its own that may take so much, and no more.

    Raises:
        AssertionError: when it took more, or when neither entries nor a refusal came of it.
    """
    path = folder / "heavy.txt"
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(pieces)
    reading, writing = os.pipe()
    process = fork()
    if process == 0:
        code = 1
        try:
            code = _measure(folder, writing, seconds, megabytes)
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        told = pipe.read()
    os.waitpid(process, 0)
    size = path.stat().st_size / 1e6
    path.unlink()
    assert told, f"{size:.1f} MB took over {seconds} s or {megabytes} MB"
    said, spent, peak = json.loads(told)
    assert said, f"{size:.1f} MB were neither read nor refused"
    return Outcome(f"{size:.1f} MB: {said}", spent, peak)


def _measure(folder: Path, writing: int, seconds: int, megabytes: int) -> int:
    before = resource.getrusage(resource.RUSAGE_SELF)
    at_start = int(before.ru_utime + before.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (at_start + seconds, at_start + seconds + 1))
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + megabytes * 1_000_000,) * 2)
    begun = time.process_time()
    done = read_folder(folder)
    spent = time.process_time() - begun
    refusals = [*done.refusals, *(r for digest in done.digests for r in digest.refusals)]
    assert not any("its reader broke" in refusal.message for refusal in refusals), refusals
    entries = sum(len(digest.entries) for digest in done.digests)
    said = [f"{entries} entries"] * (entries > 0) + [refusal.message for refusal in refusals[:1]]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before.ru_maxrss
    per_megabyte = 1e6 if sys.platform == "darwin" else 1e3
    os.write(writing, json.dumps((", ".join(said)[:300], spent, peak / per_megabyte)).encode())
    return 0
