"""Where the house meets Pelican: four signals, and the exit code.

Pelican holds receivers weakly, so that they are functions of this module. `initialized` comes
once; `get_generators` comes with every rebuild, and so a build begins there.
"""

from __future__ import annotations

import atexit
import gc
import logging
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import pelican as pelican_package
from pelican import Pelican, signals
from pelican.log import console
from rich.console import Console

from ..errors import DaybookError, SettingsError
from ..memory import leave_to_system, settled_memory
from ..pelican_settings import misspelt, site_address
from ..report import Log, Progress, fall_silent
from ..settings import Settings, read_settings
from .failing import have_the_last_word
from .pelican_content import check_content, outward, own_folders, own_places
from .staging import keep_everything
from .unchanged import LastBuild

if TYPE_CHECKING:
    from .build import Build

logger = logging.getLogger(__name__)


def generators(plugins: frozenset[str]) -> Iterator[type]:
    """Give the generators of the plugins that are listed; ``daybook`` alone is all, in this order.

    All that reads and renders is loaded here, by a build that has something to do, and no more than
    it asks for: what an index takes is slow to load.
    """
    if plugins & {"daybook", "daybook.catalogue"}:
        from ..catalogue.generator import CatalogueGenerator  # noqa: PLC0415 - see above

        yield CatalogueGenerator
    if plugins & {"daybook", "daybook.search"}:
        from ..search.generator import SearchGenerator  # noqa: PLC0415

        yield SearchGenerator


SOMETHING_REFUSED = 3
"""The exit code of a site that was built although something was left out."""

_OWN_RECEIVERS = 5
"""Functions that `connect` and `check` connect; a settings file may connect others."""
_RETRY = 1
"""Seconds between two attempts under autoreload."""


class BuildStopped(SystemExit):
    """Nothing was built; the message goes to standard error and the exit code is 1."""


class BuiltWithRefusals(SystemExit):
    """The site is published, and the report names what was left out; the exit code is 3."""

    def __init__(self) -> None:
        super().__init__(SOMETHING_REFUSED)


class _Run:
    """The build that is under way in this process, and what Pelican must get back after it."""

    def __init__(self, build: Build, pelican: Pelican) -> None:
        self.build = build
        self._pelican = pelican
        self._output = pelican.output_path
        self._process = os.getpid()
        pelican.output_path = pelican.settings["OUTPUT_PATH"] = str(build.stage.folder)

    def restore(self) -> None:
        """Point Pelican at the real output again."""
        self._pelican.output_path = self._pelican.settings["OUTPUT_PATH"] = self._output

    def abandon(self) -> None:
        """Undo a build that did not reach its end; a forked child leaves its parent's alone."""
        if self._process == os.getpid():
            self.restore()
            self.build.abandon()


_runs: list[_Run] = []
"""None or one: the run that began and has not finished."""
_finished: list[Build] = []
"""None or one: what is published, kept until the next build, as a process mostly ends before that:
to look for what is free, and to free it, takes a second at 20,000 papers."""
_unchanged: list[tuple[str, int]] = []
"""Instead of it the report, and how much was refused, of a build that has nothing to do."""


def connect() -> None:
    """Listen to Pelican; as often as it is called, once."""
    have_the_last_word()
    signals.initialized.connect(check)
    signals.get_generators.connect(begin)
    signals.generator_init.connect(hand_over)
    signals.all_generators_finalized.connect(leave_output)


def check(pelican: Pelican) -> None:
    """Refuse wrong settings, and keep Pelican from reading the archive's folders as articles.

    `finish` is connected here, after every plugin has registered, so that it comes last: what
    other plugins do to the finished site is done before it is published.
    """
    try:
        _check_encoding()
        settings = read_settings(pelican.settings)
    except DaybookError as error:
        _stop(error)
    pelican.settings["SITEURL"] = site_address(pelican.settings["SITEURL"] or "")
    for name, near in misspelt(pelican.settings):
        logger.warning("%s is not a setting of Pelican; did you mean %s?", name, near)
    for name in ("ARTICLE", "PAGE", "STATIC"):
        pelican.settings[f"{name}_EXCLUDES"] = _excludes(pelican.settings, name, settings)
    signals.finalized.disconnect(finish)
    signals.finalized.connect(finish)


