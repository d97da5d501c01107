"""Lists as services export them and people copy them: what was lost or mangled once."""

from __future__ import annotations

import io
import json
import textwrap
import zipfile

import pytest
from daybook.digests import read_digest
from daybook.errors import DigestError

from .reading import read_undoubted as read

LOOMS = "https://arxiv.org/abs/2501.00001"
SPINDLES = "https://arxiv.org/abs/2501.00002"
ABSTRACT = "Looms weave, and so do those who are told of looms in the evening, thread by thread."


def titles(text: str) -> list[str]:
    """Give the titles of a list in which nothing is doubtful."""
    return [entry.title for entry in read(text)]


@pytest.mark.parametrize(
    "title",
    [
        "[2501.00001] On Looms",
        "Paper page - On Looms",
        "On Looms - arXiv.org",
        "On Looms | OpenReview",
        "On Looms - ACL Anthology",
    ],
)
def test_what_a_site_puts_around_its_pages_titles_is_none_of_them(title: str) -> None:
    table = f"title,url,tags\n{title},{LOOMS},a\nOn Spindles - and Threads,{SPINDLES},b\n"
    assert titles(table) == ["On Looms", "On Spindles - and Threads"]


def test_full_stops_behind_all_titles_are_the_service_s() -> None:
    rows = "1,On Looms.,Lovelace A.\n2,Do Looms Weave?,Hopper G.\n3,On U.S.,Hopper G.\n"
    assert titles(f"PMID,Title,Authors\n{rows}4,On Knots.,Hopper G.\n") == [
        "On Looms",
        "Do Looms Weave?",
        "On U.S.",
        "On Knots",
    ]
    assert titles(f"PMID,Title,Authors\n{rows}4,On Knots,Hopper G.\n")[0] == "On Looms."


def test_fields_of_scripts_and_spreadsheets_are_known() -> None:
    address = "http://arxiv.org/abs/2501.00001v2"
    (entry,) = read(f'entry_id,title,Zusammenfassung\n{address},Looms,"{ABSTRACT}"\n')
    assert (entry.arxiv, entry.arxiv_version) == ("2501.00001", 2)
    assert entry.abstract is not None


def test_a_person_s_first_and_last_name_and_a_first_version_s_day_are_read() -> None:
    record = {
        "id": "2501.00001",
        "title": "On Looms",
        "authors": [{"first": "Ada", "last": "Lovelace"}, {"forename": "G.", "surname": "Hopper"}],
        "versions": [{"version": "v1", "created": "Mon, 6 Jan 2025 19:18:42 GMT"}],
        "update_date": "2026-08-11",
    }
    (entry,) = read(json.dumps([record]))
    assert entry.authors == ("Ada Lovelace", "G. Hopper")
    assert str(entry.published) == "2025-01-06"


def test_a_script_s_records_of_arxiv_s_papers_keep_all_they_say() -> None:
    record = {
        "id": "2501.00001v2",
        "title": "On Looms",
        "authors": ["Ada Lovelace"],
        "summary": ABSTRACT,
        "published": "2025-01-02T17:59:59Z",
        "categories": ["cs.CL", "cs.LG"],
    }
    (entry,) = read(json.dumps([record]))
    assert (entry.arxiv, entry.abstract, str(entry.published)) == (
        "2501.00001",
        ABSTRACT,
        "2025-01-02",
    )
    assert entry.categories == ("cs.CL", "cs.LG")


def test_votes_behind_a_title_are_votes() -> None:
    mail = (
        "From: h@b.example\nSubject: Daily Papers: 6 Oct\nDate: Tue, 06 Oct 2026 08:00:00 +0000\n"
        "Content-Type: text/html\n\n<p>Here is the selection of papers for today (6 Oct):</p><ul>"
        '<li><a href="https://huggingface.co/papers/2501.00001">On Looms (113 ▲)</a></li>'
        '<li><a href="https://huggingface.co/papers/2501.00002">On Spindles (▲ 5)</a></li></ul>'
        '<p><a href="https://huggingface.co/papers/submit">huggingface.co/papers/submit</a></p>'
    )
    assert [(entry.title, entry.upvotes) for entry in read(mail)] == [
        ("On Looms", 113),
        ("On Spindles", 5),
    ]


