"""Files of the archive on their way into the staged site, written by this process or forked ones.

Whoever writes a file gives no more of it than a worker can send back; the build counts them all,
in one order.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from ..drafts import Draft, Made
from ..forks import Turns
from ..report import Progress
from .crew import Worker, shared
from .offline import Mark, mark_of
from .reuse import Reuse
from .staging import Stage

Part = Callable[[], Iterable[Made]]
"""Gives some files of the site, which need nothing that another part makes."""


class Written(NamedTuple):
    """A file that was written: what the build must know of it, whoever wrote it.

    A worker sends back one for each file: a tuple is sent in half the time of a record.
    """

    path: str
    """Below the base folder."""
    mark: Mark
    key: bytes
    """What a draft was made from; none of a file that is made each time."""
    written: bool
    """False where a page of the keeper's own has the address."""
    spared: bool
    process: int


class _Begun:
    """Parts that another process began with."""

    def __init__(self, parts: Sequence[Part], write: Callable[[Part], list[Written]]) -> None:
        self.parts = parts
        self.left = Turns(len(parts))
        """Those that nobody has taken; the process that began takes them from the first on."""
        turns = partial(self.left.taken, backwards=False)
        self.worker = Worker(lambda turn: write(parts[turn]), turns)

    def end(self) -> None:
        self.left.close()
        self.worker.end()


class Writing:
    """Writes files, and takes over those that the last build made from the same facts."""

    def __init__(self, stage: Stage, base: str, progress: Progress, *, watched: bool) -> None:
        """Prepare to write below a base folder of a stage; `watched` is as of `Build`."""
        self.reuse: Reuse | None = None
        """What the last build made, and from what."""
        self._stage, self._base, self._progress = stage, base, progress
        self._watched = watched
        self._process = os.getpid()
        self._begun: _Begun | None = None
        """Who writes some parts since before the others were known."""

    def target(self, path: str) -> str:
        """Give a path below the base folder as one below the site's root."""
        return f"{self._base}/{path}" if self._base else path

    def is_ours(self, written: Written) -> bool:
        """Tell whether this process wrote a file, and knows of it."""
        return written.process == self._process

    def put(self, path: str, data: bytes, key: bytes = b"") -> Written:
        """Write one file.

        Raises:
            PublishError: see `Stage.write`.
        """
        target = self.target(path)
        written = self._stage.write(target, data, spare=not self._watched)
        spared = self._stage.is_spared(target)
        return Written(path, mark_of(data), key, written, spared, os.getpid())

    def recall(self, path: str, key: bytes) -> Written | None:
        """Take a file over if the last build made it from what `key` stands for."""
        if self.reuse is None or self._watched:
            return None
        target = self.target(path)
        mark = self.reuse.recall(target, key, self._stage)
        if mark is None:
            return None
        written = self._stage.spare(target)
        return Written(path, mark, key, written, written, os.getpid())

    def begin(self, parts: Sequence[Part]) -> None:
        """Have another process write what parts give; `write_parts` is to be given them, too."""
        with self._stage.held_by_workers():
            self._begun = _Begun(parts, self._write)

    def write_parts(
        self, parts: Sequence[Part], meanwhile: Iterable[int], processes: int
    ) -> list[list[Written]]:
        """Write what parts give, by so many processes; see `Build.write_parts`.

        One of them is who began; what that has not come to, others take once they are done.
        """
        begun = self._begun
        theirs = [parts.index(part) for part in begun.parts] if begun else []
        found = {turn: self._write(parts[turn]) for turn in meanwhile}
        known = found.keys() | set(theirs)
        own = [turn for turn in range(len(parts)) if turn not in known]
        left = Turns(len(own))

        def taken(*, backwards: bool) -> Iterator[int]:
            yield from (own[place] for place in left.taken(backwards=backwards))
            if begun:
                yield from (theirs[place] for place in begun.left.taken(backwards=True))

        try:
            with self._stage.held_by_workers():
                busy = begun.worker if begun else None
                found |= shared(lambda turn: self._write(parts[turn]), taken, processes, busy)
        finally:
            left.close()
        if begun:
            found |= {theirs[place]: made for place, made in begun.worker.results().items()}
        self.end()
        return [found[turn] for turn in range(len(parts))]

    def end(self) -> None:
        """Stop whoever is still writing."""
        begun, self._begun = self._begun, None
        if begun is not None:
            begun.end()

    def _write(self, part: Part) -> list[Written]:
        found = []
        here = os.getpid() == self._process
        for made in part():
            found.append(self._make(made) if isinstance(made, Draft) else self.put(*made))
            if here:
                self._progress.advance()
        return found

    def _make(self, draft: Draft) -> Written:
        if self.reuse is None or self._watched:
            return self.put(draft.path, draft.render())
        key = draft.key()
        return self.recall(draft.path, key) or self.put(draft.path, draft.render(), key)
