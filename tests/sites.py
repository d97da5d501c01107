"""A built site as the tests see it: built by the real command, read from the disk."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import html

from .publishing import forking

PROJECT = Path(__file__).parents[1]
SITEURL = "https://papers.example/repo"
"""An address with a path, as a project page on GitHub has; nobody answers there."""


_OURS = {"DIGESTS", "PAPERS", "METADATA", "OUTPUT", "SITEURL", "NAME", "URL", "DATE", "PORT"}
_OURS |= {"DIGEST", "SMTP", "SMTP_PASSWORD", "TO", "LIST", "DRY"}
_OURS |= {"LEARNED", "Q", "QUERIES", "LIMIT", "MODE"}
_OURS |= {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"}


def clean_environment(values: Mapping[str, str]) -> dict[str, str]:
    """Give this process's environment and `values`, without what make or a keeper put there."""
    kept = {name: value for name, value in os.environ.items() if name not in _OURS}
    return {**kept, "PYTHONPATH": str(PROJECT / "plugins"), **values}


def run(
    *command: str | Path,
    cwd: Path = PROJECT,
    environment: Mapping[str, str] | None = None,
    answers: str = "",
) -> subprocess.CompletedProcess[str]:
    """Run a command with `answers` on its standard input; give its outputs as text."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean_environment(environment or {}),
        input=answers,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )


def run_pelican(environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Build with the project's own settings file, as ``make site`` does."""
    command = (sys.executable, "-m", "pelican", "content", "-s", "pelican.conf.py")
    return run(*command, environment=environment)


def fork_pelican(environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Build as `run_pelican` does, by a fork of a process that has Pelican loaded."""
    return forking.pelican(
        ("content", "-s", "pelican.conf.py"),
        PROJECT,
        {**forking.bare_environment(), **environment},
    )


def snapshot(folder: Path) -> dict[str, str]:
    """Give the checksum of every file in a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclass(frozen=True)
class Page:
    """One HTML file of a site."""

    path: str
    """Relative to the site's root folder."""
    tree: html.HtmlElement

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Every id on the page."""
        return frozenset(map(str, self.tree.xpath("//@id")))

    def links(self) -> Iterator[str]:
        """Give every address the page names: links, assets, forms."""
        for attribute in ("href", "src", "action", "poster", "data"):
            yield from map(str, self.tree.xpath(f"//@{attribute}"))

    def text(self, path: str) -> list[str]:
        """Give the text of every element that matches an XPath expression."""
        return [" ".join(found.text_content().split()) for found in self.tree.xpath(path)]


@dataclass(frozen=True)
class Site:
    """A built site with the pages of its papers."""

    output: Path
    papers: Path
    report: str
    """What the build printed."""

    def linked(self, folder: Path, *own: str) -> Path:
        """Give a copy whose files are links to the site's, but for those of its `own` folders."""
        shutil.copytree(self.output, folder, copy_function=os.link)
        for name in own:
            shutil.rmtree(folder / name)
            shutil.copytree(self.output / name, folder / name)
        return folder

    @cached_property
    def files(self) -> frozenset[str]:
        """Every file, relative to the root folder."""
        found = (path for path in self.output.rglob("*") if path.is_file())
        return frozenset(path.relative_to(self.output).as_posix() for path in found)

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Every HTML page, by its path."""
        return {name: self.page(name) for name in sorted(self.files) if name.endswith(".html")}

    def page(self, path: str) -> Page:
        """Read one page."""
        return Page(path, html.fromstring((self.output / path).read_bytes()))

    @cached_property
    def dump(self) -> list[dict[str, Any]]:
        """The papers, as ``data/papers.jsonl`` lists them."""
        lines = (self.output / "data" / "papers.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]

    @cached_property
    def digests(self) -> list[dict[str, Any]]:
        """The digests, as ``data/digests.json`` lists them."""
        found: list[dict[str, Any]] = json.loads((self.output / "data/digests.json").read_text())
        return found


def resolve(page: str, address: str) -> tuple[str, str] | None:
    """Give the file and the anchor that a link on a page leads to; ``None`` for another host's.

    What names the site's own address counts as a link within it, and its root as its home page.
    """
    if address.startswith(SITEURL):
        address = address.removeprefix(SITEURL)
        address = urlsplit(SITEURL).path + (address or "/")
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    base = urlsplit(SITEURL).path + "/"
    if path.startswith("/"):
        assert path.startswith(base), f"{page}: {address} leads out of the site"
        names = path.removeprefix(base).split("/")
    else:
        names = (page.split("/")[:-1] + path.split("/")) if path else page.split("/")
    found: list[str] = []
    for name in names:
        if name == "..":
            assert found, f"{page}: {address} leads out of the site"
            found.pop()
        elif name != ".":
            found.append(name)
    return "/".join(found) or "index.html", unquote(parts.fragment)