@pytest.mark.parametrize("venue", ["(*ICLR2025*)", "[ICLR 2025]", "*(ICLR'25)*", "(ICLR 2025)"])
def test_a_venue_in_brackets_before_a_title_is_its_venue(venue: str) -> None:
    looms, spindles = read(
        f"# Papers\n\n* {venue} On Looms [[Paper]({LOOMS})]\n"
        f"* (*arXiv 2025.06*) On Spindles [[Paper]({SPINDLES})]\n"
    )
    assert (looms.title, spindles.title) == ("On Looms", "On Spindles")
    assert looms.venue is not None
    assert "ICLR" in looms.venue
    assert str(spindles.published) == "2025-06"


def test_a_page_of_google_scholar_s_gives_titles_and_no_words_of_its_own() -> None:
    result = (
        '<div class="gs_r gs_or gs_scl"><div class="gs_ggs gs_fl"><div class="gs_or_ggsm">'
        '<a href="https://arxiv.org/pdf/2501.00001"><span class="gs_ctg2">[PDF]</span> arxiv.org'
        '</a></div></div><div class="gs_ri"><h3 class="gs_rt"><span class="gs_ctc">'
        '<span class="gs_ct1">[PDF]</span></span> <a href="https://looms.example/1">On Looms</a>'
        '</h3><div class="gs_a">A Lovelace, G Hopper&nbsp;- Journal of Looms, 2025 - looms.example'
        '</div><div class="gs_rs">Looms weave …</div><div class="gs_fl"><a href="/scholar?cites=1">'
        "Cited by 12</a></div></div></div>"
    )
    cited = (
        '<div class="gs_r"><div class="gs_ri"><h3 class="gs_rt"><span class="gs_ctu">'
        '<span class="gs_ct1">[CITATION]</span></span> <span id="x">On Knots</span></h3>'
        '<div class="gs_a">G Hopper… - 1952</div></div></div>'
    )
    looms, knots = read(f"<html><body><div id=gs_res_ccl>{result}{cited}</div></body></html>")
    assert (looms.title, looms.authors) == ("On Looms", ("A Lovelace", "G Hopper"))
    assert (looms.arxiv, looms.venue, str(looms.published)) == (
        "2501.00001",
        "Journal of Looms",
        "2025",
    )
    assert looms.blurb == "Looms weave …"
    assert (knots.title, knots.authors) == ("On Knots", None)


def test_a_person_s_list_of_google_scholar_s_is_read() -> None:
    row = (
        '<tr class="gsc_a_tr"><td><a class="gsc_a_at" href="/citations?user=X">On Looms</a>'
        '<div class="gs_gray">A Lovelace, G Hopper</div><div class="gs_gray">arXiv preprint '
        'arXiv:2501.00001<span class="gs_oph">, 2025</span></div></td><td><a href="x">12</a></td>'
        '<td class="gsc_a_y"><span class="gsc_a_h">2025</span></td></tr>'
    )
    (entry,) = read(f"<html><body><table>{row}</table></body></html>")
    assert (entry.title, entry.authors) == ("On Looms", ("A Lovelace", "G Hopper"))
    assert (entry.arxiv, str(entry.published), entry.links) == ("2501.00001", "2025", ())


MENU = (
    "Hugging Face\n\n    Models\n    Buckets new\n    Docs\n\nnew\n\n"
    "Get trending papers in your email inbox once a day!\n\nSubscribe\n"
)
BYLINE = "Daily Papers\nbyAK and the research community\n\n    Daily\n    Weekly\n    Monthly\n\n"


