"""Every digest as a message: read back by the standard library's own parser."""

from __future__ import annotations

import email.policy
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from itertools import pairwise
from typing import Any
from unicodedata import category

import pytest
from daybook.catalogue import SiteOptions
from daybook.records import Archive
from lxml import html

from .small_archive import ARCHIVE, OPTIONS, PLAIN, SITE, digest, paper, render

MAILED = replace(
    OPTIONS, mail_from="ada@papers.example", unsubscribe="https://lists.example/off?a=1&b=2"
)
MIME = ("mime-version", "content-type")
HOSTILE = (
    "Subject\r\nBcc: eve@evil.example\r\n\r\nbody",
    "<script>alert(1)</script><img src=https://evil.example/x.png>",
    '"><style>*{background:url(//evil.example)}</style>',
    ".\r\n.\r\nQUIT",
    "From nobody\n--boundary--\n=_0123456789=\n=3D=20",
    "לימוד עמוק",
    "深度学习" * 60,
    "\u202egnirts\u202c \u0000 \ud83d",
    "x" * 3000,
    "می\u200cخواهم کتاب\u200cها 👨\u200d👩\u200d👧 soft\u00adhyphen",
    "=?utf-8?q?x=0ABcc:_eve=40evil.example?=",
    "=?utf-8?b?eApCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?= and more",
    'Weekly "notes", by (Ada) <ada@x.example>; on: all\\ [of] them',
)


def written(text: str) -> str:
    """Give a text on one line, without controls and halves of characters, else as it is."""
    kinds = ("Cc", "Cs", "Zl", "Zp")
    return " ".join("".join(" " if category(c) in kinds else c for c in text).split())


def message(raw: bytes) -> EmailMessage:
    found = message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert not [part.defects for part in found.walk() if part.defects]
    return found


def parts(found: EmailMessage) -> tuple[str, html.HtmlElement]:
    """Give the text, and the tree of the HTML."""
    assert found.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]
    text, page = (part.get_content() for part in found.iter_parts())
    return text, html.document_fromstring(page)


def newsletters(
    archive: Archive = ARCHIVE, options: SiteOptions = MAILED
) -> dict[str, EmailMessage]:
    files = render(archive, options)
    return {path: message(data) for path, data in files.items() if path.endswith(".eml")}


def one(*papers: Any, options: SiteOptions = MAILED, **fields: Any) -> bytes:
    """Give the newsletter of one digest of some papers."""
    kept = digest("2025-03-11", *(each.slug for each in papers), **fields)
    return render(Archive(papers, (kept,), ()), options)["digests/2025-03-11.eml"]


def test_every_digest_has_a_newsletter_with_its_titles_and_links_in_order() -> None:
    found = newsletters()
    assert sorted(found) == sorted(f"digests/{each.id}.eml" for each in ARCHIVE.digests)
    text, page = parts(found["digests/2025-03-11.eml"])
    links = [f"{SITE}/papers/{slug}.html" for slug in ("pretending-to-agree", "seeing-less")]
    digest_page = f"{SITE}/digests/2025-03-11.html"
    assert page.xpath("//a/@href") == [digest_page, *links, MAILED.unsubscribe]
    assert [each.text for each in page.xpath("//a")][1:3] == [PLAIN, "Seeing less"]
    lines = text.splitlines()
    assert [line for line in lines if line.startswith(SITE)] == links
    assert lines[:2] == ["Toy archive: 11 March 2025", f"2 papers: {digest_page}"]
    assert lines[lines.index(f"1. {PLAIN}") + 1] == "Zoë Łukasz, Ada van Dyke, Bo Chen Jr."
    assert "We watch models. They pretend & smile; see https://example.org/code." in lines


def test_the_headers_say_who_what_and_when_and_nothing_of_this_machine() -> None:
    found = newsletters()["digests/2025-03-11.eml"]
    assert found["Subject"] == "Toy archive: 11 March 2025"
    assert found["From"] == "Toy archive <ada@papers.example>"
    assert found["Date"].datetime.isoformat() == "2025-03-11T00:00:00+00:00"
    assert found["List-Unsubscribe"] == f"<{MAILED.unsubscribe}>"
    assert found["Message-ID"].endswith("@papers.example.org>")
    assert found["MIME-Version"] == "1.0"
    undated = newsletters()["digests/undated-1.eml"]
    assert undated["Date"] is None


def test_without_settings_it_names_no_sender_and_without_an_address_there_is_none() -> None:
    plain = message(render(ARCHIVE, OPTIONS)["digests/2025-03-11.eml"])
    assert (plain["From"], plain["List-Unsubscribe"]) == (None, None)
    files = render(ARCHIVE, replace(MAILED, url=None))
    assert not [path for path in files if path.endswith(".eml")]
    assert b".eml" not in files["digests/2025-03-11.html"]


def test_the_digests_page_leads_to_its_newsletter() -> None:
    page = html.fromstring(render()["digests/2025-03-11.html"])
    assert page.xpath("//a[@download][text()='Newsletter']/@href") == ["../digests/2025-03-11.eml"]


