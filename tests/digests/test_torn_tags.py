"""A tag of a page that is broken is told by its line; what only looks like one is not."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest

ITEM = '<li><a href="https://arxiv.org/abs/2501.0000{n}">{title}</a> told.</li>\n'
TITLES = ("Looms of Quiet Valleys", "Machines Dream in Colour", "Kites over Deep Seas")
PAGE = "<!doctype html><html><body><h1>Papers</h1><ul>\n{items}</ul>{more}</body></html>"


def told(items: str, more: str = "") -> list[tuple[int | None, str]]:
    (digest,) = read_digest("x", PAGE.format(items=items, more=more).encode())
    assert digest.entries[0].title == TITLES[0]
    return [
        (refusal.line, refusal.message)
        for refusal in digest.refusals
        if refusal.message.startswith(
            ("a tag is broken", "a link to https://arxiv.org/abs/2501.00001")
        )
    ]


@pytest.mark.parametrize(
    "torn",
    [
        '<li2501.00001">{title}</a> told.</li>\n',
        '<1.00001">{title}</a> told.</li>\n',
        "<li><a h{title}</a> told.</li>\n",
        '<li><a href="https://arxiv.org/abs/2501.00001{title}</a> told.</li>\n',
        "<li><a href='2501.00001>{title}</a> told.</li>\n",
        "<bs/2501.00001'>{title}</a></li>\n",
    ],
)
def test_a_torn_tag_is_told(torn: str) -> None:
    """What stands before it is read; what follows, as far as the parser finds it."""
    items = [ITEM.format(n=n, title=title) for n, title in enumerate(TITLES)]
    items[1] = torn.format(title=TITLES[1])
    assert [line for line, _ in told("".join(items))][:1] == [3]


@pytest.mark.parametrize(
    "whole",
    [
        "<p>p <0.05, I <3 looms, a < b, x<y>z, 1<2>1</p>",
        "<script>if (a <b && c > '\">') { x = \"<a href='\" }</script>",
        "<STYLE>a>b{content:'<a \"'}</Style><!-- <a href=\" --><!--> -->",
        "<a-b c:d=\"<'>\" @e.f='<\">' g=h/i?j=k :l hidden/><br/><img src=a.png / >",
        "<o:p></o:p><svg viewBox='0 0 1 1'><path d='M0 0'/></svg><a\nhref=\"x\"class='y'>z</a >",
        "<textarea><a href=\"</textarea><title><a '</title>",
    ],
)
def test_what_is_whole_or_no_tag_is_not_told(whole: str) -> None:
    items = "".join(ITEM.format(n=n, title=title) for n, title in enumerate(TITLES))
    assert told(items, whole) == []


def test_of_many_torn_tags_the_first_are_told_and_how_many_more() -> None:
    items = "".join(ITEM.format(n=n, title=title) for n, title in enumerate(TITLES))
    (digest,) = read_digest("x", PAGE.format(items=items, more='<p1">\n' * 30).encode())
    assert len(digest.refusals) == 11
    assert digest.refusals[-1].message == "20 more lines have broken tags from there on."
