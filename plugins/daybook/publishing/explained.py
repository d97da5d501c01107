"""What the operating system refused while a site was being written, in words."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from ..errors import PublishError


@contextlib.contextmanager
def explained(path: Path | str) -> Iterator[None]:
    """Say in words what the operating system refused.

    Raises:
        PublishError: for every `OSError` inside.
    """
    try:
        yield
    except OSError as error:
        raise refused(path, error) from error


def refused(path: Path | str, error: OSError) -> PublishError:
    """Say what it was, of one error: `path` where the error names none."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        reason = "the disk is full"
    elif error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        reason = "there is no permission to write there"
    elif error.errno in {errno.EEXIST, errno.ENOTDIR, errno.ELOOP}:
        reason = "a file or a link is in the way"
    elif error.errno == errno.EBUSY:
        reason = "a disk begins there, and nothing takes its place; choose a folder inside it"
    else:
        reason = error.strerror or type(error).__name__
    return PublishError(f"{error.filename or path}: {reason}. The old site is untouched.")
