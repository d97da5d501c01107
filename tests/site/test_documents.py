"""The documents say what is there."""

from __future__ import annotations

import re

from daybook.digests import FORMATS
from daybook.fetching.options import VARIABLES
from daybook.settings import SETTINGS

from ..sites import PROJECT

DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "SECURITY.md")


def read(name: str) -> str:
    return (PROJECT / name).read_text("utf-8")


def test_every_setting_is_explained_in_one_table() -> None:
    rows = [(each.name, f"`{each.default!r}`", each.meaning) for each in SETTINGS]
    assert table_of("Setting") == rows


def test_every_variable_of_the_fetching_is_explained_in_one_table() -> None:
    rows = [
        (each.name, f"`{each.default}`" if each.default else "none", each.meaning)
        for each in VARIABLES
    ]
    assert table_of("Variable") == rows


def table_of(head: str) -> list[tuple[str, ...]]:
    """Give the rows of the README's table whose first column is called `head`."""
    table = read("README.md").split(f"| {head} | Default | Meaning |\n")[1].split("\n\n")[0]
    return re.findall(r"^\| `(\w+)` \| (.*?) \| (.*) \|$", table, re.MULTILINE)


def test_every_file_that_a_document_names_is_there() -> None:
    for document in DOCUMENTS:
        text = read(document)
        named = re.findall(r"\]\((?!https?:|#)([^)#]+)\)", text)
        named += re.findall(r"`((?:plugins|tests|theme|\.github|\.ci)/[^`\s*<>]*)`", text)
        missing = [name for name in named if not list(PROJECT.glob(name.rstrip("/")))]
        assert not missing, (document, missing)


def test_the_modules_that_the_architecture_names_are_there() -> None:
    floors = "digests|archive|catalogue|search|publishing"
    for name in re.findall(rf"`((?:{floors})/[a-z_]+\.py)`", read("ARCHITECTURE.md")):
        assert (PROJECT / "plugins" / "daybook" / name).is_file(), name


def test_every_format_is_in_the_readme() -> None:
    listed = read("README.md").split("## What can be read")[1].split("\n## ")[0].splitlines()
    assert not [each.title for each in FORMATS if f"- {each.title}" not in listed]


def test_the_table_of_formats_has_a_row_for_each_in_their_order() -> None:
    table = read("ARCHITECTURE.md").split("\n## Formats\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([a-z-]+) \| .+ \| .+ \| .+ \| .+ \|$", table, re.MULTILINE)
    assert rows == ["format", "---", *(each.name for each in FORMATS)]


def test_the_documents_name_every_dependency() -> None:
    project = read("pyproject.toml").split("dependencies = [")[1].split("]")[0]
    table = read("ARCHITECTURE.md").split("## Dependencies")[1].split("\n## ")[0]
    for name in re.findall(r'"([a-z0-9-]+)>=', project):
        assert name in table, name