def test_a_large_archive_writes_the_newest_newsletters_alone() -> None:
    digests = tuple(digest(f"2025-{1 + n // 28:02d}-{1 + n % 28:02d}", "new") for n in range(62))
    archive = Archive((paper(0, slug="new"), paper(1)), digests[::-1], ())
    files = render(archive, replace(MAILED, large_archive=1))
    mails = sorted(path for path in files if path.endswith(".eml"))
    assert mails == sorted(f"digests/{kept.id}.eml" for kept in digests[2:])
    for kept in digests:
        linked = f"{kept.id}.eml".encode() in files[f"digests/{kept.id}.html"]
        assert linked == (f"digests/{kept.id}.eml" in mails)


def test_it_is_the_same_again_and_another_digests_is_another() -> None:
    once, again = newsletters(), newsletters()
    assert {path: each.as_bytes() for path, each in once.items()} == {
        path: each.as_bytes() for path, each in again.items()
    }
    for name in ("Message-ID", "Content-Type"):
        assert len({each[name] for each in once.values()}) == len(once)


@pytest.mark.parametrize("words", HOSTILE)
def test_no_word_of_a_digest_becomes_a_header_a_line_or_markup(words: str) -> None:
    paper_of = paper(
        0,
        title=words,
        authors=(words, words),
        abstract=words,
        published=None,
    )
    kept = digest("2025-03-11", "paper-0", name=words)
    kept = replace(kept, items=(replace(kept.items[0], group=words),))
    options = replace(MAILED, name=words.replace("\ud83d", ""))
    raw = render(Archive((paper_of,), (kept,), ()), options)["digests/2025-03-11.eml"]
    raw.decode("ascii")
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    found = message(raw)
    names = [name.lower() for name in found]
    assert sorted(names) == sorted(
        ["subject", "from", "date", "message-id", "list-unsubscribe", *MIME]
    )
    text, page = parts(found)
    assert found["From"].addresses[0].addr_spec == "ada@papers.example"
    name = written(options.name)
    name = name if len(name) <= 60 else f"{name[:59].rstrip()}…"
    sender = message_from_bytes(raw, policy=email.policy.compat32)["From"]
    shown = str(make_header(decode_header(sender.rpartition("<")[0].strip().strip('"'))))
    assert shown.replace('\\"', '"').replace("\\\\", "\\") == name
    assert found["Subject"].startswith(f"{name}: {name[:20]}")
    assert not page.xpath("//script|//img|//link|//*[@src]")
    assert len(page.xpath("//style")) == 1
    assert "evil" not in page.xpath("string(//style)")
    assert page.xpath("//a/@href")[1] == f"{SITE}/papers/paper-0.html"
    assert written(words)[:60] in " ".join(text.replace("\ufffd", "").split())


def test_it_loads_nothing_and_suits_both_schemes() -> None:
    _, page = parts(newsletters()["digests/2025-03-11.eml"])
    whole = html.tostring(page, encoding="unicode")
    assert page.xpath("//meta[@name='color-scheme']/@content") == ["light dark"]
    assert "prefers-color-scheme:dark" in whole
    for word in ("url(", "@import", "src=", "<img", "<link", "background="):
        assert word not in whole


def test_a_large_archives_newsletter_says_topics_and_stays_within_its_bytes() -> None:
    archive = Archive(
        papers := tuple(
            paper(
                number,
                slug=f"a-title-of-usual-length-that-says-what-it-is-{number:05d}",
                title=f"A title of usual length that says what it is: number {number:05d}",
                authors=("Ada van Dyke", "Bo Chen", "Zoë Łukasz", "Somebody Else"),
                abstract="An abstract of many words. " * 20,
                topics=("safety", "vision"),
            )
            for number in range(50)
        ),
        (digest("2025-03-11", *(each.slug for each in papers)),),
        ARCHIVE.topics,
    )
    raw = render(archive, replace(MAILED, large_archive=10))["digests/2025-03-11.eml"]
    text, _ = parts(message(raw))
    assert "Safety, Vision" in text
    assert "An abstract" not in text
    assert len(raw) / 50 < 600
    page = raw.split(b"text/html")[1]
    assert len(page) / 50 < 330


def test_more_than_a_page_of_a_digest_is_told_and_left_to_the_page() -> None:
    papers = tuple(paper(number) for number in range(9))
    text, page = parts(message(one(*papers, options=replace(MAILED, digest_page_size=4))))
    assert "9 papers, 4 of them here" in text
    assert len([href for href in page.xpath("//a/@href") if "/papers/" in href]) == 4


def test_groups_of_a_digest_stay_together() -> None:
    papers = tuple(paper(number) for number in range(4))
    kept = digest("2025-03-11", *(each.slug for each in papers))
    groups = ("Agents", "Agents", None, "Vision")
    items = tuple(
        replace(item, group=group) for item, group in zip(kept.items, groups, strict=True)
    )
    files = render(Archive(papers, (replace(kept, items=items),), ()), MAILED)
    text, page = parts(message(files["digests/2025-03-11.eml"]))
    assert [each.text for each in page.xpath("//h2")] == ["Agents", "Vision"]
    places = [text.index(word) for word in ("== Agents ==", "Paper 1", "Paper 2", "== Vision ==")]
    assert all(one < other for one, other in pairwise(places))


def test_a_withdrawn_paper_says_so_and_another_language_is_told() -> None:
    raw = one(paper(0, withdrawn=""), paper(1, title="למידה עמוקה של מכונות"))
    text, page = parts(message(raw))
    assert "1. Paper 0 (withdrawn)" in text
    assert page.xpath("//span[@lang='he'][@dir='rtl']/text()") == ["למידה עמוקה של מכונות"]
