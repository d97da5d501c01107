"""The links that authors put into arXiv's comments: 'Code: https://github.com/...'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..records import Link
from .identifiers import read_url

_URL = re.compile(r"https?://[^\s,;)\]}>]+")
_CODE_HOSTS = ("github.com", "gitlab.com", "codeberg.org", "bitbucket.org")


def links_in(comment: str) -> Iterator[Link]:
    """Give the links of a comment: a code host's is code, any other the project's page."""
    for match in _URL.finditer(comment):
        url = read_url(match[0].rstrip(".'\""))
        if url:
            yield Link("code" if any(host in url for host in _CODE_HOSTS) else "project", url)
