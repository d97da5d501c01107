"""Which paper an entry is: a text of words names it only where it says nothing else."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.records import Digest

WORDED = {
    "bibtex": "@misc{{a, title = {{One}}, note = {{{0}}}}}",
    "ris": "TY  - JOUR\nTI  - One\nN1  - {0}\nER  - \n",
    "csv": 'title,authors,extra\nOne,Ada Two,"{0}"\n',
}


def read(text: str) -> Digest:
    (digest,) = read_digest("x", text.encode())
    return digest


@pytest.mark.parametrize("shape", WORDED.values(), ids=WORDED)
@pytest.mark.parametrize(
    ("said", "arxiv"),
    [
        ("arXiv:2404.01234 [cs]", "2404.01234"),
        ("arXiv:2404.01234 [cs.CL], 12 pages", "2404.01234"),
        ("arXiv preprint arXiv:2401.00001", "2401.00001"),
        ("Preprint, arXiv:hep-th/9901001.", "hep-th/9901001"),
        ("Preprint at https://arxiv.org/abs/2401.00001", "2401.00001"),
        ("Reply to arXiv:2401.00003", None),
        ("arXiv:2401.00003 says the contrary", None),
        ("arXiv:2401.00003 [cs] says the contrary", None),
        ("See also arXiv:2401.00001 and arXiv:2401.00002", None),
        ("arXiv:2401.00001, arXiv:2401.00002", None),
        ("Extended version of arXiv:2401.00001", None),
    ],
)
def test_a_note_is_an_identifier_where_it_says_nothing_else(
    shape: str, said: str, arxiv: str | None
) -> None:
    digest = read(shape.format(said))
    assert (digest.entries[0].arxiv, digest.refusals) == (arxiv, ())


@pytest.mark.parametrize(
    ("said", "arxiv", "venue"),
    [
        ("journal = {arXiv preprint arXiv:2401.00001}", "2401.00001", None),
        ("journal = {CoRR, abs/2401.00001}", "2401.00001", None),
        (r"journal = {arXiv preprint at https://arxiv.org/abs/2401.00001}", "2401.00001", None),
        (r"howpublished = {\url{https://arxiv.org/abs/2401.00001}}", "2401.00001", None),
        (r"howpublished = {\href{https://arxiv.org/abs/2401.00001v2}{arXiv}}", "2401.00001", None),
        ("booktitle = {L}, howpublished = {ICLR, arXiv:2401.00001}", "2401.00001", "L"),
        ("journal = {Letters of Looms, see arXiv:2401.00001}", None, None),
    ],
)
def test_a_journal_of_bibtex_that_is_an_identifier_is_the_papers_own(
    said: str, arxiv: str | None, venue: str | None
) -> None:
    digest = read(f"@misc{{a, title = {{One}}, {said}}}")
    (entry,) = digest.entries
    assert (entry.arxiv, entry.venue, digest.refusals) == (arxiv, venue, ())


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - One\nJO  - {0}\nER  - \n",
        '[{{"type": "book", "title": "One", "container-title": "{0}", "issued": {{"raw": "1"}}}}]',
        '[{{"title": "One", "venue": "{0}", "authors": ["Ada Two"]}}]',
    ],
    ids=["ris", "csl-json", "json"],
)
def test_a_journal_that_is_an_identifier_is_the_papers_own(text: str) -> None:
    (entry,) = read(text.format("arXiv preprint arXiv:2401.00001")).entries
    assert (entry.arxiv, entry.venue) == ("2401.00001", None)
