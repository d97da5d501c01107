"""What the tests of KEEP share: the project's own taxonomy, and folders to convert in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from daybook.archive import Conversion, Taxonomy, convert, load_taxonomy
from daybook.digests import Reading
from daybook.records import Digest

SMALL = """\
[weighing]
title = 2
repeat = 0.5
needed = 10
alone = 4
share = 0.25

[[topics]]
slug = "birds"
name = "Birds"
group = "Animals"
definition = "Feathered."

[topics.evidence]
10 = ["bird*", "plumage + nest"]
-10 = ["jail bird*"]

[topics.categories]
12 = ["q-bio.AV"]

[[topics]]
slug = "fish"
name = "Fish"
group = "Animals"
definition = "Wet."

[topics.evidence]
10 = ["fish", "title: aquarium"]
4 = ["fin"]
"""


Write = Callable[[str], Path]


@pytest.fixture(scope="session")
def taxonomy(project: Path) -> Taxonomy:
    """Give the taxonomy that the project ships."""
    return load_taxonomy(project / "content" / "topics.toml")


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Give a papers folder that does not exist yet."""
    return tmp_path / "papers"


Keep = Callable[..., Conversion]


@pytest.fixture
def keep(papers: Path, taxonomy: Taxonomy) -> Keep:
    """Give a function that converts digests into the papers folder."""

    def convert_digests(
        *digests: Digest, into: Path = papers, metadata: Path | None = None
    ) -> Conversion:
        return convert(Reading(digests, (), len(digests)), into, metadata, taxonomy)

    return convert_digests


def tree(folder: Path) -> dict[str, bytes]:
    """Give every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="session")
def contents() -> Callable[[Path], dict[str, bytes]]:
    """Give `tree`."""
    return tree


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Give a function that writes a taxonomy file."""

    def write_file(text: str) -> Path:
        path = tmp_path / "topics.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


@pytest.fixture
def small(write: Write) -> Taxonomy:
    """Give a taxonomy of two topics."""
    return load_taxonomy(write(SMALL))