@pytest.mark.parametrize("above", ["", MENU])
@pytest.mark.parametrize("day", ["Jun 12", "Week 24", "Jun 8 - Jun 14", "June 2026"])
def test_a_page_of_2026_copied_whole_has_badges_and_organizations(above: str, day: str) -> None:
    looms, spindles = read(
        f"{above}{BYLINE}Trending Papers\n\n{day}\n\nSubmitted by\nada\n185\nOn Looms\nNVIDIA\n"
        "· 3 authors\nGitHub 1.2k\n2\n\nSubmitted by\ngrace\n90\nOn Spindles\n· 1 author\n"
    )
    assert (looms.title, looms.organization, looms.comments) == ("On Looms", "NVIDIA", 2)
    assert (looms.abstract, looms.author_count) == (None, 3)
    assert (spindles.title, spindles.organization, spindles.upvotes) == ("On Spindles", None, 90)


def test_an_organization_above_a_dated_tail_is_no_paper() -> None:
    looms, spindles = read(
        f"{BYLINE}Oct 2\nOn Looms\n{ABSTRACT * 4}\nAlibaba-NLP\n· Apr 17, 2026\n"
        f"On Spindles\n{ABSTRACT * 4}\n4 authors\n· Feb 27, 2025\n"
    )
    assert (looms.organization, str(looms.published)) == ("Alibaba-NLP", "2026-04-17")
    assert (spindles.title, spindles.author_count) == ("On Spindles", 4)


def test_what_a_browser_prints_around_its_pages_is_no_paper_s() -> None:
    head = "6/12/26, 9:03 AM                    Daily Papers - Hugging Face\n\n"
    foot = "https://huggingface.co/papers?q=x                                        1/2\n"
    wrapped = "\n".join([f"   {ABSTRACT[:70]}"] * 5) + f"\n   {ABSTRACT[:40]}.\n\n"
    looms, spindles = read(
        f"{head}        Daily Papers\n        by AK and the research community\n\n"
        "        Jun 12\n\n"
        f"   On Looms\n\n{wrapped}        6 authors · Apr 17\n\n{foot}\f{head}"
        f"   On Spindles\n\n{wrapped}        2 authors · Apr 18\n\n{foot}"
    )
    assert [looms.title, spindles.title] == ["On Looms", "On Spindles"]
    assert looms.abstract is not None
    assert looms.abstract.count(ABSTRACT[:20]) == 6


def test_a_report_of_zotero_s_has_its_records_in_tables() -> None:
    def row(name: str, value: str) -> str:
        return f"<tr><th>{name}</th><td>{value}</td></tr>"

    def record(title: str, url: str) -> str:
        said = [("Item Type", "Preprint"), ("Author", "Ada Lovelace"), ("Author", "G. Hopper")]
        said += [("Abstract", ABSTRACT), ("Date", "2025-01-02"), ("Accessed", "6/12/2026")]
        said += [("URL", f'<a href="{url}">{url}</a>')]
        return f"<li><h2>{title}</h2><table>{''.join(row(*each) for each in said)}</table></li>"

    looms, spindles = read(
        "<html><title>Zotero Report</title><body><ul class=report>"
        f"{record('On Looms', LOOMS)}{record('On Spindles', SPINDLES)}</ul></body></html>"
    )
    assert (looms.title, spindles.title) == ("On Looms", "On Spindles")
    assert looms.authors == ("Ada Lovelace", "G. Hopper")
    assert (looms.abstract, str(looms.published), looms.blurb) == (ABSTRACT, "2025-01-02", None)


def test_badges_before_a_title_and_addresses_below_their_site_are_the_paper_s() -> None:
    def paper(number: int, title: str, people: str) -> str:
        at = f"https://aclanthology.org/2025.acl-long.{number}"
        return (
            f"<p><span><a class=badge href={at}.pdf>pdf</a><a class=badge href={at}.bib>bib</a>"
            f"</span><span><strong><a href=/2025.acl-long.{number}/>{title}</a></strong><br>"
            f"{people}</span></p><div class=card>{ABSTRACT}</div>"
        )

    looms, spindles = read(
        "<html><body><h2><a href=https://aclanthology.org/2025.acl-long.pdf>Proceedings of the "
        f"63rd Meeting</a></h2>{paper(1, 'On Looms', 'Ada Lovelace | Grace Hopper')}"
        f"{paper(2, 'On Spindles', 'Grace Hopper | Ada Lovelace')}</body></html>"
    )
    assert (looms.title, spindles.title) == ("On Looms", "On Spindles")
    assert looms.authors == ("Ada Lovelace", "Grace Hopper")
    assert looms.links[0].url == "https://aclanthology.org/2025.acl-long.1/"
    assert looms.blurb == ABSTRACT


