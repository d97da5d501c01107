"""A page that its own reader read whole is read once; a list that quotes one is read as one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import pytest
from daybook.digests import read_digest
from daybook.digests.choosing import Format, read_best
from daybook.digests.document import Document
from daybook.digests.draft import Draft
from daybook.digests.registry import FORMATS

NUMBERS = range(1, 7)
RENDERED = "# Daily Papers\n\n## by AK and the research community\n\nMar 11\n\n" + "".join(
    f"[12](https://huggingface.co/login?next=%2Fpapers%2F2501.0000{n})\n\n"
    f"### [Looms That Learn, Part {n}](https://huggingface.co/papers/2501.0000{n})\n\n"
    f"[Of looms.](https://huggingface.co/papers/2501.0000{n})\n\n"
    f"[- 5 authors](https://huggingface.co/papers/2501.0000{n})\n\n·\n\nMar 2, 2025\n\n"
    for n in NUMBERS
)
CARDS = "".join(
    f'<article><h3><a href="/papers/2501.0000{n}">Looms That Learn, Part {n}</a></h3>'
    f"<p>Of looms.</p><div>5 authors</div></article>"
    for n in NUMBERS
)
PAGE = f"<html><head><title>Daily Papers - Hugging Face</title></head><body>{CARDS}</body></html>"


def _recorded(known: Format, asked: list[str]) -> Format:
    def read(document: Document) -> Iterable[Draft]:
        asked.append(known.name)
        return known.read(document)

    return dataclasses.replace(known, read=read)


@pytest.mark.parametrize(("text", "name"), [(RENDERED, "hf-rendering"), (PAGE, "hf-html")])
def test_a_page_of_which_nothing_is_left_is_read_once(text: str, name: str) -> None:
    asked: list[str] = []
    formats = [_recorded(known, asked) for known in FORMATS]
    found = read_best(Document("page", text.encode()), formats)
    assert found is not None
    assert len(found[1][0].entries) == len(NUMBERS)
    assert asked == [name]


@pytest.mark.parametrize("linked", ["https://arxiv.org/abs/2502.{:05}", "https://a.b/c{}.pdf"])
def test_a_list_below_a_quoted_page_is_read(linked: str) -> None:
    quoted = "".join(RENDERED.split("[12]")[:4])
    listed = "".join(
        f"- [Spindles That Learn, Part {n}](https://arxiv.org/abs/2503.{n:05})\n"
        f"- [Bobbins That Learn, Part {n}]({linked.format(n)})\n"
        for n in range(1, 9)
    )
    (digest,) = read_digest("list", f"{quoted}\n\n## Others\n\n{listed}".encode())
    assert digest.format == "markdown"
    assert len(digest.entries) >= 16
