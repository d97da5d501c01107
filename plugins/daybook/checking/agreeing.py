"""What a paper's page says of it, in words and for machines: the same as the data say."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..catalogue.machine_facts import MOST_TAGS
from ..maths import may_have_maths
from .folder import Folder

_HEADING = re.compile(r"<h1\b[^<>]*>(.*?)</h1>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_META = re.compile(
    r"""<meta[ ]name=["']?(citation_(?:title|author|arxiv_id))["']?[ ](?:property=[^<> ]*[ ])?
    content="([^"<>]*)\"""",
    re.VERBOSE,
)


def differing(folder: Folder, paper: Mapping[str, Any]) -> Iterator[str]:
    """Say what the page of a paper says otherwise than the data; what it leaves out is no fault."""
    path = folder.base + paper["url"]
    if path not in folder.own or path not in folder.sizes:
        return
    text = folder.bytes(path).decode("utf-8", "replace")
    said: dict[str, list[str]] = {}
    for name, content in _META.findall(text):
        said.setdefault(name, []).append(html.unescape(content))
    if not may_have_maths(paper["title"]):
        if found := _HEADING.search(text):
            said["heading"] = [html.unescape(_TAG.sub("", found[1]))]
    else:
        said.pop("citation_title", None)
    known = {
        "heading": [paper["title"]],
        "citation_title": [paper["title"]],
        "citation_author": paper["authors"] and paper["authors"][:MOST_TAGS],
        "citation_arxiv_id": [paper["arxiv"]],
    }
    for name, values in said.items():
        if values != known[name]:
            yield f"says another {name} of {paper['id']} than its page"