def test_links_of_a_saved_page_are_relative_to_where_it_says_it_was() -> None:
    saved = "<!-- saved from url=(0027)https://arxiv.org/list/cs.CL -->\n"
    canonical = '<link rel="canonical" href="https://arxiv.org/list/cs.CL">'
    links = '<ul><li><a href="2501.00001">On Looms</a></li></ul>'
    for head in (saved, canonical):
        page = (
            f"<!DOCTYPE html>{head}<html><body>{links.replace('2501', '/html/2501')}</body></html>"
        )
        (entry,) = read(page)
        assert (entry.title, entry.arxiv) == ("On Looms", "2501.00001")


def test_a_letter_that_names_papers_by_numbers_behind_redirectors_is_read() -> None:
    def item(title: str, number: str) -> str:
        return (
            f'<tr><td><strong><a href="https://x.list-manage.com/track?u={number}">{title}</a>'
            f"</strong><br>Ada Lovelace, Grace Hopper<br><em>arXiv:{number}</em></td></tr>"
        )

    looms, spindles = read(
        f"<html><body><table>{item('On Looms', '2501.00001')}"
        f"{item('On Spindles', '2501.00002')}</table></body></html>"
    )
    assert (looms.title, looms.arxiv) == ("On Looms", "2501.00001")
    assert (spindles.title, spindles.authors) == ("On Spindles", ("Ada Lovelace", "Grace Hopper"))


def test_marks_of_notes_are_none_of_a_paper_s_words() -> None:
    looms, spindles = read(
        f"- [ ] [On Looms]({LOOMS}) — Ada Lovelace, G. Hopper (2025) #llm #todo 📅 2026-06-15\n"
        f"\t- A joy to read, see ![[figure.png]] ^abc123\n"
        f"- [ ] [On Spindles]({SPINDLES}) — Ada Lovelace, G. Hopper (2025) #to/read\n"
    )
    assert looms.authors == spindles.authors == ("Ada Lovelace", "G. Hopper")
    assert looms.blurb == "A joy to read, see"


def test_a_callout_s_title_is_a_title() -> None:
    looms, spindles = read(
        f"> [!note]- On Looms\n> **Authors:** Ada Lovelace, G. Hopper\n> **Link:** {LOOMS}\n"
        f"> **Abstract:** {ABSTRACT}\n\n> [!abstract] On Spindles\n> **Link:** {SPINDLES}\n"
    )
    assert (looms.title, looms.abstract) == ("On Looms", ABSTRACT)
    assert spindles.title == "On Spindles"


def test_a_link_into_a_program_is_no_title() -> None:
    note = (
        "## {}\n\n[Zotero](zotero://select/library/items/A)\n\n- **URL**:: {}\n\n"
        "### Abstract\n\n{}\n\n"
    )
    looms, spindles = read(
        note.format("On Looms", LOOMS, ABSTRACT) + note.format("On Spindles", SPINDLES, ABSTRACT)
    )
    assert (looms.title, looms.abstract, looms.group) == ("On Looms", ABSTRACT, None)
    assert spindles.title == "On Spindles"


def test_properties_of_blocks_are_labels_and_the_next_block_is_none_of_a_paper() -> None:
    def block(title: str, url: str) -> str:
        return (
            f"- [[{title}]]\n  title:: {title}\n  authors:: [[Ada Lovelace]], [[Grace Hopper]]\n"
            f"  url:: {url}\n  collapsed:: true\n\t- ## Abstract\n\t\t- {ABSTRACT}\n\t- TODO read\n"
        )

    looms, spindles = read(block("On Looms", LOOMS) + block("On Spindles", SPINDLES))
    assert (looms.title, spindles.title) == ("On Looms", "On Spindles")
    assert looms.authors == ("Ada Lovelace", "Grace Hopper")
    assert (looms.abstract, looms.blurb) == (ABSTRACT, "TODO read")


