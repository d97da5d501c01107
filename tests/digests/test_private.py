"""What tells of people and machines gets into no name, no venue and no address that is kept."""

from __future__ import annotations

import json

import pytest
from daybook.digests import read_digest
from daybook.digests.addresses import clean_address, without_secrets
from daybook.digests.private import without_mail_address
from daybook.records import Digest, Entry


def read(text: str, name: str = "x") -> Digest:
    (digest,) = read_digest(name, text.encode())
    return digest


def entry_of(text: str) -> Entry:
    (entry,) = read(text).entries
    return entry


NAMED = {
    "bibtex": "@article{a, title = {One}, author = {Two, Bo <bo.two@example.org>}}",
    "ris": "TY  - JOUR\nTI  - One\nAU  - Two, Bo (bo@secret.example.org)\nPY  - 2024\nER  - \n",
    "json": json.dumps([{"title": "One", "authors": ["Bo Two <bo@x>"], "doi": "10.1000/1"}]),
    "csv": "title,authors,doi\nOne,Bo Two mailto:bo@example.org,10.1000/1\n",
}


@pytest.mark.parametrize("text", NAMED.values(), ids=NAMED)
def test_names_are_kept_without_mail_addresses(text: str) -> None:
    assert entry_of(text).authors == ("Bo Two",)


def test_an_author_who_is_an_address_alone_is_left_out_and_told() -> None:
    paper = {"title": "One", "authors": ["dy@example.org", "Ada One"], "doi": "10.1000/1"}
    digest = read(json.dumps([paper]))
    assert digest.entries[0].authors == ("Ada One",)
    assert "1 of 2 authors" in digest.refusals[0].message
    assert "dy" not in digest.refusals[0].message


@pytest.mark.parametrize("name", ["AI@Meta", "Ada B. One", "José Two", "Bo at Home", "@handle"])
def test_a_name_without_an_address_stays_as_it_is(name: str) -> None:
    assert without_mail_address(name) == name


def test_looking_for_addresses_takes_no_longer_than_a_name_is_long() -> None:
    assert without_mail_address(" " * 100_000 + "@") == " " * 100_000 + "@"  # Else minutes.


@pytest.mark.parametrize(
    ("said", "venue", "links"),
    [
        (r"howpublished={\url{https://x.org/r?token=TOK&v=1}}", None, ["https://x.org/r?v=1"]),
        (r"howpublished={\href{https://x.org/r}{Here}}", None, ["https://x.org/r"]),
        (r"howpublished={[Online]. Available at www.x.org}", None, ["https://www.x.org"]),
        (r"howpublished={\url{file:///home/keepersecret/y}}", None, []),
        (r"journal={file:///home/keepersecret/y.pdf}", None, []),
        (r"journal={C:\Users\keepersecret\my papers\y.pdf}", None, []),
        (r"journal={/home/keepersecret/y.pdf}", None, []),
        (r"journal={ICML, https://x.org}", "ICML", ["https://x.org"]),
        (r"journal={ICML (https://x.org)}", "ICML", ["https://x.org"]),
        (r"journal={PNAS (https://x.org/a_(b))}", "PNAS", ["https://x.org/a_(b)"]),
        (r"journal={ACL 2024, see www.x.org.}", "ACL 2024", ["https://www.x.org"]),
        (r"journal={Arts Online, see: https://x.org, 3}", "Arts Online, 3", ["https://x.org"]),
        (r"journal={Big Data: Methods}", "Big Data: Methods", []),
        (r"journal={Report, \url{https://x.org/r}}", "Report", ["https://x.org/r"]),
    ],
)
def test_an_address_is_a_link_and_no_venue_and_a_path_is_nothing(
    said: str, venue: str | None, links: list[str]
) -> None:
    entry = entry_of(f"@misc{{a, title = {{One}}, {said}}}")
    assert (entry.venue, [link.url for link in entry.links]) == (venue, links)


