"""The errors Daybook raises: one tree, each carrying what a report needs to name it.

Readers raise or collect these; only the report prints them. An error about input is never
shown as a traceback.
"""

from __future__ import annotations

from dataclasses import dataclass


class DaybookError(Exception):
    """Anything Daybook itself refuses to do."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was left out or doubted, and what the keeper can do about it.

    A refusal is data, not control flow: readers and the converter collect them, the report
    prints them, and the exit code counts those whose ``fatal`` is true.
    """

    path: str
    """The file, relative to the folder it was found in, with forward slashes."""
    line: int | None
    """The first line it is about, counted from 1; ``None`` where lines mean nothing."""
    message: str
    """What was expected and what was found, in one sentence."""
    hint: str | None = None
    """What to do, as an imperative sentence."""
    fatal: bool = True
    """True for something left out (exit code 3), false for a warning (exit code unchanged)."""

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}" + (f" {self.hint}" if self.hint else "")


class DigestError(DaybookError):
    """A digest file that cannot be read, as a whole."""

    def __init__(
        self, path: str, message: str, *, line: int | None = None, hint: str | None = None
    ) -> None:
        self.refusal = Refusal(path, line, message, hint)
        super().__init__(str(self.refusal))


class UnknownFormatError(DigestError):
    """No reader recognizes the file."""


class MalformedDigestError(DigestError):
    """A reader recognizes the file, but what it promises is not there."""


class BadDateError(DaybookError):
    """Text that should be a date and is not one."""


class MetadataError(DigestError):
    """A metadata file that cannot be read."""


class LedgerError(DigestError):
    """The ledger of permalinks is damaged."""


class PageError(DigestError):
    """A Markdown page of a paper that cannot be read."""


class TopicsError(DigestError):
    """The taxonomy file (``content/topics.toml``) is not what it should be."""


class KeeperError(DigestError):
    """A file of the keeper's own (``papers.toml``, ``authors.toml``) that cannot be read at all."""


class SettingsError(DaybookError):
    """A Daybook setting has an unknown name or an impossible value."""


class PublishError(DaybookError):
    """The site cannot be written: the folder is locked, full, or not writable."""
