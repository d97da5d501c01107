"""A file of digests, read from its text."""

from __future__ import annotations

from daybook.digests import read_digest
from daybook.errors import DigestError, Refusal
from daybook.records import Entry

THREE = ["Title 1", "Title 2", "Title 3"]
"""The titles of a list of three papers, of which one is broken."""


def read(text: str, name: str = "x") -> tuple[list[Entry], list[Refusal]]:
    """Give what is read of a file, and what is told."""
    try:
        digests = read_digest(name, text.encode("utf-8", "surrogatepass"))
    except DigestError as error:
        return [], [error.refusal]
    entries = [entry for digest in digests for entry in digest.entries]
    return entries, [refusal for digest in digests for refusal in digest.refusals]


def read_undoubted(text: str) -> list[Entry]:
    """Give the entries of a list in which nothing is doubtful."""
    digests = read_digest("list", text.encode())
    assert [refusal.message for digest in digests for refusal in digest.refusals] == []
    return [entry for digest in digests for entry in digest.entries]


def titles(text: str) -> list[str]:
    return [entry.title for entry in read(text)[0]]
