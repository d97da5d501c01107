"""What libraries write, kept as it is: one that writes something else shows as a difference.

``GOLDEN=renew make test ARGS=tests/site/test_golden.py`` accepts what is written now; the change
to `tests/data/golden/` is then looked at with the rest of a commit.
"""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path

import pytest

from tests.publishing.pelican_runs import Archive, daily_papers

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
TITLE = r"Counting $O(n^2)$ sheep & 'lambs' — Zürich's \emph{second} study"
ABSTRACT = r"""
At $p_i \leq \frac{1}{2}$ nobody sleeps; $$\sum_{i=1}^{n} \sqrt{x_i} = \mathbb{E}[X]$$ says why.

See https://example.org/sheep?a=1&b=2 for more, at 5 < 6 and $5 a night.
"""
NOTES = """
## Notes

A *first* look, with `code`, a [link](https://example.org/) and

1. a list,
2. its end.

| night | sheep |
| --- | ---: |
| one | 12 |
"""
ARTICLE = """Title: Why we count
Date: 2024-01-06

"Quotes" -- and a footnote[^1], a table and <abbr>HTML</abbr>.

    code & more

[^1]: Here it is.
"""
PIECES = {
    "paper": ("papers/*.html", r"<main\b.*</main>"),
    "head": ("papers/*.html", r"<title>.*?(?=<a class=skip)"),
    "article": ("articles/*.html", r"<div class=\"text\">.*?</div>"),
    "feed": ("feeds/archive.atom.xml", r"<entry>.*?</entry>"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site of one paper with notes, and an article."""
    archive = Archive(tmp_path_factory.mktemp("golden"))
    archive.digest("2024-01-05.json", daily_papers(("2401.00007", TITLE, ABSTRACT.strip())))
    (archive.folder / "content").mkdir()
    (archive.folder / "content" / "why.md").write_text(ARTICLE, encoding="utf-8")
    settings = archive.settings(f"PATH = {str(archive.folder / 'content')!r}")
    archive.build(settings=settings)
    (page,) = archive.papers.rglob("*.md")
    page.write_text(page.read_text(encoding="utf-8") + NOTES, encoding="utf-8")
    done = archive.build(settings=settings)
    assert done.returncode == 0, done.stdout + done.stderr
    return archive.output


@pytest.mark.parametrize("piece", PIECES)
def test_what_is_written_is_what_was(site: Path, piece: str) -> None:
    pattern, part = PIECES[piece]
    (file,) = (path for path in site.glob(pattern) if path.name != "index.html")
    found = re.search(part, file.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    now = re.sub(r"(?<=>)(?=<)", "\n", found[0]) + "\n"
    kept = GOLDEN / f"{piece}.txt"
    if os.environ.get("GOLDEN") == "renew":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(now, encoding="utf-8")
    before = kept.read_text(encoding="utf-8")
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), "kept", "now", lineterm="")
    assert before == now, "\n".join(lines)
