"""Every page of the built sites is valid HTML, without inline script or style."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from ..sites import PROJECT, Site, run

CHECKER = PROJECT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
JAVA = ("-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Room for deep pages; and no more compiling than what ends within seconds is worth, which takes
less than half of the processor time."""
POLICY = ".* violates Content Security Policy .*"
"""Passed over: the checker reads from the disk, where 'self' is nobody, and takes JSON-LD for a
script. What the policy lets in and keeps out, tests/browser looks at."""


_TAG = re.compile(r"<(/?[a-z][\w-]*)((?:[^<>\"]|\"[^\"]*\")*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([^\s\"=]+)(?:=(?:\"([^\"]*)\"|(\S+)))?")


def judged(pages: Sequence[Path]) -> list[str]:
    """Have pages judged by the Nu checker; give what it says, which names the page."""
    java = shutil.which("java")
    assert java, "a Java runtime is needed: apt install default-jre-headless"
    assert CHECKER.is_file(), "the Nu HTML checker is needed: make node_modules/dev.stamp"
    said = ["--exit-zero-always", "--format", "json", "--filterpattern", POLICY]
    done = run(java, *JAVA, "-jar", CHECKER, *said, "--skip-non-html", *pages)
    messages = json.loads(done.stderr)["messages"]
    return [f"{message.get('url', '')}: {message['message']}" for message in messages]


@pytest.mark.long
def test_every_page_passes_the_html_checker(sample_site: Site) -> None:
    told = judged([sample_site.output])
    assert not told, f"{len(told)} findings, such as {told[:5]}"


@pytest.mark.long
def test_whatever_a_page_has_first_passes_the_html_checker(five_digests_site: Site) -> None:
    """Every page that has what none before it has: see `traits`; the others say nothing new."""
    seen: set[str] = set()
    chosen = []
    for path in sorted(five_digests_site.output.rglob("*.html")):
        new = traits(path.read_text("utf-8")) - seen
        seen |= new
        if new:
            chosen.append(path)
    assert len(chosen) > 50
    told = judged(chosen)
    assert not told, f"{len(told)} findings, such as {told[:5]}"


def traits(text: str) -> set[str]:
    """Say which tag follows which, with which attributes, of what form; and which characters."""
    found = {f"character {character}" for character in set(text)}
    before = ""
    for name, rest in _TAG.findall(text):
        attributes = _ATTRIBUTE.findall(rest)
        tag = " ".join([name, *(attribute for attribute, _, _ in attributes)])
        found.add(f"{before} then {tag}")
        found |= {
            f"{tag}, {key}: {form(quoted or bare)}"
            for key, quoted, bare in attributes
            if key != "content"  # text, of which the characters tell
        }
        before = tag
    return found


def form(value: str) -> str:
    """Give a value's kinds of characters, in their order where it is short (a date, a number)."""
    kinds = re.sub(r"[A-Za-z]+", "a", re.sub(r"\d", "0", value))
    return kinds if len(value) <= 20 and "0" in kinds else "".join(sorted(set(kinds)))


def test_no_page_has_inline_script_or_style(sample_site: Site, five_digests_site: Site) -> None:
    for site in (sample_site, five_digests_site):
        for page in site.pages.values():
            scripts = page.tree.xpath("//script[not(@src) and not(@type='application/ld+json')]")
            styles = page.tree.xpath("//style | //*[@style]")
            handlers = page.tree.xpath("//@*[starts-with(name(), 'on')]")
            assert not scripts + styles + handlers, page.path
            policy = page.tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
            assert len(policy) == 1, page.path
            assert policy[0].startswith("default-src 'none'"), page.path
            assert "unsafe" not in policy[0], page.path


def test_a_papers_page_is_small_besides_its_abstract(
    sample_site: Site, five_digests_site: Site
) -> None:
    """At most 7 kB with up to ten authors, whatever the titles and venues around are."""
    sizes: dict[str, int] = {}
    for site in (sample_site, five_digests_site):
        for facts in site.dump:
            if len(facts["authors"] or ()) > 10:
                continue
            text = (site.output / facts["url"]).read_text("utf-8")
            abstract = re.search(r">Abstract</h2>(.*?)</section>", text, re.DOTALL)
            size = len(text.encode()) - len(abstract[1].encode() if abstract else b"")
            sizes[facts["url"]] = max(size, sizes.get(facts["url"], 0))
    assert {url: size for url, size in sizes.items() if size > 7000} == {}
    assert sorted(sizes.values())[len(sizes) // 2] <= 6000
