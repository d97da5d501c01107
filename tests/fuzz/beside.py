"""What lies beside digests: the keeper's files, metadata, caches, packed files, pages of a site."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["daybook"]):
    from daybook.archive.author_word import parse_author_word
    from daybook.archive.cache import Cache
    from daybook.archive.keeper import parse_keeper_word
    from daybook.archive.metadata import read_metadata
    from daybook.archive.provenance import examine_provenance, write_provenance
    from daybook.archive.topic_proof import TopicProof
    from daybook.archive.topics import load_taxonomy
    from daybook.checking.folder import Folder
    from daybook.checking.markup import read_page
    from daybook.checking.pages import look_thoroughly
    from daybook.checking.quick import Quick
    from daybook.digests.containers import unpack
    from daybook.digests.sidecars import read_sidecar
    from daybook.errors import DaybookError, KeeperError, Refusal
    from daybook.learning.learned import parse_learned, write_learned
    from daybook.publishing.manifest import MANIFEST, read_manifest
    from daybook.search.cache import Bundle

_PLACE = Path(tempfile.gettempdir()) / "daybook-fuzz"
_PACKED = 20_000 * 1000
"""Bytes that an input may unpack to: deflate makes a thousandth at best."""


def _told(refusals: tuple[Refusal, ...]) -> None:
    assert all(refusal.message and refusal.path for refusal in refusals), "a refusal without words"


def _file(name: str, data: bytes) -> Path:
    """Write a file into a folder of this process's own."""
    folder = Path(f"{_PLACE}-{name}")
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(data)
    return file


def fuzz_keeper(data: bytes) -> None:
    """Read what the keeper says of papers and of authors: never more than what is told."""
    text = data.decode("utf-8", "replace")
    for parse in (parse_keeper_word, parse_author_word):
        try:
            _, refusals = parse(text)
        except KeeperError as error:
            refusals = (error.refusal,)
        _told(refusals)


def fuzz_sidecar(data: bytes) -> None:
    """Read what stands beside a digest."""
    said = read_sidecar("a.md", data)
    _told(said.refusals)
    assert said.name is None or said.name == " ".join(said.name.split()) != ""


def fuzz_topics(data: bytes) -> None:
    """Load a taxonomy: it is one, or the error has words."""
    try:
        load_taxonomy(_file("topics.toml", data))
    except DaybookError as error:
        assert str(error), "an error without words"


def fuzz_metadata(data: bytes) -> None:
    """Read metadata in both formats; each fact says where it is from."""
    for name in ("facts.json", "facts.bib"):
        facts, refusals = read_metadata(_file(name, data).parent)
        _told(refusals)
        assert all(fact.origin for fact in facts)


def fuzz_learned(data: bytes) -> None:
    """Read what was learned: what is understood is written as it stands."""
    text = data.decode("utf-8", "replace")
    try:
        learned = parse_learned(text, "terms.txt")
    except DaybookError as error:
        assert str(error), "an error without words"
        return
    assert parse_learned(write_learned(learned), "again") == learned


def fuzz_provenance(data: bytes) -> None:
    """Read the record of what lost: damage is told, the rest is kept."""
    text = data.decode("utf-8", "replace")
    _told(tuple(examine_provenance(text)))
    kept = write_provenance(text, {}, set())
    assert write_provenance(kept, {}, set()) == kept
    TopicProof("x", text).holding({})


def fuzz_caches(data: bytes) -> None:
    """Give every cache what no build wrote: it is as good as none."""
    folder = _file("names", data).parent
    empty = Cache(folder, "archive")
    for file in (empty._file, folder / MANIFEST):
        assert file is not None
        file.write_bytes(data)
    assert Cache(folder, "archive").kind("digests")[0] == {}
    read_manifest(folder)
    try:
        Bundle.from_bytes(data)
    except ValueError:
        pass
    else:
        raise AssertionError("a checksum was guessed")


def fuzz_packed(data: bytes) -> None:
    """Unpack: within bounds, each file under a name, and why what is missing is."""
    for start in (b"", b"\x1f\x8b\x08\x00", b"PK\x03\x04"):
        try:
            members = list(unpack("a", start + data) or ())
        except DaybookError as error:
            assert str(error), "an error without words"
            continue
        assert sum(len(member.data) for member in members) <= _PACKED
        assert all(member.name for member in members)


