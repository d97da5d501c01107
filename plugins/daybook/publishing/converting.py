"""A build's first steps, through READ and KEEP: from saved digests to an archive of pages."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from ..archive.cache import Cache
from ..archive.converted import Conversion
from ..archive.holding import Held, hold_papers
from ..archive.origins import Origins
from ..errors import PublishError
from ..memory import hand_back, settled_memory
from ..report import Progress, render_refusals
from ..settings import Settings

if TYPE_CHECKING:
    from ..digests.folder import Reading


class NothingToBuildError(PublishError):
    """There is no digest to read and no page to show, so the last good site stays."""


def convert_digests(settings: Settings, progress: Progress) -> Conversion:
    """Read the digests and bring the Markdown pages up to date, the papers folder held meanwhile.

    Raises:
        NothingToBuildError: before anything is written.
        DaybookError: when a folder cannot be written or a file of the archive is damaged.
    """
    progress.step(f"Reading digests in {settings.digests}")
    with contextlib.ExitStack() as stack:
        stack.enter_context(settled_memory())
        origins = _origins(settings)
        held: Held | Conversion
        if settings.papers.is_dir():  # else nothing is made before there is something to keep
            papers = hold_papers(settings.papers, settings.cache, settings.wait, origins)
            held = stack.enter_context(papers)
        else:
            held = Held(Cache(settings.cache), None, origins, origins.said())
        conversion = held if isinstance(held, Conversion) else _convert(settings, progress, held)
    hand_back()
    return conversion


def _origins(settings: Settings) -> Origins:
    return Origins(
        digests=settings.digests,
        papers=settings.papers,
        topics=settings.topics,
        metadata=settings.metadata,
        corrections=settings.corrections,
        authors=settings.authors,
        small_archive=settings.small_archive,
    )


def _convert(settings: Settings, progress: Progress, held: Held) -> Conversion:
    # Loaded only where there is something to convert: it takes long.
    from ..archive.conversion import convert  # noqa: PLC0415
    from ..archive.readings import Readings  # noqa: PLC0415
    from ..archive.topics import load_taxonomy  # noqa: PLC0415
    from ..digests.folder import read_folder  # noqa: PLC0415

    readings = Readings(settings.cache)
    reading = read_folder(settings.digests, readings.recall)
    readings.save()
    _check_reading(reading, settings)
    taxonomy = load_taxonomy(settings.topics)
    progress.step(f"Bringing pages in {settings.papers} up to date")
    return convert(
        reading,
        settings.papers,
        settings.metadata,
        taxonomy,
        corrections=settings.corrections,
        authors=settings.authors,
        wait=settings.wait,
        held=held,
        small_archive=settings.small_archive,
    )


def _check_reading(reading: Reading, settings: Settings) -> None:
    """Stop before anything is written when nothing could be built.

    Raises:
        NothingToBuildError: naming every file that could not be read.
    """
    if reading.digests:
        return
    if not reading.files and next(settings.papers.rglob("*.md"), None) is None:
        reason = (
            f"there is no digest in {settings.digests} and no page in {settings.papers}; "
            "nothing was built. Save a list of papers into the first folder and build again."
        )
    elif reading.files or any(refusal.fatal for refusal in reading.refusals):
        # A folder that cannot be listed is no empty one: the last site's digests would go.
        reason = (
            f"no file in {settings.digests} can be read as a digest; "
            "nothing was built and the last site stays as it was."
        )
    else:
        return
    refused = render_refusals(reading.refusals, built=False)
    raise NothingToBuildError("\n".join([reason, *refused]))
