"""How the keeper's commands end: by exit code and in words, however they were stopped."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .sites import PROJECT

END = """
import sys
from daybook.commands import ended
from daybook.errors import DaybookError
def work():
    {}
    return 0
sys.exit(ended(work))
"""


@pytest.mark.parametrize(
    ("work", "code", "said"),
    [
        ("raise KeyboardInterrupt", 130, "Daybook: interrupted. "),
        ("import os; os.kill(os.getpid(), 15)", 143, "Daybook: interrupted. "),
        ("open('/no/such/file')", 1, "Daybook: /no/such/file: No such file or directory. "),
        ("raise MemoryError", 1, "Daybook: the memory was not enough. "),
        ("raise DaybookError('no way.')", 1, "Daybook: no way."),
        ("sys.stdin.read(1); print('x' * 100_000)", 1, ""),
    ],
)
def test_a_command_ends_in_words_and_without_a_traceback(work: str, code: int, said: str) -> None:
    """The last one prints to somebody who has stopped reading, as in `make doctor | head`."""
    with subprocess.Popen(
        [sys.executable, "-c", END.format(work)],
        env=os.environ | {"PYTHONPATH": str(PROJECT / "plugins")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        words = process.communicate("now")[1]
    assert process.returncode == code, words
    assert words.startswith(said)
    assert "Traceback" not in words


def test_ctrl_c_while_a_command_is_loaded_is_said_without_a_traceback(tmp_path: Path) -> None:
    """It comes as Pelican, which the command needs, is imported."""
    (tmp_path / "pelican.py").write_text("import os\nos.kill(os.getpid(), 2)\n")
    path = os.pathsep.join((str(tmp_path), str(PROJECT / "plugins")))
    done = subprocess.run(
        [sys.executable, "-m", "daybook.learn"],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == "Daybook: interrupted before it began.\n"
    assert done.returncode == -signal.SIGINT  # 130 to a shell


@pytest.mark.parametrize("loaded", ["feedgenerator", "early"])
def test_ctrl_c_before_pelican_builds_ends_make_site_in_words(tmp_path: Path, loaded: str) -> None:
    """It comes as a module is loaded that Pelican needs, or a plugin before Daybook."""
    (tmp_path / f"{loaded}.py").write_text("import os\nos.kill(os.getpid(), 2)\n")
    settings = tmp_path / "settings.py"
    settings.write_text("PLUGINS = ['early', 'daybook']")
    (site,) = re.findall(r"^\t@\.venv/bin/python (.*)", rule("site"), re.MULTILINE)
    assert site == "-m daybook.building content -s pelican.conf.py"
    path = os.pathsep.join((str(tmp_path), str(PROJECT / "plugins")))
    done = subprocess.run(
        [sys.executable, "-m", "daybook.building", tmp_path, "-s", settings],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 130, done.stderr
    assert done.stderr.endswith("Daybook: interrupted. What is there is whole; run it again.\n")
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("plugins", ["'daybook'", "[]"], ids=["a text", "none"])
def test_make_site_does_not_end_well_where_pelican_built_no_archive(
    tmp_path: Path, plugins: str
) -> None:
    settings = tmp_path / "settings.py"
    settings.write_text(f"PLUGINS = {plugins}")
    (tmp_path / "content").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "daybook.building", tmp_path / "content", "-s", settings],
        env=os.environ | {"PYTHONPATH": str(PROJECT / "plugins")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert 'Write PLUGINS = ["daybook"], a list, into the settings file' in done.stderr


def rule(target: str) -> str:
    """Give what the Makefile says of a target."""
    return (
        (PROJECT / "Makefile").read_text("utf-8").partition(f"\n{target}:")[2].partition("\n\n")[0]
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_must_not_be_half_done_is_done_before_a_signal_counts(number: int) -> None:
    program = (
        "import signal\nfrom daybook.commands import ended, uninterrupted\n"
        "def work():\n    with uninterrupted():\n"
        f"        signal.raise_signal({number:d})\n        print('done', flush=True)\n"
        "    print('too much')\n    return 0\n"
        "raise SystemExit(ended(work))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(PROJECT / "plugins")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (128 + number, "done\n"), done.stderr
