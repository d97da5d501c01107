"""However a file was saved, it says the same: encodings, marks, line ends, wrappings."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from daybook.digests import read_digest
from daybook.errors import DigestError
from daybook.records import Digest, Entry

from .corpus import cases

BLANK = 3


def zipped(data: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside", data)
    return held.getvalue()


def recorded(data: bytes) -> bytes:
    return json.dumps({"status": 200, "body": data.decode()}).encode()


def ending(sign: str) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", sign.encode())


def in_unicode(encoding: str) -> Callable[[bytes], bytes]:
    return lambda data: data.decode().encode(encoding)


def blank(data: bytes) -> bytes:
    return b"\n" * BLANK + data


def marked(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


def utf16(data: bytes) -> bytes:
    return in_unicode("utf-16")(data)


DRESSINGS: dict[str, Callable[[bytes], bytes]] = {
    "mark": marked,
    "blank lines": blank,
    "mark, blank lines": lambda data: marked(blank(data)),
    "blank lines, mark": lambda data: blank(marked(data)),
    "UTF-16": utf16,
    "UTF-16-LE": in_unicode("utf-16-le"),
    "UTF-16-BE": in_unicode("utf-16-be"),
    "UTF-32": in_unicode("utf-32"),
    "UTF-32-BE": in_unicode("utf-32-be"),
    "CR": ending("\r"),
    "CRLF": ending("\r\n"),
    "CR CRLF": ending("\r\r\n"),
    "gzip": gzip.compress,
    "ZIP": zipped,
    "gzip of mark, blank lines, CR": lambda data: gzip.compress(marked(blank(ending("\r")(data)))),
    "ZIP of UTF-16, CRLF": lambda data: zipped(utf16(ending("\r\n")(data))),
}
WRAPPED: dict[str, Callable[[bytes], bytes]] = {
    "recording": recorded,
    "recording of CRLF": lambda data: recorded(ending("\r\n")(data)),
    "marked recording": lambda data: marked(recorded(data)),
    "recording under blank lines": lambda data: blank(recorded(data)),
    "recording in UTF-16": lambda data: utf16(recorded(data)),
    "recording in gzip": lambda data: gzip.compress(recorded(data)),
    "marked recording in ZIP": lambda data: zipped(marked(recorded(data))),
}
"""Answers of markup alone are recorded so."""


def is_utf8(sample: Path) -> bool:
    data = sample.read_bytes()
    try:
        return b"\0" not in data and bool(data.decode())
    except UnicodeDecodeError:
        return False


SAMPLES = [sample for sample in cases() if is_utf8(sample)]


def read(name: str, data: bytes) -> tuple[Digest, ...]:
    try:
        return read_digest(name, data)
    except DigestError:
        return ()


def papers(name: str, data: bytes) -> list[Entry]:
    return [entry for digest in read(name, data) for entry in digest.entries]


def raised(entry: Entry, by: int) -> Entry:
    """Give a paper as it stands without the lines above; the file's first stays its first."""
    return replace(entry, line=max(entry.line - by, 1) if entry.line else None)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_file_says_the_same_however_it_was_saved(sample: Path) -> None:
    data = sample.read_bytes()
    known = papers(sample.name, data)
    playing = b'"body":' in data
    markup = known and data.lstrip().startswith(b"<")
    for name, dressed in {**DRESSINGS, **(WRAPPED if markup else {})}.items():
        above = BLANK if "blank" in name and not playing and name not in WRAPPED else 0
        found = papers(sample.name, dressed(data))
        assert [raised(entry, above) for entry in found] == known, name


MAIL = """\
From: Reading list <list@keeper.example>
To: Readers <readers@keeper.example>
Date: Wed, 12 Mar 2025 09:00:00 +0000
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: 8bit

# Papers

- [Über Only One](https://arxiv.org/abs/2503.00001)
- [The Other](https://arxiv.org/abs/2503.00002)
"""
BOX = f"From list@keeper.example Wed Mar 12 09:00:00 2025\n{MAIL}\n" * 2


@pytest.mark.parametrize("dressing", DRESSINGS)
@pytest.mark.parametrize("mail", [MAIL, BOX], ids=["mail", "mailbox"])
def test_a_mails_headers_are_no_papers_and_its_addresses_stay_behind(
    mail: str, dressing: str
) -> None:
    digests = read("saved", DRESSINGS[dressing](mail.encode()))
    titles = [entry.title for digest in digests for entry in digest.entries]
    assert titles == ["Über Only One", "The Other"] * mail.count("Date:")
    assert {digest.format for digest in digests} == {"mail"}
    assert "keeper.example" not in str(digests)


def test_a_recording_that_breaks_off_gives_what_it_has_and_says_so() -> None:
    sample = next(case for case in SAMPLES if case.name == "rss.xml")
    feed = sample.read_bytes()
    known = papers("x", feed)
    whole = recorded(feed.replace(b"</channel>", b"<item><title>More</title></channel>"))
    cut = whole[: whole.index(b"<title>More")]
    for data in (cut, utf16(cut), gzip.compress(cut)):
        (digest,) = read("x", data)
        assert list(digest.entries) == known
        assert any("cut off" in refusal.message for refusal in digest.refusals)


RECORDS = (
    '{"title": "One", "authors": ["Ada L"], "arxiv": "2501.00001"}\n'
    '{"title": "Two", "authors": ["Ada L"], "arxiv": "2501.00002"}\n'
)


@pytest.mark.parametrize(
    "preface",
    [
        "# Papers\n\n",
        "Exported on 3 May 2025 by Jane.\n",
        "---\ntitle: Papers\n---\n",
        "// a run\n",
    ],
)
def test_records_of_json_may_stand_below_a_preface(preface: str) -> None:
    (digest,) = read("papers.jsonl", (preface + RECORDS).encode())
    assert [entry.title for entry in digest.entries] == ["One", "Two"]
    assert digest.entries[0].line == preface.count("\n") + 1
    assert not digest.refusals


@pytest.mark.parametrize(
    "line", ['"title": "Lost", "arxiv": "2501.00003"}', "Lost https://arxiv.org/abs/2501.00003"]
)
def test_a_broken_record_or_a_paper_above_records_of_json_is_told(line: str) -> None:
    (digest,) = read("papers.jsonl", f"{line}\n{RECORDS}".encode())
    assert [entry.title for entry in digest.entries] == ["One", "Two"]
    assert [(r.line, r.fatal) for r in digest.refusals] == [(1, True)]


def test_one_record_of_json_in_a_newsletter_is_an_example() -> None:
    example, link = '{"name": "A", "title": "B"}', "- [One](https://arxiv.org/abs/2501.00001)\n"
    (digest,) = read("papers.md", f"# News\n\n{example}\n\nIt is read.\n\n{link}".encode())
    assert [entry.title for entry in digest.entries] == ["One"]
