"""READ: a file in, a digest of entries out.

One module a format, one table of them (`registry.FORMATS`), found by content and never by the
file's extension. This floor knows nothing of papers being the same: it says what each file says.

What the package gives is loaded when it is asked for: a build that reads no digest needs little.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choosing import Format
    from .folder import Reading, read_folder
    from .registry import FORMATS, RENDERINGS, read_digest

__all__ = ["FORMATS", "RENDERINGS", "Format", "Reading", "read_digest", "read_folder"]

_MODULES = {
    **dict.fromkeys(("FORMATS", "RENDERINGS", "read_digest"), "registry"),
    **dict.fromkeys(("Reading", "read_folder"), "folder"),
    "Format": "choosing",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_MODULES[name]}", __name__), name)
