"""Words with marks of Markdown around them: what is a mark goes, what is a sign stays."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.digests.marks import plain

LINK = "https://arxiv.org/abs/2402.00002"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("_Storks_ rest", "Storks rest"),
        ("of (_Storks_), and _gulls that rest_.", "of (Storks), and gulls that rest."),
        ("call `to_rest_now` or _rest_", "call `to_rest_now` or rest"),
        ("snake_case_names and __init__", "snake_case_names and init"),
        ("$\\mathcal{L}_1$ and $\\mathcal{L}_2$", "$\\mathcal{L}_1$ and $\\mathcal{L}_2$"),
        ("$x_ {1}$ and $y_ {2}$", "$x_ {1}$ and $y_ {2}$"),
        ("a_ b _c", "a_ b _c"),
        ("_", "_"),
    ],
)
def test_underscores_are_marks_around_words_alone(written: str, words: str) -> None:
    assert plain(written) == words


@pytest.mark.parametrize(
    ("item", "title", "authors"),
    [
        ('"Where storks rest" by Ada Lovelace and Bo Two', "Where storks rest", ("Ada", "Bo")),
        ("“Where storks rest,” by Ada Lovelace, Bo Two", "Where storks rest", ("Ada", "Bo")),
        ('"Where storks rest" by Ada Lovelace et al.', "Where storks rest", None),
        ('"Storks" by design', '"Storks" by design', None),
        ('"Rest" by Large Language Models', '"Rest" by Large Language Models', None),
    ],
)
def test_a_title_in_quotation_marks_ends_before_who_wrote_it(
    item: str, title: str, authors: tuple[str, ...] | None
) -> None:
    (digest,) = read_digest("list.txt", f"* {item} ({LINK})\n".encode())
    (entry,) = digest.entries
    assert entry.title == title
    assert tuple(name.split()[0] for name in entry.authors or ()) == (authors or ())