@pytest.mark.parametrize(
    "list_",
    [
        (
            "** TODO [[https://arxiv.org/abs/2501.00001][A Nest of Storks]]\n   Ada One, Bo Two\n"
            "** DONE [[https://arxiv.org/abs/2501.00002][A Nest of Cranes]]\n"
        ),
        (
            "** TODO A Nest of Storks\n   https://arxiv.org/abs/2501.00001\n   Ada One, Bo Two\n"
            "** DONE A Nest of Cranes\n   https://arxiv.org/abs/2501.00002\n"
        ),
    ],
)
def test_what_is_to_do_in_org_is_none_of_a_paper_s_words(list_: str) -> None:
    (digest,) = read_digest("list.org", f"* Papers <2026-11-20 Fri>\n{list_}".encode())
    assert [entry.title for entry in digest.entries] == ["A Nest of Storks", "A Nest of Cranes"]
    assert digest.entries[0].authors == ("Ada One", "Bo Two")
    assert [entry.blurb for entry in digest.entries] == [None, None]


def test_a_drawer_of_org_s_says_who_wrote_a_paper() -> None:
    def entry(title: str, url: str) -> str:
        return (
            f"* TODO {title} :llm:\nSCHEDULED: <2026-06-15 Mon>\n:PROPERTIES:\n:CUSTOM_ID: x1\n"
            f":AUTHOR: Ada Lovelace and Grace Hopper\n:URL: {url}\n:END:\n\n- A joy.\n"
        )

    looms, spindles = read(entry("On Looms", LOOMS) + entry("On Spindles", SPINDLES))
    assert (looms.title, spindles.title) == ("On Looms", "On Spindles")
    assert looms.authors == ("Ada Lovelace", "Grace Hopper")
    assert (looms.blurb, looms.published) == ("A joy.", None)


@pytest.mark.parametrize("tags", ["cs.CL cs.AI\n\n", "cs.CL\ncs.AI\n", "\n"])
def test_a_search_at_arxiv_copied_without_numbers_is_read(tags: str) -> None:
    def found(number: str, title: str) -> str:
        return (
            f"    arXiv:{number} [pdf, ps, other]\n\n{tags}{title}\nAuthors: Ada Lovelace\n"
            f"Abstract: {ABSTRACT} △ Less\nSubmitted 2 January, 2025; originally announced June "
            "2026.\nComments: 12 pages\n\n"
        )

    foot = "About\nHelp\n\n    contact arXivClick here to contact arXiv Contact\n"
    looms, spindles = read(
        "Showing 1–2 of 2 results\n50\nresults per page.\nAnnouncement date (newest first)\n\n"
        f"{found('2501.00001', 'On Looms')}{found('2501.00002', 'On Spindles')}{foot}"
    )
    assert (looms.title, spindles.title) == ("On Looms", "On Spindles")
    assert (looms.abstract, looms.remark) == (ABSTRACT, "12 pages")
    assert str(looms.published) == "2025-01-02"
    assert spindles.blurb is None


def test_what_stands_around_a_page_of_arxiv_s_is_none_of_its_abstract() -> None:
    (entry,) = read(
        "Computer Science > Computation and Language\narXiv:2501.00001 (cs)\n"
        "[Submitted on 2 Jan 2025 (v1), last revised 3 Jul 2026 (this version, v2)]\nOn Looms\n"
        f"Ada Lovelace, Grace Hopper\nView PDF\n\n    {ABSTRACT}\n\nComments:\t12 pages\n"
        "Subjects:\tComputation and Language (cs.CL)\nCite as:\tarXiv:2501.00001 [cs.CL]\n"
        " \t(or arXiv:2501.00001v2 [cs.CL] for this version)\nFocus to learn more\n"
        "Submission history\nFrom: Ada Lovelace [view email]\n[v1] Fri, 10 Jun 2026 17:59:59 UTC\n"
        "Access Paper:\n\n    View PDF\n    TeX Source\n\nCurrent browse context:\ncs.CL\n"
        "References & Citations\n\n    NASA ADS\n"
    )
    assert (entry.abstract, entry.remark, entry.blurb) == (ABSTRACT, "12 pages", None)