def fuzz_markup(data: bytes) -> None:
    """Check a page as `make check` does: the quick look passes nothing that the other names."""
    text = data.decode("utf-8", "replace")
    folder = _SITE
    page = read_page(text)
    assert all(0 <= at <= len(text) for _, at in page.faults)
    seen = Quick(folder).look("index.html", text)
    if seen is not None:
        looked = look_thoroughly(folder, "index.html", text, ours=True)
        assert not looked.findings, looked.findings[:3]
        assert seen.ids == looked.ids, "other ids"


_SITE = Folder(_PLACE, {"index.html": 1, "a.css": 1, "papers/a.html": 1}, frozenset(("", "papers")),
               ())  # fmt: skip
_SITE.__dict__["address"] = ""  # nothing of it is on a disk
TARGETS: dict[str, Callable[[bytes], None]] = {
    "keeper": fuzz_keeper,
    "sidecar": fuzz_sidecar,
    "topics": fuzz_topics,
    "metadata": fuzz_metadata,
    "learned": fuzz_learned,
    "provenance": fuzz_provenance,
    "caches": fuzz_caches,
    "packed": fuzz_packed,
    "markup": fuzz_markup,
}
_PAGE = (
    b"<!doctype html><html lang=en><meta charset=utf-8><meta http-equiv=Content-Security-Policy "
    b"content=\"default-src 'none'; base-uri 'none'; form-action 'none'\"><title>A</title>"
    b"<main id=main><h1>A</h1><p>B <a href=#main>C</a><a href=papers/a.html>D</a></main>\n"
)
SEEDS: dict[str, tuple[bytes, ...]] = {
    "keeper": (
        b'[[merge]]\npapers = ["a", "b"]\n\n[[hide]]\npaper = "c"\nreason = "asked"\n',
        b'[[split]]\npaper = "a"\nentries = ["d #1"]\n\n[[correct]]\npaper = "a"\ntitle = "B"\n',
        b'[[merge]]\nnames = ["Ada Lovelace", "A. Lovelace"]\n\n[[apart]]\nnames = ["A", "B"]\n',
    ),
    "sidecar": (b'name = "A"\ndate = 2025-03-11\n', b'date = "March 2025"\n'),
    "topics": (
        (b'[weighing]\ntitle = 2\nrepeat = 0.5\nneeded = 32\nalone = 20\n'
            b'share = 0.25\nforeign = 2\n'
        b'[home]\ncategories = ["cs"]\nphrases = ["ai"]\n[learning]\ncategories = ["cs.LG"]\n'
        b'phrases = ["model*"]\n[[topics]]\nslug = "a"\nname = "A"\ngroup = "G"\n'
        b'definition = "D."\nlead = 1.25\n[topics.evidence]\n16 = ["a b", "title: c", "d + e"]\n'),
    ),
    "metadata": (
        (b'[{"id":"a","title":"A","author":[{"family":"L","given":"A"}],"DOI":"10.1000/a",'
        b'"issued":{"date-parts":[[2024,6]]},"archive":"arXiv","archive_location":"2412.14093",'
        b'"custom":{"categories":["cs.LG"],"sources":{"title":"x"}}}]'),
        b"@misc{a,\n title = {A},\n eprint = {2501.00001},\n}\n",
    ),
    "learned": (
        (b"Daybook learned 1\npapers 20000\n\nterms\nspars 11 attent 17\nsparsif - train 21\n\n"
        b"acronyms\nsae = spars autoencod\n\nend\n"),
    ),
    "provenance": (b'{"paper":"a","field":"title","value":"B","source":"d #1"}\n',),
    "caches": (b"\x80\x05}\x94.", b'["a.html"]', b'{"a.html":"00000000"}'),
    "packed": (b"\x1f\x8b\x08\x00", b"PK\x03\x04", b'{"body":"<p>a"}'),
    "markup": (_PAGE,),
}  # fmt: skip
