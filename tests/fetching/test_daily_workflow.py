"""The scheduled workflow: pinned, with the least rights, and its commit as it happens."""

from __future__ import annotations

import os
import re
import subprocess
import textwrap
from pathlib import Path

import pytest

from ..sites import PROJECT

WORKFLOW = (PROJECT / ".github" / "workflows" / "daily.yml").read_text("utf-8")


def script(name: str) -> str:
    """Give the commands of the step of that name."""
    found = re.search(
        rf"- name: {name}\n(?:.*\n)*?        run: \|\n((?:          .*\n)+)", WORKFLOW
    )
    assert found, name
    return textwrap.dedent(found[1])


def test_every_action_is_pinned_by_commit_or_our_own() -> None:
    uses = re.findall(r"uses: (\S+)", WORKFLOW)
    assert len(uses) == 4
    for action in uses:
        assert action == "./.github/workflows/pages.yml" or re.fullmatch(
            r"actions/[a-z-]+@[0-9a-f]{40}", action
        )
    pages = (PROJECT / ".github" / "workflows" / "pages.yml").read_text("utf-8")
    assert set(uses) - {"./.github/workflows/pages.yml"} <= set(re.findall(r"uses: (\S+)", pages))


def test_only_the_job_that_commits_may_write_and_only_its_push_has_the_token() -> None:
    assert "\npermissions: {}\n" in WORKFLOW
    assert WORKFLOW.count("contents: write") == 1
    assert WORKFLOW.count("github.token") == 1
    assert WORKFLOW.count("persist-credentials: false") == WORKFLOW.count("actions/checkout@")
    assert "secrets" not in WORKFLOW.replace("Settings > Secrets", "")


def test_nothing_is_expanded_into_a_command() -> None:
    block = re.findall(r"run: \|\n((?:          .*\n)+)", WORKFLOW)
    line = re.findall(r"run: (?!\|)(.*)", WORKFLOW)
    assert len(block) == 6
    assert not [commands for commands in (*block, *line) if "${{" in commands]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Give a clone with a remote of its own, and a `gh` that has nothing to set up."""

    def git(*words: str) -> None:
        subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True)

    git("init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    git("clone", "--quiet", "origin.git", "clone")
    clone = tmp_path / "clone"
    for name in ("digests", "metadata", "papers"):
        (clone / "content" / name).mkdir(parents=True)
        (clone / "content" / name / ".gitkeep").touch()
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@ada.example")
    git("-C", "clone", "add", "--all")
    git("-C", "clone", *who, "commit", "--quiet", "--message", "Begin")
    git("-C", "clone", "push", "--quiet", "origin", "HEAD:main")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gh").write_text("#!/bin/sh\n")
    (tmp_path / "bin" / "gh").chmod(0o755)
    return clone


def commit(clone: Path) -> str:
    """Run the step that commits; give its output."""
    output = clone.parent / "output"
    output.write_text("")
    environment = {
        **os.environ,
        "PATH": f"{clone.parent / 'bin'}:{os.environ['PATH']}",
        "GITHUB_OUTPUT": str(output),
        "BRANCH": "main",
    }
    subprocess.run(
        [
            "bash",
            "--noprofile",
            "--norc",
            "-e",
            "-o",
            "pipefail",
            "-c",
            script("Commit what is new"),
        ],
        cwd=clone,
        env=environment,
        check=True,
        capture_output=True,
    )
    return output.read_text()


def head(repository: Path) -> str:
    words = ["git", "-C", str(repository), "log", "-1", "--format=%H %an", "main"]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


def test_what_is_new_is_committed_and_pushed_and_nothing_else(clone: Path) -> None:
    (clone / "content/digests/hf-daily-2025-03-11.json").write_text("[]")
    (clone / "content/papers/2025").mkdir()
    (clone / "content/papers/2025/a.md").write_text("Title: A\n")
    (clone / "output").mkdir()
    (clone / "output/index.html").write_text("")
    told = commit(clone)
    pushed = head(clone.parent / "origin.git")
    assert f"{told.strip().removeprefix('commit=')} github-actions[bot]" == pushed
    words = ["git", "-C", str(clone), "show", "--name-only", "--format="]
    files = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    assert files == ["content/digests/hf-daily-2025-03-11.json", "content/papers/2025/a.md"]


def test_a_day_without_news_makes_no_commit(clone: Path) -> None:
    before = head(clone.parent / "origin.git")
    assert commit(clone) == ""
    assert head(clone.parent / "origin.git") == before


def test_what_was_fetched_is_committed_whatever_else_fails_and_the_failure_is_told() -> None:
    """One item without a title, anywhere, makes `make site` end with 3."""
    before, _, _ = WORKFLOW.partition("      - name: Commit what is new\n")
    steps = before.split("      - name: ")[1:]
    made = [step for step in steps if re.search(r"(?m)^ +(?:run: |if .*; then )?make [a-z]", step)]
    assert [step.split()[0] for step in made] == ["Fetch", "Convert", "Look", "Put", "Learn"]
    assert all("continue-on-error: true" in step for step in made)
    assert "exit 1" in script("Tell of what could not be built")