def _check_encoding() -> None:
    """Refuse a Python that takes names of files for other ones than Pythons elsewhere do.

    Raises:
        SettingsError: saying how to start it.
    """
    encoding = sys.getfilesystemencoding()
    if encoding.lower() != "utf-8":
        raise SettingsError(
            f"the locale has Python read names of files as {encoding}, and the archive would "
            "remember other names than elsewhere. Set PYTHONUTF8=1, as `make site` does, and "
            "build again; nothing was changed"
        )


def begin(pelican: Pelican) -> list[type]:
    """Begin a build, and give the generators of those of Daybook's plugins that are listed."""
    _abandon()
    _unchanged.clear()
    _forget_finished()
    progress = Progress(_progress_console())
    try:
        settings = read_settings(pelican.settings)
        listed = frozenset(map(str, pelican.settings["PLUGINS"]))
        packs = bool(listed & {"daybook", "daybook.publishing"})
        if not packs:
            settings = replace(settings, offline=0)  # pages ask for nothing that nobody writes
        there = any(map(os.path.lexists, (settings.digests, settings.papers)))
        if not (settings.digests_chosen or there):
            progress.close()
            logger.warning("There is no folder %s, so there is no archive yet", settings.digests)
            return []
        watched = _has_others(pelican)
        alone = not watched and _listening() == _OWN_RECEIVERS
        last = LastBuild.of(pelican, settings) if alone else None
        if last is not None and (outcome := last.outcome()) is not None:
            progress.close()
            _unchanged.append(outcome)
            return []
        own = [*own_places(settings), Path(pelican.output_path)]
        leading_out = check_content(Path(pelican.path), own)
        from .build import Build  # noqa: PLC0415 - only where there is something to do

        sources = [Path(pelican.path), Path(pelican.theme)]
        output = Path(pelican.output_path)
        build = Build.begin(settings, output, sources, progress, watched=watched)
        build.refuse(leading_out)
    except DaybookError as error:
        progress.close()
        _stop(error)
    except BaseException:
        progress.close()
        raise
    build.packs = packs
    build.last = last
    _runs.append(_Run(build, pelican))
    build.expect_files()
    with settled_memory():  # the archive is in memory, and modules make no garbage
        return list(generators(listed))


def hand_over(generator: Any) -> None:
    """Give the generators, by the context they all share, the archive and the way to write.

    ``DAYBOOK_ARCHIVE`` is the `Archive`, ``DAYBOOK_LEARNED`` the `Learned` of its file or ``None``
    to learn afresh, ``DAYBOOK_SETTINGS`` the `Settings`, and
    ``DAYBOOK_WRITE(path, data)`` writes a file below the base folder, and
    ``DAYBOOK_WRITE_PARTS(parts)`` many (see `Build.write_parts`, as `Build.begin_parts` for
    ``DAYBOOK_BEGIN_PARTS(parts)``); ``DAYBOOK_RECALL(name)`` and
    ``DAYBOOK_KEEP(name, text)`` read and write what lies beside the papers' pages. Templates of
    articles and pages get the filter ``outward``, and in ``DAYBOOK_BASE`` where the archive is,
    said or not.
    """
    if environment := getattr(generator, "env", None):
        environment.filters.setdefault("outward", outward)
    for run in _runs:
        generator.context["DAYBOOK_ARCHIVE"] = run.build.conversion.archive
        generator.context["DAYBOOK_LEARNED"] = run.build.learned
        generator.context["DAYBOOK_SETTINGS"] = run.build.settings
        generator.context["DAYBOOK_BASE"] = run.build.settings.base
        generator.context["DAYBOOK_RECALL"] = run.build.recall
        generator.context["DAYBOOK_KEEP"] = run.build.keep
        generator.context["DAYBOOK_WRITE"] = run.build.write
        generator.context["DAYBOOK_BEGIN_PARTS"] = run.build.begin_parts
        generator.context["DAYBOOK_WRITE_PARTS"] = run.build.write_parts


def leave_output(generators: Iterable[Any]) -> None:
    """Where there is nothing to do, keep Pelican from writing its own pages into the output."""
    if _unchanged:
        for generator in generators:
            generator.generate_output = _write_nothing


def _write_nothing(writer: object) -> None:
    """Stand for a generator's output that is there already."""