def test_words_of_a_link_that_leads_to_one_machine_are_words_alone() -> None:
    entry = entry_of(
        "# 2025-03-11\n\n"
        "- [A paper with links](file:///home/me/four.pdf). [arXiv](https://arxiv.org/abs/2401.00304)"
        " [one](mailto:bo@x.org), [two](obsidian://open?vault=x&file=y), [three](zotero:select/1),"
        " [four][there], [five](<C:\\my papers\\x.pdf>) <file:///home/x>, [six](javascript:a(1))\n"
        "\n[there]: file:///home/me/y.pdf\n"
    )
    assert entry.title == "A paper with links"
    assert entry.blurb == "one, two, three, four, five , six"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://user:PW@h.org/a@b", "https://h.org/a@b"),
        ("https://h.org/r?access_token=1&id=2#token=3", "https://h.org/r?id=2"),
        (
            "https://h.org/r?X-Amz-Signature=1&api%5Fkey=2&Key=3&sig=4&PHPSESSID=5",
            "https://h.org/r",
        ),
        ("https://h.org/r;jsessionid=1?id=2#top", "https://h.org/r?id=2#top"),
        ("https://h.org/forum?id=a&noteId=b&author=c&monkey=d", None),
    ],
)
def test_what_lets_somebody_in_leaves_an_address(url: str, kept: str | None) -> None:
    assert clean_address(url) == (kept or url)
    assert without_secrets(f"See {url} too") == f"See {kept or url} too"


@pytest.mark.parametrize(
    "title",
    [
        "/home/run: Baseball Analytics",
        "C:\\ORDS: Corpora",
        "file:///etc/passwd Leaks",
        "/Users/ada and /tmp/x",
        "/Users/ada and /tmp/x.pdf",
        "~/.bashrc Attacks",
        "~/Desktop Agents",
        "C:\\Windows\\System32 Considered Harmful",
    ],
)
def test_a_title_that_begins_as_a_path_does_is_shown_as_written(title: str) -> None:
    digest = read(json.dumps([{"title": title, "authors": ["Ada One"], "doi": "10.1000/1"}]))
    assert (digest.entries[0].title, digest.refusals) == (title, ())


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("/home/bo/papers/one.pdf", "one.pdf"),
        ("C:\\Users\\bo\\my papers\\One, Two.pdf", "One, Two.pdf"),
        ("file:///Users/bo/one", "one"),
    ],
)
def test_a_title_that_is_one_path_keeps_its_last_part_and_is_told(title: str, kept: str) -> None:
    digest = read(json.dumps([{"title": title, "authors": ["Ada One"], "doi": "10.1000/1"}]))
    assert digest.entries[0].title == kept
    assert "is a path on one machine" in digest.refusals[0].message


def test_a_venue_that_is_an_arxiv_identifier_is_the_papers_own() -> None:
    paper = {"title": "One", "authors": ["Ada One"]}
    for venue in (
        "Preprint at https://arxiv.org/abs/2401.00099",
        "arXiv preprint arXiv:2401.00099",
    ):
        digest = read(json.dumps([paper | {"venue": venue}]))
        assert (digest.entries[0].arxiv, digest.entries[0].venue) == ("2401.00099", None)
        assert digest.refusals == ()
    digest = read(json.dumps([paper | {"venue": "ICML, see https://arxiv.org/abs/2401.00099"}]))
    assert (digest.entries[0].arxiv, digest.entries[0].venue) == (None, "ICML")
    assert digest.refusals == ()


def test_keywords_and_names_that_are_addresses_or_paths_are_told() -> None:
    paper = {"title": "One", "authors": ["Ada One"], "organization": "a@b.example"}
    words = ["looms", "C:\\drive", "a@b.example", "~/home"]
    digest = read(json.dumps([paper | {"keywords": words}]))
    assert digest.entries[0].keywords == ("looms",)
    told = " ".join(refusal.message for refusal in digest.refusals)
    assert "3 of 4 keywords" in told
    assert "the organization is a mail address" in told
    assert "b.example" not in told
