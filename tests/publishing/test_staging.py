"""Stage, settle, exchange: what a build does to the output folder and what it leaves alone."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from daybook.errors import PublishError
from daybook.forks import fork
from daybook.publishing.locking import FolderLock
from daybook.publishing.manifest import MANIFEST, read_contents, read_manifest, told_apart
from daybook.publishing.offline import mark_of
from daybook.publishing.staging import Published, Stage

from .old_systems import forbid_exchange

SITE = {"index.html": b"<p>home", "papers/a.html": b"<p>a", "papers/b.html": b"<p>b"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture(params=[False, True], ids=["written", "spared"], autouse=True)
def spare(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Try everything with every file written, and with what is the same spared."""
    monkeypatch.setitem(OPTIONS, "spare", request.param)
    return bool(request.param)


OPTIONS = {"spare": False}


def publish(
    output: Path, files: dict[str, bytes], *, copy: Path | None = None, **options: object
) -> Published:
    stage = Stage.open(output, copy=copy)
    for path, data in files.items():
        stage.write(path, data, **OPTIONS)
        stage.vouch(path, mark_of(data))
    return stage.publish(**options)  # type: ignore[arg-type]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def test_a_site_appears_whole_and_leaves_nothing_beside_it(output: Path) -> None:
    publish(output, SITE)
    assert contents(output) == SITE
    assert list(output.parent.iterdir()) == [output]
    assert read_manifest(output) == {*SITE, MANIFEST}


def test_until_it_is_published_the_old_site_is_all_there_is(output: Path) -> None:
    publish(output, SITE)
    stage = Stage.open(output)
    stage.write("index.html", b"<p>changed")
    assert contents(output) == SITE
    stage.discard()
    assert contents(output) == SITE
    assert list(output.parent.iterdir()) == [output]


def test_the_same_site_again_does_not_touch_the_output(output: Path) -> None:
    publish(output, SITE)
    before = {path: path.stat() for path in [output, *output.rglob("*")]}
    publish(output, SITE)
    for path, status in before.items():
        now = path.stat()
        assert (now.st_ino, now.st_mtime_ns) == (status.st_ino, status.st_mtime_ns), path