LONG = "The Confidence of Looms: Analysing and Mitigating Miscalibration in Tool-Use Weavers"
LONGER = "Which Spindles Turn, and Why: A Study of Spinning at Home in the Evenings of the North"
PEOPLE = "Ada Lovelace, Grace Hopper, Mary Jackson, Katherine Johnson, Dorothy Vaughan"


def filled(text: str, indent: str = "") -> str:
    """Break a text as programs do that fill lines."""
    return textwrap.fill(text, 72, subsequent_indent=indent, break_on_hyphens=False)


def item(number: int, title: str, url: str) -> str:
    people = filled(PEOPLE, "   ")
    return f"{filled(f'{number}. {title}', '   ')}\n   {people}\n   {url}\n"


FILLED = {
    "items": f"Papers:\n\n{item(1, LONG, LOOMS)}\n{item(2, LONGER, SPINDLES)}",
    "links": f"# Papers\n\n{filled(f'* [{LONG}]({LOOMS}), {PEOPLE}', '  ')}\n"
    f"{filled(f'* [{LONGER}]({SPINDLES}), {PEOPLE}', '  ')}\n",
    "lines": f"Hi,\n\n{filled(LONG)}\n{filled(PEOPLE)}\n{LOOMS}\n\n{filled(LONGER)}\n"
    f"{filled(PEOPLE)}\n{SPINDLES}\n",
    "labels": f"Hi,\n\n{filled(f'Title: {LONG}')}\n{filled(f'Authors: {PEOPLE}', '  ')}\n"
    f"Link: {LOOMS}\n\n{filled(f'Title: {LONGER}')}\n{filled(f'Authors: {PEOPLE}', '  ')}\n"
    f"Link: {SPINDLES}\n",
    "notes": f"Dear all,\n\n{filled(f'1. {LONG} [1]', '   ')}\n   {filled(PEOPLE, '   ')}\n\n"
    f"{filled(f'2. {LONGER} [2]', '   ')}\n   {filled(PEOPLE, '   ')}\n\n"
    f"[1] {LOOMS}\n[2] {SPINDLES}\n",
    "brackets": f"{filled(f'- {LONG} ({PEOPLE}) {LOOMS}', '  ')}\n"
    f"{filled(f'- {LONGER} ({PEOPLE}) {SPINDLES}', '  ')}\n",
}


@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize("text", FILLED.values(), ids=FILLED)
def test_a_title_and_people_that_a_program_broke_into_lines_are_whole(
    text: str, quoted: bool
) -> None:
    head = "From: a@b.example\nSubject: papers\nDate: Fri, 16 Jan 2026 09:00:00 +0000\n\n"
    if quoted:
        text = head + "Look.\n\n" + "".join(f"> {line}\n" for line in text.split("\n"))
    looms, spindles = read(text)
    assert (looms.title, spindles.title) == (LONG, LONGER)
    assert looms.authors == spindles.authors == tuple(PEOPLE.split(", "))
    assert (looms.blurb, spindles.blurb) == (None, None)


def test_lines_that_end_before_they_are_full_are_lines() -> None:
    short, shorter = "Looms That Learn in the Evening and Weavers Who Sleep by Day", "On Spindles"
    looms, spindles = read(
        f"{short}\nAda Lovelace, Grace Hopper\n{LOOMS}\n\n{shorter}\nAda Lovelace, Grace Hopper\n"
        f"{SPINDLES}\n"
    )
    assert (looms.title, spindles.title) == (short, shorter)
    assert looms.authors == ("Ada Lovelace", "Grace Hopper")


def test_who_said_a_title_in_a_chat_is_none_of_it() -> None:
    looms, spindles = read(
        f"[12.06.26, 09:00:11] Ada Lovelace: On Looms\n{LOOMS}\n[12.06.26, 09:00:40] Bob: nice!\n"
        f"12/06/2026, 09:01 - Ada Lovelace: On Spindles\n{SPINDLES}\n"
    )
    assert (looms.title, spindles.title) == ("On Looms", "On Spindles")


