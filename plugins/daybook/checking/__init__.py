"""``make check``: whether a built site is whole, looked at from outside.

Nothing here knows how a site is made: what a build wrote is read back from its output folder.
"""

from __future__ import annotations

from .folder import Finding, Folder
from .whole import check

__all__ = ["Finding", "Folder", "check"]
