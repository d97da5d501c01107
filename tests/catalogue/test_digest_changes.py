"""What is new in a digest, and what came back."""

from __future__ import annotations

from bs4 import BeautifulSoup
from daybook.records import Archive

from .small_archive import digest, paper, render


def told(files: dict[str, bytes], digest_id: str) -> str:
    """Read what a digest's page says of its changes; '' where it says nothing."""
    page = BeautifulSoup(files[f"digests/{digest_id}.html"].decode(), "lxml")
    found = page.select_one(".changes")
    return " ".join(found.get_text().split()) if found else ""


PAPERS = tuple(paper(n) for n in range(60))
DIGESTS = (
    digest("2025-03-14", "paper-3", "paper-0", "paper-2", name="14 March"),
    digest("2025-03-12", "paper-2", name="12 March"),
    digest("2025-03-11", "paper-0", "paper-1", name="11 March"),
    digest("undated-1", "paper-1", "paper-9"),
)


def test_a_digest_says_what_is_new_what_came_back_and_what_of_the_last_one() -> None:
    files = render(Archive(PAPERS, DIGESTS, ()))
    assert told(files, "2025-03-14") == (
        "1 new here, 2 seen before: no. 2, 3. Of the 1 paper of 12 March 1 came again."
    )
    assert told(files, "2025-03-12") == "1 new here. Of the 2 papers of 11 March none came again."
    assert told(files, "2025-03-11") == ""
    assert b"href=../digests/2025-03-14.html#entry-2>" in files["digests/2025-03-14.html"]


def test_an_undated_digest_is_compared_with_all_and_with_no_last_one() -> None:
    found = told(render(Archive(PAPERS, DIGESTS, ())), "undated-1")
    assert found == "1 new here, 1 seen before: no. 1."


def test_a_digest_that_comes_twice_names_some_entries_and_counts_the_others() -> None:
    slugs = [f"paper-{n}" for n in range(60)]
    twice = (digest("2025-03-12", *slugs), digest("2025-03-11", *slugs, name="First"))
    found = told(render(Archive(PAPERS, twice, ())), "2025-03-12")
    assert "38, 39, 40 and 20 more." in found
    assert found.endswith("Of the 60 papers of First 60 came again.")
