"""What every template promises whatever it is given."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup, Tag
from daybook.catalogue.templating import environment
from daybook.catalogue.views import DateView, Named, PaperView
from jinja2 import UndefinedError

from . import specimens
from .specimens import FOLDER, TEMPLATES, render, variables

HOSTILE = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(1)><style>*{}</style>{{ 7*7 }}&amp;"
)


def hostile(text: str) -> str:
    """Give a text that would break out of any place that is not escaped."""
    return text + HOSTILE


def parsed(html: str) -> BeautifulSoup:
    """Read a page as a browser would."""
    return BeautifulSoup(html, "lxml")


def one(page: BeautifulSoup, selector: str) -> Tag:
    """Give the first element that a selector finds; there must be one."""
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def test_the_specimens_cover_every_template() -> None:
    for template in TEMPLATES:
        assert variables(template) is not None


@pytest.mark.parametrize("template", TEMPLATES)
def test_hostile_text_stays_text(template: str) -> None:
    page = parsed(render(template, hostile))
    scripts = [tag for tag in page.find_all("script") if tag.get("type") != "application/ld+json"]
    assert scripts[0]["src"] == "../assets/daybook.js"
    assert all(re.fullmatch(r"\.\./(?:assets/)?[a-z_/]+\.js", tag["src"]) for tag in scripts)
    assert all(not tag.get_text() for tag in scripts)
    assert not page.find_all(["img", "style"])
    assert page.title is not None
    assert HOSTILE in page.title.get_text()


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_page_carries_style_or_behaviour_of_its_own(template: str) -> None:
    for tag in parsed(render(template, hostile)).find_all(True):
        assert "style" not in tag.attrs
        assert not [name for name in tag.attrs if name.startswith("on")]
        assert not str(tag.get("href", "")).startswith("javascript:")


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_page_has_one_h1_and_skips_no_level(template: str) -> None:
    levels = [int(tag.name[1]) for tag in parsed(render(template)).find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_page_has_the_landmarks_and_unique_ids(template: str) -> None:
    page = parsed(render(template))
    for landmark in ("header", "nav", "main", "footer"):
        assert page.find(landmark), landmark
    assert page.find("a", class_="skip", href="#main")
    assert page.find(id="main")
    assert max(Counter(tag["id"] for tag in page.find_all(id=True)).values()) == 1


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_page_states_its_security_policy_before_it_loads_anything(template: str) -> None:
    html = render(template)
    policy = re.search(r'Content-Security-Policy content="([^"]+)"', html)
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy[1]
    assert policy.start() < html.index("<link")
    assert policy.start() < html.index("<script")


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_view_that_is_missing_is_an_error_and_never_a_gap(template: str) -> None:
    given = specimens.given(template)
    found = environment(()).get_template(f"daybook/{template}.html")
    for name in given:
        with pytest.raises((UndefinedError, TypeError), match=r"[uU]ndefined"):
            found.render({key: value for key, value in given.items() if key != name})


@pytest.mark.parametrize("template", TEMPLATES)
def test_links_to_other_hosts_tell_them_nothing(template: str) -> None:
    for link in parsed(render(template)).select("body a[href^=http]"):
        assert link["rel"] == ["noopener", "noreferrer"]


@pytest.mark.parametrize("template", [name for name in TEMPLATES if name != "search"])
def test_every_page_has_a_search_box(template: str) -> None:
    form = parsed(render(template)).select_one("body > header form[role=search]")
    assert form
    assert form["action"] == "../search.html"
    assert form.select_one("input[type=search][name=q][aria-label]")


def test_the_search_page_says_where_to_look_without_javascript() -> None:
    page = parsed(render("search"))
    assert page.select_one("form#search-form input[name=q]")
    assert page.select_one("[role=status][aria-live=polite]")
    hrefs = {link["href"] for link in page.select("noscript a")}
    assert hrefs == {
        f"../{folder}/index.html" for folder in ("topics", "authors", "dates", "digests")
    }


def test_an_inferred_date_says_so_wherever_it_is_shown() -> None:
    for template in ("home", "paper", "digests", "digest", "topic", "list"):
        assert "year inferred" in render(template), template


def test_a_date_that_is_known_is_not_called_inferred() -> None:
    known = DateView("14 March 2025", "2025-03-14")
    where = tuple(replace(digest, date=known) for digest in specimens.paper().digests * 2)
    html = render("paper", paper=specimens.paper(first_seen=known, digests=where))
    assert "First seen" in html
    assert "inferred" not in html


def test_an_undated_digest_shows_the_day_it_cannot_be_older_than() -> None:
    text = parsed(render("digests")).get_text(" ", strip=True)
    assert "not before June 2025" in text


def test_unknown_authors_are_a_number_or_nothing() -> None:
    nameless = specimens.paper(authors=(), author_count=4)
    assert one(parsed(render("paper", paper=nameless)), ".by").get_text(strip=True) == "4 authors"
    unknown = specimens.paper(authors=(), author_count=None)
    assert parsed(render("paper", paper=unknown)).select_one(".by") is None


def test_of_very_many_authors_the_first_stand_before_the_abstract_and_all_are_there() -> None:
    many = tuple(Named(f"Ada the {number}th", f"authors/ada-{number}.html") for number in range(99))
    page = parsed(render("paper", paper=specimens.paper(authors=many)))
    assert len(page.select(".by > a")) == 30
    assert one(page, ".by summary").get_text() == "and 69 more"
    assert [a.get_text() for a in page.select(".by a")] == [author.name for author in many]
    assert one(page, "#bibtex")["tabindex"] == "0"
    few = parsed(render("paper", paper=specimens.paper(authors=many[:40])))
    assert len(few.select("p.by > a")) == 40
    assert not few.select(".by details, pre[tabindex]")


def test_entries_of_a_digest_keep_their_places() -> None:
    entries = parsed(render("digest")).select("ol.cards > li")
    assert [(entry["value"], entry["id"]) for entry in entries] == [
        ("1", "entry-1"),
        ("2", "entry-2"),
    ]


def test_a_paper_of_which_nothing_is_known_still_has_a_page() -> None:
    fields = PaperView.__dataclass_fields__
    kept = {"heading", "bibtex", "head", "json_ld"}
    empty = {
        name: () if str(field.type).startswith("tuple") else None
        for name, field in fields.items()
        if name not in kept
    }
    page = parsed(render("paper", paper=specimens.paper(**empty)))
    assert one(page, "h1").get_text() == "Alignment faking"
    assert "None" not in page.get_text()
    assert not [tag for tag in page.select("main :is(dl, ul, ol, nav)") if not tag.find(True)]


def test_the_frame_of_a_page_is_lean() -> None:
    """A paper page has 7 kB besides its abstract: its frame may take 2.5 kB of them."""
    assert len(render("redirect").encode()) < 2500


def test_no_template_turns_escaping_off() -> None:
    for path in FOLDER.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", ""), path.name
        assert "autoescape" not in text, path.name
