"""Lists of papers as publishers' sites and conferences show them, saved as pages."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.records import Digest

TITLES = ["Where Storks Rest", "Where Cranes Rest"]


def read(name: str, text: str) -> Digest:
    (digest,) = read_digest(name, text.encode())
    return digest


@pytest.mark.parametrize(
    "address",
    [
        "https://www.usenix.org/conference/usenixsecurity24/presentation/one{}",
        "https://www.ijcai.org/proceedings/2024/{}",
        "https://www.isca-archive.org/interspeech_2024/one24{}_interspeech.html",
        "https://www.nature.com/articles/s41586-024-0700{}-1",
        "https://www.ndss-symposium.org/ndss-paper/where-they-rest-{}/",
        "https://eprint.iacr.org/2024/12{}",
    ],
)
def test_pages_that_are_all_papers_make_a_list_of_their_links(address: str) -> None:
    items = "".join(
        f"<li><a href={address.format(n)}>{title}</a></li>" for n, title in enumerate(TITLES)
    )
    digest = read("list.html", f"<html><body><ul>{items}</ul></body></html>")
    assert [entry.title for entry in digest.entries] == TITLES
    assert [entry.links[0].url for entry in digest.entries] == [address.format(n) for n in (0, 1)]
    assert digest.refusals == ()


@pytest.mark.parametrize(
    ("line", "authors", "organization"),
    [
        ("Ada One and Bo Two, *University of Birds*", ("Ada One", "Bo Two"), "University of Birds"),
        ("Ada One, *Crane Lab*; Bo Two, *Egret College*", ("Ada One", "Bo Two"), None),
        ("Ada One (*MIT*), Bo Two (*MIT*)", ("Ada One", "Bo Two"), "MIT"),
        ("Ada One, *Bo Two*", ("Ada One", "Bo Two"), None),
    ],
)
def test_where_people_work_is_no_person(
    line: str, authors: tuple[str, ...], organization: str | None
) -> None:
    text = "".join(
        f"## [{title}](https://arxiv.org/abs/2403.0000{n})\n\n{line}\n\nThey rest.\n\n"
        for n, title in enumerate(TITLES, 1)
    )
    for entry in read("list.md", text).entries:
        assert (entry.authors, entry.organization) == (authors, organization)
        assert entry.blurb == "They rest."
