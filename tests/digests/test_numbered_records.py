"""Records counted in square brackets: references, and arXiv's listings copied as text."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.errors import DigestError

REFERENCES = (
    '[1] A. Vaswani et al., "Attention is all you need," in NeurIPS, 2017. arXiv:1706.03762\n'
    '[2] J. Devlin, M.-W. Chang, "BERT: Pre-training of deep bidirectional transformers," in '
    "NAACL, 2019. https://arxiv.org/abs/1810.04805\n"
    '[3] T. Brown et al., "Language models are few-shot learners," 2020. arXiv:2005.14165\n'
)
LISTING = """Machine Learning
Showing new listings for Thursday, 19 November 2026

New submissions (showing 2 of 2 entries)

[1]  arXiv:2611.12001 [pdf, html, other]
    Title: Looms That Learn: A Study of the Weaving
    Ada Lovelace, Grace Hopper
    Comments: 12 pages, see arXiv:2501.00001
    Subjects: Machine Learning (cs.LG); Artificial Intelligence (cs.AI)

    We study looms.

[2]  arXiv:2611.12002 (cross-list from cs.CL) [pdf, html, other]
    Title: Spindles Are All You Need
    Jane Doe
    Subjects: Computation and Language (cs.CL)

    We study spindles.
"""


def test_references_that_are_counted_in_brackets_are_read() -> None:
    (digest,) = read_digest("list.txt", REFERENCES.encode())
    assert [(entry.title, entry.arxiv) for entry in digest.entries] == [
        ("Attention is all you need", "1706.03762"),
        ("BERT: Pre-training of deep bidirectional transformers", "1810.04805"),
        ("Language models are few-shot learners", "2005.14165"),
    ]


def test_references_without_an_address_are_refused_as_a_text() -> None:
    with pytest.raises(DigestError, match="text of no known kind"):
        read_digest("list.txt", b'[1] A. Vaswani et al., "Attention is all you need," 2017.\n')


def test_a_list_of_numbers_is_json() -> None:
    with pytest.raises(DigestError, match="JSON of no known kind"):
        read_digest("list.json", b"[1]\n")


@pytest.mark.parametrize("indented", [True, False])
@pytest.mark.parametrize("tens", ["", "5"])
def test_a_copied_listing_gives_each_paper_its_own_identifier(indented: bool, tens: str) -> None:
    text = LISTING if indented else LISTING.replace("\n    ", "\n")
    text = text.replace("\n[", f"\n[{tens}")
    (digest,) = read_digest("listing.txt", text.encode())
    assert [(entry.title, entry.arxiv, entry.authors) for entry in digest.entries] == [
        (
            "Looms That Learn: A Study of the Weaving",
            "2611.12001",
            ("Ada Lovelace", "Grace Hopper"),
        ),
        ("Spindles Are All You Need", "2611.12002", ("Jane Doe",)),
    ]


FOUND = """Showing 1–2 of 2 results for all: wool

1.   arXiv:2611.12001 [pdf, ps, other]  cs.LG cs.CL
 doi 10.1000/loom.1
Looms That Learn
Authors: Ada Lovelace, Grace Hopper
Abstract: We study looms, as in arXiv:2501.00001. △ Less
Submitted 6 November, 2026; originally announced November 2026.

2.   arXiv:2611.12002v3 [pdf]  hep-th
Spindles Are All You Need
Authors: Jane Doe
Abstract: We study spindles. ▽ More
Submitted 5 November, 2026; originally announced November 2026.
"""


def test_a_copied_search_gives_each_paper_its_own_fields() -> None:
    (digest,) = read_digest("search.txt", FOUND.encode())
    assert [(e.title, e.arxiv, e.authors, str(e.published)) for e in digest.entries] == [
        ("Looms That Learn", "2611.12001", ("Ada Lovelace", "Grace Hopper"), "2026-11-06"),
        ("Spindles Are All You Need", "2611.12002", ("Jane Doe",), "2026-11-05"),
    ]
    assert [e.abstract for e in digest.entries] == [
        "We study looms, as in arXiv:2501.00001.",
        "We study spindles.",
    ]


MEDICAL = """1. J Looms. 2026 Nov 6;3(2):1-9. doi: 10.1000/loom.1. Epub 2026 Nov
1.

Looms that learn: a study of
the weaving.

Lovelace AM(1)(2), Hopper G(1).

Author information:
(1)Institute of Looms, Weaverton.

BACKGROUND: We study looms.

Copyright © 2026 Looms.

DOI: 10.1000/loom.1
PMID: 39000001

2. Wool (Basel). 2026;3. doi: 10.1000/loom.2.

Spindles are all you need.

Doe J(1).

DOI: 10.1000/loom.2
PMID: 39000002
"""


def test_pubmed_s_abstracts_as_text_are_read_by_their_paragraphs() -> None:
    (digest,) = read_digest("abstracts.txt", MEDICAL.encode())
    assert digest.refusals == ()
    first, second = digest.entries
    assert (first.title, first.doi) == (
        "Looms that learn: a study of the weaving",
        "10.1000/loom.1",
    )
    assert (first.authors, first.venue) == (("A. M. Lovelace", "G. Hopper"), "J Looms")
    assert (str(first.published), first.abstract) == ("2026-11-06", "BACKGROUND: We study looms.")
    assert (second.title, second.authors) == ("Spindles are all you need", ("J. Doe",))
    assert (str(second.published), second.abstract) == ("2026", None)


PAGE = """Computer Science > Machine Learning

