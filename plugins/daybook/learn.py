"""``make learn``: learn from the whole archive, and keep it in ``content/learned/``.

It reads the papers' pages, not the digests, and asks nobody. A build uses the file as long as the
archive has at most twice the papers it was learned from.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from pelican.settings import read_settings as read_pelican

from .archive.conversion import load_archive
from .archive.topics import load_taxonomy
from .commands import ended
from .errors import DaybookError
from .learning.learned import FILE_NAME, Learned, write_learned
from .learning.rarities import learn
from .plain_files import write_whole
from .records import Archive
from .search.acronyms import choose_acronyms, count_acronyms
from .search.documents import fields_of, text_of
from .search.tokens import tokenize
from .settings import read_settings


def learn_all(archive: Archive) -> Learned:
    """Learn everything that a build would else learn afresh."""
    learned = learn((paper.title, paper.abstract) for paper in archive.papers)
    topics = {topic.slug: topic for topic in archive.topics}
    texts = (text for paper in archive.papers for text in fields_of(paper, topics))
    words = {token for text in texts for token in tokenize(text)}
    acronyms = count_acronyms((text_of(paper) for paper in archive.papers), words)
    return replace(learned, acronyms=choose_acronyms(acronyms))


def main() -> int:
    """Learn from the archive of the settings file in the current folder; give the exit code."""
    try:
        settings = read_settings(read_pelican(str(Path("pelican.conf.py").absolute())))
        archive = load_archive(settings.papers, load_taxonomy(settings.topics))
    except DaybookError as error:
        sys.stderr.write(f"Nothing was learned: {error}\n")
        return 1
    if not archive.papers:
        sys.stderr.write(f"Nothing was learned: there is no paper in {settings.papers}\n")
        return 1
    learned = learn_all(archive)
    file = settings.learned / FILE_NAME
    try:
        write_whole(file, write_learned(learned).encode())
    except OSError as error:
        sys.stderr.write(f"Nothing was learned: {file} cannot be written: {error.strerror}.\n")
        return 1
    sys.stdout.write(
        f"Learned from {learned.papers:,} papers: {len(learned.rarities):,} terms and "
        f"{len(learned.acronyms):,} acronyms, in {file}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
