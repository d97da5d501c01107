"""Lists of publications on people's own pages, and of conferences: people, venues, classes."""

from __future__ import annotations

import pytest
from daybook.digests import read_digest
from daybook.records import Digest, Entry, PartialDate

TITLES = ["Where Storks Rest", "Where Cranes Rest"]
PEOPLE = ("Jane Roe", "Ada One")
LINKS = [f"https://arxiv.org/abs/2403.0000{n}" for n in (1, 2)]


def read(body: str) -> Digest:
    page = f"<html><head><title>Jane Roe</title></head><body><h2>Papers</h2>{body}</body></html>"
    (digest,) = read_digest("jane.html", page.encode())
    return digest


def listed(item: str) -> list[Entry]:
    """Read a page with two items made so."""
    items = (
        f"<li>{item.format(title=title, url=url)}</li>"
        for title, url in zip(TITLES, LINKS, strict=True)
    )
    return found(read(f"<ul>{''.join(items)}</ul>"))


def found(digest: Digest) -> list[Entry]:
    assert digest.refusals == ()
    assert [entry.title for entry in digest.entries] == TITLES
    return list(digest.entries)


@pytest.mark.parametrize(
    "item",
    [
        "<b>Jane Roe</b>, Ada One. {title}. <i>ICML</i> 2024. <a href={url}>[arXiv]</a>",
        "<strong>Jane Roe</strong> and Ada One. {title}. <em>ICML 2024</em>. <a href={url}>pdf</a>",
        "{title}. <b>Jane Roe</b>, Ada One. <i>ICML 2024</i>. <a href={url}>[arXiv]</a>",
        "{title}. <i>ICML 2024</i>. <b>Jane Roe</b>, Ada One. <a href={url}>[arXiv]</a>",
        "{title}, <b>Jane Roe</b>, Ada One, <i>ICML 2024</i> <a href={url}>pdf</a>",
        "{title}<br><b>Jane Roe</b>, Ada One<br><i>ICML 2024</i><br><a href={url}>arXiv</a>",
    ],
)
def test_an_owner_in_bold_is_one_of_the_people(item: str) -> None:
    for entry in listed(item):
        assert (entry.authors, (entry.venue or "").replace(",", "")) == (PEOPLE, "ICML 2024")
        assert (entry.blurb, entry.arxiv is not None) == (None, True)


def test_people_before_an_owner_in_bold_are_no_part_of_the_title() -> None:
    for entry in listed("{title}, with Ada One and <b>Jane Roe</b> <a href={url}>pdf</a>"):
        assert entry.authors == ("Ada One", "Jane Roe")


@pytest.mark.parametrize(
    ("item", "venue", "blurb"),
    [
        (
            "{title}, <b>EMNLP 2023 Findings</b>, <a href={url}>paper</a>",
            "EMNLP 2023 Findings",
            None,
        ),
        ("{title} <b>ICML 2024 Oral</b> <a href={url}>pdf</a>", "ICML 2024", "Oral"),
        ("{title} (<b>ICML 2024</b>) <a href={url}>pdf</a>", "ICML 2024", None),
        ("<b>Best paper:</b> {title} <a href={url}>[pdf]</a>", None, "Best paper"),
        (
            "<b>Outstanding paper award</b> {title} <a href={url}>[pdf]</a>",
            None,
            "Outstanding paper award",
        ),
    ],
)
def test_venues_and_awards_in_bold_are_no_titles(
    item: str, venue: str | None, blurb: str | None
) -> None:
    assert [(entry.venue, entry.blurb) for entry in listed(item)] == [(venue, blurb)] * 2


def test_a_day_and_a_venue_in_brackets_stand_before_the_title() -> None:
    item = "<b>[2024.05]</b> <b>[NeurIPS 2024]</b> {title}. Jane Roe, Ada One."
    item += " <a href={url}>[paper]</a>"
    for entry in listed(item):
        assert (entry.venue, entry.authors) == ("NeurIPS 2024", PEOPLE)
        assert entry.published == PartialDate(2024, 5)


def test_a_name_and_what_it_does_stay_title_and_blurb() -> None:
    made = "<li><b>{}:</b> They rest on poles. <a href={}>Paper</a></li>"
    names = ["LoRA", "Prefix Tuning"]
    items = "".join(made.format(name, url) for name, url in zip(names, LINKS, strict=True))
    entries = read(f"<ul>{items}</ul>").entries
    assert [entry.title for entry in entries] == names
    assert [entry.blurb for entry in entries] == ["They rest on poles"] * 2