[Submitted on {day}]
{title}
{people}
View PDF
HTML (experimental)

    {words}

Comments:\t12 pages, see arXiv:2501.00009
Subjects:\tMachine Learning (cs.LG)
Cite as:\tarXiv:{number} [cs.LG]
 \t(or arXiv:{number}v1 [cs.LG] for this version)
 \thttps://doi.org/10.48550/arXiv.{number}

"""


@pytest.mark.parametrize("named", [True, False])
def test_arxiv_s_pages_copied_as_text_are_papers(named: bool) -> None:
    labels = ("Title:", "Authors:", "Abstract:") if named else ("", "", "")
    title, people, words = labels
    first = PAGE.format(
        day="6 Nov 2026",
        title=f"{title}Looms That Learn: A Study",
        people=f"{people}Ada Lovelace, Grace Hopper",
        words=f"{words}We study looms.",
        number="2611.12001",
    )
    second = PAGE.format(
        day="5 Nov 2026 (v1), last revised 7 Nov 2026 (this version, v2)",
        title=f"{title}Deep Wool",
        people=f"{people}Jane Doe",
        words=f"{words}We study wool.",
        number="2611.12002",
    )
    (digest,) = read_digest("pages.txt", (first + second).encode())
    assert [(e.title, e.arxiv, e.authors, e.abstract) for e in digest.entries] == [
        (
            "Looms That Learn: A Study",
            "2611.12001",
            ("Ada Lovelace", "Grace Hopper"),
            "We study looms.",
        ),
        ("Deep Wool", "2611.12002", ("Jane Doe",), "We study wool."),
    ]
    assert [str(e.published) for e in digest.entries] == ["2026-11-06", "2026-11-05"]


PANDOC = """[1] [arXiv:2603.00001](/abs/2603.00001 "Abstract") (cross-list from cs.CL) TOOLS
:   Title: On Looms

    [Ada Lovelace](https://arxiv.org/a/1), [Grace Hopper](https://arxiv.org/a/2)

    Comments: 15 pages, 2 figures

    Subjects: Computation and Language (cs.CL); Artificial Intelligence (cs.AI)

[2] [arXiv:2603.00002](/abs/2603.00002 "Abstract") [[pdf](/pdf/2 "PDF")]
:   Title: On Wool

    [Ada Lovelace](https://arxiv.org/a/1)

    Subjects: Artificial Intelligence (cs.AI)

""".replace("TOOLS", '[[pdf](/pdf/1 "PDF"), [other](/f/1 "Other formats")]')
COPIED = """[1] arXiv:2603.00001 [pdf, html, other]

    Title: On Looms
    Ada Lovelace, Grace Hopper
    Comments: 15 pages, 2 figures
    Journal-ref: Proc. Looms 2026
    Subjects: Computation and Language (cs.CL); Artificial Intelligence (cs.AI)

    Looms weave, and we say in a few words how well they do that.

[2] arXiv:2603.00002 [pdf, html, other]

    Title: On Wool
    Ada Lovelace
    Subjects: Artificial Intelligence (cs.AI)

Total of 2 entries
Showing up to 2000 entries per page: fewer | more | all
About
Help
"""


@pytest.mark.parametrize("text", [PANDOC, PANDOC.replace("[1] ", "").replace("[2] ", ""), COPIED])
def test_a_listing_that_a_converter_or_a_browser_spaced_out_is_read(text: str) -> None:
    (digest,) = read_digest("list.md", text.encode())
    assert digest.refusals == ()
    looms, wool = digest.entries
    assert [(entry.title, entry.arxiv) for entry in (looms, wool)] == [
        ("On Looms", "2603.00001"),
        ("On Wool", "2603.00002"),
    ]
    assert looms.authors == ("Ada Lovelace", "Grace Hopper")
    assert wool.authors == ("Ada Lovelace",)
    assert (looms.remark, looms.categories) == ("15 pages, 2 figures", ("cs.CL", "cs.AI"))
    assert (wool.categories, wool.abstract, wool.blurb) == (("cs.AI",), None, None)
    if text is COPIED:
        assert looms.venue == "Proc. Looms 2026"
        assert looms.abstract == "Looms weave, and we say in a few words how well they do that."


def test_a_search_s_paper_keeps_the_doi_beside_its_number() -> None:
    text = "arXiv:2603.00001 [pdf, other]  cs.RO cs.AI doi 10.1109/LRA.2026.1\n"
    text += "On Looms\nAuthors: Ada Lovelace, Grace Hopper\nAbstract: We weave.\n"
    text += "Submitted 1 March, 2026; originally announced March 2026.\nJournal ref: Looms 2026\n"
    (digest,) = read_digest("found.txt", text.encode())
    (entry,) = digest.entries
    assert (entry.title, entry.arxiv, entry.doi) == ("On Looms", "2603.00001", "10.1109/lra.2026.1")
    assert (entry.venue, digest.refusals) == ("Looms 2026", ())
