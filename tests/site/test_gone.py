"""Lists that are gone: the site without them has no fault, and their addresses answer."""

from __future__ import annotations

from pathlib import Path

from daybook.checking import check

from tests.publishing.pelican_runs import Archive, daily_papers


def test_a_site_that_lost_a_digest_an_author_and_a_topic_is_without_fault(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    first = daily_papers(("2401.00007", "Diffusion models for image generation", "Images."))
    archive.digest("2024-01-06.json", first)
    settings = archive.settings("SITEURL = 'https://papers.example/repo'")
    assert archive.build(settings=settings).returncode == 0
    before = {path.relative_to(archive.output) for path in archive.output.rglob("*.*")}
    changed = first.replace("Diffusion models for image generation", "Of sheep").replace(
        "Ada", "Bo"
    )
    archive.digest("2024-01-06.json", changed)
    (archive.digests / "2024-01-05.json").unlink()
    assert archive.build(settings=settings).returncode == 0
    lost = {path for path in before if not (archive.output / path).exists()}
    kept = ("authors", "dates", "days", "digests", "feeds", "papers", "topics", "weeks")
    pages = [path for path in lost if path.parts[0] in kept and "--" not in path.name]
    assert {path.suffix for path in pages} <= {".eml"}
    assert [str(finding) for finding in check(archive.output)] == []