def test_only_what_changed_is_written(output: Path) -> None:
    publish(output, SITE)
    before = (output / "papers/a.html").stat()
    publish(output, SITE | {"index.html": b"<p>HOME"})
    after = (output / "papers/a.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (output / "index.html").read_bytes() == b"<p>HOME"


def test_a_published_file_is_never_one_with_a_file_of_the_staging_folder(output: Path) -> None:
    """Else a plugin that changes a staged file in place would change the published one."""
    publish(output, SITE)
    stage = Stage.open(output)
    stage.write("index.html", SITE["index.html"])
    (stage.folder / "index.html").write_bytes(b"<p>minified by somebody")
    stage.discard()
    assert contents(output) == SITE


def test_a_second_build_gives_the_bytes_of_a_first_one(output: Path, tmp_path: Path) -> None:
    changed = {"index.html": b"<p>home", "papers/a.html": b"<p>A", "papers/c.html": b"<p>c"}
    publish(output, SITE)
    publish(output, changed)
    publish(tmp_path / "cold", changed)
    assert contents(output) == contents(tmp_path / "cold")
    assert (output / MANIFEST).read_bytes() == (tmp_path / "cold" / MANIFEST).read_bytes()


def test_what_is_no_longer_written_goes(output: Path) -> None:
    publish(output, SITE)
    publish(output, {"index.html": b"<p>home"})
    assert contents(output) == {"index.html": b"<p>home"}
    assert not (output / "papers").exists()


def test_files_of_other_hands_stay(output: Path) -> None:
    publish(output, SITE)
    (output / "CNAME").write_text("papers.example.org")
    (output / ".git/objects/ab").mkdir(parents=True)
    (output / ".git/HEAD").write_text("ref: refs/heads/pages")
    (output / "papers/mine.html").write_text("by hand")
    (output / "link").symlink_to("/etc/hostname")
    publish(output, {"index.html": b"<p>changed"})
    publish(output, {"index.html": b"<p>changed again"})
    assert (output / "CNAME").read_text() == "papers.example.org"
    assert (output / ".git/HEAD").read_text() == "ref: refs/heads/pages"
    assert (output / ".git/objects/ab").is_dir()
    assert (output / "papers/mine.html").read_text() == "by hand"
    assert (output / "link").readlink() == Path("/etc/hostname")
    assert not (output / "papers/a.html").exists()


def test_a_folder_that_no_build_wrote_loses_nothing(output: Path) -> None:
    output.mkdir()
    (output / "old-blog.html").write_text("old")
    publish(output, SITE)
    assert (output / "old-blog.html").read_text() == "old"


def test_what_is_in_the_way_of_a_first_build_is_told(output: Path) -> None:
    output.mkdir()
    (output / "index.html").write_text("my own page")
    (output / "about.html").symlink_to("/etc/hostname")
    (output / "papers").write_text("a file")
    (output / "same.html").write_bytes(b"<p>the same")
    (output / "mine.html").write_text("kept")
    site = SITE | {"about.html": b"<p>about", "same.html": b"<p>the same"}
    assert publish(output, site).overruled == ("about.html", "index.html", "papers")
    assert contents(output) == site | {"mine.html": b"kept"}
    assert publish(output, site | {"index.html": b"<p>changed"}).overruled == ()


def test_the_manifest_says_what_files_hold_but_not_of_what_others_wrote_over(output: Path) -> None:
    def build(home: bytes) -> dict[str, str]:
        stage = Stage.open(output)
        for path, data in (SITE | {"index.html": home}).items():
            stage.write(path, data, **OPTIONS)
            stage.vouch(path, mark_of(data))
        if home == b"<p>ours":
            (stage.folder / "index.html").write_bytes(b"<p>a plugin's")
        stage.publish()
        return read_contents(output)

    first = build(b"<p>home")
    assert first == {p: told_apart(hashlib.sha256(d).digest()) for p, d in contents(output).items()}
    assert build(b"<p>home") == first  # of files that were taken over, too
    assert build(b"<p>ours") == first | {"index.html": ""}


def test_a_damaged_manifest_costs_nothing_but_stale_files(output: Path) -> None:
    publish(output, SITE)
    for damage in (b"", b"{}", b"\xff\xfe", b"[" * 100_000):
        (output / MANIFEST).write_bytes(damage)
        publish(output, {"index.html": b"<p>home"})
        assert contents(output) == SITE


def test_a_manifest_that_is_lost_is_known_from_the_cache(output: Path, tmp_path: Path) -> None:
    copy, home = tmp_path / "cache" / "copy", {"index.html": b"<p>home"}
    for damage in (b"", b"by hand", None):
        publish(output, SITE, copy=copy)
        if damage is None:
            (output / MANIFEST).unlink()
        else:
            (output / MANIFEST).write_bytes(damage)
        publish(output, home, copy=copy)
        assert contents(output) == home
    publish(output, SITE, copy=copy)
    (output / MANIFEST).unlink()
    mine = next(path for path in SITE if path != "index.html")
    (output / mine).write_bytes(b"put here since")
    publish(output, home, copy=copy)
    assert contents(output) == home | {mine: b"put here since"}
    other = output.with_name("other")
    publish(other, SITE)
    (other / MANIFEST).unlink()
    publish(other, home, copy=copy)
    assert contents(other) == SITE | home


def test_a_manifest_of_an_older_build_is_understood(output: Path) -> None:
    publish(output, SITE)
    (output / MANIFEST).write_bytes(json.dumps(sorted(SITE), indent=0).encode())
    publish(output, {"index.html": b"<p>home"})
    assert contents(output) == {"index.html": b"<p>home"}


def test_foreign_files_go_where_the_keeper_says_so(output: Path) -> None:
    publish(output, SITE)
    (output / "CNAME").write_text("papers.example.org")
    (output / "junk").write_text("junk")
    publish(output, SITE, keep=lambda path: path == "CNAME")
    assert (output / "CNAME").exists()
    assert not (output / "junk").exists()


def test_a_link_in_the_output_is_never_written_through(output: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.html").write_bytes(SITE["papers/a.html"])
    publish(output, {"index.html": b"<p>home"})
    (output / "papers").symlink_to(elsewhere)
    (output / "index.html").unlink()
    (output / "index.html").symlink_to(elsewhere / "a.html")
    publish(output, SITE)
    assert contents(output) == SITE
    assert not (output / "papers").is_symlink()
    assert not (output / "index.html").is_symlink()
    assert (output / "papers/a.html").stat().st_nlink == 1
    assert contents(elsewhere) == {"a.html": SITE["papers/a.html"]}


def test_a_link_in_the_staging_folder_is_not_followed(output: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    stage = Stage.open(output)
    (stage.folder / "papers").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PublishError, match="file or a link"):
        stage.write("papers/a.html", b"<p>a")
    stage.discard()
    assert not list((tmp_path / "elsewhere").iterdir())


def test_an_output_that_is_a_link_publishes_where_it_leads(output: Path, tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    output.symlink_to(tmp_path / "www")
    publish(output, SITE)
    assert output.is_symlink()
    assert contents(tmp_path / "www") == SITE


@pytest.mark.parametrize("again", ["papers/a.html", "papers/A.html", "Papers/c.html", "papers"])
def test_one_file_is_written_once_whatever_its_case(output: Path, again: str) -> None:
    stage = Stage.open(output)
    stage.write("papers/a.html", b"one")
    with pytest.raises(PublishError):
        stage.write(again, b"two")
    stage.discard()


def test_a_file_that_pelican_wrote_first_stays(output: Path) -> None:
    publish(output, {"index.html": b"ours"})
    stage = Stage.open(output)
    (stage.folder / "index.html").write_bytes(b"the keeper's own")
    assert stage.write("index.html", b"ours", **OPTIONS) is False
    stage.publish()
    assert contents(output) == {"index.html": b"the keeper's own"}


def test_a_file_that_is_copied_over_ours_later_wins(output: Path) -> None:
    publish(output, SITE)
    stage = Stage.open(output)
    for path, data in SITE.items():
        stage.write(path, data, **OPTIONS)
    (stage.folder / "index.html").write_bytes(b"a static file of the keeper's")
    assert contents(output) == SITE
    stage.publish()
    assert contents(output) == SITE | {"index.html": b"a static file of the keeper's"}


def test_a_name_longer_than_any_is_refused_in_words(output: Path) -> None:
    with pytest.raises(PublishError, match="File name too long"):
        Stage.open(output.with_name("x" * 256))


def test_an_output_that_is_a_file_is_refused(output: Path) -> None:
    output.write_text("a file")
    with pytest.raises(PublishError, match="is a file"):
        Stage.open(output)
    assert output.read_text() == "a file"
    assert list(output.parent.iterdir()) == [output]


def test_a_staging_place_taken_by_a_file_is_named(output: Path) -> None:
    (output.parent / ".out.next").write_text("somebody's")
    with pytest.raises(PublishError, match=r"\.out\.next: a file or a link is in the way"):
        Stage.open(output)
    assert (output.parent / ".out.next").read_text() == "somebody's"


def test_a_link_where_the_last_site_is_kept_is_named_and_not_followed(output: Path) -> None:
    publish(output, SITE)
    (output.parent / ".out.old").symlink_to(output)
    with pytest.raises(PublishError, match=r"\.out\.old: a file or a link is in the way"):
        Stage.open(output)
    assert contents(output) == SITE
    assert not (output.parent / ".out.next").exists()


@pytest.mark.parametrize("source", ["", "content", "a/b/content"])
def test_an_output_that_holds_the_sources_is_refused(output: Path, source: str) -> None:
    (output / source).mkdir(parents=True)
    with pytest.raises(PublishError, match="choose a folder of its own"):
        Stage.open(output, sources=[output / source])
    assert list(output.parent.iterdir()) == [output]


@pytest.mark.parametrize("output", [Path("/"), Path()])
def test_the_root_and_the_current_folder_are_refused(output: Path) -> None:
    with pytest.raises(PublishError):
        Stage.open(output)


def test_a_second_build_waits_and_declines_in_the_end(output: Path) -> None:
    publish(output, SITE)
    first = Stage.open(output)
    said: list[str] = []
    with pytest.raises(PublishError, match="another build"):
        Stage.open(output, wait=0.2, notice=said.append)
    assert len(said) == 1
    first.write("index.html", b"<p>first")
    first.publish()
    publish(output, {"index.html": b"<p>second"})
    assert contents(output) == {"index.html": b"<p>second"}


def test_builds_at_once_each_publish_a_whole_site(output: Path) -> None:
    code = """
import sys
from pathlib import Path
from daybook.publishing.staging import Stage
for round in range(8):
    stage = Stage.open(Path(sys.argv[1]))
    for number in range(20):
        stage.write(f"papers/{number}.html", f"{sys.argv[2]} {round}".encode())
    stage.publish()
"""
    builds = [
        subprocess.Popen([sys.executable, "-c", code, str(output), name], env=_environment())
        for name in ("one", "two", "three")
    ]
    while any(build.poll() is None for build in builds):
        if output.exists():
            texts = _read_in_one_moment(output)
            assert len(set(texts)) <= 1
    assert [build.returncode for build in builds] == [0, 0, 0]
    assert len(contents(output)) == 20
    assert len(set(contents(output).values())) == 1
    assert list(output.parent.iterdir()) == [output]


def _environment() -> dict[str, str]:
    return {"PYTHONPATH": str(Path(__file__).parents[2] / "plugins")}


def _read_in_one_moment(output: Path) -> list[bytes]:
    """Read a site through a descriptor of its folder, so that an exchange does not mix two."""
    try:
        folder = os.open(output, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return []
    try:
        papers = os.open("papers", os.O_RDONLY | os.O_DIRECTORY, dir_fd=folder)
    except FileNotFoundError:
        return []
    finally:
        os.close(folder)
    texts = []
    try:
        for name in sorted(os.listdir(papers)):  # noqa: PTH208 - a descriptor
            try:
                file = os.open(name, os.O_RDONLY, dir_fd=papers)
            except FileNotFoundError:
                continue
            texts.append(os.read(file, 100))
            os.close(file)
    finally:
        os.close(papers)
    return texts


def test_a_forked_worker_that_outlives_its_build_does_not_hold_the_folder(output: Path) -> None:
    code = """
import os, sys, time
from pathlib import Path
from daybook.publishing.staging import Stage
stage = Stage.open(Path(sys.argv[1]))
if os.fork() == 0:
    sys.stdout.write("ready\\n"); sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)
time.sleep(60)
"""
    with subprocess.Popen(
        [sys.executable, "-c", code, str(output)],
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as build:
        assert build.stdout is not None
        assert build.stdout.readline() == "ready\n"
        build.kill()
        build.wait()
        Stage.open(output, wait=5).discard()


def test_a_file_system_without_exchange_publishes_by_renaming(output: Path) -> None:
    """In a process of its own: what the kernel was told to refuse stays refused."""
    process = fork()
    if process == 0:
        code = 1
        try:
            code = 2
            if forbid_exchange():
                publish(output, SITE)
                publish(output, {"index.html": b"<p>new"})
                code = 0
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    if code == 2:
        pytest.skip("the kernel takes no filter of system calls here")
    assert code == 0
    assert contents(output) == {"index.html": b"<p>new"}
    assert list(output.parent.iterdir()) == [output]


def test_a_lock_on_a_folder_that_was_moved_away_meanwhile_is_no_lock(tmp_path: Path) -> None:
    folder = tmp_path / "next"
    folder.mkdir()

    waiting = [folder]  # a hook stays for good: it acts once

    def move(event: str, _: object) -> None:
        if event == "fcntl.flock" and waiting:
            waiting.pop().rename(tmp_path / "moved")
            folder.mkdir()

    sys.addaudithook(move)  # Python tells of the lock just before it is asked for
    assert FolderLock.attempt(folder) is None
    assert (tmp_path / "moved").exists()
    lock = FolderLock.attempt(folder)
    assert lock is not None
    lock.release()


@pytest.mark.parametrize("read_only", ["out", "out/papers", "."])
def test_a_read_only_folder_is_named_and_the_old_site_stays(
    unprivileged: Path, read_only: str
) -> None:
    output = unprivileged / "out"
    publish(output, SITE)
    (unprivileged / read_only).chmod(0o555)
    try:
        with pytest.raises(PublishError, match=r"read-only|no permission"):
            publish(output, {"index.html": b"<p>new"})
        assert contents(output) == SITE
        assert list(unprivileged.iterdir()) == [output]
    finally:
        (unprivileged / read_only).chmod(0o755)


def test_a_file_nobody_may_read_does_not_stop_a_build(unprivileged: Path) -> None:
    output = unprivileged / "out"
    publish(output, SITE)
    (output / "papers/a.html").chmod(0)
    (output / "CNAME").write_text("papers.example.org")
    (output / "CNAME").chmod(0)
    publish(output, SITE)
    assert (output / "papers/a.html").read_bytes() == b"<p>a"
    assert (output / "CNAME").exists()


def test_a_full_disk_is_named_and_the_old_site_stays(output: Path) -> None:
    """In a mount namespace of its own, with a file system of half a megabyte."""
    code = """
import sys
from pathlib import Path
from daybook.errors import PublishError
from daybook.publishing.staging import Stage
output = Path(sys.argv[1]) / "out"
first = Stage.open(output); first.write("index.html", b"old"); first.publish()
stage = Stage.open(output)
try:
    for number in range(10):
        stage.write(f"{number}.bin", bytes(100_000))
    sys.exit("the disk was not full")
except PublishError as error:
    stage.discard()
    assert "the disk is full" in str(error), error
assert (output / "index.html").read_bytes() == b"old"
assert [p.name for p in output.parent.iterdir()] == ["out"]
"""
    disk = output.parent / "disk"
    disk.mkdir()
    mount = 'mount -t tmpfs -o size=512k none "$1" && exec "$2" -c "$3" "$1"'
    command = ["unshare", "--mount", "--map-root-user", "sh", "-c", mount, "sh"]
    try:
        done = subprocess.run(
            [*command, str(disk), sys.executable, code],
            env=_environment() | {"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("there is no unshare command to make a small disk with")
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip(f"no small disk can be made here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