def test_a_page_of_one_s_own_that_is_a_cell_is_a_whole_title() -> None:
    rows = "\n".join(
        f"| [{title}](Page%20{n}.md) | Ada Lovelace | {url} |"
        for n, (title, url) in enumerate(
            [("On Looms - a study of threads", LOOMS), ("Knots", SPINDLES)]
        )
    )
    looms, _ = read(f"# List\n\n| Name | Authors | URL |\n| --- | --- | --- |\n{rows}\n")
    assert (looms.title, looms.blurb) == ("On Looms - a study of threads", None)


ACCEPTED = [
    ("On Looms, Spindles and Threads", "Ada Lovelace{0}Grace Hopper"),
    ("Spinning at Home", "Mary Jackson"),
    ("What Do Weavers Know? A Study", "Katherine Johnson{0}Wenbo{0}Liu yunfeng"),
    ("Quiet Wool and Deep Looms", "Grace Hopper{0}Mary Jackson*"),
    ("Knots in the Evening", "Dorothy Vaughan{0}Ada Lovelace"),
]


@pytest.mark.parametrize("sign", [", ", " · ", " | ", "; "])
@pytest.mark.parametrize(
    ("above", "behind"),
    [("", "\n"), ("pdf bib abs\n", "\n"), ("", f"\n{ABSTRACT * 5}\n\n"), ("1. ", "\n\n")],
)
def test_a_list_of_titles_and_people_that_leads_nowhere_is_read(
    sign: str, above: str, behind: str
) -> None:
    papers = [(title, people.format(sign)) for title, people in ACCEPTED]
    text = "".join(f"{above}{title}\n{people}{behind}\n" for title, people in papers)
    entries = read(f"NeurIPS 2025 Accepted Papers\n\n{text}")
    assert [entry.title for entry in entries] == [title for title, _ in papers]
    assert entries[0].authors == ("Ada Lovelace", "Grace Hopper")
    assert entries[1].authors == ("Mary Jackson",)
    assert entries[2].authors == ("Katherine Johnson", "Wenbo", "Liu yunfeng")
    assert entries[3].authors == ("Grace Hopper", "Mary Jackson")
    assert [entry.abstract is not None for entry in entries] == [ABSTRACT in behind] * 5
    assert {entry.blurb for entry in entries} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "Programme committee\nAda Lovelace, Grace Hopper\n\nNothing else.\n",
        "Present today\nAda Lovelace, Grace Hopper\n\nAbsent today\nMary Jackson, Ada Lovelace\n",
    ],
)
def test_people_below_a_line_or_two_are_no_list_of_papers(text: str) -> None:
    with pytest.raises(DigestError):
        read_digest("list", text.encode())


def test_pubmed_s_summaries_are_references() -> None:
    looms, spindles = read(
        "1: Lovelace A, Hopper G. On Looms and Threads. J Loom. 2025 Jan 4;12(3):45-50. doi:\n"
        "10.1000/x1. Epub 2025 Jan 2. PMID: 38000001; PMCID: PMC101.\n\n"
        "2: Hopper G, Lovelace A. On Spindles of Wool. J Loom. 2025 Feb;12(4):51-60. doi:\n"
        "10.1000/x2. PMID: 38000002.\n"
    )
    assert (looms.title, spindles.title) == ("On Looms and Threads", "On Spindles of Wool")
    assert (looms.doi, spindles.doi) == ("10.1000/x1", "10.1000/x2")
    assert (str(looms.published), looms.blurb) == ("2025-01-04", None)