def finish(pelican: Pelican) -> None:
    """Publish the site, print the report, and exit with 3 when something was refused."""
    if _unchanged:
        report, refused = _unchanged.pop()
    elif _runs:
        run = _runs[0]  # until it has ended: a Ctrl-C may come at any moment
        run.restore()
        try:
            outcome = run.build.publish(_keep(pelican))
        except DaybookError as error:
            _stop(error)
        _finished.append(run.build)
        _runs.clear()
        if _reloading():  # the next build may be hours away
            _forget_finished()
        report, refused = outcome.report, outcome.refused
    else:
        return
    _tell(report)
    if refused:
        if not _reloading():
            raise BuiltWithRefusals
        logger.warning("Something was refused: see the report above")


def _tell(report: str) -> None:
    """Print the report; the site is published, whether anybody can read it or not."""
    try:
        console.width = console.width or 80  # nothing is printed where COLUMNS is 0
        console.print(report, markup=False, highlight=False, emoji=False, soft_wrap=True)
    except SystemExit:
        pass  # nobody listens any more (`| head`), and rich would end with 1
    except OSError as error:
        fall_silent(console)  # what Pelican prints at its end would fail as well
        said = f"Daybook: the site is built; its report cannot be written: {error.strerror}."
        Progress(Log()).say(said)


def _forget_finished() -> None:
    _finished.clear()
    gc.unfreeze()


atexit.register(leave_to_system, _finished)


@atexit.register
def _abandon() -> None:
    """Undo a build that an error of any plugin ended before its time."""
    while _runs:
        _runs.pop().abandon()


def _stop(error: DaybookError) -> NoReturn:
    """End the process with a message and no traceback; under autoreload only the rebuild.

    Raises:
        BuildStopped: with exit code 1.
        DaybookError: the error itself under autoreload, which logs it and waits for changes.
    """
    if _reloading():
        time.sleep(_RETRY)  # Pelican's loop tries again at once, and for ever
        raise error
    raise BuildStopped(f"Daybook: {error}") from error


def _reloading() -> bool:
    """Tell whether Pelican is going to build again and again, as its own loop calls us."""
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        if frame.f_code is pelican_package.autoreload.__code__:
            return True
        frame = frame.f_back
    return False


def _has_others(pelican: Pelican) -> bool:
    """Tell whether plugins of other hands are there: they may look at anything, and change it.

    So may what a settings file connects by itself.
    """
    if len(signals.finalized.receivers) > 1:  # `finish` is one
        return True
    return not all(str(name).split(".")[0] == "daybook" for name in pelican.settings["PLUGINS"])


def _listening() -> int:
    """Count who listens to Pelican, whatever it says."""
    return sum(len(getattr(signal, "receivers", ())) for signal in vars(signals).values())


def _keep(pelican: Pelican) -> Callable[[str], bool]:
    """Tell which files of other hands stay: all, unless Pelican is set to empty the output."""
    if not pelican.delete_outputdir:
        return keep_everything
    return lambda path: path.split("/")[0] in pelican.output_retention


def _excludes(pelican: dict[str, Any], name: str, settings: Settings) -> list[str]:
    """Add the archive's folders to what Pelican passes over below its ``<name>_PATHS``.

    So is the output, which may lie in the content: the last site is no source of the next one.
    Pelican compares folders as it walks them, so that each is given as seen from each path.
    """
    excludes = list(pelican[f"{name}_EXCLUDES"])
    content = Path(pelican["PATH"]).absolute()
    folders = [*own_folders(settings), Path(pelican["OUTPUT_PATH"]).absolute()]
    # Either may be given by a link to a folder above both.
    seen = [(content, folder) for folder in folders]
    seen += [(Path(os.path.realpath(content)), _placed(folder)) for folder in folders]
    for path in pelican[f"{name}_PATHS"]:
        for root, folder in seen:
            below = os.path.relpath(folder, root / path)
            if below != os.curdir and not below.startswith(os.pardir):
                excludes.append(os.path.join(path, below))  # noqa: PTH118 - Pelican compares text
    return excludes


def _placed(folder: Path) -> Path:
    """Give where a folder is listed, that may itself be a link."""
    return Path(os.path.realpath(folder.parent)) / folder.name


def _progress_console() -> Console:
    """Choose where progress goes: the terminal Pelican's own status is on, else standard error."""
    return console if console.is_terminal else Log()
