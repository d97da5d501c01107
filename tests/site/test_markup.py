"""Every page of the built sites is valid HTML, without inline script or style."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from ..sites import PROJECT, Site, run

CHECKER = PROJECT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
POLICY = ".* violates Content Security Policy .*"
"""Passed over: the checker reads from the disk, where 'self' is nobody, and takes JSON-LD for a
script. What the policy lets in and keeps out, tests/browser looks at."""


@pytest.mark.parametrize("name", ["sample_site", "five_digests_site"])
def test_every_page_passes_the_html_checker(name: str, request: pytest.FixtureRequest) -> None:
    java = shutil.which("java")
    assert java, "a Java runtime is needed: apt install default-jre-headless"
    assert CHECKER.is_file(), "the Nu HTML checker is needed: make node_modules/dev.stamp"
    site: Site = request.getfixturevalue(name)
    command: list[str | Path] = [
        java,
        "-Xss8m",
        "-jar",
        CHECKER,
        "--exit-zero-always",
        "--format",
        "json",
    ]
    done = run(*command, "--filterpattern", POLICY, "--skip-non-html", site.output)
    messages = json.loads(done.stderr)["messages"]
    told = [
        f"{message.get('url', '').removeprefix(site.output.as_uri())}: {message['message']}"
        for message in messages
    ]
    assert not told, f"{len(told)} findings, such as {told[:5]}"


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
            abstract = re.search(r">Abstract</h2>\n(.*?)</section>", text, re.DOTALL)
            size = len(text.encode()) - len(abstract[1].encode() if abstract else b"")
            sizes[facts["url"]] = max(size, sizes.get(facts["url"], 0))
    assert {url: size for url, size in sizes.items() if size > 7000} == {}
    assert sorted(sizes.values())[len(sizes) // 2] <= 6000
