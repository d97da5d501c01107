"""What some kinds of lists have about their papers, and what is no paper in them."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest

ORG = """#+TITLE: Papers to read
#+AUTHOR: Jane Doe
#+DATE: <2026-11-10 Tue>
#+STARTUP: overview

* Inbox
** TODO [[https://arxiv.org/abs/2305.10601][Tree of Thoughts]]
"""


@pytest.mark.parametrize("written", [ORG, ORG.lower().replace("tree of", "Tree of"), "\n" + ORG])
def test_the_head_of_an_org_file_is_the_digest_s_own(written: str) -> None:
    (digest,) = read_digest("list.org", written.encode())
    assert [(entry.arxiv, entry.authors) for entry in digest.entries] == [("2305.10601", None)]
    assert (str(digest.date), (digest.name or "").lower()) == ("2026-11-10", "papers to read")
    assert digest.refusals == ()
