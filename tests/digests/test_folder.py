"""A folder of digests: what is walked, what is passed over, what is refused."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from daybook.digests import document, read_digest, read_folder
from daybook.errors import DigestError, MalformedDigestError
from daybook.records import Digest

TEXT = "byAK and the research community\n\nMar 11\n\nOnly One\n\nIt has an abstract.\n"


def write(folder: Path, name: str, text: str = TEXT) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_files_are_read_by_path_and_hidden_ones_are_passed_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a.txt", ".hidden", ".git/x.txt", "a/deep/er.txt"):
        write(tmp_path, name)
    reading = read_folder(tmp_path)
    assert [d.source for d in reading.digests] == ["a.txt", "a/deep/er.txt", "a/z.txt", "b.txt"]
    assert (reading.files, reading.refusals) == (4, ())


def test_a_bad_file_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path, "good.txt")
    write(tmp_path, "bad.txt", "nothing of the kind")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    reading = read_folder(tmp_path)
    assert [digest.source for digest in reading.digests] == ["good.txt"]
    assert [refusal.path for refusal in reading.refusals] == ["bad.txt", "picture.txt"]
    assert all(refusal.fatal and refusal.hint for refusal in reading.refusals)


def test_a_reader_that_breaks_costs_its_file_alone_and_says_where(tmp_path: Path) -> None:
    """No file is known that breaks one, so what reads is given one that is none."""
    for name in ("a.txt", "b.txt", "c.txt"):
        write(tmp_path, name)

    def recall(contents: Iterable[bytes], read: Callable[[], Iterable[Digest]]) -> Iterable[Digest]:
        return read_digest("b.txt", None) if b"b.txt" in contents else read()  # type: ignore[arg-type]

    reading = read_folder(tmp_path, recall)
    assert [digest.source for digest in reading.digests] == ["a.txt", "c.txt"]
    (told,) = reading.refusals
    assert (told.path, told.fatal) == ("b.txt", True)
    assert re.fullmatch(
        r"its reader broke \(AttributeError at containers\.py:\d+\): .* own\.", told.message
    )


DATABLE = {
    "bibtex": "@article{a,\n title={Terns dive deep},\n author={Ada King}\n}\n",
    "ris": "TY  - JOUR\nTI  - Terns dive deep\nAU  - Ada King\nER  - \n",
    "csv": "title,authors\nTerns dive deep,Ada King\n",
    "jsonl": '{"title": "Terns dive deep", "arxiv": "2401.00001"}\n' * 2,
    "json": '[{"title": "Terns dive deep", "arxiv": "2401.00001"}]\n',
    "feed": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Terns dive deep</title>'
    "<id>http://arxiv.org/abs/2401.00001v1</id></entry></feed>",
    "markdown": "# Papers\n\n- [Terns dive deep](https://arxiv.org/abs/2401.00001)\n",
}


@pytest.mark.parametrize("known_as", DATABLE)
def test_a_line_at_its_head_dates_a_file_of_any_format(known_as: str) -> None:
    plain = read_digest("x.txt", DATABLE[known_as].encode())[0]
    text = "date: 2024-05-05\nname: Mine\n\n" + DATABLE[known_as]
    (found,) = read_digest("x.txt", text.encode())
    assert (str(found.date), found.dated_by, found.name) == ("2024-05-05", "file", "Mine")
    assert (found.format, found.refusals) == (known_as, ())
    assert [e.title for e in found.entries] == [e.title for e in plain.entries]
    assert [(e.line or 4) - 3 for e in found.entries] == [e.line or 1 for e in plain.entries]


@pytest.mark.parametrize("known_as", DATABLE)
@pytest.mark.parametrize("date", ["2025-13-45", "31.12.2024", "soon"])
def test_a_line_at_its_head_that_is_no_date_is_told_in_a_file_of_any_format(
    known_as: str, date: str
) -> None:
    (found,) = read_digest("x.txt", f"date: {date}\n\n{DATABLE[known_as]}".encode())
    (told,) = found.refusals
    assert (found.date, told.line) == (None, 1)
    assert date in told.message


def test_a_sidecar_names_and_dates_any_digest_and_is_no_digest(tmp_path: Path) -> None:
    write(tmp_path, "x.txt")
    write(tmp_path, "x.txt.toml", 'name = "Mine"\ndate = "2025-03"\ncolour = "red"\n')
    reading = read_folder(tmp_path)
    (digest,) = reading.digests
    assert (digest.name, str(digest.date), digest.dated_by) == ("Mine", "2025-03", "sidecar")
    assert reading.files == 1
    (warning,) = digest.refusals
    assert (warning.path, warning.fatal) == ("x.txt.toml", False)


@pytest.mark.parametrize(
    "text",
    [
        b"date = 1999\nname = \xff",
        b"\nname =\n",
        b"\nname = 3",
        b'date = "1999"\n[[colour]]',
        b"\n[" + b"a." * 100_000 + b"a]",
    ],
)
def test_a_fault_of_a_sidecar_is_told_with_its_line(tmp_path: Path, text: bytes) -> None:
    write(tmp_path, "x.txt")
    (tmp_path / "x.txt.toml").write_bytes(text)
    (digest,) = read_folder(tmp_path).digests
    assert [(r.path, r.line) for r in digest.refusals] == [("x.txt.toml", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "name = ",
        "name = 3",
        'name = "\u200b\u2800"',
        f'name = "{501 * "n"}"',
        'date = "the ides"',
        "\x00",
    ],
)
def test_a_malformed_sidecar_is_refused_and_its_digest_is_read(tmp_path: Path, text: str) -> None:
    write(tmp_path, "x.txt")
    write(tmp_path, "x.txt.toml", text)
    (digest,) = read_folder(tmp_path).digests
    assert [(r.path, r.fatal) for r in digest.refusals] == [("x.txt.toml", True)]
    assert len(digest.entries) == 1


@pytest.mark.parametrize("year", ["0001-01-01", "9999-12-31"])
def test_a_day_that_no_digest_can_be_of_is_refused_by_its_line_and_the_next_counts(
    tmp_path: Path, year: str
) -> None:
    write(tmp_path, "2025-03-11.txt")
    write(tmp_path, "2025-03-11.txt.toml", f'name = "Mine"\ndate = {year}\n')
    write(tmp_path, "list_2025-03-11.txt", f"name: Mine\ndate: {year}\n" + TEXT)
    for digest in read_folder(tmp_path).digests:
        assert (str(digest.date), digest.dated_by) == ("2025-03-11", "file name")
        (refusal,) = digest.refusals
        assert (refusal.line, refusal.fatal, year in refusal.message) == (2, True, True)


def test_a_file_name_with_a_day_that_no_calendar_has_is_told(tmp_path: Path) -> None:
    for name in ("2025-02-30-a.txt", "20250230.txt", "12345678.txt", "2025-02-28-b.txt"):
        write(tmp_path, name, TEXT.replace("Mar 11", "Feb 28"))
    told = [[r.message for r in d.refusals] for d in read_folder(tmp_path).digests]
    assert [len(messages) for messages in told] == [0, 0, 1, 1]
    assert "2025-02-30" in told[2][0]
    assert "20250230" in told[3][0]


def test_a_sidecar_without_its_digest_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "gone.txt.toml", 'name = "Mine"\n')
    (refusal,) = read_folder(tmp_path).refusals
    assert refusal.path == "gone.txt.toml"


def test_the_order_of_sources_of_a_date_is_kept_and_doubts_are_told(tmp_path: Path) -> None:
    write(tmp_path, "2025-03-12.txt", "date: 2025-03-13\n" + TEXT)
    write(tmp_path, "list_2025-03-11.txt", TEXT)
    write(tmp_path, "list_2025-04-11.txt", TEXT.replace("Mar 11", "Mar 11, 2025"))
    both, agreeing, heading = read_folder(tmp_path).digests
    assert (str(both.date), both.dated_by) == ("2025-03-13", "file")
    assert [refusal.fatal for refusal in both.refusals] == [False, False]
    assert "2025-03-12" in both.refusals[0].message
    assert "03-11" in both.refusals[1].message
    assert (str(agreeing.date), agreeing.dated_by, agreeing.refusals) == (
        "2025-03-11",
        "file name",
        (),
    )
    assert (str(heading.date), len(heading.refusals)) == ("2025-04-11", 1)


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    write(inside, "a.txt")
    write(outside, "secret.txt")
    (inside / "b.txt").symlink_to(outside / "secret.txt")
    (inside / "c").symlink_to(outside)
    (inside / "d.txt").symlink_to(tmp_path / "nowhere")
    (inside / "e.txt").symlink_to(inside / "a.txt")
    (inside / "f.txt").symlink_to("f.txt")
    (inside / "g").symlink_to("h")
    (inside / "h").symlink_to("g")
    reading = read_folder(inside)
    assert [digest.source for digest in reading.digests] == ["a.txt", "e.txt"]
    assert [refusal.path for refusal in reading.refusals] == [
        "b.txt",
        "c",
        "d.txt",
        "f.txt",
        "g",
        "h",
    ]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert read_folder(tmp_path / "none").digests == ()


def test_an_oversized_page_is_refused_before_it_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "big.html"
    with path.open("wb") as stream:
        stream.write(b"<!DOCTYPE html>")
        stream.truncate(document.MARKUP_CAP + 1)
    (refusal,) = read_folder(tmp_path).refusals
    assert "at most 20,000,000 bytes (20 MB), found 20,000,001" in refusal.message
    with pytest.raises(MalformedDigestError):
        read_digest("big.json", b"[" + b" " * document.MARKUP_CAP)


def test_an_unreadable_file_or_folder_is_a_refusal(unprivileged: Path) -> None:
    write(unprivileged, "a.txt")
    write(unprivileged, "locked/b.txt")
    os.mkfifo(unprivileged / "pipe.txt")
    write(unprivileged, "a.txt.toml", 'name = "Mine"')
    (unprivileged / "a.txt.toml").chmod(0)
    (unprivileged / "locked").chmod(0)
    seen: list[Iterable[bytes]] = []

    def see(said: Iterable[bytes], _: object) -> tuple[Digest, ...]:
        seen.append(said)
        return ()

    try:  # nobody may load a reader's modules: what would be read is enough
        reading = read_folder(unprivileged, see)
    finally:
        (unprivileged / "locked").chmod(0o755)
    locked, pipe, sidecar = reading.refusals
    assert (locked.path, pipe.path, sidecar.path) == ("locked", "pipe.txt", "a.txt.toml")
    assert seen == [(b"a.txt", TEXT.encode())]
    assert locked.fatal
    assert "cannot be listed: Permission denied" in locked.message


def test_the_error_of_a_file_carries_its_name_and_what_to_do() -> None:
    with pytest.raises(DigestError) as caught:
        read_digest("notes/letter.txt", b"Dear all, nothing to read here.")
    assert caught.value.refusal.path == "notes/letter.txt"
    assert caught.value.refusal.hint


LITTLE_MEMORY = """
import pathlib, resource, sys
from daybook.digests import read_folder
folder = pathlib.Path(sys.argv[1])
read_folder(folder / "small")
pages = int(pathlib.Path("/proc/self/statm").read_text().split()[0])
most = pages * resource.getpagesize() + 24 * 2**20
resource.setrlimit(resource.RLIMIT_AS, (most, most))
read_folder(folder / "large")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells and limits memory so")
def test_without_memory_nothing_goes_on_as_if_a_file_were_broken(tmp_path: Path) -> None:
    papers = [{"title": f"Paper {number}", "abstract": "Words. " * 99} for number in range(25_000)]
    for name, some in (("small", papers[:3]), ("large", papers)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "2025-03-11.json").write_text(json.dumps(some), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", LITTLE_MEMORY, tmp_path],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.endswith("MemoryError\n")


def test_a_folder_too_deep_for_the_system_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "ok.md").write_text("- [On Looms](https://arxiv.org/abs/2401.00001)\n", "utf-8")
    inside = os.open(tmp_path, os.O_RDONLY)
    for _ in range(22):
        os.mkdir("n" * 200, dir_fd=inside)
        above, inside = inside, os.open("n" * 200, os.O_RDONLY, dir_fd=inside)
        os.close(above)
    os.close(os.open("deep.md", os.O_WRONLY | os.O_CREAT, dir_fd=inside))
    os.close(inside)
    reading = read_folder(tmp_path)
    assert [digest.source for digest in reading.digests] == ["ok.md"]
    (told,) = reading.refusals
    assert told.fatal
    assert "longer than 3,500 bytes" in told.message
