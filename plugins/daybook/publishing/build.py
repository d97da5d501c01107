"""One build: digests read, pages kept, a staged site, and the site published or nothing changed."""

from __future__ import annotations

import contextlib
import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from ..archive.cache import Cache
from ..archive.converted import Conversion
from ..archive.folder import Put, hold_folder, keep_file, read_file
from ..errors import PublishError, Refusal
from ..forks import A_CORES_WORTH
from ..learning.learned import Learned, recall_learned
from ..memory import settled_memory
from ..report import Progress, Report, render_report
from ..settings import Settings
from .converting import convert_digests
from .crew import processes_for
from .edited import take_as_left
from .limits import limits_met
from .manifest import COPY, told_apart
from .offline import WORKER, Bundler, mark_of, worker_script
from .reuse import CODE, NAME, Reuse
from .staging import Published, Stage, keep_everything
from .unchanged import LastBuild, look_of_output
from .writing import Part, Writing, Written

_NAMED = 20
"""Files in the way that are named one by one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished build says and whether it refused anything."""

    report: str
    refused: int


class Build:
    """A build between its first step and its last."""

    def __init__(
        self, settings: Settings, stage: Stage, progress: Progress, *, watched: bool = False
    ) -> None:
        self.last: LastBuild | None = None
        """Where this build is remembered, for the next to see that it has nothing to do."""
        self.watched = watched
        """Whether others may change the staged site, so that it must be whole before the end."""
        self.packs = False
        """Whether bundles for reading offline are made, when all others are done."""
        self.settings = settings
        self.stage = stage
        self.progress = progress
        self._started = time.monotonic()
        self.learned: Learned | None = None
        """What was learned from the whole archive; ``None`` to learn afresh."""
        self._conversion: Conversion | None = None
        self._refusals: list[Refusal] = []
        self._bundler = Bundler()
        self._writing = Writing(stage, settings.base, progress, watched=watched)
        self._kept: dict[str, Put | None] = {}
        """What was written beside the papers' pages once they were up to date."""
        self._written = 0
        """How many files Daybook wrote of the site."""
        self._left_out: list[str] = []
        """Addresses of the archive, below the base folder, that have a page of the site's own."""

    @classmethod
    def begin(
        cls,
        settings: Settings,
        output: Path,
        sources: Sequence[Path],
        progress: Progress,
        *,
        watched: bool = False,
    ) -> Build:
        """Hold the output, read the digests, and bring the Markdown pages up to date.

        `sources` are folders besides Daybook's own that the output must not hold; see `watched`.

        Raises:
            NothingToBuildError: before anything is written.
            DaybookError: when a folder cannot be written or a file of the archive is damaged.
        """
        _keep_apart(output, settings)
        own = [settings.digests, settings.papers]
        if settings.metadata is not None:
            own.append(settings.metadata)
        stage = Stage.open(
            output,
            sources=[*sources, *own],
            wait=settings.wait,
            notice=progress.say,
            copy=settings.cache / COPY if settings.cache is not None else None,
        )
        build = cls(settings, stage, progress, watched=watched)
        try:
            build._convert()
        except BaseException:
            stage.discard()
            raise
        return build

    @property
    def conversion(self) -> Conversion:
        """What KEEP made of the digests."""
        if self._conversion is None:
            raise AssertionError("a build converts before anything else")
        return self._conversion

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Have the report say what is wrong with what others write of this site."""
        self._refusals += refusals

    def recall(self, name: str) -> str | None:
        """Read a file that lies beside the papers' pages.

        Raises:
            PublishError: for one that cannot be opened.
        """
        return read_file(self.settings.papers, name)

    def keep(self, name: str, text: str | None) -> None:
        """Write a file beside the papers' pages, or remove it, for later builds.

        They do without as well: nothing is said where the folder cannot be written, or another
        build has it.
        """
        papers = self.settings.papers
        with contextlib.suppress(PublishError), hold_folder(papers, 0):
            self._kept |= keep_file(papers, name, text)

    def write(self, path: str, data: bytes) -> None:
        """Write one file of the archive, its path relative to the base folder.

        A page of the keeper's own at the same address wins, and the report says so.

        Raises:
            PublishError: see `Stage.write`.
        """
        self._add(self._writing.put(path, data))

    def begin_parts(self, parts: Sequence[Part]) -> None:
        """Have another core write what parts give, while this one prepares the others.

        Nothing is begun where there is no other core, or too few papers to be worth one. The same
        parts are to be among those of `write_parts`, which waits for them.
        """
        if parts and self._processes > 1:
            self._writing.begin(parts)

    def write_parts(self, parts: Sequence[Part], meanwhile: Iterable[int] = ()) -> list[list[str]]:
        """Write files that parts give, a large archive's on all cores; give each part's paths.

        A part must depend on nothing that another one does. `meanwhile` has the places of those
        that this process makes alone before any other begins: while it waits for something.

        Raises:
            PublishError: see `write`, and when a process that writes was killed.
        """
        found = self._writing.write_parts(parts, meanwhile, self._processes)
        for written in chain.from_iterable(found):
            self._count(written)
        return [[written.path for written in part] for part in found]

    @property
    def _processes(self) -> int:
        """How many processes the archive is worth."""
        return processes_for(len(self.conversion.archive.papers), A_CORES_WORTH)

    def _add(self, written: Written) -> None:
        """Remember a file that this process wrote, and show that it is there."""
        self._count(written)
        self.progress.advance()

    def _count(self, written: Written) -> None:
        """Remember a file that this process or a worker wrote."""
        target = self._writing.target(written.path)
        if not self._writing.is_ours(written):
            self.stage.adopt(target, spared=written.spared)
            self.progress.advance()
        if not written.written:
            self._leave_out(written.path)
            return
        self._written += 1
        self._bundler.note(written.path, written.mark)
        self.stage.vouch(target, written.mark)
        if written.key and self._writing.reuse is not None:
            self._writing.reuse.note(target, written.key, written.mark)

    def _leave_out(self, path: str) -> None:
        """Tell that a page of the site's own has an address of the archive's."""
        self._left_out.append(path)
        self._refusals.append(
            Refusal(
                self._writing.target(path),
                None,
                "the archive's file was left out, for a page of the site's own has its address",
                "Give that page another address, or set DAYBOOK_BASE.",
                fatal=False,
            )
        )

    def write_offline(self) -> None:
        """Write what readers' browsers need to keep the archive, once all the rest is written.

        Raises:
            PublishError: see `Stage.write`.
        """
        offline = self._keeps_offline
        self.write(WORKER, worker_script(offline=offline))
        if offline:
            from ..catalogue import addresses  # noqa: PLC0415 - loaded only after digests are read

            papers = self.conversion.archive.papers
            for path in self._left_out:  # readers keep what stands there when all is done
                with contextlib.suppress(PublishError):  # a plugin may have taken it away
                    self._bundler.note(path, mark_of(self.stage.read(self._writing.target(path))))
            self._bundler.pack(
                self._keep_bundle,
                lambda path: self.stage.read(self._writing.target(path)),
                self._write_bundle,
                {addresses.paper(paper.slug): paper.number for paper in papers},
            )

    def _keep_bundle(self, path: str) -> int | None:
        """Take a bundle over, whose name tells what is in it, and give its size."""
        if (kept := self._writing.recall(path, path.encode())) is not None:
            self._add(kept)
            return kept.mark[1]
        target = self._writing.target(path)
        if self._writing.reuse is not None and self._writing.reuse.knows(target):
            return None  # somebody has written over it
        data = self.stage.last.read(target)
        if not data or self.stage.last.contents.get(target) != told_apart(mark_of(data)[0]):
            return None
        self._write_bundle(path, data)
        return len(data)

    def _write_bundle(self, path: str, data: bytes) -> None:
        self._add(self._writing.put(path, data, path.encode()))

    @property
    def _keeps_offline(self) -> bool:
        """Whether readers' browsers can keep the archive."""
        return len(self.conversion.archive.papers) <= self.settings.offline

    def expect_files(self) -> None:
        """Begin the step of writing, as long as the last time."""
        self.progress.step("Writing the site", len(self.stage.last.contents) or None)

    def publish(self, keep: Callable[[str], bool] = keep_everything) -> Outcome:
        """Put the staged site, as others have left it, in the place of the output, and report.

        Raises:
            PublishError: with the old site as it was.
        """
        if self.watched:
            self._refusals += take_as_left(self.stage, self._bundler, self._writing.target(""))
        if self.packs:
            self.write_offline()
        self.progress.step("Publishing")
        try:
            with settled_memory():
                return self._publish(keep)
        finally:
            self.progress.close()

    def _publish(self, keep: Callable[[str], bool]) -> Outcome:
        published = self.stage.publish(keep)
        self.progress.close()
        self._refusals += _overruled(published.overruled)
        self._refusals += [
            Refusal(
                path,
                None,
                f"macOS and Windows take this page or file of yours for {other}, and show one of "
                "the two only",
                "Give it a name that differs in more than capitals or the form of an accent.",
            )
            for path, other in published.clashing
        ]
        self._refusals += self._too_big(published.sizes)
        report = self._report(published)
        if self.settings.cache is not None:
            self._remember(report, published)
        return Outcome(render_report(report, self._refusals), report.refused)

    def _remember(self, report: Report, published: Published) -> None:
        """Remember the site as it lies there, for the next build."""
        look, files = look_of_output(self.stage.output)
        if self._writing.reuse is not None:
            self._writing.reuse.remember(files)
        if self.last is not None:
            put = self.conversion.put
            settled = self.conversion.is_settled or not put
            if settled and not published.overruled:
                pelicans = published.files != self._written
                put = {**put, **self._kept}
                self.last.remember(report, self._refusals, look, put, pelicans=pelicans)
            else:
                self.last.forget()

    def abandon(self) -> None:
        """Leave everything as it was before, unless the site is published already."""
        self.progress.close()
        self._writing.end()
        self.stage.discard()
        gc.unfreeze()

    def _convert(self) -> None:
        """Read the digests and convert them, unless there is nothing to build from."""
        settings = self.settings
        self._conversion = conversion = convert_digests(settings, self.progress)
        self._refusals += conversion.refusals
        self.learned, doubts = recall_learned(settings.learned, conversion.papers)
        self._refusals += doubts
        if settings.cache is not None:
            self._writing.reuse = Reuse(Cache(settings.cache, NAME, CODE))

    def _too_big(self, sizes: Mapping[str, int]) -> list[Refusal]:
        """Say what of the published site is near a limit of GitHub Pages, and what to do."""
        sizes = {path: size for path, size in sizes.items() if path[0] != "."}
        base = self._writing.target("")
        return [
            Refusal(limit.path or ".", None, limit.message, limit.hint, fatal=False)
            for limit in limits_met(sizes, base)
        ]

    def _report(self, published: Published) -> Report:
        conversion = self.conversion
        refused = sum(refusal.fatal for refusal in self._refusals)
        return Report(
            digests=conversion.digests,
            entries=conversion.entries,
            papers=conversion.papers,
            merged=conversion.merged,
            repaired_links=conversion.repaired_links,
            inferred_dates=conversion.inferred_dates,
            warnings=len(self._refusals) - refused,
            refused=refused,
            markdown_pages_written=conversion.pages_written,
            pages=published.pages,
            pages_written=published.pages_written,
            files_removed=len(published.removed),
            seconds=time.monotonic() - self._started,
        )


def _overruled(paths: Sequence[str]) -> Iterator[Refusal]:
    """Tell which files that no build wrote are gone; of very many, how many more there were."""
    more = len(paths) - _NAMED
    for path in paths[:_NAMED]:
        said = "a file that no build wrote was in the way and is gone"
        if more > 0 and path == paths[_NAMED - 1]:
            said += f", and so {'is' if more == 1 else 'are'} {more:,} more"
        yield Refusal(path, None, said, fatal=False)


def _keep_apart(output: Path, settings: Settings) -> None:
    """Refuse an output that the next build would read as digests or as pages.

    Raises:
        PublishError: naming both folders.
    """
    for folder in (settings.digests, settings.papers):
        if Path(os.path.realpath(output)).is_relative_to(os.path.realpath(folder)):
            raise PublishError(f"the output {output} lies in {folder}; choose another place for it")