PARAGRAPH = "{title}<br>Jane Roe, Ada One<br><em>KDD</em>, 2024<br><a href={url}>arXiv</a>"


@pytest.mark.parametrize(
    "part",
    [
        f"<p>{PARAGRAPH}</p>",
        f"<table><tr><td><img src=a.png></td><td>{PARAGRAPH}</td></tr></table>",
        f"<table><tr><td><span class=papertitle>{PARAGRAPH}</td></tr></table>".replace(
            "{title}", "{title}</span>"
        ),
    ],
)
def test_a_home_page_has_its_papers_by_lines(part: str) -> None:
    made = "".join(part.format(title=t, url=u) for t, u in zip(TITLES, LINKS, strict=True))
    for entry in found(read(made)):
        assert (entry.authors, entry.venue, entry.blurb) == (PEOPLE, "KDD, 2024", None)


PMLR = "https://proceedings.mlr.press/v235/one24{n}.html"
JMLR = "https://jmlr.org/papers/v25/23-000{n}.html"
IJCAI = "https://www.ijcai.org/proceedings/2024/{n}"
WAYS = {
    PMLR: "<div class=paper><p class=title>{title}</p><p class=details><span class=authors>{people}"
    "</span>;<span class=info><i>Proceedings of the 41st ICML</i>, PMLR 235:{n}-9</span></p>"
    '<p class=links>[<a href="https://proceedings.mlr.press/v235/one24{n}.html">abs</a>]'
    '[<a href="https://proceedings.mlr.press/v235/one24{n}/one24{n}.pdf">PDF</a>]</p></div>',
    JMLR: "<dl><dt>{title}</dt><dd><b><i>{people}</i></b>; ({n}):1-20, 2024.<br>"
    '[<a href="https://jmlr.org/papers/v25/23-000{n}.html">abs</a>]'
    '[<a href="https://jmlr.org/papers/volume25/23-000{n}/23-000{n}.pdf">pdf</a>]'
    '[<a href="https://jmlr.org/papers/v25/23-000{n}.bib">bib</a>]</dd></dl>',
    IJCAI: "<div class=paper_wrapper><div class=title>{title}</div>"
    "<div class=authors>{people}</div>"
    '<div class=details><a href="https://www.ijcai.org/proceedings/2024/{n}">Details</a> | '
    '<a href="https://www.ijcai.org/proceedings/2024/000{n}.pdf">PDF</a></div></div>',
}


@pytest.mark.parametrize("page", WAYS)
def test_a_paper_has_a_page_a_file_and_a_record_at_its_publishers(page: str) -> None:
    people = ", ".join(PEOPLE)
    made = "".join(
        WAYS[page].format(title=title, people=people, n=n) for n, title in enumerate(TITLES, 1)
    )
    for number, entry in enumerate(found(read(made)), 1):
        assert (entry.authors, entry.blurb) == (PEOPLE, None)
        assert page.format(n=number) in [link.url for link in entry.links]


@pytest.mark.parametrize(
    ("people", "names"),
    [
        ("<ul class=author-list><li>Jane Roe</li><li>Ada One</li></ul>", PEOPLE),
        ("<ul class='rlist--inline loa'><li>Jane Roe,</li><li>Ada One</li></ul>", PEOPLE),
        ("<div class=note-authors><a href=/a>Jane Roe</a>, <a href=/b>Ada One</a></div>", PEOPLE),
        ("<div class=authors>Jane Roe</div>", ("Jane Roe",)),
        ("<div class=authors-bio>Jane Roe</div>", None),
    ],
)
def test_classes_name_people(people: str, names: tuple[str, ...] | None) -> None:
    made = "".join(
        f"<div><h3><a href={url}>{title}</a></h3>{people}<p>They rest all day.</p></div>"
        for title, url in zip(TITLES, LINKS, strict=True)
    )
    assert [entry.authors for entry in found(read(made))] == [names] * 2


def test_cells_of_a_table_keep_what_their_classes_call_a_title() -> None:
    rows = "".join(
        f"<tr><td><span class=title>{title}</span></td><td><a href={url}>arXiv</a></td></tr>"
        for title, url in zip(TITLES, LINKS, strict=True)
    )
    found(read(f"<table><tr><th>Title</th><th>Link</th></tr>{rows}</table>"))