def test_an_alert_of_biorxiv_s_has_its_numbers_before_its_addresses() -> None:
    def paper(title: str, number: str) -> str:
        address = f"https://doi.org/10.1101/{number}"
        return f"{title}\nAda Lovelace, Grace Hopper\nbioRxiv {number}; doi: {address}\n\n"

    looms, spindles = read(
        f"bioRxiv Subject Collection Alert\n\n{paper('On Looms', '2026.06.01.123450')}"
        f"{paper('On Spindles', '2026.06.02.123451')}"
    )
    assert (looms.title, looms.doi) == ("On Looms", "10.1101/2026.06.01.123450")
    assert (spindles.title, spindles.authors) == ("On Spindles", ("Ada Lovelace", "Grace Hopper"))


def test_a_list_of_dblp_s_copied_as_text_is_read() -> None:
    looms, spindles = read(
        "Jennifer J. Gago, Ada Lovelace 0001, Juan G. Victores:\nOn Looms. CoRR abs/2501.00001 "
        "(2025)\n\nAda Lovelace, Grace Hopper:\nDo Spindles Turn? CoRR abs/2501.00002 (2024)\n"
    )
    assert (looms.title, spindles.title) == ("On Looms", "Do Spindles Turn?")
    assert looms.authors == ("Jennifer J. Gago", "Ada Lovelace", "Juan G. Victores")
    assert (looms.arxiv, str(looms.published)) == ("2501.00001", "2025")


def test_a_text_that_names_papers_in_no_known_way_says_so() -> None:
    with pytest.raises(DigestError) as told:
        read_digest(
            "list", b"This week arXiv:2501.00001 and arXiv:2501.00002 and much more was on."
        )
    assert "2 papers are named" in told.value.refusal.message
    assert "title" in (told.value.refusal.hint or "")


@pytest.mark.parametrize(
    ("names", "what", "hint"),
    [
        (["[Content_Types].xml", "xl/workbook.xml"], "Excel", "CSV"),
        (["[Content_Types].xml", "word/document.xml"], "Word", "text"),
        (["mimetype", "META-INF/manifest.xml", "content.xml"], "LibreOffice", "CSV"),
    ],
)
def test_a_document_of_an_office_program_is_called_by_its_name(
    names: list[str], what: str, hint: str
) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as members:
        for name in names:
            members.writestr(name, '<?xml version="1.0"?><x/>')
    with pytest.raises(DigestError) as told:
        read_digest("list.zip", archive.getvalue())
    assert what in told.value.refusal.message
    assert hint in (told.value.refusal.hint or "")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"bplist00\xd1\x01\x02_\x10\x0fWebMainResource\xd4", "Safari"),
        (b"{\\rtf1\\ansi On Looms https://arxiv.org/abs/2501.00001\\par}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Office"),
    ],
)
def test_a_document_that_is_no_text_is_called_by_its_name(data: bytes, what: str) -> None:
    with pytest.raises(DigestError) as told:
        read_digest("list", data)
    assert what in told.value.refusal.message


@pytest.mark.parametrize("mark", ["* ", "    ", "• ", ""])
def test_a_mail_of_hugging_face_s_copied_as_text_is_its_papers(mark: str) -> None:
    looms, spindles = read(
        "Daily Papers\nby community\n\nHere is the selection of papers for today (6 Oct):\n\n"
        f"{mark}On Looms: A Study (113 ▲)\n{mark}On Spindles (5 ▲)\n\n"
    )
    assert [(looms.title, looms.upvotes), (spindles.title, spindles.upvotes)] == [
        ("On Looms: A Study", 113),
        ("On Spindles", 5),
    ]
    (digest,) = read_digest(
        "mail.txt",
        "Daily Papers\nby community\n\nOn Looms (113 ▲)\nOn Spindles (5 ▲)\n\n"
        "Onwards and upwards,\nAK and the research community\n".encode(),
    )
    assert [entry.title for entry in digest.entries] == ["On Looms", "On Spindles"]


def test_a_text_with_addresses_and_no_titles_says_what_to_do() -> None:
    text = f"Ada\n  9:00 AM\n{LOOMS}\narXiv.org\n{ABSTRACT}\n(12 kB)\n{LOOMS}\n:eyes: 2\n"
    with pytest.raises(DigestError) as told:
        read_digest("list", text.encode())
    assert "title" in (told.value.refusal.hint or "")
