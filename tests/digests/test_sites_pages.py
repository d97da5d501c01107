"""Pages and mails of the sites where people find papers: what is pressed or counted is no paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from daybook.digests import read_digest
from daybook.records import Digest, Entry, PartialDate

TITLES = ["Where Storks Rest", "Where Cranes Rest"]
PEOPLE = [("Ada One", "Bo Two"), ("Cy Three", "Dee Four")]
ARXIV = ["2403.00001", "2403.00002"]
SAID = "They rest on poles."


def page(made: Callable[[int, str, tuple[str, str]], str]) -> list[Entry]:
    """Read a page with a part for each paper, made of its number, title and people."""
    parts = "".join(
        made(n, title, people) for n, (title, people) in enumerate(zip(TITLES, PEOPLE, strict=True))
    )
    return found(f"<html><head><title>Found</title></head><body>{parts}</body></html>")


def found(text: str, name: str = "saved.html") -> list[Entry]:
    digest = digest_of(text, name)
    assert [entry.title for entry in digest.entries] == TITLES
    assert digest.refusals == ()
    return list(digest.entries)


def digest_of(text: str, name: str = "saved.html") -> Digest:
    (digest,) = read_digest(name, text.encode())
    return digest


def test_semantic_scholars_results_have_no_counts_for_titles() -> None:
    def made(n: int, title: str, people: tuple[str, str]) -> str:
        url = f"https://www.semanticscholar.org/paper/{title.replace(' ', '-')}/{n:040x}"
        names = "".join(f"<a href=/author/{n}><span>{name}</span></a>" for name in people)
        return (
            f"<div><a href={url}><h2>{title}</h2></a><span class=cl-paper-authors>{names}</span>"
            f"<p>{SAID}</p><a href={url}#citing-papers><span>2{n}8</span></a>"
            f"<a href=https://arxiv.org/pdf/{ARXIV[n]}.pdf><span>[PDF]</span><span>arXiv</span></a>"
            "</div>"
        )

    entries = page(made)
    assert [entry.arxiv for entry in entries] == ARXIV
    assert [entry.authors for entry in entries] == PEOPLE


@pytest.mark.parametrize("words", ["Save to Library", "Cite", "1,208", "Create alert"])
def test_what_is_pressed_beside_a_paper_is_none(words: str) -> None:
    def made(n: int, title: str, people: tuple[str, str]) -> str:
        url = f"https://www.semanticscholar.org/paper/{n:040x}?utm_source=alert"
        return f"<h2><a href={url}>{title}</a></h2><p>{SAID}</p><a href={url}&x=y>{words}</a>"

    assert [entry.blurb for entry in page(made)] == [SAID, SAID]


def test_a_day_before_a_linked_title_is_its_day() -> None:
    def made(n: int, title: str, people: tuple[str, str]) -> str:
        url = f"https://www.alphaxiv.org/abs/{ARXIV[n]}"
        return (
            f"<div><span>0{n + 1} Mar 2024</span><a href={url}>{title}</a><p>{SAID}</p></div>"
            f"<a href={url.replace('abs', 'overview')}>View blog</a>"
        )

    entries = page(made)
    assert [entry.published for entry in entries] == [PartialDate(2024, 3, n) for n in (1, 2)]
    assert [(entry.arxiv, entry.blurb) for entry in entries] == [(n, SAID) for n in ARXIV]


def test_days_above_the_titles_of_cards_are_theirs() -> None:
    def made(n: int, title: str, people: tuple[str, str]) -> str:
        link = f"<a href=https://www.alphaxiv.org/abs/{ARXIV[n]}>{title}</a>"
        return f"<div><div>0{n + 1} Mar 2024</div><div>{link}</div><p>{SAID}</p></div>"

    entries = page(made)
    assert [(e.published, e.blurb) for e in entries] == [
        (PartialDate(2024, 3, 1), SAID),
        (PartialDate(2024, 3, 2), SAID),
    ]


def test_pubmeds_lists_give_people_as_they_are_spoken_and_issues() -> None:
    def made(n: int, title: str, people: tuple[str, str]) -> str:
        names = ", ".join(f"{name.split()[1]} {name[0]}" for name in people)
        return (
            f"<article><a class=docsum-title href=https://pubmed.ncbi.nlm.nih.gov/3800000{n}/>"
            f"{title}.</a><div><span class='docsum-authors full-authors'>{names}.</span>\n"
            f"<span class='docsum-authors short-authors'>{names.split(',')[0]}, et al.</span>\n"
            f"<span>Nat Commun. 2024 Mar {n + 1};15(1):123. doi: 10.1038/s41467-{n}-x.</span>\n"
            f"<span>PMID: <span>3800000{n}</span></span></div></article>"
        )

    entries = page(made)
    assert [entry.authors for entry in entries] == [("A. One", "B. Two"), ("C. Three", "D. Four")]
    assert [entry.doi for entry in entries] == ["10.1038/s41467-0-x", "10.1038/s41467-1-x"]
    assert [(entry.venue, entry.published) for entry in entries] == [
        ("Nat Commun", PartialDate(2024, 3, 1)),
        ("Nat Commun", PartialDate(2024, 3, 2)),
    ]


@pytest.mark.parametrize(("space", "cut"), [(" ", 5), ("", 6)])
def test_a_title_in_two_links_of_one_address_is_whole(space: str, cut: int) -> None:
    def made(n: int, title: str, people: tuple[str, str]) -> str:
        link = f"<a href=https://www.google.com/url?q=https://arxiv.org/abs/{ARXIV[n]}&sa=D>"
        first, second = title[:cut], title[cut:].strip()
        return (
            f"<p><span>{link}{first}</a></span>{space}<span>{link}{second}</a></span></p>"
            f"<p>{', '.join(people)}</p>"
        )

    assert [entry.authors for entry in page(made)] == PEOPLE


def test_a_bookmark_has_title_words_and_address_apart() -> None:
    def made(n: int, title: str, people: tuple[str, str]) -> str:
        url = f"https://arxiv.org/abs/{ARXIV[n]}"
        return (
            f"<figure><a href={url}><div><div class=bookmark-title>{title}</div>"
            f"<div class=bookmark-description>{SAID}</div></div>"
            f"<div class=bookmark-href>{url}</div></a></figure>"
        )

    assert [entry.blurb for entry in page(made)] == [SAID, SAID]


def test_links_in_brackets_behind_a_sections_words_lead_to_its_paper() -> None:
    def made(n: int, title: str, people: tuple[str, str]) -> str:
        links = f"<a href=https://arxiv.org/abs/{ARXIV[n]}>Read the paper</a>"
        return f"<h3>{n}. {title}</h3><p>{SAID} ({links} | <a href=https://x.org/{n}>Code</a>)</p>"

    assert [(entry.arxiv, entry.blurb) for entry in page(made)] == [(n, SAID) for n in ARXIV]


def test_what_feeds_had_behind_titles_is_none_of_them() -> None:
    def made(n: int, title: str, people: tuple[str, str]) -> str:
        shown = f"{title}. (arXiv:{ARXIV[n]}v1 [cs.CL])"
        return f"<a class=title href=https://arxiv.org/abs/{ARXIV[n]}>{shown}</a><p>{SAID}</p>"

    assert [entry.categories for entry in page(made)] == [("cs.CL",)] * 2


def test_dblps_records_have_the_addresses_of_their_menus() -> None:
    def made(n: int, title: str, people: tuple[str, str]) -> str:
        names = ", ".join(f"<span itemprop=author>{name}</span>" for name in people)
        menu = f"<ul><li class=ee><a href=https://doi.org/10.1000/{n}1>DOI</a></ul>" * (1 - n)
        return (
            f"<ul class=publ-list><li class=entry id=conf/icml/One{n}><nav class=publ>{menu}</nav>"
            f"<cite class=data>{names}:<br><span class=title>{title}.</span> <a href=/db/x>"
            "<span itemprop=isPartOf>ICML</span> <span itemprop=datePublished>2024</span></a>"
            "</cite></li></ul>"
        )

    entries = page(made)
    assert [entry.authors for entry in entries] == PEOPLE
    assert [(entry.venue, entry.published) for entry in entries] == [
        ("ICML 2024", PartialDate(2024))
    ] * 2
    assert entries[0].doi == "10.1000/01"
    assert [link.url for link in entries[1].links] == ["https://dblp.org/rec/conf/icml/One1"]


def test_a_volumes_front_matter_is_no_paper() -> None:
    def made(n: int, title: str, people: tuple[str, str]) -> str:
        url = f"https://aclanthology.org/2024.acl-long.{n}"
        badges = f"<a href={url}.pdf>pdf</a><a href={url}.bib>bib</a>"
        names = " | ".join(f"<a href=/people/{n}>{name}</a>" for name in people)
        return f"<p>{badges} <strong><a href={url}/>{title}</a></strong><br>{names}</p>"

    front = made(0, "Proceedings of the 62nd Annual Meeting", ("Eve Five", "Flo Six"))
    papers = "".join(made(n, t, p) for n, (t, p) in enumerate(zip(TITLES, PEOPLE, strict=True), 1))
    entries = found(f"<html><body>{front}{papers}</body></html>")
    assert [entry.authors for entry in entries] == PEOPLE


@pytest.mark.parametrize("before", ["", "> ", "  "])
@pytest.mark.parametrize("way", ["copied", "forwarded", "behind"])
def test_scholars_alerts_are_read_as_text(way: str, before: str) -> None:
    parts = []
    for title, people, number in zip(TITLES, PEOPLE, ARXIV, strict=True):
        address = (
            f"<https://scholar.google.com/scholar_url?url=https://arxiv.org/pdf/{number}&hl=en>"
        )
        names = ", ".join(f"{name[0]} {name.split()[1]}" for name in people)
        lines = [
            f"[PDF] {title}",
            f"{names} - arXiv preprint arXiv:{number}, 2024",
            f"{SAID} Nobody …",
        ]
        if way == "forwarded":
            lines[1:1] = [address]
            lines.append("[image: Save] <https://scholar.google.com/citations?x=1>")
        if way == "behind":
            lines[0] += f" {address}"
        parts.append("\n".join(lines))
    lines = "\n\n".join(parts).split("\n")
    entries = found("".join(f"{before}{line}".rstrip() + "\n" for line in lines), "alert.txt")
    assert [entry.arxiv for entry in entries] == ARXIV
    assert [entry.authors for entry in entries] == [("A One", "B Two"), ("C Three", "D Four")]
    assert [entry.blurb for entry in entries] == [f"{SAID} Nobody …"] * 2


def test_a_journals_volume_and_day_are_venue_and_date() -> None:
    def made(n: int, title: str, people: tuple[str, str]) -> str:
        url = f"https://www.sciencedirect.com/science/article/pii/S00000000240000{n}1?dgcid=x"
        issue = f"Journal of Birds, Volume 12, Issue 3, {n + 1} March 2024, Article 1000{n}"
        return f"<p><a href={url}><b>{title}</b></a><br>{issue}<br>{', '.join(people)}</p>"

    entries = page(made)
    assert [(e.venue, e.authors) for e in entries] == [("Journal of Birds", p) for p in PEOPLE]
    assert [entry.published for entry in entries] == [PartialDate(2024, 3, n) for n in (1, 2)]


def test_a_page_of_dblps_without_a_papers_address_is_read_all_the_same() -> None:
    def made(n: int, title: str, people: tuple[str, str]) -> str:
        names = ", ".join(f"<span itemprop=author>{name}</span>" for name in people)
        return (
            f"<ul><li class=entry id=journals/corr/One{n}><cite class=data>{names}:<br>"
            f"<span class=title>{title}.</span> <span itemprop=isPartOf>CoRR</span> "
            "<span itemprop=datePublished>2024</span></cite></li></ul>"
        )

    assert [(e.authors, e.venue) for e in page(made)] == [(people, None) for people in PEOPLE]


def test_a_page_of_arxivs_copied_as_text_has_its_journal_and_doi_below_its_identifier() -> None:
    text = (
        "Computer Science > Robotics\narXiv:2602.11111 (cs)\n"
        "[Submitted on 20 Feb 2026 (v1), last revised 1 Mar 2026 (this version, v2)]\n"
        "Where Storks Rest\nAda One, Bo Two\nView PDF\nThey rest on roofs.\n"
        "Subjects:\tRobotics (cs.RO)\nCite as:\tarXiv:2602.11111 [cs.RO]\n"
        " \t(or arXiv:2602.11111v2 [cs.RO] for this version)\n \t\n"
        "https://doi.org/10.48550/arXiv.2602.11111\nFocus to learn more\n"
        "Journal reference:\tRA-L 2026\nRelated DOI:\t\n"
        "https://doi.org/10.1109/LRA.2026.3511111\nFocus to learn more\n"
        "Submission history\nFrom: Ada One [view email]\n"
    )
    (digest,) = read_digest("page.txt", text.encode())
    (entry,) = digest.entries
    assert (entry.abstract, entry.blurb) == ("They rest on roofs.", None)
    assert (entry.venue, entry.doi) == ("RA-L 2026", "10.1109/lra.2026.3511111")


def test_a_volume_of_pmlr_s_with_openreview_s_pages_is_read() -> None:
    paper = (
        '<div class="paper"><p class="title">{0}</p><p class="details"><span class="authors">{1}'
        '</span>; <span class="info"><i>Proceedings of Looms</i>, PMLR 299:1-2</span></p>'
        '<p class="links">[<a href="https://proceedings.mlr.press/v299/{2}.html">abs</a>]'
        '[<a href="https://raw.example/{2}.pdf">Download PDF</a>]'
        '[<a href="https://openreview.net/forum?id={2}KELP01">OpenReview</a>]</p></div>'
    )
    papers = paper.format("On Looms", "Ada Byron, Bo Liu", "byron26a")
    papers += paper.format("On Wool", "Cy Tan", "tan26a")
    page = f"<!DOCTYPE html><html><body><h2>Volume 299</h2>{papers}</body></html>"
    (digest,) = read_digest("volume.html", page.encode())
    assert [(e.title, e.authors, e.venue) for e in digest.entries] == [
        ("On Looms", ("Ada Byron", "Bo Liu"), "Proceedings of Looms"),
        ("On Wool", ("Cy Tan",), "Proceedings of Looms"),
    ]


def test_cvf_s_records_in_bibtex_are_no_words_of_papers_and_one_author_is_one() -> None:
    paper = (
        '<dt class="ptitle"><br><a href="/content/CVPR2026/html/{2}_CVPR_2026_paper.html">{0}</a>'
        '</dt><dd><form class="authsearch"><input type="hidden" name="query_author" value="{1}">'
        '<a href="#">{1}</a></form></dd><dd>[<a href="/content/{2}.pdf">pdf</a>]'
        '<div class="link2">[<a class="fakelink">bibtex</a>]<div class="bibref">@InProceedings{{x,'
        "\n  author = {{{1}}},\n  title = {{{0}}},\n  year = {{2026}}\n}}</div></div></dd>"
    )
    papers = paper.format("On Looms", "Ada Byron", "Byron_Looms")
    papers += paper.format("On Wool", "Cy Tan", "Tan_Wool")
    page = f"<html><title>CVPR 2026</title><body><dl>{papers}</dl></body></html>"
    (digest,) = read_digest("cvpr.html", page.encode())
    assert [(e.title, e.authors, e.blurb) for e in digest.entries] == [
        ("On Looms", ("Ada Byron",), None),
        ("On Wool", ("Cy Tan",), None),
    ]
