"""A build that must not begin, for what it would publish lacks what the last one had."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from daybook.publishing.build import Build
from daybook.publishing.converting import NothingToBuildError
from daybook.report import Progress
from daybook.settings import read_settings
from rich.console import Console


def test_a_folder_of_digests_that_nobody_may_list_is_no_empty_one(unprivileged: Path) -> None:
    """Pages without digests are a site, but the last one's pages of digests would go."""
    settings = read_settings({"PATH": str(unprivileged)})
    for folder in (settings.digests, settings.papers):
        folder.mkdir()
    (settings.papers / "a.md").write_text("Title: A\nSlug: a\n\nText.\n", encoding="utf-8")
    settings.digests.chmod(0)
    progress = Progress(Console(file=io.StringIO()))
    with pytest.raises(NothingToBuildError, match="cannot be listed: Permission denied"):
        Build.begin(settings, unprivileged / "output", [], progress)
    settings.digests.chmod(0o755)
    assert not (unprivileged / "output").exists()
    assert not list(unprivileged.glob(".*"))
