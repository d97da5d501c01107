"""An identifier that cannot be read is told, and its paper stays."""

from __future__ import annotations

import pytest

from .reading import read

DOUBTFUL = ["２５０１.００００１", "2501.1", "2501.00001;rm", "2501.000011", "arXiv:2513.00001"]


ATOM = '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><entry>\n'


OAI = (
    '<?xml version="1.0"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>'
    '<record><metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/">'
)


WITH_AN_ID = {
    "json": '[{"title": "Storks", "authors": ["Ada"], "year": 2025, "arxiv": "ID"}]',
    "eprint": '[{"title": "Storks", "authors": ["Ada"], "year": 2025, "arxiv_id": "ID"}]',
    "service": '[{"title": "Storks", "authors": [{"name": "A"}], "year": 1,'
    ' "externalIds": {"ArXiv": "ID"}}]',
    "lines": '{"title": "Storks", "authors": ["Ada"], "arxivId": "ID", "year": 2025}\n',
    "hf-json": '[{"paper": {"id": "ID", "title": "Storks", "summary": "Words."}}]',
    "csl": '[{"type": "article", "title": "Storks", "issued": {"raw": "2025"}, "arxiv": "ID"}]',
    "csl-archive": '[{"type": "article", "title": "Storks", "issued": {"raw": "2025"},'
    ' "archive": "arXiv", "archive_location": "ID"}]',
    "bibtex": "@article{a,\n title={Storks},\n eprint={ID}, archivePrefix={arXiv}}\n",
    "bibtex-bare": "@article{a,\n title={Storks},\n arxiv={ID}}\n",
    "ris": "TY  - JOUR\nTI  - Storks\nM1  - arXiv:ID\nER  - \n",
    "csv": "title,authors,arxiv\nStorks,Ada Lovelace,ID\n",
    "tsv": "title\tarXiv Id\nStorks\tID\n",
    "atom": ATOM + "<id>http://arxiv.org/abs/ID</id><title>Storks</title></entry></feed>",
    "oai": OAI
    + "<id>ID</id><title>Storks</title></arXiv></metadata></record></ListRecords></OAI-PMH>",
    "citation": '<html><meta name="citation_title" content="Storks">'
    '<meta name="citation_arxiv_id" content="ID"></html>',
    "hf-cards": "<html><title>Daily Papers - Hugging Face</title>"
    '<article><h3><a href="/papers/ID">Storks</a></h3></article></html>',
    "hf-rendering": "# Daily Papers\n\n## by AK and the research community\n\nOct 2\n\n"
    "### [Storks](https://huggingface.co/papers/ID)\n\nWords\n\n2 authors\n\n"
    "### [Two](https://huggingface.co/papers/2503.00001)\n\nWords\n\n2 authors\n",
    "listing": '<html><h3>New submissions</h3><dl><dt><a href="/abs/ID">arXiv:ID</a></dt><dd>'
    '<div class="list-title">Title: Storks</div></dd></dl></html>',
    "mailing": "\\\\\narXiv:ID\nDate: Mon, 10 Mar 2025 12:00:00 GMT\n\nTitle: Storks\n"
    "Authors: Ada Lovelace\n\\\\\n  Words.\n\\\\\n",
    "markdown": "# Papers\n\n- [Storks](https://arxiv.org/abs/ID)\n",
    "html": '<html><body><ul><li><a href="https://arxiv.org/abs/ID">Storks</a></li></ul></html>',
}


@pytest.mark.parametrize("doubtful", DOUBTFUL)
@pytest.mark.parametrize("kind", WITH_AN_ID)
def test_an_identifier_that_cannot_be_read_is_told_and_the_paper_stays(
    kind: str, doubtful: str
) -> None:
    written = WITH_AN_ID[kind].replace("arXiv:ID", "ID" if ":" in doubtful else "arXiv:ID")
    entries, told = read(written.replace("ID", doubtful))
    assert (entries[0].title, entries[0].arxiv) == ("Storks", None)
    about = [refusal for refusal in told if "is no arXiv identifier" in refusal.message]
    assert [(refusal.fatal, refusal.line is not None) for refusal in about] == [
        (False, kind != "citation")
    ]
    assert doubtful.removeprefix("arXiv:") in about[0].message
    (entry, *_), told = read(WITH_AN_ID[kind].replace("ID", "2501.00001v99"))
    assert (entry.arxiv, entry.arxiv_version, told) == ("2501.00001", entry.arxiv_version, [])


@pytest.mark.parametrize("nothing", ["", "-", "n/a", "None", "10.1000/182"])
def test_a_field_that_states_no_identifier_is_no_doubt(nothing: str) -> None:
    for kind in ("json", "lines", "csl", "bibtex", "csv"):
        assert read(WITH_AN_ID[kind].replace("ID", nothing))[1] == []
