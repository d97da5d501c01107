"""One day's papers saved in several forms are the same pages."""

from __future__ import annotations

import html
import json
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from daybook.archive import Taxonomy, convert
from daybook.digests import read_folder

from .conftest import tree

PAPERS = [
    {
        "id": "2503.00001",
        "title": "Where storks rest",
        "authors": [{"name": "Ada Example"}, {"name": "Ben Sample"}],
        "publishedAt": "2025-03-01T00:00:00.000Z",
        "summary": "Storks are followed across deserts, and where they rest at night is mapped.",
        "upvotes": 12,
    },
    {
        "id": "2503.00002",
        "title": "Loading vessels in a given order",
        "authors": [{"name": "Cleo Muster"}],
        "publishedAt": "2025-03-02T00:00:00.000Z",
        "summary": "A compiler of container vessels decides which crates stand on which others.",
        "upvotes": 7,
    },
]
ANSWER = json.dumps([{"paper": paper, "title": paper["title"]} for paper in PAPERS])
PROPS = json.dumps(
    {
        "date": "2025-03-10T00:00:00.000Z",
        "dailyPapers": [{"paper": paper, "title": paper["title"]} for paper in PAPERS],
    }
)
PAGE = (
    "<!doctype html><html><head><title>Daily Papers - Hugging Face</title></head><body>"
    f'<div class="SVELTE_HYDRATER contents" data-target="DailyPapers" '
    f'data-props="{html.escape(PROPS)}"></div></body></html>'
)


def mail() -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = "list@example.org"
    message["Date"] = "Mon, 10 Mar 2025 08:00:00 +0000"
    message["Subject"] = "Daily papers"
    message.set_content(PAGE, subtype="html")
    return message.as_bytes()


def test_a_page_an_answer_and_a_mail_of_one_day_give_the_same_pages(
    tmp_path: Path, taxonomy: Taxonomy
) -> None:
    forms = {"json": ANSWER.encode(), "html": PAGE.encode(), "eml": mail()}
    found = {}
    for form, data in forms.items():
        digests = tmp_path / form
        digests.mkdir()
        (digests / f"2025-03-10.{form}").write_bytes(data)
        papers = tmp_path / f"papers-{form}"
        convert(read_folder(digests), papers, None, taxonomy)
        found[form] = {path: data for path, data in tree(papers).items() if path.endswith(".md")}
        assert len(found[form]) == len(PAPERS)
    assert found["json"] == found["html"] == found["eml"]


@pytest.mark.parametrize("order", [("json", "html"), ("html", "json")])
def test_saved_twice_they_are_the_same_papers(
    tmp_path: Path, taxonomy: Taxonomy, order: tuple[str, str]
) -> None:
    texts = {"json": ANSWER, "html": PAGE}
    for number, form in enumerate(order):
        (tmp_path / f"2025-03-1{number}.{form}").write_text(texts[form])
    done = convert(read_folder(tmp_path), tmp_path / "papers", None, taxonomy)
    assert [len(paper.digests) for paper in done.archive.papers] == [2, 2]
