"""Other people's text is shown as it was written, and does nothing (hostile.md, B)."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from daybook.catalogue.outward import doi_page, outward_links, safe_url
from daybook.catalogue.rendering import (
    json_for_script,
    markdown_to_html,
    sanitized,
    text_to_html,
)
from daybook.catalogue.wording import excerpt
from daybook.records import Appearance, Archive, DigestItem, Link, PartialDate, Topic
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from .small_archive import OPTIONS, digest, paper, render

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</title><svg onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "\"'><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "{{ 7*7 }}{% include '/etc/passwd' %}${x}",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "&lt;script&gt; &amp; ]]> --> <!--",
    "\u202e\u2028<marquee>\u2029",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_field_becomes_markup_and_every_title_reads_as_written(payload: str) -> None:
    known = paper(
        0,
        title=payload,
        abstract=payload,
        blurb=payload,
        ai_summary=payload,
        authors=(payload, f"{payload} Two"),
        published=PartialDate(2024),
        topics=("t",),
        venue=payload,
        organization=payload,
        submitter=payload,
        remark=payload,
        categories=(payload,),
        keywords=(payload,),
        doi=f"10.1/{payload}",
        arxiv=payload,
        links=(Link("code", payload), Link("page", f"https://x.org/{payload}")),
        digests=(Appearance("2025-03-11", 1),),
    )
    items = (DigestItem(1, "paper-0", payload, group=payload),)
    archive = Archive(
        (known,),
        (digest("2025-03-11", items=items, name=payload),),
        (Topic("t", payload, payload, payload),),
        (("old", "paper-0"),),
    )
    options = replace(OPTIONS, name=payload, tagline=payload, keeper=payload)
    for path, content in render(archive, options).items():
        if path.endswith(".html"):
            _check_inert(path, content)
    page = lxml.html.document_fromstring(render(archive)["papers/paper-0.html"].decode())
    assert page.xpath("string(//h1)").split() == payload.split()


def _check_inert(path: str, content: bytes) -> None:
    page = lxml.html.document_fromstring(content.decode())
    scripts = page.xpath("//script[not(@src)]")
    assert all(script.get("type") == "application/ld+json" for script in scripts), path
    for script in scripts:
        json.loads(script.text)
    drawn_by_us = "svg[not(@viewbox or @viewBox)]"
    assert not page.xpath(f"//img | //{drawn_by_us} | //noscript[p[@title]] | //marquee"), path
    assert not page.xpath("//@*[starts-with(name(), 'on')]"), path
    for address in page.xpath("//@href"):
        assert not address.lower().startswith(("javascript:", "data:", "vbscript:")), path
    assert "49" not in page.xpath("string(//main)"), path


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "http:/x",
        "https:x.org",
        "https://",
        "https://good.org@evil.example/",
        "https://good.org:pass@evil.example/",
        "https://a.org\\@evil.example/",
        "https://a b.org/",
        "https://[::1",
        "https://x.org:99999/",
        "https://x.org/" + 2000 * "a",
        "https://x\u202e.org/",
        "mailto:a@b.org?body=x%0Ay",
        "/relative",
        "",
    ],
)
def test_an_address_that_could_mislead_is_no_link(url: str) -> None:
    assert safe_url(url) is None
    assert outward_links(paper(0, links=(Link("code", url),))) == ()


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://github.com/a/b", "https://github.com/a/b"),
        ("HTTPS://GitHub.com/A?b=c&d#e", "https://github.com/A?b=c&d#e"),
        ("https://x.org/ä\"<>'", "https://x.org/%C3%A4%22%3C%3E'"),
        ("https://x.org/100%", "https://x.org/100%25"),
        ("https://x.org/a%20b", "https://x.org/a%20b"),
        ("https://аpple.com/", "https://xn--pple-43d.com/"),
        ("http://localhost:8000/", "http://localhost:8000/"),
        ("mailto:keeper@example.org", "mailto:keeper@example.org"),
    ],
)
def test_a_safe_address_is_percent_encoded_with_an_ascii_host(url: str, written: str) -> None:
    assert safe_url(url) == written
    assert safe_url(written) == written


def test_links_follow_the_identifiers_that_are_known() -> None:
    new = outward_links(paper(0, arxiv="2412.14093", doi="10.1/a<b>", links=()))
    assert [(link.name, link.url) for link in new] == [
        ("arXiv", "https://arxiv.org/abs/2412.14093"),
        ("PDF", "https://arxiv.org/pdf/2412.14093"),
        ("Hugging Face", "https://huggingface.co/papers/2412.14093"),
        ("DOI", "https://doi.org/10.1/a%3Cb%3E"),
    ]
    old = outward_links(paper(0, arxiv="math/0309136"))
    assert [link.name for link in old] == ["arXiv", "PDF"]
    assert outward_links(paper(0, arxiv="2501.00001;rm", doi="nonsense")) == ()
    assert doi_page("10.1/x") == "https://doi.org/10.1/x"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b\n\nc & d", "<p>a &lt; b</p>\n<p>c &amp; d</p>"),
        (
            "(https://x.org/(b)).",
            '<p>(<a href="https://x.org/(b)" rel="noopener noreferrer">https://x.org/(b)</a>).</p>',
        ),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("at https://u@evil.org now", "<p>at https://u@evil.org now</p>"),
        ("cost is $5 and $6, 100% of", "<p>cost is $5 and $6, 100% of</p>"),
    ],
)
def test_plain_text_becomes_paragraphs_with_safe_links(text: str, html: str) -> None:
    assert text_to_html(text) == html


@given(st.text())
def test_no_plain_text_becomes_a_tag_of_its_own(text: str) -> None:
    html = text_to_html(text)
    if html is not None:
        assert set(re.findall(r"</?(\w+)", html)) <= {"p", "a"}


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("# One\n\n### Two", "<h2>One</h2>\n<h4>Two</h4>"),
        ("## Notes\n\n###### Deep", "<h2>Notes</h2>\n<h6>Deep</h6>"),
        ("<script>alert(1)</script>ok", "<p>ok</p>"),
        ('<p style="x" onclick="y">a</p><iframe src="x"></iframe>', "<p>a</p>"),
        ("a\n<marquee>", "<p>a\n</p><p></p><p></p>"),
        ("[x](javascript:alert(1))", '<p><a rel="noopener noreferrer">x</a></p>'),
        ("[x](//evil.org)", '<p><a rel="noopener noreferrer">x</a></p>'),
        (
            "[other](seeing-less.html#a)",
            '<p><a href="seeing-less.html#a" rel="noopener noreferrer">other</a></p>',
        ),
    ],
)
def test_a_keepers_notes_keep_their_structure_and_lose_what_acts(markdown: str, html: str) -> None:
    assert (markdown_to_html(markdown) or "").strip() == html


@given(st.text(st.sampled_from("<>/pa b\"'&;=h1")))
def test_sanitizing_twice_changes_nothing(html: str) -> None:
    once = sanitized(html)
    assert sanitized(once) == once


def test_headings_never_fall_below_six() -> None:
    assert sanitized("<h1>a</h1><h6>b</h6>") == "<h2>a</h2><h6>b</h6>"


def test_json_in_a_script_cannot_end_it() -> None:
    text = json_for_script({"a": "</script><!--\u2028&"})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"a": "</script><!--\u2028&"}


@given(st.text(min_size=1), st.integers(2, 50))
def test_an_excerpt_is_one_line_and_never_longer_than_told(text: str, length: int) -> None:
    short = excerpt(text, length)
    assert short is not None
    assert len(short) <= length
    assert "\n" not in short


def test_the_same_archive_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import hashlib, tests.catalogue.small_archive as small\n"
        "files = small.render()\n"
        "everything = b''.join(path.encode() + data for path, data in files.items())\n"
        "print(hashlib.sha256(everything).hexdigest())\n"
    )
    root = Path(__file__).parents[2]
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{root}:{root / 'plugins'}"},
            cwd=root,
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(seen) == 1


@pytest.mark.parametrize("unit", ["[", "<a ", "![", "[a]("])
def test_notes_that_would_take_for_ever_to_read_are_shown_as_text(unit: str) -> None:
    shown = markdown_to_html(f"**b**\n\n{unit * 13_000}") or ""
    assert shown.startswith("<p>**b**</p>")
    assert Markup(shown).unescape().count(unit.strip()) == 13_000
    short = markdown_to_html("**b** [a](https://b.example)\n\n" * 1000) or ""
    assert short.count("<strong>") == 1000
