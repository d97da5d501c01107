"""What a conversion found stands until something that it depended on is another."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from daybook.archive.converted import Conversion
from daybook.archive.standing import FILE_NAME
from daybook.publishing.converting import convert_digests
from daybook.report import Log, Progress
from daybook.settings import read_settings

from ..sites import PROJECT, run

DIGEST = """# Papers of 11 March 2025

1. [Lakes of Alka](https://arxiv.org/abs/2501.00001), by Ada One and Bo Two
2. [Sheep on Hills](https://arxiv.org/abs/2501.00002), by Cy Three
3. [No Such Day](https://arxiv.org/abs/2501.99999999), by Ada One
"""
BY_HAND = """Title: Notes on Sheep
Date: 2025-02-01
Authors: Dee Four
Slug: notes-on-sheep

Sheep graze on hills by lakes.
"""
TOPICS = """
[[topics]]
slug = "sheep"
name = "Sheep"
group = "Animals"
definition = "What bleats."
evidence = { 10 = ["sheep"] }
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Give the content of an archive, of all kinds that it may have, as it was converted."""
    return _make(tmp_path / "content")


def _make(content: Path) -> Path:
    files = {
        "digests/2025-03-11.md": DIGEST,
        "digests/2025-03-12.md": DIGEST.replace("11 March", "12 March").replace("2501", "2502"),
        "digests/2025-03-12.md.toml": 'name = "A Wednesday"\n',
        "digests/empty.md": "Nothing here.\n",
        "papers/2025/02/notes-on-sheep.md": BY_HAND,
        "papers.toml": '[[hide]]\npaper = "2502.00001"\n',
        "authors.toml": '[[merge]]\nnames = ["Ada One", "Cy Three"]\n',
        "topics.toml": TOPICS,
        "metadata/facts.json": json.dumps(
            [{"id": "a", "type": "article", "title": "Sheep on Hills", "DOI": "10.1000/sheep"}]
        ),
    }
    for name, text in files.items():
        file = content / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    _convert(content)  # tells that there is no ledger yet, for a page that somebody wrote
    _convert(content)
    assert (content / "papers" / FILE_NAME).exists()
    return content


def _convert(content: Path) -> Conversion:
    settings = read_settings(
        {"PATH": str(content), "DAYBOOK_PAPERS": "papers", "DAYBOOK_CACHE": None}
    )
    return convert_digests(settings, Progress(Log()))


def _as_found_again(content: Path) -> Conversion:
    """Convert a copy of everything but what stands."""
    copy = content.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(content, copy, symlinks=True)
    (copy / "papers" / FILE_NAME).unlink(missing_ok=True)
    return _convert(copy)


def _mark(content: Path) -> None:
    """Have what stands say something that no source says: so it shows whether it is asked."""
    file = content / "papers" / FILE_NAME
    head, _, rest = file.read_text("utf-8").partition("\n")
    assert "A Wednesday" in rest
    rest = rest.replace("A Wednesday", "Marked")
    values = json.loads(head) | {"rest": sha256(rest.encode()).hexdigest()[:32]}
    file.write_text(f"{json.dumps(values)}\n{rest}", "utf-8")


def _is_marked(conversion: Conversion) -> bool:
    return any(digest.name == "Marked" for digest in conversion.archive.digests)


def test_what_stands_is_what_the_same_conversion_finds(content: Path) -> None:
    again, standing = _as_found_again(content), _convert(content)
    assert standing.archive.removed
    assert standing.archive.identities.joined
    assert any(refusal.fatal for refusal in standing.refusals)
    assert {paper.slug for paper in standing.archive.papers} >= {"notes-on-sheep"}
    assert standing == again


def test_what_stands_is_asked(content: Path) -> None:
    _mark(content)
    assert _is_marked(_convert(content))


def test_what_stands_is_the_same_wherever_it_lies(content: Path) -> None:
    _mark(content)
    moved = content.rename(content.with_name("elsewhere"))
    assert _is_marked(_convert(moved))


EDITS: dict[str, Callable[[Path], object]] = {
    "a digest": lambda it: _append(it / "digests/2025-03-11.md", "\n"),
    "a sidecar": lambda it: (it / "digests/2025-03-12.md.toml").write_text('name = "B"\n'),
    "a digest more": lambda it: (it / "digests/more.md").write_text(DIGEST),
    "a digest less": lambda it: (it / "digests/2025-03-11.md").unlink(),
    "a digest renamed": lambda it: (it / "digests/2025-03-11.md").rename(it / "digests/a.md"),
    "a link": lambda it: (it / "digests/link.md").symlink_to("/nowhere"),
    "the keeper's word": lambda it: _append(it / "papers.toml", "\n"),
    "no word": lambda it: (it / "papers.toml").unlink(),
    "people": lambda it: _append(it / "authors.toml", "\n"),
    "topics": lambda it: _append(it / "topics.toml", "\n"),
    "facts": lambda it: (it / "metadata/facts.json").write_text("[]"),
    "a page": lambda it: _append(it / "papers/2025/02/notes-on-sheep.md", "More.\n"),
    "a page more": lambda it: (it / "papers/2025/02/x.md").write_text(
        BY_HAND.replace("Notes on", "More").replace("notes-on", "more")
    ),
    "a page less": lambda it: (it / "papers/2025/03/sheep-on-hills.md").unlink(),
    "a page elsewhere": lambda it: (it / "papers/2025/03/sheep-on-hills.md").rename(
        it / "papers/2025/sheep.md"
    ),
    "no page by its name": lambda it: (it / "papers/2025/x.markdown").write_text(BY_HAND),
    "the ledger": lambda it: (it / "papers/ledger.jsonl").unlink(),
    "the proof": lambda it: (it / "papers/pages.txt").unlink(),
    "lines taken out": lambda it: (it / "papers/ledger.jsonl.damaged").write_text("{}\n"),
}


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_it_stands_no_longer_when_something_is_another(content: Path, edit: str) -> None:
    _mark(content)
    EDITS[edit](content)
    again, conversion = _as_found_again(content), _convert(content)
    assert not _is_marked(conversion)
    assert (conversion.archive, conversion.refusals) == (again.archive, again.refusals)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("A Wednesday", "Another"),
        lambda text: f"<<<<<<< HEAD\n{text}",
        lambda text: text.replace('"version": 1', '"version": 2'),
        lambda text: text.partition("\n")[0],
        lambda text: "[]",
        lambda text: "",
    ],
)
def test_a_damaged_file_is_as_none_and_made_again(
    content: Path, damage: Callable[[str], str]
) -> None:
    file = content / "papers" / FILE_NAME
    whole = file.read_text("utf-8")
    file.write_text(damage(whole), "utf-8")
    assert file.read_text("utf-8") != whole
    assert _convert(content).archive == _as_found_again(content).archive
    assert file.read_text("utf-8") == whole


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ('{"digest":["2025-03-12",', '{"digest":["../2025-03-12",'),
        ('{"digest":["2025-03-12",', '{"digest":[7,'),
        ('"2025-03-12",null,[[', '"2025-03-32",null,[['),
        ('"2025-03-12",null,[[', "12,null,[["),
        ('{"figures":[', '{"figures":[1,'),
        ('{"removed":[["', '{"removed":[["../'),
        ('{"topic":["', '{"topic":["../'),
        ('{"unshown":', '{"hidden":'),
        ('{"gone":[', '{"gone":[["/authors/x",null],'),
        ('{"redirects":[', '{"redirects":[["a"],'),
        ("[[1,", "[[1,99,"),
    ],
)
def test_lines_that_could_not_have_been_written_are_believed_of_nobody(
    content: Path, line: str, other: str
) -> None:
    file = content / "papers" / FILE_NAME
    head, _, rest = file.read_text("utf-8").partition("\n")
    assert line in rest
    rest = rest.replace(line, other).replace("A Wednesday", "Marked")
    values = json.loads(head) | {"rest": sha256(rest.encode()).hexdigest()[:32]}
    file.write_text(f"{json.dumps(values)}\n{rest}", "utf-8")
    conversion = _convert(content)
    assert not _is_marked(conversion)
    assert conversion.archive == _as_found_again(content).archive


LOADED = """
import sys
from pathlib import Path
from daybook.publishing.converting import convert_digests
from daybook.report import Log, Progress
from daybook.settings import read_settings
found = {"PATH": sys.argv[1], "DAYBOOK_PAPERS": "papers", "DAYBOOK_CACHE": None}
convert_digests(read_settings(found), Progress(Log()))
print(*sorted(sys.modules))
"""


def test_where_all_stands_nothing_is_loaded_that_reads_or_converts(content: Path) -> None:
    heavy = {"daybook.digests.registry", "daybook.archive.converter", "bs4", "tomllib"}

    def loaded() -> set[str]:
        place = {"PYTHONPATH": str(PROJECT / "plugins")}
        done = run(sys.executable, "-c", LOADED, content, environment=place)
        assert done.returncode == 0, done.stderr
        return set(done.stdout.split())

    assert not heavy & loaded()
    (content / "papers" / FILE_NAME).unlink()
    assert {"daybook.digests.registry", "daybook.archive.converter"} <= loaded()


def test_what_is_told_of_a_page_is_told_each_time(content: Path) -> None:
    (content / "papers/2025/02/broken.md").write_text("No page.\n", "utf-8")
    first, second = _convert(content), _convert(content)
    assert [refusal.path for refusal in second.refusals] == [r.path for r in first.refusals]
    assert "2025/02/broken.md" in [refusal.path for refusal in second.refusals]
    assert not (content / "papers" / FILE_NAME).exists()


@pytest.mark.usefixtures("content")  # whose modules nobody may load
def test_a_folder_that_nobody_can_write_is_read(unprivileged: Path) -> None:
    content = _make(unprivileged / "content")
    again = _as_found_again(content)
    (content / "papers" / FILE_NAME).unlink()
    (content / "papers").chmod(0o555)
    try:
        assert _convert(content).archive == again.archive
    finally:
        (content / "papers").chmod(0o755)


@pytest.mark.usefixtures("content")  # whose modules nobody may load
def test_a_file_that_holds_no_longer_and_cannot_be_removed_stops_nothing(
    unprivileged: Path,
) -> None:
    content = _make(unprivileged / "content")
    (content / "papers/2025/02/broken.md").write_text("No page.\n", "utf-8")
    (content / "papers").chmod(0o555)
    try:
        done = _convert(content)
    finally:
        (content / "papers").chmod(0o755)
    assert "2025/02/broken.md" in [refusal.path for refusal in done.refusals]
    assert not done.put
    assert (content / "papers" / FILE_NAME).exists()


def _append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as stream:
        stream.write(text)
