"""A file that needs no parser loads none: small archives take less time to build than it does."""

from __future__ import annotations

import subprocess
import sys

import pytest

FILES = {
    "papers.json": '[{"title": "Bees", "authors": ["Ada Lovelace"], "arxiv": "2402.10001"}]',
    "papers.md": "# Papers\n\n- [Bees](https://arxiv.org/abs/2402.10001), [Stars](https://x.com/)",
    "papers.txt": "Bees\nhttps://arxiv.org/abs/2402.10001\n",
}
READ = """
import sys
from daybook.digests import read_digest
(digest,) = read_digest(sys.argv[1], sys.argv[2].encode())
assert [entry.title for entry in digest.entries] == ["Bees"]
print(sorted({"bs4", "lxml", "soupsieve"} & sys.modules.keys()))
"""


@pytest.mark.parametrize("name", FILES)
def test_json_and_text_are_read_without_a_parser_of_html(name: str) -> None:
    command = [sys.executable, "-c", READ, name, FILES[name]]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
