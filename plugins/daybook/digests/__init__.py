"""READ: a file in, a digest of entries out.

One module a format, one table of them (`registry.FORMATS`), found by content and never by the
file's extension. This floor knows nothing of papers being the same: it says what each file says.

What the package gives is loaded when it is asked for: a build that reads no digest needs little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..on_demand import on_demand

if TYPE_CHECKING:
    from .choosing import Format
    from .folder import Reading, read_folder
    from .registry import FORMATS, RENDERINGS, read_digest

__all__ = ["FORMATS", "RENDERINGS", "Format", "Reading", "read_digest", "read_folder"]

__getattr__ = on_demand(
    __name__,
    {
        "choosing": ("Format",),
        "folder": ("Reading", "read_folder"),
        "registry": ("FORMATS", "RENDERINGS", "read_digest"),
    },
)
