"""The workflow that publishes: pinned, with the least rights, and only what was tested."""

from __future__ import annotations

import re

from ..sites import PROJECT

FOLDER = PROJECT / ".github" / "workflows"
WORKFLOW = (FOLDER / "pages.yml").read_text("utf-8")


def job(name: str) -> str:
    """Give one job's lines."""
    found = re.search(rf"^  {name}:\n((?:    .*\n|\n)+)", WORKFLOW, re.MULTILINE)
    assert found, name
    return found[1]


def test_every_action_is_official_and_pinned_by_commit_with_its_version() -> None:
    uses = re.findall(r"uses: (.*)", WORKFLOW)
    assert len(uses) >= 6
    for action in uses:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


def test_what_the_locks_pin_is_audited_every_week_with_the_right_to_read_alone() -> None:
    audit = (FOLDER / "audit.yml").read_text("utf-8")
    assert "  schedule:\n    - cron:" in audit
    assert "run: make audit" in audit
    assert re.findall(r"^ +[a-z-]+: (?:write|read)", audit, re.MULTILINE) == [
        "      contents: read"
    ]
    uses = re.findall(r"uses: (.*)", audit)
    assert uses
    assert set(uses) <= set(re.findall(r"uses: (.*)", WORKFLOW))


def test_a_package_that_nobody_could_ask_about_fails_the_audit() -> None:
    """Else pip-audit passes it over, says so, and ends as if all were well."""
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    audits = re.findall(r"bin/pip-audit (.*)", makefile)
    assert audits
    assert all("--strict" in audit for audit in audits)


def test_only_the_job_that_deploys_may_write() -> None:
    assert "\npermissions: {}\n" in WORKFLOW
    assert re.findall(r"^ +[a-z-]+: write", WORKFLOW, re.MULTILINE) == re.findall(
        r"^ +[a-z-]+: write", job("deploy"), re.MULTILINE
    )
    assert "contents: write" not in WORKFLOW
    assert "secrets." not in WORKFLOW


def test_nothing_is_published_that_was_not_tested_and_built() -> None:
    assert "needs: [test, build]" in job("deploy")
    assert "run: make test" in job("test")
    assert "run: make site" in job("build")
    assert "continue-on-error" not in WORKFLOW
    assert "always()" not in WORKFLOW


def test_a_build_goes_on_from_what_the_last_one_read_and_published() -> None:
    before, kept, after = job("build").partition("uses: actions/cache@")
    assert "run: make site" not in before
    assert "run: make site" in after
    assert re.search(r"path: \|\n +\.cache\n +output\n", kept + after)
    assert "restore-keys: site-\n" in after
    assert "actions/cache@" not in job("test")


def test_the_address_comes_from_the_host_and_not_through_the_shell() -> None:
    assert "SITEURL: ${{ steps.pages.outputs.base_url }}" in job("build")
    commands = re.findall(r"run: (.*)", WORKFLOW)
    assert not [command for command in commands if "${{" in command]
